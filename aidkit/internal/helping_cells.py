"""Cells and columns that the helping reports share: internal."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from aidkit.internal.learners import Learners
from aidkit.internal.people import one_line, person
from aidkit.show.official import Column, Markup
from aidkit.show.parts import escaped, raw

NAMELESS = "（没有姓名）"

NEW_SHEET = raw('<div style="break-before:page"></div>')
"""On paper what follows begins a new page."""


def learner(row: Mapping[str, Any], number: str = "student_no") -> Markup:
    """Name, and below it the number in the column `number`."""
    return person({"name": row["name"] or NAMELESS, "person_no": row[number]})


def class_of(view: Learners, row: Mapping[str, Any]) -> str | None:
    """Grade and class in one cell: `二年级 1班`; None where neither is known."""
    grade = view.labels.label("grade", row["grade"]) if row["grade"] else None
    return " ".join(filter(None, (grade, row["class_name"]))) or None


def by_class(view: Learners, rows: pl.DataFrame, *more: str) -> pl.DataFrame:
    """Rows in the order of grades and classes, then of further columns."""
    grades = list(view.labels.names("grade"))
    at = pl.col("grade").replace_strict(
        grades, range(len(grades)), default=-1, return_dtype=pl.Int32
    )
    order = ["_at", "class_name", *more]
    return rows.with_columns(_at=at).sort(order, nulls_last=True).drop("_at")


def teacher(view: Learners, number: str | None) -> str | None:
    """Who of the school's staff has a number; else the number."""
    if number is None:
        return None
    known = view.frames["teachers"].filter(teacher_no=number)["name"]
    return number if known.is_empty() else str(known.item(0))


def subject(view: Learners, code: str | None) -> str | None:
    """What a subject is called."""
    return None if code is None else view.labels.label("subject", code)


def day(value: Any) -> Markup | None:
    """A date on one line; None stays None."""
    return None if value is None else one_line(str(value))


def month_words(month: Any) -> str:
    """A month for people: `2026年9月`."""
    return f"{month.year}年{month.month}月"


def texts(*titles: str) -> list[Column]:
    """Columns of text, one for each title."""
    return [Column((title,)) for title in titles]


def counts(*titles: str, below: str = "") -> list[Column]:
    """Columns of whole numbers, one for each title, perhaps below one header."""
    return [Column((below, title) if below else (title,), "number") for title in titles]


def counted_words(
    view: Learners, vocabulary: str, codes: Iterable[str], numbers: Mapping[str, int]
) -> str:
    """`延续 8、中途换人 3`: numbers by code, without what is zero."""
    told = [(view.labels.label(vocabulary, code), numbers.get(code, 0)) for code in codes]
    return "、".join(f"{name} {number:,}" for name, number in told if number)


def numbers_of(rows: pl.DataFrame, column: str) -> dict[str, int]:
    """How many rows each value of a column has."""
    return dict(rows.group_by(column).len().iter_rows())


def limits(row: Mapping[str, Any]) -> str:
    """How many pupils it should be: `1 至 2 人`."""
    if row["most"] is None:
        return f"{row['least']} 人以上"
    return f"{row['least']} 至 {row['most']} 人"


def cited(view: Learners, *figures: str) -> str:
    """Where declared figures come from, for the end of a caption."""
    return (
        "依据：" + "；".join(escaped(view.figure(f"{figure}_source")) for figure in figures) + "。"
    )
