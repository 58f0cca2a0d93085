"""What binds a fund by the type of its organisation, as `params/fund_rules.toml` says."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from aidkit.fund.settings import ORG_TYPES
from aidkit.toml import TomlTable, read_toml

MEASURES = ("spending_of_income", "spending_of_net_assets", "management_of_expense")
"""What a ratio is of: program expense of last year's income, of last year-end's net assets;
management expense of the year's whole expense."""

BOUNDS = ("at_least", "at_most")

WHENS = ("yearly", "quarterly", "days_after", "months_after", "undated")

EVENTS = ("public_fundraising", "project", "major_change", "related_dealing")
"""What starts a duty: kinds of `params/fund_events.toml` of a county."""

STATUSES = ("verified", "unverified", "stated")
"""Checked against the official text; seen as an excerpt only; stated in a source document."""


@dataclass(frozen=True)
class Article:
    """Where a rule is written down; `clause` is empty where only an excerpt was seen."""

    title: str
    clause: str
    status: str
    found_in: str

    @property
    def cited(self) -> str:
        """Document, clause, and where it was seen if no source of ours states it."""
        if self.status == "stated":
            return f"{self.title}{self.clause}"
        unsure = "，未核实" if self.status == "unverified" else ""
        clause = self.clause or "（条款未核实）"
        return f"《{self.title}》{clause}（{self.found_in}{unsure}）"


@dataclass(frozen=True)
class Bracket:
    """Net assets at the end of last year from (with) and below (without), in fen.

    Attributes:
        from_fen: 0 where there is no lower end.
        below_fen: None where there is no upper end.
        percent: The bound; None where it is not recorded.
    """

    from_fen: int
    below_fen: int | None
    percent: int | None

    def holds(self, fen: int) -> bool:
        """Whether net assets fall into it; debts count as its lowest end."""
        above = fen >= self.from_fen or self.from_fen == 0
        return above and (self.below_fen is None or fen < self.below_fen)


@dataclass(frozen=True)
class RatioRule:
    """A ratio that must be kept.

    Attributes:
        id: Short English name.
        title: What the ratio sheet calls it, Chinese.
        org_types: Whom it binds.
        measure: One of `MEASURES`.
        bound: One of `BOUNDS`.
        brackets: Bounds by last year-end's net assets; one without ends where they do not matter.
        effective_from: First day in force; None where the source does not tell.
        three_years: Whether the average of the last three years may stand for last year's figure.
        free_below_fen: Management expense below it is not bound; None: always bound.
        note: Remark, Chinese.
        article: Where it is written down.
    """

    id: str
    title: str
    org_types: tuple[str, ...]
    measure: str
    bound: str
    brackets: tuple[Bracket, ...]
    effective_from: dt.date | None
    three_years: bool
    free_below_fen: int | None
    note: str
    article: Article

    @property
    def by_size(self) -> bool:
        """Whether the bound depends on net assets."""
        return len(self.brackets) > 1 or self.brackets[0].below_fen is not None

    def bracket(self, fen: int) -> Bracket | None:
        """The bracket that net assets fall into; None where the rule speaks of others."""
        return next((bracket for bracket in self.brackets if bracket.holds(fen)), None)


@dataclass(frozen=True)
class DutyRule:
    """Something to be done by a day.

    Attributes:
        id: Short English name.
        title: What is to be done, Chinese.
        org_types: Whom it binds.
        when: One of `WHENS`; `month`, `day`, `days`, `months` are what it needs, else 0.
        event: One of `EVENTS`, or empty.
        longer_than_months: Only events that last longer; 0: all.
        effective_from: First day in force; None where the source does not tell.
        note: Remark, Chinese.
        article: Where it is written down.
    """

    id: str
    title: str
    org_types: tuple[str, ...]
    when: str
    month: int
    day: int
    days: int
    months: int
    event: str
    longer_than_months: int
    effective_from: dt.date | None
    note: str
    article: Article


@dataclass(frozen=True)
class Rules:
    """All rules; `exempt` says why none of the law's binds a type of organisation."""

    ratios: tuple[RatioRule, ...]
    duties: tuple[DutyRule, ...]
    exempt: dict[str, str]


def read_rules(path: Path) -> Rules:
    """Read `params/fund_rules.toml`.

    Raises:
        ParamsError: A key is missing, wrong or unknown, or brackets overlap.
    """
    file = read_toml(path)
    rules = Rules(
        ratios=tuple(map(_ratio, file.tables("ratio"))),
        duties=tuple(map(_duty, file.tables("duty"))),
        exempt=dict(_exempt(file)),
    )
    file.done()
    return rules


def _exempt(file: TomlTable) -> list[tuple[str, str]]:
    found = []
    for table in file.tables_or_empty("exempt"):
        reason = table.text("reason")
        found += [(org_type, reason) for org_type in table.choices("org_types", ORG_TYPES)]
        table.done()
    return found


def _ratio(table: TomlTable) -> RatioRule:
    rule = RatioRule(
        id=table.text("id"),
        title=table.text("title"),
        org_types=table.choices("org_types", ORG_TYPES),
        measure=table.choice("measure", MEASURES),
        bound=table.choice("bound", BOUNDS),
        brackets=_brackets(table),
        effective_from=table.optional_date("effective_from"),
        three_years=table.flag_or("three_years", False),
        free_below_fen=table.optional_fen("free_below"),
        note=table.text_or("note", ""),
        article=_article(table.table("source")),
    )
    table.done()
    return rule


def _brackets(table: TomlTable) -> tuple[Bracket, ...]:
    if "percent" in table:
        return (Bracket(0, None, table.natural("percent")),)
    told = [_bracket(part, told=True) for part in table.tables("brackets")]
    told += [_bracket(part, told=False) for part in table.tables_or_empty("unrecorded")]
    told.sort(key=lambda bracket: bracket.from_fen)
    for lower, upper in pairwise(told):
        if lower.below_fen is None or lower.below_fen > upper.from_fen:
            raise table.fault("brackets", "净资产的几档有重叠。", "请核对每档的 from 和 below。")
    return tuple(told)


def _bracket(table: TomlTable, *, told: bool) -> Bracket:
    bracket = Bracket(
        from_fen=table.optional_fen("from") or 0,
        below_fen=table.optional_fen("below"),
        percent=table.natural("percent") if told else None,
    )
    table.done()
    return bracket


def _duty(table: TomlTable) -> DutyRule:
    when = table.choice("when", WHENS)
    dated = when in {"days_after", "months_after", "quarterly"}
    rule = DutyRule(
        id=table.text("id"),
        title=table.text("title"),
        org_types=table.choices("org_types", ORG_TYPES),
        when=when,
        month=table.natural("month") if when == "yearly" else 0,
        day=table.natural("day") if when == "yearly" else 0,
        days=table.natural("days") if when == "days_after" else 0,
        months=table.natural("months") if when in {"months_after", "quarterly"} else 0,
        event=table.choice("event", EVENTS) if dated else "",
        longer_than_months=table.natural("longer_than_months") if when == "quarterly" else 0,
        effective_from=table.optional_date("effective_from"),
        note=table.text_or("note", ""),
        article=_article(table.table("source")),
    )
    table.done()
    return rule


def _article(table: TomlTable) -> Article:
    article = Article(
        title=table.text("title"),
        clause=table.text_or("clause", ""),
        status=table.choice("status", STATUSES),
        found_in=table.text("found_in"),
    )
    table.done()
    return article
