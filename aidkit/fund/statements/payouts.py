"""What was spent on each program, and how many it reached."""

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.entry import OF_PROGRAMS
from aidkit.fund.period import Period
from aidkit.fund.statements.window import money, place_of_program, vouchers
from aidkit.tables.fund_statements import FundPayouts

TOTAL = "total"
"""The row that is all rows."""

COLUMNS = (
    *("voucher_no", "root", "date", "kind", "program", "school_code"),
    *("person_no", "persons", "sign"),
)
"""Columns of `window.vouchers` that are asked of payouts."""

_NAMED = pl.col("person_no") != ""


def payouts(book: Book, fund: str, period: Period) -> pl.DataFrame:
    """Money and goods spent on each program, and the total.

    Returns:
        `FundPayouts`, programs as the fund's file lists them, the total last. A person of two
        programs is one of the total.
    """
    rows = spent(book, fund, period)
    programs = by_program(rows).sort(place_of_program(book, fund, "program"), "program")
    whole = by_program(rows.with_columns(program=pl.lit(TOTAL)))
    if whole.is_empty():
        none = {name: 0 for name in FundPayouts.columns() if name != "program"}
        whole = pl.DataFrame([{"program": TOTAL} | none])
    return pl.concat([programs, FundPayouts.validate(whole, cast=True)])


def spent(book: Book, fund: str, period: Period) -> pl.DataFrame:
    """Vouchers of programs with what they spent and whom they reached.

    Returns:
        `COLUMNS` with `people` (signed: a returned payout takes its people off), `fen` (signed; 0
        for goods that nobody valued) and `unvalued` (whether there are such goods).
    """
    heads = vouchers(book, fund, period).filter(pl.col("kind").is_in(OF_PROGRAMS)).select(COLUMNS)
    expense = money(book, fund, ["program_expense"], period)
    sums = expense.group_by("voucher_no").agg(pl.col("fen").sum())
    people = pl.max_horizontal(pl.col("persons"), _NAMED.cast(pl.Int64))
    way = pl.when(pl.col("kind") == "payout_returned").then(-1).otherwise(1)
    unvalued = book.goods.filter(pl.col("fen").is_null())["voucher_no"]
    rows = heads.join(sums, on="voucher_no", how="left").with_columns(
        pl.col("fen").fill_null(0),
        people=pl.col("sign") * way * people,
        unvalued=pl.col("voucher_no").is_in(unvalued.implode()),
    )
    return rows.collect()


def by_program(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of `spent` as `FundPayouts`, without a total, in no order."""
    in_kind = pl.col("kind") == "goods_out"
    sums = rows.group_by("program").agg(
        times=pl.col("people").sum(),
        unnamed=pl.col("people").filter(~_NAMED).sum(),
        money_fen=pl.col("fen").filter(~in_kind).sum(),
        goods_fen=pl.col("fen").filter(in_kind).sum(),
        fen=pl.col("fen").sum(),
        unvalued=pl.col("sign").filter("unvalued").sum(),
        vouchers=pl.len(),
    )
    each = rows.filter(_NAMED).group_by("program", "person_no").agg(pl.col("people").sum())
    reached = each.filter(pl.col("people") > 0).group_by("program").agg(named=pl.len())
    table = sums.join(reached, on="program", how="left").with_columns(
        persons=pl.col("unnamed") + pl.col("named").fill_null(0)
    )
    return FundPayouts.validate(table, cast=True)
