"""What a county settles of a fund: its purposes, its programs, where its money lies."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

ORG_TYPES = (
    "public_foundation",
    "private_foundation",
    "association",
    "service",
    "union_fund",
    "school_fund",
)
"""Codes of vocabulary `org_type`."""


@dataclass(frozen=True)
class Purpose:
    """A restriction that donors can put on their gift.

    Attributes:
        id: Short English name.
        title: What statements call it, Chinese.
        words: What donors and workbooks write for it.
        programs: Ids of the programs it may be spent on.
        costs: Kinds of cost (`entry.COST_OF`) that it pays too; most often none.
        leftover: What is done with what is left when it ends, Chinese; empty where not settled.
    """

    id: str
    title: str
    words: tuple[str, ...]
    programs: tuple[str, ...]
    leftover: str
    costs: tuple[str, ...] = ()


@dataclass(frozen=True)
class FundProgram:
    """What a fund spends on.

    Attributes:
        id: A program id of `params/programs`, or one of the fund's own.
        title: What statements call it, Chinese.
        words: What workbooks write for it.
        purpose: The purpose whose money it spends unless a row says otherwise; empty: unrestricted.
    """

    id: str
    title: str
    words: tuple[str, ...]
    purpose: str


@dataclass(frozen=True)
class Pledge:
    """What the staff of one kind of post promised to give.

    Attributes:
        post: Code of vocabulary `staff_post`.
        persons: How many hold such a post.
        fen_a_day: Promised a day.
        days: Days a year that are counted.
        stated_fen: Yearly sum that the fund's own paper states; None where it states none.
    """

    post: str
    persons: int
    fen_a_day: int
    days: int
    stated_fen: int | None

    @property
    def derived_fen(self) -> int:
        """The yearly sum of one person that follows from the daily one."""
        return self.fen_a_day * self.days


@dataclass(frozen=True)
class Fund:
    """One fund.

    Attributes:
        id: File name without `.toml`.
        name: What statements call it, Chinese.
        org_type: One of `ORG_TYPES`; which rules bind it.
        bank: Bank and branch of its account; empty where not told.
        opened_on: First day of its book.
        channels: Code of vocabulary `channel` to the asset account where such money arrives.
        purposes: By id.
        programs: By id.
        pledges: What staff promised.
        figures: Figures that ratios need and the book cannot know, e.g. net assets at the end of
            the year before, in fen: (year, name) to fen.
        unit: Whose fund it is, printed on its papers and pages; empty: the county's.
        contact: Whom readers of its papers can turn to; empty: the county's contact.
    """

    id: str
    name: str
    org_type: str
    bank: str
    opened_on: dt.date
    channels: Mapping[str, str]
    purposes: Mapping[str, Purpose]
    programs: Mapping[str, FundProgram]
    pledges: tuple[Pledge, ...]
    figures: Mapping[tuple[int, str], int]
    unit: str = ""
    contact: str = ""

    @property
    def known_as(self) -> str:
        """`love（示例县教育爱心基金）`: what a person is told to type for it."""
        return f"{self.id}（{self.name}）"
