"""Rows, and vouchers entered by hand, that may be a voucher told in other words: asked about."""

from dataclasses import replace

import polars as pl

from aidkit.errors import InputError, UsageError
from aidkit.fund.book import Book
from aidkit.fund.entry import Entry
from aidkit.fund.ledger.likeness import CONTRASTED, alike, contrast
from aidkit.fund.ledger.lines import ENTRIES
from aidkit.fund.ledger.standing import standing, with_money
from aidkit.fund.ledger.writing import Writing

BY_HAND = "手工登记"
"""Instead of a row: what was entered by hand."""

_THERE = "_there"


def entered_in(file: str = "source_file") -> pl.Expr:
    """Where a voucher was entered, in words.

    Args:
        file: Column with its file.
    """
    return pl.when(pl.col(file) == "").then(pl.lit(BY_HAND)).otherwise(pl.format("{} 已入账", file))


def like_vouchers(rows: pl.DataFrame, vouchers: pl.DataFrame) -> pl.DataFrame:
    """Rows that may be one of some vouchers, see `ledger.likeness`.

    Args:
        rows: Drafts, said as the book says them.
        vouchers: Of `standing.standing`.

    Returns:
        Columns `LIKE_ANOTHER`, a row for each of the drafts.
    """
    ours = rows.with_row_index("row").with_columns(document=pl.lit("the file"))
    theirs = vouchers.drop("voucher", strict=False).with_row_index("row")
    found = alike(ours, theirs.with_columns(document=pl.lit("the book")))
    told = theirs.select("voucher_no", "source_file", *CONTRASTED).select(
        pl.all().name.suffix(_THERE)
    )
    pairs = found.join(ours, on="row", maintain_order="left").join(
        told.with_row_index("voucher"), on="voucher", maintain_order="left"
    )
    return pairs.select("draft", pl.col(f"voucher_no{_THERE}").alias("voucher_no"), why=_why())


def decided(book: Book, entry: Entry, *, distinct: bool) -> dict[str, str]:
    """What speaks against a voucher entered by hand, where the officer says that it is another one.

    Args:
        book: The county's book, with all columns.
        entry: What is to be posted.
        distinct: Whether it is said to be another one than what it is like.

    Returns:
        As `Batch.distinct`; nothing where it is like none.

    Raises:
        InputError: It may stand already, and nobody says otherwise.
        UsageError: It is said to be another one, and is like none.
    """
    like = like_standing(book, entry)
    if distinct and not like:
        raise UsageError("账簿里没有与它相像的凭证。", where="--distinct", remedy="请去掉这一项。")
    if like and not distinct:
        raise InputError(
            f"没有入账：可能已经入过账，{like[0]}",
            remedy="同一笔的不用再登记；确是另外一笔的，加上 --distinct 再登记一次。",
        )
    return dict.fromkeys([BY_HAND], like[0]) if like else {}


def like_standing(book: Book, entry: Entry) -> list[str]:
    """What vouchers that stand a voucher entered by hand is like, for people: one, or nothing."""
    writing = Writing(book, "", ENTRIES)
    for _ in writing.parts([entry]):
        pass
    new = writing.tables()
    # The number is that of no draft: it only must be there.
    row = with_money(new.entries, new.postings, new.goods).with_columns(draft=pl.lit(0))
    day = book.entries.filter(
        (pl.col("date") == entry.date) | (pl.col("kind") == "correction"), fund=entry.fund
    )
    theirs = pl.col("voucher_no").is_in(day["voucher_no"].implode())
    few = replace(
        book,
        entries=day,
        postings=book.postings.filter(theirs),
        goods=book.goods.filter(theirs),
    )
    stands = standing(few).filter(kind=entry.kind)
    return like_vouchers(row, stands)["why"].to_list()


def _why() -> pl.Expr:
    much = pl.when(pl.col("item") == "").then(pl.lit("金额")).otherwise(pl.lit("品名、数量"))
    other = contrast(_THERE)
    only = pl.when(other != "").then(pl.format("，只是{}不一样", other)).otherwise(pl.lit(""))
    where, number = entered_in(f"source_file{_THERE}"), f"voucher_no{_THERE}"
    return pl.format("与 {}的 {} 日期、对方和{}都相同{}。", where, number, much, only)
