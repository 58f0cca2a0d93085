"""Making a site: staged, published, held against everybody whom the county's tables know."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from aidkit.calendar import Term
from aidkit.gate import raise_on, scan
from aidkit.notices.on_site import ShownNotice
from aidkit.pipeline.corrections import corrected
from aidkit.pipeline.fund_downloads import offered
from aidkit.pipeline.last_build import INSIDE
from aidkit.pipeline.site_notices import site_people
from aidkit.project import Project
from aidkit.publish import PublishResult, publish_site
from aidkit.staging import stage

NOT_SOURCES = ("_site", "_site.new", "._site.last", ".quarto", *INSIDE)
"""What lies in the site's folder and is none of its sources."""


def make_site(
    project: Project,
    county: Path,
    terms: list[str],
    shown: str,
    made: Path,
    *,
    notices: Sequence[ShownNotice],
    on: dt.date | None,
    publisher: Literal["auto", "quarto", "offline"],
    cache: Path,
    last: Path,
    say: Callable[[str], None],
) -> PublishResult:
    """Make a county's site in an empty folder.

    Args:
        project: The checkout.
        county: Whose reports to publish.
        terms: Terms with complete runs.
        shown: The term that the home page shows.
        made: The folder to fill.
        notices: As the day of the site shows them.
        on: The day that publications are of, see `review.note_published`.
        publisher: Quarto, the offline publisher, or Quarto where it is installed.
        cache: The county's folder for what only saves time.
        last: The last site.
        say: Gets one line of Chinese per stage.

    Raises:
        PublishError: A page holds something that the publisher does not support.
        LeakError: The gate found personal data.
    """
    staged = stage(
        project,
        county,
        shown,
        notices=notices,
        statements=offered(project, county),
        corrected=corrected(project, county, map(Term.parse, terms), on),
    )
    say(f"准备好 {len(staged)} 个页面和下载文件。")
    result = publish_site(project.site, made, publisher, cache=cache / "pages", last=last)
    people = site_people(project, county, terms, notices)
    gate = cache / "gate"
    found = scan(made, people, cache=gate / "site.json")
    sources = gate / "sources.json"
    found += scan(project.site, people, passing_over=NOT_SOURCES, cache=sources)
    raise_on(found)
    return result
