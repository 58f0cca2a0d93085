"""What of a statement is no longer so: entries dated into days that were stated already."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.ledger.heads import as_of
from aidkit.fund.period import Period
from aidkit.fund.statements.summary import SECTIONS, summary


@dataclass(frozen=True)
class Restated:
    """A section of the 收支公示表 that was stated otherwise.

    Attributes:
        section: Code of vocabulary `fund_section`.
        before: What was stated: its total in fen; of `corrections` how many.
        now: What the book says now. Where both are equal, lines of the section differ.
    """

    section: str
    before: int
    now: int


def restated(book: Book, fund: str, period: Period, line: int) -> list[Restated]:
    """Sections of the 收支公示表 that the book gives otherwise than when it was stated.

    Args:
        book: The book.
        fund: Id of the fund.
        period: Days that were told of.
        line: With which line the journal ended then.
    """
    late = book.entries.filter(pl.col("line") > line, pl.col("date") <= period.last)
    # A statement rests on nothing that is dated behind it.
    return [] if late.is_empty() else [*_compared(book, fund, period, line)]


def _compared(book: Book, fund: str, period: Period, line: int) -> Iterator[Restated]:
    then, now = (summary(one, fund, period) for one in (as_of(book, line), book))
    for section in SECTIONS:
        parts = [table.filter(section=section) for table in (then, now)]
        if not parts[0].equals(parts[1]):
            yield Restated(section, *map(_total, parts))


def _total(part: pl.DataFrame) -> int:
    total = pl.coalesce("fen", "vouchers")
    return int(part.filter(line="total").select(total).item())
