"""Public statements of a fund: totals to the fen, and nothing of any one person.

What is guaranteed, whatever statements are published together:

- They are of whole months. A program's figure of a month stands by itself only where at least
  `threshold` people were paid, told apart by number; where it is not known how many, they are too
  few. The others of the month are put together as 其他资助, where they are still too few with the
  program of enough people that has the smallest sum; where few in all were paid in the month, with
  such a program of the nearest months before and after (`fund_covers`).
- A statement of several months is the sum of the figures of its months. So the difference of any
  two statements is a sum of such figures too: overlapping periods tell no more than months do.
  A program that is in 其他资助 in some of the months is marked.
- Totals of the fund are exact, its balance is one sum. What lies in each account, or in store,
  would tell how much of the aid was goods or cash, and take 其他资助 apart.
- Restricted and unrestricted columns are of whole years, and withheld where they would take apart
  what the months tell as one sum (`fund_sides`).
- Names are those of donors who agreed, never a pupil's, and only where `params/disclosure.toml`
  declares them; who said nothing is anonymous. No text, no school, no person, no voucher number.
- Where only the amount may be known, neither the day nor the month of the gift is told; the period
  of the statement is, and how much its donors' class gave in it.

Totals are exact, so that who publishes must ask two things before: whether fewer than `threshold`
people were paid in all of a period, whose money its total would be (`tells_of_few`); and whether
they were between a day on which it begins or ends and one on which another published period does
(`tells_beside`): the difference of totals and balances would be theirs, whether periods overlap,
adjoin or leave a gap. Not guaranteed: that a sum of enough people is not mostly that of one of
them.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from itertools import product

import polars as pl

from aidkit.disclosure.fund_months import payouts_by_month, too_few
from aidkit.disclosure.fund_sides import sides_tell
from aidkit.disclosure.settings import PERMITTED_COLUMNS
from aidkit.errors import UsageError
from aidkit.fund.book import Book
from aidkit.fund.period import Period
from aidkit.fund.statements import activity, gifts, summary
from aidkit.fund.statements.payouts import spent
from aidkit.tables.disclosed import (
    PublicFundActivity,
    PublicFundGifts,
    PublicFundPayouts,
    PublicFundSummary,
)
from aidkit.tables.disclosed_notes import OTHER

TOTAL = "total"
"""The row that is all rows."""

_DAY = dt.timedelta(days=1)


def fund_summary(book: Book, fund: str, period: Period, threshold: int) -> pl.DataFrame:
    """The public 收支公示表: programs as in `fund_payouts`, each balance as one sum.

    Returns:
        `PublicFundSummary` in the order in which it is read.

    Raises:
        UsageError: The period is not of whole months.
    """
    programs = fund_payouts(book, fund, period, threshold).filter(
        pl.col("program") != TOTAL, pl.col("fen") != 0
    )
    balance = pl.col("section").is_in(["opening", "closing"])
    told = (
        summary(book, fund, period)
        .filter(~balance | (pl.col("line") == TOTAL))
        .with_columns(whole=pl.lit(None, pl.Boolean))
    )
    before = pl.col("section").is_in(["opening", "carried_in", "income"])
    corrections = pl.col("section") == "corrections"
    lines = ["section", "line", "group", "fen", "whole"]
    table = pl.concat(
        [
            told.filter(before).select(lines),
            programs.select(
                section=pl.lit("expense"),
                line=pl.lit("program_expense"),
                group="program",
                fen="fen",
                whole="whole",
            ),
            told.filter(~before, pl.col("line") != "program_expense").select(lines),
        ]
    ).with_columns(
        number=pl.when(corrections).then(pl.lit(told.filter(corrections)["vouchers"].item()))
    )
    return PublicFundSummary.validate(table, cast=True)


def tells_of_few(book: Book, fund: str, period: Period, threshold: int) -> bool:
    """Whether so few people were paid in a period that its total would tell what they got."""
    paid = spent(book, fund, period).filter(pl.col("fen") != 0)
    return too_few(paid, threshold)


def tells_beside(
    book: Book, fund: str, period: Period, published: Iterable[Period], threshold: int
) -> tuple[Period, Period] | None:
    """Beside which published period the totals of another would tell what few people got.

    Any two days at which published periods begin or end tell the sum between them.

    Args:
        book: The book.
        fund: Id of the fund.
        period: What is to be published.
        published: What is published already; the same period may be among it.
        threshold: Counts below it are not published.

    Returns:
        The published period, and the days in which so few were paid; None: there are none.
    """
    for other in published:
        for own, told in product(_bounds(period), _bounds(other)):
            first, after = sorted((own, told))
            if first < after and tells_of_few(book, fund, Period(first, after - _DAY), threshold):
                return other, Period(first, after - _DAY)
    return None


def _bounds(period: Period) -> tuple[dt.date, dt.date]:
    """Its first day, and the day after its last."""
    return period.first, period.last + _DAY


def fund_payouts(book: Book, fund: str, period: Period, threshold: int) -> pl.DataFrame:
    """The public payouts by program.

    Returns:
        `PublicFundPayouts`: by program, then 其他资助, then the total, which is the internal one.

    Raises:
        UsageError: The period is not of whole months.
    """
    _demand(period.whole_months, "整月", "请用每月 1 日至月末的日期，例如整学期或整年。")
    rows = payouts_by_month(book, fund, period, threshold)
    shown = pl.when("hidden").then(pl.lit(OTHER)).otherwise("program")
    partly = rows.filter("hidden")["program"].implode()
    unvalued = pl.col("sign").filter("unvalued").sum() != 0
    sums = pl.col("people").sum().alias("times"), pl.col("fen").sum(), unvalued.alias("unvalued")
    by_program = (
        rows.with_columns(program=shown)
        .group_by("program")
        .agg(sums)
        .filter((pl.col("times") != 0) | (pl.col("fen") != 0))
        .sort(pl.col("program") == OTHER, "program")
    )
    total = rows.select(sums).select(pl.lit(TOTAL).alias("program"), "times", "fen", "unvalued")
    # A month's few are in these two rows: beside the other rows their number would be told.
    of_few = pl.lit(too_few(rows, threshold, ["month"])) & pl.col("program").is_in([OTHER, TOTAL])
    table = pl.concat([by_program, total]).with_columns(
        times=pl.when(~of_few).then("times"), whole=~pl.col("program").is_in(partly)
    )
    return PublicFundPayouts.validate(table, cast=True)


def fund_gifts(
    book: Book,
    fund: str,
    period: Period,
    columns: Collection[str] = PERMITTED_COLUMNS["fund_gifts"],
) -> pl.DataFrame:
    """The public 捐赠明细: 实名 with name and day, 匿名 with the day, 只公布金额 with neither.

    Args:
        book: The book.
        fund: Id of the fund.
        period: The period.
        columns: Those that `params/disclosure.toml` declares: without them no name, no day.

    Returns:
        `PublicFundGifts`, those named first, then by day; its sum is that of the internal one.

    Raises:
        UsageError: The period is not of whole months.
    """
    _demand(period.whole_months, "整月", "请用每月 1 日至月末的日期，例如整学期或整年。")
    # A child cannot agree to it alone, and nobody asked the parents.
    child = pl.col("donor_class") == "student"
    named = (pl.col("consent") == "named") & (pl.col("party") != "") & ~child
    alone = pl.col("consent") == "amount_only"
    order = ("named", "anonymous", "amount_only")
    table = (
        gifts(book, fund, period)
        .select(
            "kind",
            consent=pl.when(named)
            .then(pl.lit("named"))
            .when(alone)
            .then("consent")
            .otherwise(pl.lit("anonymous")),
            donor=pl.when(named & ("donor" in columns)).then("party").otherwise(pl.lit("")),
            donated_on=pl.when(~alone & ("donated_on" in columns)).then("date"),
            amount_fen="fen",
        )
        .sort(pl.col("consent").cast(pl.Enum(order)), "donated_on", "donor", "amount_fen", "kind")
        .with_row_index("number", offset=1)
    )
    return PublicFundGifts.validate(table, cast=True)


def fund_activity(book: Book, fund: str, period: Period, threshold: int) -> pl.DataFrame:
    """The public 业务活动表; its last column is the internal one.

    Returns:
        `PublicFundActivity`; the columns restricted and unrestricted are withheld as a whole
        where they would tell of too few people, see `fund_sides`.

    Raises:
        UsageError: The period is not of whole calendar years.
    """
    _demand(period.whole_years, "整年", "业务活动表请用 1 月 1 日至 12 月 31 日。")
    table = activity(book, fund, period)
    if sides_tell(payouts_by_month(book, fund, period, threshold), threshold):
        columns = "unrestricted_fen", "restricted_fen"
        table = table.with_columns(pl.lit(None, pl.Int64).alias(name) for name in columns)
    return PublicFundActivity.validate(table, cast=True)


def _demand(kept: bool, what: str, remedy: str) -> None:
    if not kept:
        raise UsageError(f"对外公布的基金报表只能是{what}的。", remedy=remedy)
