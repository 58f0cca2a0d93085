"""Cells that the sections of a progress report share: internal."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from aidkit.internal.learners import Learners
from aidkit.internal.people import one_line
from aidkit.show.numbers import signed
from aidkit.show.official import Column, Markup
from aidkit.show.parts import Part, prose

GRADE_READER = "年级组长和学校帮扶负责人"
CLASS_READER = "本班班主任"
TEACHER_READER = "校长和学校帮扶负责人"

WHERE = ("grade", "class_name", "student_no")


def only_for(reader: str) -> Part:
    """The line on top of a sheet that may be handed on alone."""
    return prose(f"**内部资料 · 供{reader}使用**，不张贴、不宣读、不转发。")


def with_names(view: Learners, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of learners and their `name`; null for who is on no roll of the school."""
    names = view.frames["pupils"].select("student_no", "name")
    return rows.join(names, on="student_no", how="left", maintain_order="left")


def by_grade(view: Learners, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows in the order of grades, and within a grade as they are."""
    grades = list(view.labels.names("grade"))
    at = pl.col("grade").replace_strict(
        grades, range(len(grades)), default=-1, return_dtype=pl.Int32
    )
    return rows.sort(at, maintain_order=True)


def places(change: int | None) -> str | None:
    """A change in places: `+3`, `0`, `−2`."""
    return None if change is None else signed(change)


def figure(value: float | None, digits: int = 2) -> Decimal | None:
    """A computed figure as printed."""
    if value is None:
        return None
    rounded = round(Decimal(repr(value)), digits)
    return abs(rounded) if rounded == 0 else rounded


def spread(row: dict[str, Any]) -> Markup | None:
    """Both ends of an interval, on one line."""
    low, high = figure(row["low"]), figure(row["high"])
    return None if low is None or high is None else one_line(f"{signed(low)} 至 {signed(high)}")


def percent(share: float | None) -> str | None:
    """A share as whole percent: it is of few."""
    return None if share is None else f"{figure(share * 100, 0)}%"


def prize(view: Learners, code: str) -> str | None:
    """What a prize is called; None for none."""
    return None if code == "none" else view.labels.label("progress_prize", code)


def marks(row: dict[str, Any]) -> str | None:
    """Why growth says less of a learner: near full marks, or near none."""
    said = {"ceiling": "接近满分", "floor": "接近零分"}
    return "、".join(text for name, text in said.items() if row[name]) or None


def number_columns(titles: Sequence[str]) -> list[Column]:
    """Columns of figures, one for each title."""
    return [Column((title,), "number") for title in titles]
