"""Corrections: what was taken back in a period, and why. Never a silent edit."""

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.period import Period
from aidkit.tables.fund_statements import FundCorrections


def corrections(book: Book, fund: str, period: Period) -> pl.DataFrame:
    """Corrections dated or entered in the period that are of the fund, or touch its money.

    One that was dated into days stated before stands nowhere else.

    Returns:
        `FundCorrections`, by date and voucher.
    """
    wrong = pl.col("kind") == "correction"
    touching = book.postings.filter(wrong, pl.col("fund") == fund)["voucher_no"].implode()
    days = book.batches.filter(pl.col("entered_on").is_between(period.first, period.last))
    within = pl.col("date").is_between(period.first, period.last)
    own = book.entries.filter(
        wrong,
        within | pl.col("batch").is_in(days["batch"].implode()),
        (pl.col("fund") == fund) | pl.col("voucher_no").is_in(touching),
    )
    meant = book.entries.filter(pl.col("voucher_no").is_in(own["corrects"].implode())).select(
        "kind", corrects="voucher_no", corrected_on="date"
    )
    sums = (
        book.postings.filter(wrong, pl.col("fund") == fund, pl.col("fen") < 0)
        .group_by("voucher_no")
        .agg(fen=-pl.col("fen").sum())
    )
    table = (
        own.drop("kind")
        .join(meant, on="corrects")
        .join(sums, on="voucher_no", how="left")
        .with_columns(pl.col("fen").fill_null(0))
    )
    return FundCorrections.validate(table, cast=True).sort("date", "voucher_no")
