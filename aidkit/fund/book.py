"""The book: the journal's content as tables, beside the files of the county's funds."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import polars as pl

from aidkit.fund.entry import Entry, Goods, Posting
from aidkit.fund.settings import Fund


@dataclass(frozen=True)
class Book:
    """What every statement is told from.

    Attributes:
        funds: The county's funds by id.
        entries: `tables.fund.FundEntries`.
        postings: `tables.fund.FundPostings`.
        goods: `tables.fund.FundGoods`.
        batches: `tables.fund.FundBatches`.
        head: Hash of the journal's last line; 64 zeros where the journal is empty.
        lines: How many lines the journal has.
    """

    funds: Mapping[str, Fund]
    entries: pl.DataFrame
    postings: pl.DataFrame
    goods: pl.DataFrame
    batches: pl.DataFrame
    head: str
    lines: int


def entries_of(book: Book, voucher_nos: Sequence[str]) -> Iterator[tuple[str, Entry]]:
    """Vouchers of the book as they were posted, with their numbers.

    Args:
        book: The book.
        voucher_nos: Which, in any order.

    Yields:
        Number and voucher, in the order of the book.
    """
    wanted = pl.col("voucher_no").is_in([*voucher_nos])
    postings = _by_number(book.postings.filter(wanted), Posting)
    goods = _by_number(book.goods.filter(wanted), Goods)
    names = [field.name for field in fields(Entry)]
    for row in book.entries.filter(wanted).iter_rows(named=True):
        number = row["voucher_no"]
        said = {name: row[name] for name in names if name in row}
        yield (
            number,
            Entry(**said, postings=(*postings[number],), goods=(*goods[number],)),
        )


_Line = TypeVar("_Line", Posting, Goods)


def _by_number(rows: pl.DataFrame, line: type[_Line]) -> defaultdict[str, list[_Line]]:
    names = [field.name for field in fields(line)]
    found: defaultdict[str, list[_Line]] = defaultdict(list)
    for row in rows.iter_rows(named=True):
        found[row["voucher_no"]].append(line(**{name: row[name] for name in names}))
    return found
