"""What a program and one of its dated, regional versions are."""

import datetime as dt
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal

Argument = bool | int | str | tuple[str, ...]
"""What a condition is compared with: yes or no, fen or a whole number, a day, or codes."""

Subject = Literal["student", "freshman", "teacher"]
Unit = Literal["yuan_per_year", "yuan_per_term", "yuan_per_month", "yuan_once"]
Paid = Literal["half_each_term", "each_term", "monthly", "in_autumn", "in_spring", "when_decided"]
Leavers = Literal["month", "day", "term"]
Rounding = Literal["down", "half_up", "up"]
Basis = Literal["exact", "average", "at_least"]
Follows = Literal["school", "household"]
AmountFrom = Literal["figures", "panel", "none"]

Status = Literal["verified", "unverified"]
DateStatus = Literal["stated", "assumed"]
TierFrom = Literal["panel", "rule"]

SEASONS = ("autumn", "spring")
MONTHS_PER_TERM = 5
"""School months of a term: September to January, March to July."""


@dataclass(frozen=True)
class Program:
    """What stays the same over all versions of a program.

    Attributes:
        id: Name of the file without `.toml`.
        title: Full Chinese title.
        short_title: What tables and headings print.
        aliases: Other ways in which forms write the title.
        in_kind: Food, books or a fee not charged, instead of money paid to the family.
        universal: For everyone on the roll: not counted as aid to the poor.
        subject: Whom it is for: a student on the roll, a `freshman` or a `teacher`.
        funder: Who gives it; a code of vocabulary `funder`.
    """

    id: str
    title: str
    short_title: str
    aliases: tuple[str, ...]
    in_kind: bool
    universal: bool
    subject: Subject
    funder: str


@dataclass(frozen=True)
class Source:
    """Where a version is written down.

    Attributes:
        title: Title of the document.
        doc_no: 文号, as the document prints it; None where it has none.
        clause: Article or paragraph; None where only an excerpt was seen.
        found_in: Which source document of ours, or that it is an excerpt of a public page.
    """

    title: str
    doc_no: str | None
    clause: str | None
    found_in: str

    def __str__(self) -> str:
        if self.is_excerpt:
            return self.name
        return f"{self.name}{self.doc_no or '（无文号）'}{self.clause or '（条款不详）'}"

    @property
    def is_excerpt(self) -> bool:
        """Whether only an excerpt was seen: there is no document to name yet."""
        return self.doc_no is None and self.clause is None

    @property
    def name(self) -> str:
        """What stands as the source: the document in 《》, or what an excerpt tells."""
        return f"{self.title}（{self.found_in}）" if self.is_excerpt else f"《{self.title}》"


@dataclass(frozen=True)
class Condition:
    """One entry of the closed vocabulary with its argument."""

    name: str
    argument: Argument


@dataclass(frozen=True)
class AnyOf:
    """Alternatives of which one must hold in full."""

    alternatives: tuple[tuple[Condition, ...], ...]


def ways(clause: Condition | AnyOf) -> tuple[tuple[Condition, ...], ...]:
    """The ways in which a clause can be met, each in full: one for a plain condition."""
    return clause.alternatives if isinstance(clause, AnyOf) else ((clause,),)


@dataclass(frozen=True)
class Amount:
    """The figure for one tier and stage, in fen per the version's unit.

    Attributes:
        tier: Tier code; None in a program without tiers.
        stage: Stage code; None where the figure does not depend on it.
        stated_fen: What the source says.
        derived_fen: What follows from another figure of the source; pays only where none is stated.
    """

    tier: str | None
    stage: str | None
    stated_fen: int | None
    derived_fen: int | None

    @property
    def fen(self) -> int:
        """The figure that pays, per the version's unit."""
        fen = self.derived_fen if self.stated_fen is None else self.stated_fen
        assert fen is not None, "the loader lets no amount in without a figure"
        return fen


@dataclass(frozen=True)
class TierRule:
    """A declared rule that puts students in a tier; the first rule that holds decides."""

    tier: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class ShareLimit:
    """At most a share of the places for one kind of person: 5% of 63 is 3, rounded down.

    Attributes:
        kind: A code of `SHARE_KINDS`, e.g. `retired`.
        percent: Whole per cent of the places.
    """

    kind: str
    percent: int


@dataclass(frozen=True)
class ReservedPlaces:
    """Places of a quota that are kept for some; unused ones go to everybody.

    Attributes:
        nominated_by: Code of vocabulary `funder`: who puts the persons forward.
        places: How many of the quota's places.
    """

    nominated_by: str
    places: int


@dataclass(frozen=True)
class Quota:
    """How many may get it, and who comes first.

    Attributes:
        permille: Share of the base in thousandths (7.5% is 75); None with fixed places, or where
            only a higher level says how many.
        base: What the share is of: `students` or `boarders` of the version's stages; None where the
            source does not say: the county must.
        places: Fixed number of places; None with a share, or where only a higher level says.
        from_above: The figure is that of a higher level; the county's own share of it stands in
            county.toml, and without one the county's order is a nomination.
        by_school: Places are split over the schools by largest remainder and ranked within each;
            otherwise the whole county is one list.
        split_by: What the split follows: `students`, `boarders` or `candidates`.
        per_school: At most so many from one school; None without a limit.
        order: Codes of `ORDERS`, first the one that counts most.
        ties: What decides between equals: `lot` (a draw that anyone can repeat).
        limits: Share limits.
        reserved: Places kept for some.
    """

    permille: int | None
    base: str | None
    places: int | None
    from_above: bool
    by_school: bool
    split_by: str
    per_school: int | None
    order: tuple[str, ...]
    ties: str
    limits: tuple[ShareLimit, ...]
    reserved: tuple[ReservedPlaces, ...]


@dataclass(frozen=True)
class Relation:
    """What holds between this version and others.

    Attributes:
        kind: `stack`, `higher_of` (of a group each person keeps the highest) or `exclusive` (this
            one yields to the others).
        group: For `higher_of`: name that all members share; else None.
        others: For `stack` and `exclusive`: program ids; else empty.
        clause: Where it is written; None where it is our assumption.
    """

    kind: str
    group: str | None
    others: tuple[str, ...]
    clause: str | None


@dataclass(frozen=True)
class Version:
    """A program as it is in force in one region from one day on.

    Attributes:
        program: The program; not part of the fingerprint.
        region: Path such as `cn/henan`, or `unstated`: only where a county adopts the program.
        effective_from: First day.
        effective_to: Last day; None while no end is known.
        date_status: Whether the source states the dates or we assumed them.
        status: `verified`: the figures stand in the named source; `unverified`: in an excerpt only.
        checked_until: Last day for which someone confirmed that the version holds; None: nobody.
        sources: First the one that rules, then further ones.
        set_by: For a version that extends one of a higher level: keys of the file with the region
            that set them; empty where this version sets all.
        floor: Lower levels may give more, never less.
        unit: What the figures are per.
        paid: In which term it goes out, and in what parts.
        leavers: Whether who leaves or comes midway is paid by month, by day, or the whole term.
        rounding: How a part of an amount becomes whole fen.
        follows: Whether the right goes with the school or with the household.
        amount_from: The version's figures, the panel's decision case by case, or `none`: a fee is
            waived whose amount the source does not say, so that nothing counts as money.
        basis: Whether the figures are exact, an average, or the least that must be given.
        conditions: All must hold, in the vocabulary's order.
        tier_from: The panel's decision or `tier_rules`; None in a program without tiers.
        tier_rules: From the highest amount to the lowest.
        amounts: One figure for each tier and stage.
        derivation: How derived figures come about, Chinese.
        difference: Why stated and derived figures differ, Chinese.
        evidence: Papers to hand in; codes of vocabulary `paper`.
        waives: Fees not charged or to be paid back; codes of vocabulary `fee_kind`.
        quota: None where everyone eligible gets it.
        relations: To other programs.
        targets: Figures that the whole program must reach, by a code of `TARGETS`.
        conflicts: What the sources leave open or say twice, Chinese; printed by lint.
        channel: How it reaches the family; a code of `CHANNELS`.
        funding: Shares of levels of government in whole per cent; empty where not stated.
        note: What a reader must know, Chinese.
    """

    program: Program = field(repr=False)
    region: str
    effective_from: dt.date
    effective_to: dt.date | None
    date_status: DateStatus
    status: Status
    checked_until: dt.date | None
    sources: tuple[Source, ...]
    set_by: tuple[tuple[str, str], ...]
    floor: bool
    unit: Unit
    paid: Paid
    leavers: Leavers
    rounding: Rounding
    follows: Follows
    amount_from: AmountFrom
    basis: Basis
    conditions: tuple[Condition | AnyOf, ...]
    tier_from: TierFrom | None
    tier_rules: tuple[TierRule, ...]
    amounts: tuple[Amount, ...]
    derivation: str
    difference: str
    evidence: tuple[str, ...]
    waives: tuple[str, ...]
    quota: Quota | None
    relations: tuple[Relation, ...]
    targets: tuple[tuple[str, int], ...]
    conflicts: tuple[str, ...]
    channel: str
    funding: tuple[tuple[str, int], ...]
    note: str

    @property
    def id(self) -> str:
        """`boarder_allowance@cn/henan@2024-03-01`."""
        return f"{self.program.id}@{self.region}@{self.effective_from.isoformat()}"

    @property
    def source(self) -> Source:
        """The document that rules."""
        return self.sources[0]

    @property
    def standing(self) -> str:
        """`unverified`, `assumed` (figures stand in the source, dates do not) or `verified`."""
        if self.status == "verified" and self.date_status == "assumed":
            return "assumed"
        return self.status

    @property
    def required(self) -> tuple[Condition, ...]:
        """Every condition of the clauses, also those of alternatives."""
        return tuple(c for clause in self.conditions for way in ways(clause) for c in way)

    @property
    def asked(self) -> tuple[Condition, ...]:
        """Every condition that anything depends on: also those of tier rules."""
        return (*self.required, *(c for rule in self.tier_rules for c in rule.conditions))

    @property
    def stages(self) -> tuple[str, ...]:
        """Stages that the figures name; empty where they hold for every stage."""
        return tuple(dict.fromkeys(a.stage for a in self.amounts if a.stage is not None))

    @property
    def school_code(self) -> str | None:
        """The one school that the version is for; None where its region is wider."""
        last = self.region.rsplit("/", 1)[-1]
        return last if len(last) == 10 and last.isdigit() else None

    @property
    def fingerprint(self) -> str:
        """Hash of all that decides; stable between runs and machines."""
        return blake2b(repr(self).encode(), digest_size=16).hexdigest()

    def in_force(self, on: dt.date) -> bool:
        """Whether the version is in force on a day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def pays_in(self, season: str) -> bool:
        """Whether anything goes out in an autumn or spring term."""
        return self.paid not in {"in_autumn", "in_spring"} or self.paid == f"in_{season}"

    def term_fen(self, amount: Amount) -> int:
        """What one of its amounts comes to in a whole term in which it goes out, in fen."""
        if self.paid == "half_each_term":
            return amount.fen // 2
        return amount.fen * (MONTHS_PER_TERM if self.paid == "monthly" else 1)
