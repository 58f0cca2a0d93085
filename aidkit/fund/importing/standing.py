"""The vouchers that stand: neither corrected nor corrections, each on one row with its money."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import TypeVar

import polars as pl

from aidkit.fund.accounts import ASSETS
from aidkit.fund.book import Book
from aidkit.fund.entry import Entry, Goods, Posting

_MONEY = [account for account in ASSETS if account != "goods"]

BETWEEN = ("move", "transfer")
"""Kinds that have an account on both sides."""


def standing(book: Book) -> pl.DataFrame:
    """Every voucher that stands, with the columns that a draft is compared by.

    Args:
        book: The book.

    Returns:
        Columns of `FundEntries`, and of `FundDrafts` those that say how much and of what:
        `fen`, `purpose`, `to_purpose`, `to_fund`, `item`, `spec`, `unit`, `thousandths`; the
        accounts `out_account` and `in_account` of kinds `BETWEEN`; and `file_digest` of the batch.
    """
    gone = book.entries.filter(pl.col("corrects") != "")["corrects"]
    live = ~pl.col("voucher_no").is_in(gone.implode()) & (pl.col("kind") != "correction")
    entries = book.entries.filter(live)
    between = pl.col("kind").is_in(BETWEEN)
    digests = book.batches.select("batch", "file_digest")
    return (
        entries.lazy()
        .join(_money(book.postings.lazy()), on="voucher_no", how="left", maintain_order="left")
        .join(_goods(book.goods.lazy()), on="voucher_no", how="left", maintain_order="left")
        .join(digests.lazy(), on="batch", how="left", maintain_order="left")
        .with_columns(
            pl.col("purpose", "to_purpose", "to_fund").fill_null(""),
            out_account=pl.when(between).then("out_account").fill_null(""),
            in_account=pl.when(between).then("in_account").fill_null(""),
            item=pl.col("item").fill_null(""),
            spec=pl.col("spec").fill_null(""),
            unit=pl.col("unit").fill_null(""),
            thousandths=pl.col("thousandths").fill_null(0),
        )
        .collect()
    )


def _money(postings: pl.LazyFrame) -> pl.LazyFrame:
    fen, account, purpose = pl.col("fen"), pl.col("account"), pl.col("purpose")
    money = account.is_in(_MONEY)
    restricted = purpose.filter(purpose != "")
    # A change of purpose names two: what loses the money comes first.
    by_fen = restricted.sort_by(fen.filter(purpose != ""), descending=True)
    return postings.group_by("voucher_no").agg(
        fen=fen.max(),
        purpose=pl.when((pl.col("kind") == "transfer").first())
        .then(purpose.filter(account == "transfer_out").first())
        .otherwise(by_fen.first()),
        to_purpose=purpose.filter(
            ((pl.col("kind") == "redesignate") & (fen < 0)) | (account == "transfer_in")
        ).first(),
        to_fund=pl.col("fund").filter(account == "transfer_in").first(),
        out_account=account.filter(money & (fen < 0)).first(),
        in_account=account.filter(money & (fen > 0)).first(),
    )


def _goods(goods: pl.LazyFrame) -> pl.LazyFrame:
    # An import makes one voucher of each row, so of one kind of goods.
    return goods.group_by("voucher_no").agg(pl.col("item", "spec", "unit", "thousandths").first())


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
