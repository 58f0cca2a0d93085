"""Reminders that a head teacher can print: one sheet for each class; internal.

A sheet has the pupils who are looked after for results, and of a screening only whose line is
open, not what was found. Who is looked after for conduct stands on none.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from aidkit.internal.helping_cells import (
    NEW_SHEET,
    by_class,
    class_of,
    learner,
    month_words,
    texts,
)
from aidkit.internal.helping_visits import KEY, held
from aidkit.internal.learners import Learners
from aidkit.show.numbers import count
from aidkit.show.official import Column, Row, Value, official_table
from aidkit.show.parts import Part, join, prose, section

OVERDUE = "（已逾期）"


@dataclass(frozen=True)
class _Reminder:
    """One thing to do of a class: for whom, what, who does it, until when."""

    due_by: dt.date | None
    whom: Value
    what: str
    who: str | None

    def row(self, as_of: dt.date) -> Row:
        late = OVERDUE if self.due_by is not None and self.due_by < as_of else ""
        return Row((self.whom, self.what, self.who, f"{self.due_by or '尽快'}{late}"))


def reminders_section(view: Learners) -> Part:
    """What each class has to do, the oldest first; a class with nothing to do has no sheet."""
    parts = [_visits(view), _without_helper(view), _screenings(view), _unanswered(view)]
    found = [row for part in parts for row in part]
    if not found:
        return section("各班没有要提醒的事", "reminders", prose("没有逾期、到期和待补的事。"))
    classes = pl.DataFrame(
        sorted({(grade, name) for grade, name, _ in found}),
        schema={"grade": pl.String, "class_name": pl.String},
        orient="row",
    )
    of_class = defaultdict(list)
    for grade, name, reminder in found:
        of_class[grade, name].append(reminder)
    sheets = [
        _sheet(view, str(class_of(view, row)), of_class[row["grade"], row["class_name"]])
        for row in by_class(view, classes).iter_rows(named=True)
    ]
    words = "每班一张，打印后交班主任本人，不张贴、不在班上宣读。"
    return section(
        f"班主任提醒单：{count(len(sheets))} 个班有要办的事", "reminders", prose(words), *sheets
    )


def _sheet(view: Learners, name: str, reminders: list[_Reminder]) -> Part:
    ordered = sorted(reminders, key=lambda one: (one.due_by is None, one.due_by or view.as_of))
    columns = [*texts("学生"), Column(("要做的事",), "long"), *texts("由谁做", "期限")]
    title = f"内部资料 · 供班主任本人使用　{view.school_name} {name}提醒单　截至 {view.as_of}"
    table = official_table(columns, [one.row(view.as_of) for one in ordered], title=title)
    return join((NEW_SHEET, table))


_Of = Iterator[tuple[str, str, _Reminder]]


def _visits(view: Learners) -> _Of:
    """Visits that are overdue, or due this month and not made yet, of pairs that hold."""
    pairs = held(view, "tutor_pairs").select(*KEY, "grade", "class_name")
    due = view.frames["visits_due"].filter(pl.col("state") != "done").join(pairs, on=KEY)
    for row in due.sort("due_by", *KEY).iter_rows(named=True):
        missing = row["due"] - row["done"]
        what = f"{month_words(row['month'])}走访，还差 {missing} 次"
        yield _of(row, _Reminder(row["due_by"], learner(row), what, row["teacher_name"]))


def _without_helper(view: Learners) -> _Of:
    rows = view.frames["proposals"].filter(pl.col("how") != "kept").sort("student_no")
    for row in rows.iter_rows(named=True):
        proposed = row["teacher_name"]
        what = f"还没有结对教师，建议由{proposed}帮扶" if proposed else "还没有结对教师"
        yield _of(row, _Reminder(None, learner(row), what, "学校"))


def _screenings(view: Learners) -> _Of:
    due = view.frames["screening_due"].filter(pl.col("state") != "done")
    for row in due.sort("month").iter_rows(named=True):
        what = f"{month_words(row['month'])}班级排查还没有交"
        yield _of(row, _Reminder(row["due_by"], "全班", what, "班主任"))


def _unanswered(view: Learners) -> _Of:
    """Each pupil once; what was found stands on no sheet."""
    rows = view.frames["screening_changes"].filter(change="unanswered")
    place = ["grade", "class_name", "student_no", "name"]
    known = view.frames["screening_due"].select("grade", "class_name", "month", "due_by").unique()
    open_ = rows.join(known, on=["grade", "class_name", "month"], how="left")
    for row in open_.select(*place, "month", "due_by").unique().sort("month", *place).to_dicts():
        what = f"{month_words(row['month'])}排查没有说明上月的情况，请补填"
        yield _of(row, _Reminder(row["due_by"], learner(row), what, "班主任"))


def _of(row: dict[str, Any], reminder: _Reminder) -> tuple[str, str, _Reminder]:
    return row["grade"], row["class_name"], reminder
