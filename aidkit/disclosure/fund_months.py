"""Which programs of a month are put together, because too few people were paid."""

from collections.abc import Sequence

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.period import Period
from aidkit.fund.statements.payouts import spent

_CELL = ["month", "program"]


def payouts_by_month(book: Book, fund: str, period: Period, threshold: int) -> pl.DataFrame:
    """Vouchers of programs, each told whether its program is hidden in its month.

    Returns:
        Columns of `payouts.spent`, `month` (its first day), `restricted` (whether it spent
        restricted money) and `hidden`.
    """
    freed = book.postings.filter(
        pl.col("fund") == fund,
        pl.col("account") == "released",
        pl.col("purpose") != "",
        pl.col("date").is_between(period.first, period.last),
    )["voucher_no"]
    rows = spent(book, fund, period).with_columns(
        month=pl.col("date").dt.truncate("1mo"),
        restricted=pl.col("voucher_no").is_in(freed.implode()),
    )
    hidden = _hidden(rows, threshold).with_columns(hidden=True)
    told = rows.join(hidden, on=_CELL, how="left")
    return told.with_columns(pl.col("hidden").fill_null(False))


def too_few(rows: pl.DataFrame, threshold: int, by: Sequence[str] = ()) -> bool:
    """Whether vouchers, or those of some group, are of somebody but not surely of enough.

    Args:
        rows: Columns of `payouts.spent`, and `by`.
        threshold: How many are enough.
        by: What makes a group; all are one unless told.
    """
    return _least(rows, by).filter(pl.col("least") < threshold).height > 0


def _least(rows: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """How many people the vouchers of each group are of at least.

    Returns:
        `by`, `least`, `told` (whether there is any sum) and `fen`.

    Who got nothing in the end does not count; nor, where others were paid, who got goods that
    nobody valued: no sum is theirs. Those without a number may be the same every time.
    """
    of = [*by, "whole"]
    named, moved = pl.col("person_no") != "", pl.col("fen") != 0
    each = (
        rows.with_columns(
            whole=0, named=named, who=pl.when(named).then("person_no").otherwise("root")
        )
        .group_by(*of, "named", "who")
        .agg(pl.col("fen").sum(), pl.col("people").sum().abs())
        .filter(moved | (pl.col("people") != 0))
    )
    counted = each.filter(moved | ~moved.any().over(of))
    known, unknown = pl.col("named").sum(), pl.col("people").filter(~pl.col("named")).max()
    least = pl.max_horizontal(known.cast(pl.Int64), unknown.fill_null(0))
    sums = {"told": moved.any(), "fen": pl.col("fen").sum()}
    return counted.group_by(of).agg(least=least, **sums).drop("whole")


def _hidden(rows: pl.DataFrame, threshold: int) -> pl.DataFrame:
    """Months and programs: those of too few; too few yet, also the smallest sum of enough."""
    cells = _least(rows, _CELL)
    few = cells.filter(pl.col("least") < threshold).select(_CELL)
    together = _least(rows.join(few, on=_CELL, how="semi"), ["month"])
    still = together.filter(pl.col("least") < threshold)
    enough = cells.filter(pl.col("least") >= threshold).join(still, on="month", how="semi")
    # Where no sum is told there is none to hide behind.
    smallest = pl.col("month"), ~pl.col("told"), pl.col("fen").abs(), pl.col("program")
    cover = enough.sort(smallest).unique("month", keep="first")
    return pl.concat([few, cover.select(_CELL)])
