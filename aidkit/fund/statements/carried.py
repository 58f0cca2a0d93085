"""Whether a period opens with what the statement before it closed with."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from aidkit.fund.accounts import ASSETS
from aidkit.fund.book import Book
from aidkit.fund.ledger.heads import Said, latest
from aidkit.fund.period import Period


@dataclass(frozen=True)
class Carried:
    """What was entered into the days before a period since they were stated.

    Attributes:
        period: Days of the statement that ends the day before.
        fen: By how much more the period opens than that statement closed with.
        voucher_nos: What was entered since.
    """

    period: Period
    fen: int
    voucher_nos: tuple[str, ...]


def carried(book: Book, fund: str, period: Period, said: Iterable[Said]) -> Carried | None:
    """What makes a period open otherwise than the statement before it closed; None: nothing does.

    Args:
        book: The book.
        fund: Id of the fund.
        period: The period.
        said: Heads of earlier statements.
    """
    eve = period.first - dt.timedelta(1)
    before = [
        (one.line or 0, of)
        for (whose, of), one in latest(said).items()
        if whose == fund and of.last == eve
    ]
    if not before:
        return None
    line, stated = max(before, key=lambda one: one[0])
    late = book.entries.filter(pl.col("line") > line, pl.col("date") <= eve)["voucher_no"]
    since = pl.col("voucher_no").is_in(late.implode())
    postings = book.postings.filter(since, pl.col("fund") == fund)
    own = book.entries.filter(since, pl.col("fund") == fund)["voucher_no"]
    numbers = pl.concat([own, postings["voucher_no"]]).unique().sort()
    fen = int(postings.filter(pl.col("account").is_in(ASSETS))["fen"].sum())
    return Carried(stated, fen, tuple(numbers)) if numbers.len() else None
