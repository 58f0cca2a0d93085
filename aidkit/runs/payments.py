"""Payments of a term: which rows are its own, and titles that mean none of its programs."""

from collections.abc import Collection, Mapping

import polars as pl

from aidkit.calendar import Term
from aidkit.labels import project_labels
from aidkit.runs.faulty import row_problems
from aidkit.runs.titles import with_program


def in_term(rows: pl.DataFrame, day: str, term: Term) -> pl.DataFrame:
    """Rows of a term: of its folder, or of a county-wide file with their day in the term.

    Args:
        rows: Rows with `term`, null in a county-wide file.
        day: Column with the day.
        term: The term.
    """
    in_folder = pl.col("term") == term.code
    by_day = pl.col("term").is_null() & pl.col(day).is_between(term.starts, term.ends)
    return rows.filter(in_folder | by_day)


def doubtful_payouts(
    payouts: pl.DataFrame, by_title: Mapping[str, str], active: Collection[str], term: Term
) -> pl.DataFrame:
    """A problem for each payment of the term that cannot be held against what is due.

    The money has been paid, so the row stays; only `corrections` leaves it out.

    Args:
        payouts: `tables.Payouts`.
        by_title: Of `ids_by_title`.
        active: Ids of programs that have a version in force.
        term: The term.

    Returns:
        `tables.Problems`.
    """
    rows = with_program(in_term(payouts, "paid_on", term), by_title)
    program_id = pl.col("program_id")
    cases = {
        "unknown_program": (
            program_id.is_null(),
            "没有哪个资助项目叫这个名称，这笔钱没有与应享金额核对。",
            "请写项目的全称或简称，不加括号；可用 aidkit program list 查看。",
        ),
        "program_not_in_force": (
            ~program_id.is_in(list(active)),
            "这个项目本学期在本县没有有效的版本，这笔钱没有与应享金额核对。",
            "请核对项目和发放日期；补发以前学期的，请在以前学期的发放表里登记。",
        ),
    }
    header = project_labels().columns["payouts"]["program_title"].header
    return pl.concat(
        row_problems(
            rows.filter(which),
            header,
            value=pl.col("program_title"),
            code=code,
            severity="warning",
            message=message,
            remedy=remedy,
        )
        for code, (which, message, remedy) in cases.items()
    )
