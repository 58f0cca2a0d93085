"""Public reports of a county or a school."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import polars as pl

from aidkit.project import find_project
from aidkit.show import home
from aidkit.show.aid import programs_section, tiers_section
from aidkit.show.breakdowns import categories_section, grades_section
from aidkit.show.comparison import change_section
from aidkit.show.donors import donors_section
from aidkit.show.funding import funding_section, published_demand
from aidkit.show.learning import learning_section
from aidkit.show.parameters import county_of, term_of, text_of
from aidkit.show.parts import Part
from aidkit.show.report import definitions, key_points, page, quality_section
from aidkit.show.rules import relied_on
from aidkit.show.schools import school_shares_section, schools_section
from aidkit.show.sliced import open_slice, view_of
from aidkit.show.view import View
from aidkit.tables.slices import read_slice

FUNDING_CAPTION = (
    "按各办法写明的分担比例，从已公布的全县金额算出；没有公布金额、没有写明比例的项目不列。"
)

UP = "../../"
"""From a report's page to the top of the site."""


@dataclass(frozen=True)
class PublicReport:
    """A public report; every method is one section of its page.

    Attributes:
        view: The county or school and its terms.
        published_on: ISO date.
        next_update: ISO date.
        learning: Reads the slice of how the county's pupils moved; None where there is none to
            read, as in a school's report.
    """

    view: View
    published_on: str
    next_update: str
    learning: Callable[[], Mapping[str, pl.DataFrame]] | None = field(default=None, kw_only=True)

    def page(self) -> Part:
        """Title, status and dates of the page."""
        kind = "资助概览" if self.view.is_county else "资助报告"
        return page(
            self.view,
            published_on=self.published_on,
            next_update=self.next_update,
            kind=kind,
            relied_on=relied_on(self.view),
            downloads=f"{UP}downloads/",
        )

    def key_points(self) -> Part:
        """The finding, key figures with trend, and how to read them."""
        return key_points(self.view)

    def programs(self) -> Part:
        """Persons and money due by program; for the county what each level of government gives."""
        own = programs_section(self.view)
        if not self.view.is_county:
            return own
        return own + funding_section(published_demand(self.view), FUNDING_CAPTION)

    def tiers(self) -> Part:
        """Persons and money by tier."""
        return tiers_section(self.view)

    def grades(self) -> Part:
        """Students on the roll and with aid by grade."""
        return grades_section(self.view)

    def categories(self) -> Part:
        """Students with aid by hardship category."""
        return categories_section(self.view)

    def change(self) -> Part:
        """Against last term; of the county also how pupils moved against their own exams."""
        compared = change_section(self.view)
        if self.learning is None:
            return compared
        return compared + learning_section(self.learning(), up=UP)

    def schools(self) -> Part:
        """Schools of the county beside its mean, not ranked."""
        return school_shares_section(self.view)

    def donors(self) -> Part:
        """Donors who agreed to be named."""
        return donors_section(self.view)

    def quality(self) -> Part:
        """How complete the data are."""
        return quality_section(self.view)

    def definitions(self) -> Part:
        """Definitions, sources, corrections, citation, downloads."""
        return definitions(self.view, published_on=self.published_on, up=UP)

    def home_page(self) -> Part:
        """Title and dates of the home page, and the finding with its chart."""
        front = self.page().page or {}
        named = {
            **front,
            "title": self.view.county.name + "学生资助公开",
            "subtitle": front["title"],
            "page-layout": "full",
            "title-block-style": "none",
            "toc": False,
        }
        del named["downloads"]
        finding = home.hero(self.view, published_on=self.published_on, next_update=self.next_update)
        return replace(finding, page=named)

    def home_figures(self) -> Part:
        """Four key figures with change and trend."""
        return home.home_figures(self.view)

    def home_readers(self) -> Part:
        """Cards by kind of reader."""
        return home.readers(self.view)

    def home_money(self) -> Part:
        """Where the money goes."""
        return home.money_section(self.view)

    def home_schools(self) -> Part:
        """Schools as dots against the county's mean, in order of code."""
        return schools_section(self.view, up="")

    def home_trust(self) -> Part:
        """Sources, corrections, calendar, downloads."""
        return home.trust(self.view, published_on=self.published_on, next_update=self.next_update)


def open_public(
    term: str,
    county: str,
    school_code: str | None = None,
    *,
    published_on: str,
    next_update: str,
) -> PublicReport:
    """Open the disclosed tables of a report; notebooks pass their parameters as they are.

    Args:
        term: E.g. `2026-autumn`.
        county: County folder, relative to the project.
        school_code: A school; None for the whole county.
        published_on: Date of publication, ISO.
        next_update: Date of the next update, ISO.

    Raises:
        UsageError: A parameter is not text or names nothing that exists.
        MissingTablesError: The tables are not stored; says which command makes them.
    """
    project = find_project()
    folder, wanted = county_of(project, county), term_of(term)
    view = view_of(open_slice(project, folder, wanted, "public", school_code))
    # Read when it is shown: the home page, which does not, stays when only learning changed.
    learning = partial(read_slice, project, folder, wanted, "public_progress")
    return PublicReport(
        view,
        text_of("published_on", published_on),
        text_of("next_update", next_update),
        learning=learning if view.is_county else None,
    )
