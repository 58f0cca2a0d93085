"""Visits due, done and overdue with their dates: internal."""

from typing import Any

import polars as pl

from aidkit.internal.helping_cells import (
    cited,
    class_of,
    counted_words,
    counts,
    day,
    learner,
    month_words,
    numbers_of,
    texts,
)
from aidkit.internal.learners import Learners
from aidkit.show.numbers import count
from aidkit.show.official import Row, official_table
from aidkit.show.parts import Part, escaped, folded, join, numbered, prose, section

KEY = ["teacher_no", "student_no"]
STATES = ("done", "overdue", "open")
YEAR_STATES = ("behind", "open", "done")


def visits_section(view: Learners) -> Part:
    """Visits to the pupils of a school's tutor pairs."""
    parts = visits_parts(view, "tutor_pairs", "visits_due", "visits_of_year", "visits")
    if not parts:
        return section("没有要走访的学困生", "visits", prose("没有到了走访月份的帮扶结对。"))
    title = f"学困生走访：{visits_words(view.frames['visits_due'])}"
    return section(title, "visits", *parts)


def visits_words(due: pl.DataFrame) -> str:
    """How many pupils are overdue."""
    late = due.filter(state="overdue")
    if late.is_empty():
        return "到期的走访都已完成"
    return f"{count(late['student_no'].n_unique())} 名学生有逾期的走访"


def visits_parts(view: Learners, pairs: str, due: str, year: str, anchor: str) -> list[Part]:
    """Months, the overdue list, and the school year; nothing where nobody is to be visited.

    Args:
        view: The slice.
        pairs: Name of `tables.pairing.Pairs`.
        due: Name of their `VisitsDue`.
        year: Name of their `VisitsOfYear`.
        anchor: Begins the names of the tables.
    """
    rows = view.frames[due]
    if rows.is_empty():
        return []
    classes = view.frames[pairs].select(*KEY, "grade", "class_name")
    late = rows.filter(state="overdue").join(classes, on=KEY, how="left")
    return [
        _months(view, rows, anchor),
        _overdue(view, late, anchor),
        _year(view, view.frames[year], anchor),
    ]


def _months(view: Learners, due: pl.DataFrame, anchor: str) -> Part:
    sums = due.group_by("month").agg(
        pl.col("student_no").n_unique(),
        pl.col("due").sum(),
        made=pl.min_horizontal("done", "due").sum(),
        **{code: (pl.col("state") == code).sum() for code in STATES},
    )
    rows = [Row((month_words(month), *rest)) for month, *rest in sums.sort("month").iter_rows()]
    states = (view.labels.label("due_state", code) for code in STATES)
    columns = [
        *texts("月份"),
        *counts("学生"),
        *counts("应走访", "已走访", below="走访次数"),
        *counts(*states, below="结对数"),
    ]
    caption = (
        f"各月走访，截至 {view.as_of}。每月应走访 {view.figure('visit_month')} 次，村小 "
        f"{view.figure('visit_village_month')} 次；只算结对教师自己的走访，同一天算一次，"
        f"多走的不抵别的月份。{cited(view, 'visit')}"
    )
    return numbered(f"tbl-{anchor}-months", official_table(columns, rows), caption)


def _overdue(view: Learners, late: pl.DataFrame, anchor: str) -> Part:
    if late.is_empty():
        return Part("", "")
    rows = [
        Row(
            (
                row["teacher_name"],
                learner(row),
                class_of(view, row),
                month_words(row["month"]),
                f"{row['done']} / {row['due']}",
                day(row["due_by"]),
                day(row["last_on"]),
            )
        )
        for row in late.sort(*KEY, "month").iter_rows(named=True)
    ]
    titles = ("结对教师", "姓名和学籍号", "班级", "月份", "已走访 / 应走访", "期限", "最近一次")
    table = official_table(texts(*titles), rows, keys=3)
    caption = "逾期没有完成的走访；最近一次写“—”的，是这名教师还没有走访过这名学生。"
    listed = numbered(f"tbl-{anchor}-overdue", table, caption)
    return folded(f"逾期名单，{count(len(rows))} 条", listed, len(rows))


def _year(view: Learners, year: pl.DataFrame, anchor: str) -> Part:
    if year.is_empty():
        return Part("", "")
    order = pl.col("state").replace_strict(YEAR_STATES, range(3), return_dtype=pl.Int32)
    rows = [
        Row(
            (
                view.labels.label("due_state", row["state"]),
                learner(row),
                *(row[name] for name in ("done", "due_so_far", "due")),
                day(row["last_on"]),
            )
        )
        for row in year.sort(order, "student_no").iter_rows(named=True)
    ]
    columns = [
        *texts("进度", "姓名和学籍号"),
        *counts("已走访", "到现在应有", "全学年应有", below="本学年走访次数"),
        *texts("最近一次"),
    ]
    said = counted_words(view, "due_state", YEAR_STATES, numbers_of(year, "state"))
    table = official_table(columns, rows, keys=1)
    caption = f"本学年走访进度：{said}。谁去都算，同一天算一次。"
    listed = numbered(f"tbl-{anchor}-year", table, caption)
    return folded(f"全学年进度，{count(len(rows))} 人", listed, len(rows))


def logs_section(view: Learners) -> Part:
    """What helpers worked on with the pupils of their pairs, the newest first."""
    told = view.frames["help_logs"].join(view.frames["tutor_pairs"], on=KEY, how="semi")
    rest = _silent(view, told)
    if told.is_empty():
        return section("没有帮扶记录", "logs", prose("本学期没有登记帮扶记录。"), rest)
    rows = [
        Row((day(row["helped_on"]), row["teacher_name"], learner(row), *_said(row)))
        for row in told.sort("helped_on", *KEY, descending=[True, False, False]).to_dicts()
    ]
    columns = texts("日期", "结对教师", "姓名和学籍号", "地点", "内容", "下一步")
    table = numbered("tbl-logs", official_table(columns, rows), "帮扶记录，最近的在前。")
    pupils = told["student_no"].n_unique()
    title = f"本学期帮扶 {count(told.height)} 次，{count(pupils)} 名学生"
    listed = folded(f"逐次列出，{count(len(rows))} 次", table, len(rows))
    return section(title, "logs", join((listed, rest)))


def _said(row: dict[str, Any]) -> tuple[str | None, ...]:
    return row["place"], row["content"], row["next_step"]


def _silent(view: Learners, told: pl.DataFrame) -> Part:
    """Helpers of pairs that hold and of which nobody wrote anything down."""
    silent = held(view, "tutor_pairs").join(told, on=KEY, how="anti")
    if silent.is_empty():
        return Part("", "")
    names = "、".join(silent.sort(KEY)["teacher_name"].unique(maintain_order=True))
    return prose(f"还有 {count(silent.height)} 对结对没有帮扶记录，结对教师：{escaped(names)}。")


def held(view: Learners, pairs: str) -> pl.DataFrame:
    """The pairs that have not ended by the day."""
    ends = pl.col("ends_on")
    return view.frames[pairs].filter(ends.is_null() | (ends > view.as_of))
