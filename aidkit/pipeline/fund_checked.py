"""A run's public fund page held against the public statements that were made before it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from aidkit.disclosure.fund import fund_gifts, fund_payouts, fund_summary, tells_beside
from aidkit.fund.book import Book
from aidkit.fund.ledger.heads import as_of
from aidkit.fund.period import Period


@dataclass(frozen=True)
class Published:
    """A public statement that was made.

    Attributes:
        period: The days that it tells of.
        line: Last line of the journal that it was told from; None where its record cannot be read.
    """

    period: Period
    line: int | None


def public_tables(
    book: Book, fund: str, period: Period, threshold: int, columns: Collection[str]
) -> dict[str, pl.DataFrame]:
    """What a public page and a public statement of the same days both tell.

    Args:
        book: The book.
        fund: Id of the fund.
        period: The days.
        threshold: Counts below it are not published.
        columns: What the table of gifts may show.

    Raises:
        UsageError: The period is not of whole months.
    """
    return {
        "fund_summary": fund_summary(book, fund, period, threshold),
        "fund_payouts": fund_payouts(book, fund, period, threshold),
        "fund_gifts": fund_gifts(book, fund, period, columns),
    }


def beside(
    book: Book, fund: str, period: Period, published: Sequence[Published], threshold: int
) -> bool:
    """Whether the totals of a period would tell, beside published ones, what few people got."""
    periods = [one.period for one in published]
    return tells_beside(book, fund, period, periods, threshold) is not None


def restates(
    told: dict[str, pl.DataFrame],
    *,
    book: Book,
    fund: str,
    period: Period,
    published: Sequence[Published],
    threshold: int,
    columns: Collection[str],
) -> bool:
    """Whether what was published of the same days said otherwise.

    Args:
        told: `public_tables` of the book as it is.
        book: The book.
        fund: Id of the fund.
        period: The days.
        published: The public statements that were made.
        threshold: Counts below it are not published.
        columns: What the table of gifts may show.
    """
    same = [one for one in published if one.period == period and one.line is not None]
    for one in same:
        before = as_of(book, one.line or 0)
        then = public_tables(before, fund, period, threshold, columns)
        if any(not table.equals(then[name]) for name, table in told.items()):
            return True
    return False
