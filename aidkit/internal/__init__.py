"""What internal notebooks import: reports with names, for the school and the county office only.

Each method gives one section; see `notebooks/internal`.
"""

from dataclasses import dataclass

import polars as pl

from aidkit.internal.changes import changes_section
from aidkit.internal.completeness import completeness_section
from aidkit.internal.corrections import corrections_section
from aidkit.internal.demand import demand_of, funders_of
from aidkit.internal.duplicates import duplicates_section
from aidkit.internal.fund import InternalFund, open_fund
from aidkit.internal.helping import (
    CountyHelping,
    SchoolHelping,
    open_helping,
    open_helping_county,
)
from aidkit.internal.open import StoredTerm, open_stored
from aidkit.internal.others import OTHERS, others_section
from aidkit.internal.people import recipients_section
from aidkit.internal.problems import problems_section
from aidkit.internal.progress import SchoolProgress, open_progress
from aidkit.internal.quotas import quotas_section
from aidkit.internal.relations import relations_section
from aidkit.internal.simulation import SimulationReport, open_simulation
from aidkit.internal.targets import targets_section
from aidkit.internal.to_do import to_do_by_school, to_do_section
from aidkit.show.aid import programs_section, tiers_section
from aidkit.show.breakdowns import categories_section, grades_section
from aidkit.show.comparison import change_section
from aidkit.show.funding import funding_section
from aidkit.show.parameters import text_of
from aidkit.show.parts import Part, callout, join, numbered, prose, section
from aidkit.show.report import RULES_CAPTION, key_points, page
from aidkit.show.rules import relied_on, rules_table
from aidkit.show.schools import school_shares_section
from aidkit.show.view import View

__all__ = [
    "CountyHelping",
    "InternalFund",
    "InternalReport",
    "SchoolHelping",
    "SchoolProgress",
    "SimulationReport",
    "open_fund",
    "open_helping",
    "open_helping_county",
    "open_progress",
    "open_simulation",
    "open_term",
]

FUNDING_CAPTION = "各级财政应承担的资金，按实际在校时间的应发金额逐人拆分，各级之和等于合计。"


@dataclass(frozen=True)
class InternalReport:
    """An internal report; every method is one section.

    Attributes:
        view: The school or county and its terms, nothing withheld.
        stored: The stored tables of the term, with persons, of the report's scope.
        published_on: ISO date.
        next_update: ISO date.
    """

    view: View
    stored: StoredTerm
    published_on: str
    next_update: str

    def page(self) -> Part:
        """Title, who may read it, and which of its rules nobody has checked."""
        return self._page("资助概览" if self.view.is_county else "资助报告")

    def review_page(self) -> Part:
        """The same for the county's second report, on decisions that somebody must look at."""
        return self._page("认定复核")

    def _page(self, kind: str) -> Part:
        reader = "县级资助管理人员" if self.view.is_county else "本校校长和资助专干"
        top = page(
            self.view,
            published_on=self.published_on,
            next_update=self.next_update,
            kind=f"{kind}（内部资料）",
            relied_on=self._relied_on(),
        )
        warning = callout(
            f"内部资料 · 供{reader}使用",
            prose(
                "含学生个人信息。不得外传、不得张贴、不得放到公开的网站上；用完请妥善保存或销毁。"
            ),
            kind="important",
        )
        return join((warning, top))

    def _relied_on(self) -> set[str]:
        """Programs that somebody gets, of any subject."""
        others = self.stored.everyone.filter("awarded", pl.col("subject").is_in(OTHERS))
        return relied_on(self.view) | set(others["program_id"])

    def to_do(self) -> Part:
        """What to do next: by student for a school, by school for the county."""
        if self.view.is_county:
            return to_do_by_school(self.stored)
        return to_do_section(self.stored)

    def key_points(self) -> Part:
        """The finding, key figures with trend, how to read them."""
        return key_points(self.view)

    def programs(self) -> Part:
        """Persons and money due by program, and by tier within a program."""
        return join((programs_section(self.view), tiers_section(self.view)))

    def funding(self) -> Part:
        """What each level of government gives."""
        return funding_section(demand_of(self.stored), FUNDING_CAPTION, funders_of(self.stored))

    def recipients(self) -> Part:
        """Who is eligible, at which tier, for how much."""
        return recipients_section(self.stored)

    def breakdowns(self) -> Part:
        """By grade and by hardship category."""
        return join((grades_section(self.view), categories_section(self.view)))

    def change(self) -> Part:
        """Against last term."""
        return change_section(self.view)

    def against(self) -> Part:
        """By grade and category, and against last term."""
        return join((self.breakdowns(), self.change()))

    def schools(self) -> Part:
        """Schools of the county beside its mean, not ranked."""
        return school_shares_section(self.view)

    def quotas(self) -> Part:
        """Places, who got one, who waits."""
        return quotas_section(self.stored)

    def relations(self) -> Part:
        """Who lost what to which rule between programs."""
        return relations_section(self.stored)

    def settled(self) -> Part:
        """Quotas and relations."""
        return join((self.quotas(), self.relations()))

    def changes(self) -> Part:
        """What changed during the term."""
        return changes_section(self.stored)

    def corrections(self) -> Part:
        """Money that has to move."""
        return corrections_section(self.stored)

    def moved(self) -> Part:
        """Changes during the term and the money that has to move because of them."""
        return join((self.changes(), self.corrections()))

    def duplicates(self) -> Part:
        """Persons who may be one, or get the same thing twice."""
        return duplicates_section(self.stored)

    def completeness(self) -> Part:
        """Who should get aid and does not."""
        return completeness_section(self.stored)

    def others(self) -> Part:
        """Aid to teachers and college students."""
        self.view.only_for_county()
        return others_section(self.stored)

    def targets(self) -> Part:
        """What programs must reach in a year, against what is done."""
        self.view.only_for_county()
        return targets_section(self.stored)

    def rules(self) -> Part:
        """Quota, relations and last check of each program."""
        rows = self.stored.programs.to_dicts()
        title = f"本学期执行 {len(rows)} 条办法"
        return section(title, "rules", numbered("tbl-rules", rules_table(rows), RULES_CAPTION))

    def problems(self) -> Part:
        """What is wrong with the data, cell by cell."""
        return problems_section(self.view, self.stored)

    def checks(self) -> Part:
        """Duplicates, completeness and faulty cells."""
        return join((self.duplicates(), self.completeness(), self.problems()))


def open_term(
    term: str,
    county: str,
    school_code: str | None = None,
    *,
    published_on: str,
    next_update: str,
) -> InternalReport:
    """Open a term's stored tables, or make them where they are absent.

    Args:
        term: E.g. `2026-autumn`.
        county: County folder, relative to the project.
        school_code: A school; None for the whole county.
        published_on: Date of the report, ISO.
        next_update: Date of the next one, ISO.

    Raises:
        UsageError: A parameter is not text or names nothing that exists.
    """
    dates = text_of("published_on", published_on), text_of("next_update", next_update)
    return InternalReport(*open_stored(term, county, school_code), *dates)
