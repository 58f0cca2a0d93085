"""Which voucher a posting is of, by their order: both stand in the order of the journal.

Over a million vouchers a join by number would take more time and memory than all tables.
"""

import polars as pl


def runs(postings: pl.DataFrame) -> pl.Series:
    """Of each posting, the place of its voucher among those that have postings."""
    number = pl.col("voucher_no")
    new = (number != number.shift(1)).fill_null(value=False)
    return postings.select(new.cast(pl.UInt32).cum_sum()).to_series()


def bare(entries: pl.DataFrame, postings: pl.DataFrame, places: pl.Series) -> pl.DataFrame:
    """Vouchers without postings, column `voucher_no`; most often there are none.

    Args:
        entries: The vouchers.
        postings: Their postings.
        places: Their `runs`.
    """
    if _count(places) == entries.height:
        return entries.select("voucher_no").clear()
    return entries.select("voucher_no").join(
        postings.select("voucher_no"), on="voucher_no", how="anti", maintain_order="left"
    )


def of_postings(
    entries: pl.DataFrame, postings: pl.DataFrame, places: pl.Series, column: str
) -> pl.Series:
    """Of each posting, what a column says of its voucher.

    Args:
        entries: The vouchers.
        postings: Their postings.
        places: Their `runs`.
        column: Which.
    """
    without = bare(entries, postings, places)["voucher_no"]
    if not without.is_empty():
        entries = entries.filter(~pl.col("voucher_no").is_in(without.implode()))
    if entries.height == _count(places):
        return entries[column].gather(places)
    # Who recomputes a chain may number two vouchers alike: the first is meant.
    first = entries.select("voucher_no", column).unique("voucher_no", keep="first")
    number = postings.select("voucher_no")
    return number.join(first, on="voucher_no", how="left", maintain_order="left")[column]


def _count(places: pl.Series) -> int:
    return places[-1] + 1 if places.len() else 0
