"""Monthly screening of classes: which are missing, and what changed since the month before."""

import datetime as dt

import polars as pl

from aidkit.internal.helping_cells import (
    by_class,
    class_of,
    counts,
    day,
    learner,
    month_words,
    texts,
)
from aidkit.internal.learners import Learners
from aidkit.show.numbers import count
from aidkit.show.official import Row, official_table
from aidkit.show.parts import Part, folded, join, numbered, prose, section

CHANGED = ("new", "first", "unanswered", "gone", "left")
"""Order in which changes are listed; what goes on unchanged is only counted."""


def screening_section(view: Learners) -> Part:
    """Classes that have not screened, and this month's findings against the month before."""
    due = view.frames["screening_due"]
    if due.is_empty():
        return section("没有要排查的班级", "screening", prose("没有要排查的班级。"))
    late = due.filter(state="overdue")
    title = (
        f"{count(late.height)} 个班次的月度排查逾期" if late.height else "到期的月度排查都已完成"
    )
    return section(title, "screening", _months(view, due), _late(view, late), _changes(view))


def _months(view: Learners, due: pl.DataFrame) -> Part:
    codes = ("done", "overdue", "open")
    rows = [
        Row((month_words(month), *numbers))
        for month, *numbers in due.group_by("month")
        .agg(
            pl.len(),
            *((pl.col("state") == code).sum().alias(code) for code in codes),
            pl.col("pupils").sum(),
            pl.col("found").sum(),
        )
        .sort("month")
        .iter_rows()
    ]
    states = [view.labels.label("due_state", code) for code in codes]
    columns = [*texts("月份"), *counts("班级", *states, "在校学生", "查出的学生")]
    caption = "各月班级排查；查出的学生是已排查的班里至少有一种情况的人。"
    return numbered("tbl-screening", official_table(columns, rows), caption)


def _late(view: Learners, late: pl.DataFrame) -> Part:
    if late.is_empty():
        return Part("", "")
    rows = [
        Row((class_of(view, row), month_words(row["month"]), day(row["due_by"])))
        for row in by_class(view, late, "month").iter_rows(named=True)
    ]
    table = official_table(texts("班级", "月份", "期限"), rows, keys=1)
    listed = numbered("tbl-screening-late", table, "逾期没有排查的班级。")
    return folded(f"逾期的班级，{count(len(rows))} 个班次", listed, len(rows))


def _changes(view: Learners) -> Part:
    found = view.frames["screening_changes"]
    if found.is_empty():
        return prose("最近一个月和上月都没有查出的学生。")
    months = found["month"].unique().sort(descending=True)
    return join(_compared(view, found.filter(month=month), month) for month in months)


def _compared(view: Learners, found: pl.DataFrame, month: dt.date) -> Part:
    names = view.labels.names("screening_change")
    numbers = found.group_by("finding", "change").agg(pl.col("student_no").n_unique())
    counted = {(kind, change): n for kind, change, n in numbers.iter_rows()}
    rows = [
        Row((label, *(counted.get((kind, change), 0) for change in names)))
        for kind, label in view.labels.names("screening_kind").items()
        if any((kind, change) in counted for change in names)
    ]
    table = official_table([*texts("情况"), *counts(*names.values())], rows, unit="单位：人")
    caption = f"{month_words(month)}与上月比较；一名学生可以有几种情况。"
    anchor = f"tbl-screening-{month:%m}"
    changed = found.filter(pl.col("change") != "same")
    return numbered(anchor, table, caption) + _named(view, changed, month)


def _named(view: Learners, changed: pl.DataFrame, month: dt.date) -> Part:
    if changed.is_empty():
        return prose(f"{month_words(month)}与上月相比没有变化。")
    order = pl.col("change").replace_strict(CHANGED, range(len(CHANGED)), return_dtype=pl.Int32)
    rows = [
        Row(
            (
                view.labels.label("screening_change", row["change"]),
                class_of(view, row),
                learner(row),
                view.labels.label("screening_kind", row["finding"]),
            )
        )
        for row in by_class(view, changed, "student_no", "finding")
        .sort(order, maintain_order=True)
        .iter_rows(named=True)
    ]
    table = official_table(texts("变化", "班级", "姓名和学籍号", "情况"), rows, keys=3)
    caption = f"{month_words(month)}与上月不同的学生；没有说明的请班主任逐名补填。"
    drawn = numbered(f"tbl-screening-{month:%m}-named", table, caption)
    return folded(f"{month_words(month)}变化名单，{count(len(rows))} 条", drawn, len(rows))
