"""A report's view, put together from the disclosed tables of all stored terms."""

from pathlib import Path

from aidkit.calendar import Term
from aidkit.county import read_county_settings
from aidkit.disclosure import read_settings
from aidkit.labels import read_labels
from aidkit.project import Project
from aidkit.show.term import TermTables
from aidkit.show.view import View
from aidkit.tables import ALL
from aidkit.tables.stored import disclosed_terms, read_disclosed


def disclosed_view(project: Project, county: Path, term: Term, school: str = ALL) -> View:
    """Look at a county or school through what may be published, this term and earlier ones.

    Raises:
        MissingTablesError: The term's disclosed tables are not stored.
        ParamsError: Labels or the rules of disclosure are wrong.
    """
    earlier = [stored for stored in disclosed_terms(project, county) if stored < term]
    return View(
        county=read_county_settings(county),
        labels=read_labels(project.params / "labels.toml"),
        history=tuple(
            TermTables(one, read_disclosed(project, county, one)) for one in (*earlier, term)
        ),
        school=school,
        threshold=read_settings(project.params / "disclosure.toml").threshold,
    )
