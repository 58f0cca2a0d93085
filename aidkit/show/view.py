"""What a report looks at: a county or one of its schools, this term and the stored ones before."""

from dataclasses import dataclass
from decimal import Decimal

from aidkit.county import County
from aidkit.errors import UsageError
from aidkit.labels import Labels
from aidkit.show.official import WITHHELD, Value
from aidkit.show.parts import Part, callout, prose
from aidkit.show.term import TOTAL, Cell, TermTables
from aidkit.tables import ALL


@dataclass(frozen=True)
class Publisher:
    """Who publishes: what reports print of county.toml.

    Attributes:
        name: What reports call the county.
        publisher: Who publishes the site.
        contact: Whom readers can turn to.
    """

    name: str
    publisher: str
    contact: str


@dataclass(frozen=True)
class View:
    """The scope of a report.

    Attributes:
        county: Who publishes.
        labels: Chinese of codes.
        history: Stored terms up to this one, oldest first; the last is the report's own. Those of
            a school's report hold its own rows only: see `TermTables.county_share`.
        school: School code, or `all` for the county.
        threshold: Groups smaller than this are withheld; None in internal reports.
    """

    county: County | Publisher
    labels: Labels
    history: tuple[TermTables, ...]
    school: str = ALL
    threshold: int | None = None

    @property
    def now(self) -> TermTables:
        """The report's own term."""
        return self.history[-1]

    @property
    def before(self) -> TermTables | None:
        """The term just before, if its tables are stored."""
        wanted = self.now.term.previous()
        return next((tables for tables in self.history if tables.term == wanted), None)

    @property
    def is_county(self) -> bool:
        """Whether the scope is the whole county."""
        return self.school == ALL

    def only_for_county(self) -> None:
        """Refuse a section that shows other schools: a school's report knows nothing of them.

        Raises:
            UsageError: The scope is one school.
        """
        if not self.is_county:
            raise UsageError(
                "这一节只有全县的报告才有，学校的报告里没有其他学校的数。",
                remedy="请在全县的笔记本里用这一节。",
            )

    @property
    def place(self) -> str:
        """Name of the school or county."""
        if self.is_county:
            return self.county.name
        return str(self.now.schools[self.school]["school_name"])

    @property
    def whole(self) -> str:
        """What the scope is called in a sentence."""
        return "全县" if self.is_county else "本校"

    @property
    def total(self) -> Cell:
        """Students with aid other than what everybody gets, and their money."""
        return self.now.aid(self.school, *TOTAL)

    @property
    def total_before(self) -> Cell | None:
        """The same last term; None where no tables are stored."""
        return self.before.aid(self.school, *TOTAL) if self.before else None

    @property
    def students(self) -> int:
        """Students on the roll."""
        return self.now.students(self.school)

    def aid(self, breakdown: str, group: str) -> Cell:
        """A cell of this scope and term."""
        return self.now.aid(self.school, breakdown, group)

    @property
    def cells(self) -> dict[str, Cell]:
        """Program to its cell, for programs that somebody gets or may get; those for all last."""
        titles = self.now.program_titles
        ordered = sorted(titles, key=lambda program: (program in self.now.universal, program))
        cells = {program: self.aid("program", program) for program in ordered}
        return {program: cell for program, cell in cells.items() if cell.persons != 0}

    @property
    def aimed(self) -> dict[str, Cell]:
        """The same without programs that everybody gets."""
        return {p: cell for p, cell in self.cells.items() if p not in self.now.universal}

    def sum_of(self, cells: list[Cell]) -> int | None:
        """Sum of money; None as soon as one cell is withheld, so that none can be worked out."""
        amounts = [cell.amount_fen for cell in cells]
        return None if None in amounts else sum(amount or 0 for amount in amounts)

    @property
    def shown_money(self) -> int | None:
        """Sum of the programs whose money is published; None where none is."""
        amounts = [c.amount_fen for c in self.aimed.values() if c.amount_fen is not None]
        return sum(amounts) if amounts else None

    @property
    def withheld_rule(self) -> str:
        """Why cells are withheld, in a sentence."""
        return (
            f"一组少于 {self.threshold} 人，外人可能认出是谁，这样的人数和金额不公布；"
            "凭合计能倒推出来的相邻格子也一并不公布。"
            f"名额少于 {self.threshold} 个的项目，人数和金额都不公布；"
            "逐案审定的金额不分学校公布，合计大半属于一个人的也不公布。“未公布”不等于 0。"
        )

    @property
    def absent_before(self) -> Part:
        """What to say when last term's tables are not stored."""
        now, then = self.now.term, self.now.term.previous()
        how = f"先运行 `aidkit run {then.code} --tables`，再运行 `aidkit run {now.code}`"
        return callout(f"没有 {then.label}的数据，不作比较", prose(f"要比较，请{how}。"))


def shown(value: int | Decimal | None) -> Value:
    """A figure for a table: withheld where it is None."""
    return WITHHELD if value is None else value
