"""The site: made anew from complete runs where anything changed, put in place whole."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Literal

from aidkit.calendar import Term
from aidkit.errors import MissingTablesError
from aidkit.locking import one_at_a_time
from aidkit.notices.on_site import ShownNotice, digest_of_shown, note_on_site
from aidkit.pipeline.last_build import LastBuild, files
from aidkit.pipeline.record import RECORD, read_record, refuse_outdated
from aidkit.pipeline.site_notices import shown_notices
from aidkit.pipeline.workspace import discard_kept, fresh, restore, restore_below, swap
from aidkit.project import Project
from aidkit.review.standing import standing

Publisher = Literal["auto", "quarto", "offline"]

UNCHANGED = "网站没有变化。"


@dataclass(frozen=True)
class BuildSummary:
    """What a build made.

    Attributes:
        home: The page to open.
        publisher: `quarto` or `offline`.
        pages: HTML pages of the site.
        files: Files of the site, all of which the gate looked at.
        changed: Whether the site differs from the last one.
        lists: Notices whose list of names stands on it.
    """

    home: Path
    publisher: str
    pages: int
    files: int
    changed: bool
    lists: int


def build_site(
    project: Project,
    county: Path,
    *,
    publisher: Publisher = "auto",
    on: dt.date | None = None,
    noted: bool = True,
    say: Callable[[str], None] = print,
) -> BuildSummary:
    """Build a county's public site from its complete runs; if it fails the last one stays.

    Args:
        project: The checkout.
        county: Whose reports to publish.
        publisher: Quarto, the offline publisher, or Quarto where it is installed.
        on: The day of the site, by which notices stand on it or are gone; None: that on which the
            newest reports are published.
        noted: Whether `on` is today, so that the register of notices notes what this site shows
            and what is gone from it, and publications are of that day.
        say: Gets one line of Chinese per stage.

    Raises:
        MissingTablesError: No term of the county has complete reports, or results were altered,
            or reports compare with an earlier term that was made again since.
        NotebookError: A public report did not succeed.
        PublishError: Results are not approved, or a page holds something that the publisher does
            not support.
        LeakError: The gate found personal data.
    """
    site, last = project.site, project.site / "_site"
    cache = project.root / "reports" / ".cache" / county.name
    offline = publisher == "offline" or (publisher == "auto" and not which("quarto"))
    with one_at_a_time(project.root / "reports" / ".lock"):
        restore_below(project.root / "reports" / county.name)
        terms = stored_terms(project, county, refuse_outdated)
        shown = latest_reported(project, county, terms)
        restore(last)
        notices = shown_notices(project, county, shown, on)
        lists = sum(bool(one.lines) for one in notices)
        day = on if noted else None
        out = all(standing(county, Term.parse(term)).state == "locked" for term in terms)
        before = LastBuild(project, county, cache)
        if offline and out and (known := before.unchanged(_shows(county, terms, notices))):
            say(UNCHANGED)
            # A site that Windows did not let go of may hold names that came down since.
            discard_kept(last)
            _note_notices(county, notices if noted else (), say)
            return BuildSummary(last / "index.html", "offline", *known, changed=False, lists=lists)
        # These import polars, which takes longer than finding that nothing changed.
        from aidkit.pipeline.review import note_published, refuse_unapproved  # noqa: PLC0415
        from aidkit.pipeline.site_making import make_site  # noqa: PLC0415

        refuse_unapproved(project, county, map(Term.parse, terms))
        made = fresh(site / "_site.new")
        result = make_site(
            project,
            county,
            terms,
            shown,
            made,
            notices=notices,
            on=day,
            publisher=publisher,
            cache=cache,
            last=last,
            say=say,
        )
        all_files = files(made)
        changed = all_files != files(last)
        if not changed:
            say(UNCHANGED)
        swap(made, last)
        note_published(project, county, map(Term.parse, terms), day)
        if offline:
            before.keep(result.pages, len(all_files), _shows(county, terms, notices))
        _note_notices(county, notices if noted else (), say)
    return BuildSummary(
        last / "index.html", result.publisher, result.pages, len(all_files), changed, lists
    )


def _shows(county: Path, terms: Sequence[str], notices: tuple[ShownNotice, ...]) -> str:
    """What a site rests on beside results: notices as of its day, what is approved and went out."""
    signed = [standing(county, Term.parse(term)) for term in terms]
    return digest_of_shown(notices) + repr([(one.approved, one.publications) for one in signed])


def _note_notices(county: Path, notices: Sequence[ShownNotice], say: Callable[[str], None]) -> None:
    """Enter in the register what the site that now is in its place shows, and what is gone."""
    if gone := note_on_site(county, notices):
        say(f"公示期满，名单已从网站撤下：{'、'.join(gone)}。")


def stored_terms(
    project: Project,
    county: Path,
    check: Callable[[Project, Path, Term], object] = lambda project, county, term: read_record(
        project.reports(county, term.code)
    ),
) -> list[str]:
    """Terms of a county with a complete, unchanged run, oldest first.

    What lies in a term's folder without the record of its run is refused, not passed over: staging
    would show it, and the gate would not know its persons.

    Args:
        project: The checkout.
        county: The county folder.
        check: Raises where the results of a term must not be used.

    Raises:
        MissingTablesError: The results of one were changed since, or their record is lost.
    """
    folders = {term: project.reports(county, term.code) for term in project.terms(county)}
    terms = [
        term
        for term, folder in folders.items()
        if (folder / RECORD).is_file() or (folder / "public").is_dir()
    ]
    for term in terms:
        check(project, county, term)
    return [term.code for term in terms]


def latest_reported(project: Project, county: Path, terms: list[str]) -> str:
    """The last term that has a home page.

    Raises:
        MissingTablesError: There is none.
    """
    home = Path("public/notebooks/home.ipynb")
    for term in reversed(terms):
        if (project.reports(county, term) / home).is_file():
            return term
    raise MissingTablesError(
        "还没有可以发布的学期。",
        where=county.name,
        remedy="请先运行 aidkit run 学期，例如 2026-autumn",
    )
