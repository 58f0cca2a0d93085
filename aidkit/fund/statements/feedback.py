"""定向捐赠使用反馈: where each gift went. No child is named.

Which gift a payout spent is told by `statements.shares`: first in, first out within each pool.
"""

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.entry import RETURNED
from aidkit.fund.period import Period
from aidkit.fund.statements.shares import GIVEN_ON, shares_of
from aidkit.fund.statements.window import place_of_program
from aidkit.tables.fund_statements import FundFeedback, FundUses

LOST = "goods_written_off"
_UNSPENT = (*RETURNED, *GIVEN_ON, LOST)
"""Kinds by which a gift goes without being spent on anything."""


def feedback(book: Book, fund: str, period: Period) -> pl.DataFrame:
    """What became of each gift by the last day of the period.

    Returns:
        `FundFeedback`, by pool, date, party, sum and voucher. It holds what else came into the
        pool too: openings, grants, money from another purpose.

    Raises:
        InvariantError: More went out of a pool than came in.
    """
    came, shares = shares_of(book, fund, period.last)
    kind = pl.col("kind")
    spent = kind.is_not_null() & ~kind.is_in(_UNSPENT)
    before = pl.col("date") < period.first
    sums = shares.group_by("gift").agg(
        spent_before_fen=pl.col("fen").filter(spent, before).sum(),
        spent_fen=pl.col("fen").filter(spent, ~before).sum(),
        returned_fen=pl.col("fen").filter(kind.is_in(RETURNED)).sum(),
        redesignated_fen=pl.col("fen").filter(kind.is_in(GIVEN_ON)).sum(),
        lost_fen=pl.col("fen").filter(kind == LOST).sum(),
        left_fen=pl.col("fen").filter(kind.is_null()).sum(),
    )
    table = came.join(sums, on="gift").rename({"root": "voucher_no", "kind": "origin"})
    order = ("purpose", "date", "party", "fen", "voucher_no")
    return FundFeedback.validate(table, cast=True).sort(order)


def uses(book: Book, fund: str, period: Period, threshold: int) -> pl.DataFrame:
    """What each gift was spent on in the period.

    Args:
        book: The book.
        fund: Id of the fund.
        period: The period.
        threshold: A school is told where the gift reached at least so many there.

    Returns:
        `FundUses`, by gift, programs as the fund's file lists them; its sums are `spent_fen` of
        `feedback`.
    """
    came, shares = shares_of(book, fund, period.last)
    of_programs = pl.col("kind").is_in(["payout", "goods_out"])
    spent = shares.filter(
        pl.col("kind").is_not_null(),
        ~pl.col("kind").is_in(_UNSPENT),
        pl.col("date") >= period.first,
    ).with_columns(
        use=pl.when(of_programs).then(pl.lit("program")).otherwise("kind"),
        program=pl.when(of_programs).then("program").otherwise(pl.lit("")),
    )
    key = ["gift", "use", "program"]
    schools = (
        _persons(spent.filter(pl.col("school_code") != ""), [*key, "school_code"])
        .filter(pl.col("persons") >= threshold)
        .group_by(key)
        .agg(schools=pl.col("school_code").sort())
    )
    table = (
        spent.group_by(key)
        .agg(pl.col("fen").sum())
        .join(_persons(spent, key), on=key)
        .join(schools, on=key, how="left")
        .join(came.select("gift", "purpose", voucher_no="root"), on="gift")
        .with_columns(pl.col("schools").fill_null([]))
    )
    place = place_of_program(book, fund, "program")
    return FundUses.validate(table, cast=True).sort(
        "voucher_no", "purpose", "use", place, "program"
    )


def _persons(spent: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """How many people payouts reached, each payout once: those told apart, the rest as it says."""
    named = pl.col("person_no") != ""
    return (
        spent.unique([*key, "out"])
        .group_by(key)
        .agg(
            persons=pl.col("person_no").filter(named).n_unique()
            + pl.col("persons").filter(~named).sum()
        )
    )
