"""The public report of a fund."""

from dataclasses import dataclass

from aidkit.project import find_project
from aidkit.show.fund import FundView, read_fund_slice
from aidkit.show.fund_activity import activity_section
from aidkit.show.fund_gifts import public_gifts
from aidkit.show.fund_money import (
    income_section,
    spending_section,
    summary_section,
)
from aidkit.show.fund_page import fund_key_points, fund_page, fund_trust, withheld
from aidkit.show.parameters import county_of, term_of, text_of
from aidkit.show.parts import Part

NOTHING = Part("", "")
"""Instead of figures that may not be told."""

UP = "../../"
"""From a report's page to the top of the site."""


@dataclass(frozen=True)
class PublicFund:
    """A fund's public report; every method is one section of its page.

    No figure is told where the bank does not agree with the book, or where so few were paid that
    the totals would be theirs: the page says why, and that is all; the slice holds none either.

    Attributes:
        view: The fund and its days.
        published_on: ISO date.
        next_update: ISO date.
    """

    view: FundView
    published_on: str
    next_update: str

    def page(self) -> Part:
        """Title, status and dates of the page."""
        return fund_page(
            self.view,
            published_on=self.published_on,
            next_update=self.next_update,
            kind="基金收支公示",
            shows_figures=self.view.told,
            downloads=f"{UP}downloads/",
        )

    def key_points(self) -> Part:
        """What came in, went out and is left; or why no figure is told."""
        return fund_key_points(self.view) if self.view.told else withheld(self.view)

    def summary(self) -> Part:
        """The 收支公示表."""
        return summary_section(self.view) if self.view.told else NOTHING

    def income(self) -> Part:
        """Where money came from."""
        return income_section(self.view) if self.view.told else NOTHING

    def spending(self) -> Part:
        """What was spent on each program."""
        return spending_section(self.view, ("times", "fen")) if self.view.told else NOTHING

    def gifts(self) -> Part:
        """Gifts by consent, and one by one."""
        return public_gifts(self.view) if self.view.told else NOTHING

    def activity(self) -> Part:
        """The 业务活动表 of the last whole year."""
        return activity_section(self.view) if self.view.told else NOTHING

    def trust(self) -> Part:
        """The journal's head, the bank, and what is withheld."""
        return fund_trust(self.view, public=True) if self.view.told else NOTHING


def open_fund(
    term: str,
    county: str,
    fund: str,
    *,
    first: str,
    last: str,
    published_on: str,
    next_update: str,
) -> PublicFund:
    """Open the disclosed tables of a fund's report; notebooks pass their parameters as they are.

    Args:
        term: E.g. `2026-autumn`.
        county: County folder, relative to the project.
        fund: Id of the fund.
        first: First day of the report, ISO.
        last: Last day, ISO.
        published_on: Date of publication, ISO.
        next_update: Date of the next update, ISO.

    Raises:
        UsageError: A parameter is not text, names nothing that exists, or the run was of other
            days.
        MissingTablesError: The tables are not stored; says which command makes them.
    """
    project = find_project()
    days = {"fund": fund, "first": first, "last": last}
    view = read_fund_slice(project, county_of(project, county), term_of(term), "public", days)
    return PublicFund(
        view, text_of("published_on", published_on), text_of("next_update", next_update)
    )
