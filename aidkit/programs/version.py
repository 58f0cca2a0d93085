"""What a program and one of its dated, regional versions are."""

import datetime as dt
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal

Argument = bool | int | tuple[str, ...]
"""What a condition is compared with: yes or no, fen, or codes of a vocabulary."""

Unit = Literal["yuan_per_year", "yuan_per_term"]
Status = Literal["verified", "unverified"]
DateStatus = Literal["stated", "assumed"]
TierFrom = Literal["panel", "rule"]


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
    """

    id: str
    title: str
    short_title: str
    aliases: tuple[str, ...]
    in_kind: bool
    universal: bool


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


@dataclass(frozen=True)
class Amount:
    """The figure for one tier and stage, in fen per the version's unit.

    Attributes:
        tier: Tier code; None in a program without tiers.
        stage: Stage code.
        stated_fen: What the source says.
        derived_fen: What follows from another figure of the source; pays only where none is stated.
    """

    tier: str | None
    stage: str
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
        unit: What the figures are per.
        conditions: All must hold, in the vocabulary's order.
        tier_from: The panel's decision or `tier_rules`; None in a program without tiers.
        tier_rules: From the highest amount to the lowest.
        amounts: One figure for each tier and stage.
        derivation: How derived figures come about, Chinese.
        difference: Why stated and derived figures differ, Chinese.
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
    unit: Unit
    conditions: tuple[Condition | AnyOf, ...]
    tier_from: TierFrom | None
    tier_rules: tuple[TierRule, ...]
    amounts: tuple[Amount, ...]
    derivation: str
    difference: str
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
    def stages(self) -> tuple[str, ...]:
        """Stages that the version covers."""
        return tuple(dict.fromkeys(amount.stage for amount in self.amounts))

    @property
    def fingerprint(self) -> str:
        """Hash of all that decides; stable between runs and machines."""
        return blake2b(repr(self).encode(), digest_size=16).hexdigest()

    def in_force(self, on: dt.date) -> bool:
        """Whether the version is in force on a day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def term_fen(self, amount: Amount) -> int:
        """What one of its amounts comes to in one term, in fen: yearly ones go out in halves."""
        return amount.fen // 2 if self.unit == "yuan_per_year" else amount.fen
