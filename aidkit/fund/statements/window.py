"""What of the book lies in a fund and a period: vouchers, and their money.

A correction counts on its own day, and as what it takes back: its donor, program and persons are
those of the corrected voucher, with the opposite sign.
"""

from collections.abc import Iterable

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.period import Period


def vouchers(book: Book, fund: str, period: Period | None = None) -> pl.LazyFrame:
    """Vouchers of a fund, corrections in the words of what they correct.

    Args:
        book: The book.
        fund: Id of the fund.
        period: Only those of these days; all where None.

    Returns:
        Columns of `tables.fund.FundEntries` and `root` (the voucher that is meant: itself, or what
        a correction takes back), `root_date`, and `sign` (1, or -1 where it is taken back). Of a
        correction `voucher_no`, `date` and `reason` are its own and everything else is the root's.
        Lazy, since a statement reads few of the columns.
    """
    here = [pl.col("fund") == fund]
    if period is not None:
        here.append(pl.col("date").is_between(period.first, period.last))
    correction = pl.col("kind") == "correction"
    itself = (
        book.entries.lazy()
        .filter(*here, ~correction)
        .with_columns(root=pl.col("voucher_no"), root_date=pl.col("date"), sign=pl.lit(1, pl.Int64))
    )
    wrong = book.entries.filter(correction, *here)
    if wrong.is_empty():
        return itself
    own = wrong.select("voucher_no", "date", "reason", root="corrects", sign=pl.lit(-1, pl.Int64))
    meant = book.entries.filter(pl.col("voucher_no").is_in(own["root"].implode()))
    named = meant.drop("reason").rename({"voucher_no": "root", "date": "root_date"})
    columns = itself.collect_schema().names()
    return pl.concat([itself, own.join(named, on="root").select(columns).lazy()])


def money(book: Book, fund: str, accounts: Iterable[str], period: Period) -> pl.LazyFrame:
    """Postings of a fund on some accounts in a period."""
    return book.postings.lazy().filter(
        pl.col("fund") == fund,
        pl.col("date").is_between(period.first, period.last),
        pl.col("account").is_in(list(accounts)),
    )


def number_of_corrections(book: Book, fund: str, period: Period) -> int:
    """How many corrections dated in the period are of the fund, or touch its money."""
    wrong = pl.col("kind") == "correction", pl.col("fund") == fund
    within = pl.col("date").is_between(period.first, period.last)
    numbers = [
        table.filter(*wrong, within)["voucher_no"] for table in (book.entries, book.postings)
    ]
    return pl.concat(numbers).n_unique()
