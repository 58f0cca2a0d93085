"""Notices on a built site: which day it is of, whom the gate lets stand where, what came down.

Nothing here imports polars before it has to.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aidkit.notices.on_site import ShownNotice, everybody_listed, notices_on_site
from aidkit.notices.register import register_of
from aidkit.project import Project

if TYPE_CHECKING:
    from aidkit.gate import People

LEAST_NAME = 2
"""Characters of a name that can be looked for."""


def shown_notices(
    project: Project, county: Path, term: str, on: dt.date | None
) -> tuple[ShownNotice, ...]:
    """Notices as the site of a day shows them; none where the county has no register.

    Args:
        project: The checkout.
        county: The county folder.
        term: The term that the home page shows.
        on: The day; None: that on which the term's reports are published.

    Raises:
        InputError: The register or a list is not what was written, or a year has no table.
    """
    if not register_of(county).is_file():
        return ()
    day = on or _published_on(project, county, term)
    return notices_on_site(project.params, county, day)


def site_people(
    project: Project, county: Path, terms: list[str], shown: Sequence[ShownNotice]
) -> "People":
    """Whom the gate of a site must know: as `county_people`, and everybody on any notice's list.

    Names of a notice that stands on the site may stand in its own page and list; nowhere else,
    and those of the others nowhere.

    Args:
        project: The checkout.
        county: The county folder.
        terms: Codes of the terms with results.
        shown: Notices as the day of the site shows them.
    """
    from aidkit.gate.people import squeezed  # noqa: PLC0415
    from aidkit.pipeline.people import county_people  # noqa: PLC0415

    allowed = {place: one.names for one in shown if one.lines for place in one.places}
    people = county_people(project, county, terms, allowed=allowed)
    listed = {squeezed(name) for name in everybody_listed(county)}
    return replace(people, names=people.names | {n for n in listed if len(n) >= LEAST_NAME})


def _published_on(project: Project, county: Path, term: str) -> dt.date:
    page = project.reports(county, term) / "public" / "pages" / "home.json"
    if page.is_file():
        front = json.loads(page.read_text(encoding="utf-8"))
    else:
        from aidkit.staging.executed_pages import read_page  # noqa: PLC0415

        home = read_page(project.reports(county, term) / "public" / "notebooks" / "home.ipynb")
        assert home is not None, "a term that is shown has a home page"
        front = dict(home.front)
    return dt.date.fromisoformat(str(front["published-on"]))
