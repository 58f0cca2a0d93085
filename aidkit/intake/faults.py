"""Faults of workbooks in words, one by one and as a table."""

from collections.abc import Iterable
from typing import TypedDict

import polars as pl

from aidkit.intake.fault_kinds import ERROR, KINDS, WARNING
from aidkit.intake.lexicon import polars_schema
from aidkit.tables import Problems

__all__ = ["ERROR", "KINDS", "WARNING", "Problem", "in_order", "problem", "problems_frame"]


class Problem(TypedDict):
    """A row of `tables.Problems`."""

    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    code: str
    severity: str
    message: str
    remedy: str


def problem(
    code: str,
    file: str,
    *,
    sheet: str = "",
    row: int | None = None,
    column: str = "",
    value: str = "",
    **details: str,
) -> Problem:
    """One fault in words; `column` is the letter and the header, `row` as Excel shows it."""
    kind = KINDS[code]
    words = {"header": column.partition(" ")[2], "value": value} | details
    return Problem(
        file=file,
        sheet=sheet,
        row=row,
        column=column,
        value=value,
        code=code,
        severity=kind.severity,
        message=kind.message.format(**words),
        remedy=kind.remedy.format(**words),
    )


def problems_frame(problems: Iterable[Problem]) -> pl.DataFrame:
    """The faults as a table, see `in_order`."""
    return in_order(pl.DataFrame(list(problems), schema=polars_schema(Problems)))


def in_order(problems: pl.DataFrame) -> pl.DataFrame:
    """The faults by place; equal faults of one place stand once."""
    return problems.unique(maintain_order=True).sort(
        "file", "sheet", "row", "column", "code", nulls_last=False, maintain_order=True
    )
