"""The tables behind a fund's statements, each with a digest by which an audit knows it again."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping

import polars as pl
import polars.selectors as cs

from aidkit.digests import digest_of
from aidkit.fund.book import Book
from aidkit.fund.period import Period
from aidkit.fund.statements.activity import activity, balance_sheet
from aidkit.fund.statements.board import comparison, largest_gifts
from aidkit.fund.statements.corrections import corrections
from aidkit.fund.statements.feedback import feedback, uses
from aidkit.fund.statements.gifts import consents, gifts
from aidkit.fund.statements.goods import goods_register, goods_taken
from aidkit.fund.statements.payouts import payouts
from aidkit.fund.statements.receipts import receipts
from aidkit.fund.statements.summary import summary

Statement = Callable[[Book, str, Period], pl.DataFrame]

_DAY = dt.timedelta(days=1)

_STATEMENTS: Mapping[str, Statement] = {
    "summary": summary,
    "gifts": gifts,
    "consents": consents,
    "payouts": payouts,
    "activity": activity,
    "opening_balance": lambda book, fund, period: balance_sheet(book, fund, period.first - _DAY),
    "balance": lambda book, fund, period: balance_sheet(book, fund, period.last),
    "feedback": feedback,
    "receipts": receipts,
    "goods": goods_register,
    "goods_taken": goods_taken,
    "comparison": comparison,
    "largest": largest_gifts,
    "corrections": corrections,
}

TABLES = (*_STATEMENTS, "uses")
"""Names of all tables."""


def frames(
    book: Book, fund: str, period: Period, threshold: int, names: Collection[str] = TABLES
) -> dict[str, pl.DataFrame]:
    """The tables that the documents of a fund and a period are printed from.

    Args:
        book: The book.
        fund: Id of the fund.
        period: The period.
        threshold: A school is told where a gift reached at least so many there.
        names: Those that are wanted, of `TABLES`; what is no such name is passed over.

    Raises:
        InvariantError: The book does not balance.
    """
    told = {name: of(book, fund, period) for name, of in _STATEMENTS.items() if name in names}
    if "uses" in names:
        told["uses"] = uses(book, fund, period, threshold)
    return told


def digests(tables: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """Name of each table to the SHA-256 of its rows as text, in whatever order they stand."""
    return {name: digest_of(_text(table)) for name, table in tables.items()}


def _text(table: pl.DataFrame) -> bytes:
    """Rows sorted: their order is that of the fund's file, which may change."""
    flat = table.with_columns(cs.list().list.join("、"))
    return flat.sort(pl.all()).write_csv().encode()
