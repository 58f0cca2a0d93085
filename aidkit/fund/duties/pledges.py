"""Staff pledges: what was to be expected against what came; never who did not give.

Nothing here reads a staff roll: whoever is not in the book cannot be told from it.
"""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.settings import Pledge

STAFF = "staff"
"""Code of vocabulary `donor_class`."""


@dataclass(frozen=True)
class PledgeReport:
    """Pledges of one fund and period.

    Attributes:
        posts: One for each kind of post.
        years: Whole years of the period; 0 where it is not made of whole years: yearly sums are
            not divided by days.
        stated_fen: What all were to give by the sums that the paper states (by the daily ones
            where it states none); None where `years` is 0.
        derived_fen: The same by the daily sums.
        received_fen: Gifts of staff in the period, less those given back.
        donors: `party`, `fen`: staff who agreed to be named, by name.
        amounts: `fen`: gifts of staff who agreed to the amount alone, greatest first.
        anonymous_fen: All that other staff gave.
    """

    posts: tuple[Pledge, ...]
    years: int
    stated_fen: int | None
    derived_fen: int | None
    received_fen: int
    donors: pl.DataFrame
    amounts: pl.DataFrame
    anonymous_fen: int

    @property
    def contradictions(self) -> tuple[str, ...]:
        """Posts whose stated yearly sum is not what follows from the daily one."""
        return tuple(
            pledge.post
            for pledge in self.posts
            if pledge.stated_fen is not None and pledge.stated_fen != pledge.derived_fen
        )


def pledge_report(book: Book, fund: str, start: dt.date, end: dt.date) -> PledgeReport:
    """What staff promised and gave from one day to another, both included.

    A gift is of staff where its voucher says so; which post a donor holds is in no voucher.
    A corrected gift counts with its correction, so that it is told once.
    """
    posts = book.funds[fund].pledges
    years = whole_years(start, end)
    gifts = _staff_gifts(book, fund, start, end)
    told = gifts.group_by("consent", "party", maintain_order=True).agg(pl.col("fen").sum())
    told = told.filter(pl.col("fen") != 0)
    named = (pl.col("consent") == "named") & (pl.col("party") != "")
    alone = pl.col("consent") == "amount_only"
    return PledgeReport(
        posts=posts,
        years=years,
        stated_fen=_expected(posts, years, stated=True) if years else None,
        derived_fen=_expected(posts, years, stated=False) if years else None,
        received_fen=int(gifts["fen"].sum()),
        donors=told.filter(named).select("party", "fen").sort("party"),
        amounts=told.filter(alone).select("fen").sort("fen", descending=True),
        anonymous_fen=int(told.filter(~named & ~alone)["fen"].sum()),
    )


def whole_years(start: dt.date, end: dt.date) -> int:
    """How many years a period is made of exactly; 0 where it is not."""
    after = end + dt.timedelta(days=1)
    same_day = (after.month, after.day) == (start.month, start.day)
    return max(after.year - start.year, 0) if same_day else 0


def _expected(posts: tuple[Pledge, ...], years: int, *, stated: bool) -> int:
    return years * sum(
        pledge.persons
        * (pledge.stated_fen if stated and pledge.stated_fen is not None else pledge.derived_fen)
        for pledge in posts
    )


def _staff_gifts(book: Book, fund: str, start: dt.date, end: dt.date) -> pl.DataFrame:
    """`party`, `consent`, `fen` of every gift of staff, returned ones and corrections below 0."""
    gifts = book.postings.filter(
        (pl.col("fund") == fund)
        & (pl.col("account") == "gift_income")
        & pl.col("date").is_between(start, end)
    )
    # A correction names the giver of the voucher that it takes back.
    said = book.entries.select("voucher_no", "party", "donor_class", "consent")
    return (
        gifts.join(said, on="voucher_no", how="inner", maintain_order="left")
        .filter(pl.col("donor_class") == STAFF)
        .select("party", "consent", -pl.col("fen"))
    )
