"""Which programs of a month are put together, because too few people were paid."""

from collections.abc import Sequence

import polars as pl

from aidkit.disclosure.fund_covers import CELL, covers, least_of, smallest_first
from aidkit.fund.book import Book
from aidkit.fund.period import Period
from aidkit.fund.statements.payouts import spent


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
    )["voucher_no"]
    # What hides a month lies in others, perhaps outside of the period: all are looked at.
    rows = spent(book, fund, _all_days(book, period)).with_columns(
        month=pl.col("date").dt.truncate("1mo"),
        restricted=pl.col("voucher_no").is_in(freed.implode()),
    )
    hidden = _hidden(rows, threshold).with_columns(hidden=True)
    within = pl.col("date").is_between(period.first, period.last)
    told = rows.filter(within).join(hidden, on=CELL, how="left")
    return told.with_columns(pl.col("hidden").fill_null(False))


def _all_days(book: Book, period: Period) -> Period:
    days = [*book.entries.select(pl.col("date").min(), last=pl.col("date").max()).row(0)]
    known = [one for one in (period.first, period.last, *days) if one]
    return Period(min(known), max(known))


def too_few(rows: pl.DataFrame, threshold: int, by: Sequence[str] = ()) -> bool:
    """Whether vouchers, or those of some group, are of somebody but not surely of enough.

    Args:
        rows: Columns of `payouts.spent`, and `by`.
        threshold: How many are enough.
        by: What makes a group; all are one unless told.
    """
    return least_of(rows, by).filter(pl.col("least") < threshold).height > 0


def _hidden(rows: pl.DataFrame, threshold: int) -> pl.DataFrame:
    """Months and programs: those of too few; too few yet, also the smallest sum of enough."""
    cells = least_of(rows, CELL)
    few = cells.filter(pl.col("least") < threshold).select(CELL)
    together = least_of(rows.join(few, on=CELL, how="semi"), ["month"])
    still = together.filter(pl.col("least") < threshold)
    enough = cells.filter(pl.col("least") >= threshold).join(still, on="month", how="semi")
    smallest = smallest_first(enough).unique("month", keep="first", maintain_order=True)
    hidden = pl.concat([few, smallest.select(CELL)])
    return pl.concat([hidden, covers(rows, hidden, threshold)])
