"""Figures of the board report: this period beside the one before, and the largest gifts."""

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.period import Period
from aidkit.fund.statements.gifts import gifts
from aidkit.fund.statements.summary import LINES, SECTIONS, summary
from aidkit.tables.fund_statements import FundComparison, FundGifts


def comparison(book: Book, fund: str, period: Period) -> pl.DataFrame:
    """Every line of the 收支公示表 beside that of `period.before`; ratios are of the rules.

    Returns:
        `FundComparison` in the order of the 收支公示表.
    """
    keys = ["section", "line", "group"]
    now, before = (
        summary(book, fund, one).filter(pl.col("section") != "corrections").select(*keys, "fen")
        for one in (period, period.before)
    )
    both = now.join(
        before.rename({"fen": "before_fen"}), on=keys, how="full", coalesce=True
    ).with_columns(pl.col("fen", "before_fen").fill_null(0))
    table = both.with_columns(change_fen=pl.col("fen") - pl.col("before_fen"))
    return FundComparison.validate(table, cast=True).sort(
        pl.col("section").cast(pl.Enum(SECTIONS)), pl.col("line").cast(pl.Enum(LINES)), "group"
    )


def largest_gifts(book: Book, fund: str, period: Period, number: int = 5) -> pl.DataFrame:
    """The largest gifts of each donor class in a period.

    Returns:
        `FundGifts`, by donor class, the largest first; of equal ones the earliest. As many as
        `number` of each class.
    """
    given = gifts(book, fund, period).filter(pl.col("fen") > 0, pl.col("kind") != "gift_returned")
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
