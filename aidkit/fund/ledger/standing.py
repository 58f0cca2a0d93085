"""Vouchers as drafts are compared with them, each on one row with its money.

Those that stand are neither corrected nor corrections.
"""

import polars as pl

from aidkit.fund.accounts import MONEY
from aidkit.fund.book import Book

BETWEEN = ("move", "transfer")
"""Kinds that have an account on both sides."""

_CORRECTS = pl.col("corrects") != ""


def standing(book: Book) -> pl.DataFrame:
    """Every voucher that stands, with the columns that a draft is compared by.

    Args:
        book: The book.

    Returns:
        Columns of `FundEntries`, and of `FundDrafts` those that say how much and of what:
        `fen`, `purpose`, `to_purpose`, `to_fund`, `item`, `spec`, `unit`, `thousandths`; the
        accounts `out_account` and `in_account` of kinds `BETWEEN`; and `file_digest` of the batch.
    """
    return _with_digest(book, with_money(uncorrected(book.entries), book.postings, book.goods))


def uncorrected(entries: pl.DataFrame) -> pl.DataFrame:
    """The entries that are neither corrected nor corrections."""
    gone = entries.filter(_CORRECTS)["corrects"]
    if gone.is_empty():
        return entries
    return entries.filter(~_CORRECTS & ~_among(gone))


def taken_back(book: Book) -> pl.DataFrame:
    """Every voucher that somebody took back by hand; what an import took back its file changed.

    Returns:
        Columns as of `standing`, and `corrected_by`: the number of the correction.
    """
    by_hand = book.batches.filter(pl.col("action") == "post")["batch"]
    corrections = book.entries.filter(_CORRECTS, pl.col("batch").is_in(by_hand.implode())).select(
        voucher_no="corrects", corrected_by="voucher_no"
    )
    theirs = _among(corrections["voucher_no"])
    few = (table.filter(theirs) for table in (book.entries, book.postings, book.goods))
    back = _with_digest(book, with_money(*few))
    return back.join(corrections, on="voucher_no", maintain_order="left")


def _among(voucher_nos: pl.Series) -> pl.Expr:
    return pl.col("voucher_no").is_in(voucher_nos.implode())


def with_money(entries: pl.DataFrame, postings: pl.DataFrame, goods: pl.DataFrame) -> pl.DataFrame:
    """Entries with how much and of what they are, as `standing` tells it, but for `file_digest`."""
    between = pl.col("kind").is_in(BETWEEN)
    return (
        entries.lazy()
        .join(_money(postings.lazy()), on="voucher_no", how="left", maintain_order="left")
        .join(_goods(goods.lazy()), on="voucher_no", how="left", maintain_order="left")
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


def _with_digest(book: Book, vouchers: pl.DataFrame) -> pl.DataFrame:
    digests = book.batches.select("batch", "file_digest")
    return vouchers.join(digests, on="batch", how="left", maintain_order="left")


def _money(postings: pl.LazyFrame) -> pl.LazyFrame:
    fen, account, purpose = pl.col("fen"), pl.col("account"), pl.col("purpose")
    money = account.is_in(MONEY)
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
