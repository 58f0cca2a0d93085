"""Which programs of a month are put together, because too few people were paid."""

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.period import Period
from aidkit.fund.statements.payouts import spent

_CELL = ["month", "program"]
_NAMED = pl.col("person_no") != ""

_LEAST = (
    pl.max_horizontal(
        pl.col("person_no").filter(_NAMED).n_unique(),
        pl.col("people").abs().filter(~_NAMED).max().fill_null(0),
    )
    .cast(pl.Int64)
    .alias("least")
)
"""How many people were concerned at least: those without a number may be the same every time."""


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


def too_few(rows: pl.DataFrame, threshold: int) -> bool:
    """Whether vouchers are of somebody, but not surely of `threshold` people."""
    return not rows.is_empty() and rows.select(_LEAST).item() < threshold


def _hidden(rows: pl.DataFrame, threshold: int) -> pl.DataFrame:
    """Months and programs: those with too few, and the next smallest where that is too few yet."""
    cells = rows.group_by(_CELL).agg(_LEAST)
    few = cells.filter(pl.col("least") < threshold).select(_CELL)
    together = rows.join(few, on=_CELL, how="semi").group_by("month").agg(_LEAST)
    still = together.filter(pl.col("least") < threshold)
    enough = cells.filter(pl.col("least") >= threshold).join(still, on="month", how="semi")
    cover = enough.sort("month", "least", "program").unique("month", keep="first")
    return pl.concat([few, cover.select(_CELL)])
