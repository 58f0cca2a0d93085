"""Figures of the board report: this period beside the one before, and the largest gifts."""

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.entry import RETURNED
from aidkit.fund.period import Period
from aidkit.fund.statements.gifts import gifts
from aidkit.fund.statements.summary import read_order, summary
from aidkit.tables.fund_statements import FundComparison, FundGifts

_KEYS = ["section", "line", "group"]


def comparison(book: Book, fund: str, period: Period) -> pl.DataFrame:
    """Every line of the 收支公示表 beside that of `period.before`; ratios are of the rules.

    Returns:
        `FundComparison` in the order of the 收支公示表. Where the book was opened later than the
        first day of the period before there is nothing to compare with.
    """
    now = _lines(book, fund, period)
    if period.before.first < book.funds[fund].opened_on:
        nothing = pl.lit(None, pl.Int64)
        both = now.with_columns(before_fen=nothing, change_fen=nothing)
    else:
        before = _lines(book, fund, period.before).rename({"fen": "before_fen"})
        sums = pl.col("fen", "before_fen").fill_null(0)
        both = now.join(before, on=_KEYS, how="full", coalesce=True).with_columns(sums)
        both = both.with_columns(change_fen=pl.col("fen") - pl.col("before_fen"))
    return FundComparison.validate(both, cast=True).sort(read_order(book, fund))


def _lines(book: Book, fund: str, period: Period) -> pl.DataFrame:
    told = summary(book, fund, period).filter(pl.col("section") != "corrections")
    return told.select(*_KEYS, "fen")


def largest_gifts(book: Book, fund: str, period: Period, number: int = 5) -> pl.DataFrame:
    """The largest gifts of each donor class in a period.

    Returns:
        `FundGifts`, by donor class, the largest first; of equal ones the earliest. As many as
        `number` of each class.
    """
    own = ~pl.col("kind").is_in(RETURNED)
    given = gifts(book, fund, period).filter(pl.col("fen") > 0, own)
    table = given.sort(
        "donor_class",
        pl.col("fen"),
        "date",
        "party",
        "voucher_no",
        descending=[False, True, False, False, False],
    )
    return FundGifts.validate(
        table.group_by("donor_class", maintain_order=True).head(number), cast=True
    )
