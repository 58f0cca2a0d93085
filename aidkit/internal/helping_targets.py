"""Schools that help schools: what is due against what was done: internal."""

from collections.abc import Iterable

import polars as pl

from aidkit.internal.helping_cells import counts, day, month_words, texts
from aidkit.internal.learners import Learners
from aidkit.show.numbers import count
from aidkit.show.official import Row, official_table
from aidkit.show.parts import Part, folded, numbered, prose, section

PERS = ("month", "term", "year")


def targets_section(view: Learners) -> Part:
    """Each pair of schools with its targets and rates, and what could not be counted."""
    found = view.frames["school_targets"]
    if found.is_empty():
        words = "没有登记校际结对，或结对的学校还没有到期的任务。"
        return section("没有校际帮扶任务", "targets", prose(words), _left_out(view))
    states = ("overdue", "open", "done")
    told = {code: found.filter(state=code).height for code in states}
    said = "、".join(
        f"{view.labels.label('due_state', code)} {count(number)} 项"
        for code, number in told.items()
        if number
    )
    pairs = found.select("helper_code", "helped_code").n_unique()
    title = f"{count(pairs)} 对学校结对帮扶：{said}"
    return section(title, "targets", _targets(view, found), _rates(view), _left_out(view))


def _targets(view: Learners, found: pl.DataFrame) -> Part:
    items = list(view.labels.names("help_item"))
    order = [
        *("helper_code", "helped_code"),
        pl.col("per").replace_strict(PERS, range(len(PERS)), return_dtype=pl.Int32),
        pl.col("item").replace_strict(items, range(len(items)), return_dtype=pl.Int32),
        "begins",
    ]
    rows = [
        Row(
            (
                view.school(row["helper_code"]),
                view.school(row["helped_code"]),
                view.labels.label("help_item", row["item"]),
                _period(view, row["per"], row["begins"]),
                *(row["due"], row["done"], day(row["due_by"])),
                view.labels.label("due_state", row["state"]),
            )
        )
        for row in found.sort(order).iter_rows(named=True)
    ]
    columns = [
        *texts("帮扶学校", "被帮扶学校", "任务", "期间"),
        *counts("应完成", "已完成"),
        *texts("期限", "进度"),
    ]
    caption = f"校际帮扶任务，截至 {view.as_of}；送教按课时，跟岗按人，其余按次。"
    table = numbered("tbl-targets", official_table(columns, rows, keys=3), caption)
    return folded(f"逐项列出，{count(len(rows))} 项", table, len(rows))


def _period(view: Learners, per: str, begins: object) -> str:
    return month_words(begins) if per == "month" else view.labels.label("help_period", per)


def _rates(view: Learners) -> Part:
    found = view.frames["school_rates"]
    if found.is_empty():
        return Part("", "")
    rows = [
        Row(
            (
                view.school(row["helper_code"]),
                view.school(row["helped_code"]),
                view.labels.label("lesson_rate", row["measure"]),
                *(row["observed"], row["reached"], f"{row['percent']}%"),
                _reached(view, row["state"]),
            )
        )
        for row in found.sort("helper_code", "helped_code", "measure").iter_rows(named=True)
    ]
    columns = [
        *texts("帮扶学校", "被帮扶学校", "比率"),
        *counts("听课节数", "达到节数"),
        *texts("要求", "结论"),
    ]
    table = official_table(columns, rows, keys=2)
    return numbered("tbl-rates", table, "本学年听课评课的优课率和合格率；没有听课记录的不下结论。")


def _reached(view: Learners, state: str) -> str:
    """A rate is reached or not; it has no day on which it is overdue."""
    return {"done": "达到", "open": "没有达到"}.get(state) or view.labels.label("due_state", state)


def _left_out(view: Learners) -> Part:
    found = view.frames["help_left_out"]
    if found.is_empty():
        return Part("", "")
    rows: Iterable[Row] = [
        Row((file, sheet, str(line), view.labels.label("help_left_out", why)))
        for file, sheet, line, why in found.iter_rows()
    ]
    table = official_table(texts("文件", "工作表", "行", "为什么没有计入"), list(rows), keys=2)
    listed = numbered("tbl-targets-left-out", table, "没有计入的帮扶活动，请改正后重新运行。")
    return folded(f"没有计入的活动，{count(found.height)} 行", listed, found.height)
