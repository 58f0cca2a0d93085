"""What internal notebooks import: reports with names, for the school and the county office only.

Each method gives one section; see `notebooks/internal`.
"""

from dataclasses import dataclass

from aidkit.internal.open import StoredTerm, open_stored
from aidkit.internal.people import recipients_section
from aidkit.internal.problems import problems_section
from aidkit.internal.to_do import to_do_by_school, to_do_section
from aidkit.show.aid import programs_section, tiers_section
from aidkit.show.breakdowns import categories_section, grades_section
from aidkit.show.comparison import change_section
from aidkit.show.parameters import text_of
from aidkit.show.parts import Part, callout, join, prose
from aidkit.show.report import key_points, page
from aidkit.show.schools import school_shares_section
from aidkit.show.view import View

__all__ = ["InternalReport", "open_term"]


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
        """Title, and who may read it."""
        kind = "资助概览" if self.view.is_county else "资助报告"
        reader = "县级资助管理人员" if self.view.is_county else "本校校长和资助专干"
        top = page(
            self.view,
            published_on=self.published_on,
            next_update=self.next_update,
            kind=f"{kind}（内部资料）",
        )
        warning = callout(
            f"内部资料 · 供{reader}使用",
            prose("含学生个人信息。不得外传、不得张贴、不得放到网站上；用完请妥善保存或销毁。"),
            kind="important",
        )
        return Part(warning.markdown, top.html + warning.html, page=top.page)

    def to_do(self) -> Part:
        """What to do next: by student for a school, by school for the county."""
        if self.view.is_county:
            return to_do_by_school(self.stored)
        return to_do_section(self.stored)

    def key_points(self) -> Part:
        """The finding, key figures with trend, how to read them."""
        return key_points(self.view)

    def programs(self) -> Part:
        """Persons and money due by program."""
        return programs_section(self.view)

    def recipients(self) -> Part:
        """Who is eligible, at which tier, for how much."""
        return recipients_section(self.stored)

    def tiers(self) -> Part:
        """Persons and money by tier."""
        return tiers_section(self.view)

    def breakdowns(self) -> Part:
        """By grade and by hardship category."""
        return join((grades_section(self.view), categories_section(self.view)))

    def change(self) -> Part:
        """Against last term."""
        return change_section(self.view)

    def schools(self) -> Part:
        """Schools of the county beside its mean, not ranked."""
        return school_shares_section(self.view)

    def problems(self) -> Part:
        """What is wrong with the data, cell by cell."""
        return problems_section(self.view, self.stored)


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
