"""What a fund's report looks at: the tables of its slice, told in Chinese."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from aidkit.calendar import Term
from aidkit.errors import UsageError
from aidkit.labels import Labels
from aidkit.project import FUND_PREFIX, Project
from aidkit.show.parameters import text_of
from aidkit.show.view import Publisher
from aidkit.tables.fund_slices import BESIDE, TOO_FEW
from aidkit.tables.slices import Audience, read_slice

TOTAL = "total"

UNRECONCILED = "未与银行核对"
FEW = "受助人数太少"


@dataclass(frozen=True)
class FundView:
    """One fund and its days.

    Attributes:
        county: Who publishes.
        term: The term whose report it is.
        labels: Chinese of codes.
        threshold: Fewer people than this are told together with others.
        frames: The tables of the slice by name, see `tables.fund_slices`.
    """

    county: Publisher
    term: Term
    labels: Labels
    threshold: int
    frames: Mapping[str, pl.DataFrame]

    @cached_property
    def _row(self) -> dict[str, Any]:
        return self.frames["fund"].row(0, named=True)

    @property
    def fund(self) -> str:
        """Its id."""
        return str(self._row["fund"])

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self._row["name"])

    @property
    def org_type(self) -> str:
        """What kind of organisation keeps it, Chinese."""
        return self.labels.label("org_type", self._row["org_type"])

    @property
    def first(self) -> dt.date:
        """First day told of."""
        return self._row["first"]  # type: ignore[no-any-return]

    @property
    def last(self) -> dt.date:
        """Last day told of."""
        return self._row["last"]  # type: ignore[no-any-return]

    @property
    def days(self) -> str:
        """Both, for titles."""
        return f"{self.first} 至 {self.last}"

    @property
    def told(self) -> bool:
        """Whether figures may be published: the bank agrees, or there is none; enough were paid."""
        return bool(self._row["told"])

    @property
    def state(self) -> str:
        """`正式`, or why no figure may be published."""
        if self.told:
            return "正式"
        return FEW if self._row["standing"] in {TOO_FEW, BESIDE} else UNRECONCILED

    @property
    def corrected(self) -> bool:
        """Whether a public statement of the same days said otherwise."""
        return bool(self._row["corrected"])

    @property
    def head(self) -> str:
        """Hash of the journal's last line, in groups that can be read aloud."""
        head = str(self._row["head"])
        return " ".join(head[at : at + 8] for at in range(0, len(head), 8))

    @property
    def line(self) -> int:
        """How many lines the journal has."""
        return int(self._row["line"])

    @property
    def bank_says(self) -> str:
        """Whether the bank agrees, or why that does not matter, in a sentence."""
        until = self._row["until"]
        return {
            "no_bank": "没有银行账户，不用与银行核对。",
            "agrees": f"{self.last} 的银行存款与银行对账单相符。",
            "differs": f"{self.last} 的银行存款与银行对账单不符。",
            "changed": "对账以后，账簿里的银行收支又有变动，还没有重新核对。",
            "not_reconciled": f"银行流水只核对到 {until}。" if until else "还没有与银行核对过。",
            BESIDE: f"与已经公开的报表相减，有些日子受助的不足 {self.threshold} 人，"
            "差额就是他们领的钱，要并入更长的时段公布。",
            TOO_FEW: f"受助的不足 {self.threshold} 人，合计就是他们领的钱，要并入更长的时段公布。",
        }[str(self._row["standing"])]

    @cached_property
    def programs(self) -> dict[str, str]:
        """Program to title."""
        return dict(self.frames["programs"].iter_rows())

    def program(self, code: str) -> str:
        """What a program is called."""
        few = self.labels.names("payout_row")
        return few.get(code) or self.programs.get(code, code)

    def giver(self, code: str) -> str:
        """What a class of donors is called."""
        return self.labels.label("donor_class", code) if code else self.word("not_told")

    def donor(self, name: str, consent: str = "") -> str:
        """A donor, or why nobody is named: （匿名）, （未署名）."""
        missing = {"": "unsigned", "named": "not_named"}.get(consent)
        said = self.word(missing) if missing else self.labels.label("consent", consent)
        return name or f"（{said}）"

    def word(self, code: str) -> str:
        """What stands where there is nothing to tell: 未署名, 未估价."""
        return self.labels.label("fund_word", code)

    def section(self, code: str) -> str:
        """A section of the 收支公示表."""
        return self.labels.label("fund_section", code)

    def whole(self, section: str) -> str:
        """What the total of a section is called."""
        return f"{self.section(section)}合计"

    def fen(self, section: str) -> int:
        """Total of a section of the summary."""
        table = self.frames["fund_summary"].filter(section=section, line=TOTAL)
        return int(table["fen"].item())

    def by_month(self, section: str) -> dict[str, int]:
        """Month to the total of a section, oldest first; a public report tells no month."""
        if "fund_months" not in self.frames:
            return {}
        table = self.frames["fund_months"].filter(section=section, line=TOTAL)
        return dict(table.select("month", "fen").iter_rows())


def fund_view(frames: Mapping[str, pl.DataFrame]) -> FundView:
    """The view of a fund's slice."""
    settings = frames["settings"].row(0, named=True)
    words: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {}
    for vocabulary, code, label in frames["labels"].iter_rows():
        words.setdefault(vocabulary, {})[code] = (label, ())
    return FundView(
        county=Publisher(settings["county"], settings["publisher"], settings["contact"]),
        term=Term.parse(settings["term"]),
        labels=Labels({}, {}, words),
        threshold=settings["threshold"],
        frames=frames,
    )


def read_fund_slice(
    project: Project, county: Path, term: Term, audience: Audience, days: Mapping[str, object]
) -> FundView:
    """Read the slice of a fund's report.

    Args:
        project: The checkout.
        county: The county folder.
        term: The term.
        audience: Whose report.
        days: The notebook's parameters `fund`, `first` and `last`.

    Raises:
        UsageError: A parameter is not text, or the report is of other days.
        MissingTablesError: The slice is not stored, or another version of aidkit made it.
    """
    fund, first, last = (text_of(name, days[name]) for name in ("fund", "first", "last"))
    view = fund_view(read_slice(project, county, term, audience, f"{FUND_PREFIX}{fund}"))
    if (first, last) != (view.first.isoformat(), view.last.isoformat()):
        raise UsageError(
            f"{term.label}做的是 {view.days} 的表，不是 {first} 至 {last} 的。",
            where="first、last",
            remedy=f"请改成 {view.first} 和 {view.last}；"
            f"其他时段请运行 aidkit fund statement {first}..{last}",
        )
    return view
