"""票据登记: each gift with its receipt, the sum in words, and whether it still holds."""

import polars as pl

from aidkit.fund.accounts import GIVEN
from aidkit.fund.book import Book
from aidkit.fund.entry import GIFTS
from aidkit.fund.period import Period
from aidkit.fund.statements.shares import returned_to_donors
from aidkit.fund.statements.things import returned_unvalued
from aidkit.money import in_words
from aidkit.tables.fund_statements import FundReceipts

STATUS = ("valid", "partly_returned", "returned", "void")
"""Vocabulary `receipt_status`: 有效, 部分退回, 已退回, 作废 (taken back by a correction)."""


def receipts(book: Book, fund: str, period: Period) -> pl.DataFrame:
    """Gifts dated in the period, those taken back later among them, so that no number is missing.

    Returns:
        `FundReceipts`, by voucher number.
    """
    of_fund = pl.col("fund") == fund
    within = pl.col("date").is_between(period.first, period.last)
    kinds = pl.col("kind").is_in(GIFTS)
    heads = book.entries.filter(of_fund, within, kinds)
    sums = (
        book.postings.filter(of_fund, within, kinds, pl.col("account").is_in(GIVEN))
        .group_by("voucher_no")
        .agg(fen=-pl.col("fen").sum())
    )
    wrong = book.entries.filter(pl.col("kind") == "correction", pl.col("date") <= period.last)
    void = wrong.select(voucher_no="corrects", void=True)
    back = returned_to_donors(book, fund, period.last).rename({"fen": "back"})
    told = (
        heads.join(sums, on="voucher_no", how="left")
        .join(void, on="voucher_no", how="left")
        .join(back, on="voucher_no", how="left")
        .join(returned_unvalued(book, fund, period.last), on="voucher_no", how="left")
        .join(_goods(book, heads), on="voucher_no", how="left")
    )
    numbered = pl.col("receipt_no") != ""
    words = {fen: in_words(fen) for fen in told["fen"].drop_nulls().unique()}
    status = (
        pl.when(pl.col("void").fill_null(False))
        .then(pl.lit("void"))
        .when((pl.col("back") >= pl.col("fen")) | (pl.col("all_back") & pl.col("fen").is_null()))
        .then(pl.lit("returned"))
        .when((pl.col("back") > 0) | pl.col("all_back").is_not_null())
        .then(pl.lit("partly_returned"))
        .otherwise(pl.lit("valid"))
    )
    table = told.with_columns(
        reference=pl.when(numbered).then("receipt_no").otherwise("reference"),
        donor="party",
        what=pl.when(pl.col("kind") == "gift").then(pl.lit("money")).otherwise(pl.lit("goods")),
        goods=pl.col("goods").fill_null(""),
        in_words=pl.col("fen").replace_strict(words, default="", return_dtype=pl.String),
        status=status,
    )
    return FundReceipts.validate(table, cast=True).sort("voucher_no")


def _goods(book: Book, heads: pl.DataFrame) -> pl.DataFrame:
    """What each voucher's goods are, as people write it: `棉衣(L) 12.5件、书包 3个`."""
    lines = book.goods.filter(pl.col("voucher_no").is_in(heads["voucher_no"].implode()))
    whole, part = pl.col("thousandths") // 1000, pl.col("thousandths") % 1000
    decimals = part.cast(pl.String).str.zfill(3).str.strip_chars_end("0")
    number = pl.concat_str(
        whole.cast(pl.String),
        pl.when(part == 0).then(pl.lit("")).otherwise(pl.lit(".") + decimals),
    )
    size = pl.when(pl.col("spec") == "").then(pl.lit("")).otherwise(pl.format("（{}）", "spec"))
    text = pl.concat_str("item", size, pl.lit(" "), number, "unit")
    return lines.group_by("voucher_no").agg(goods=text.sort().str.join("、"))
