"""What is staged: home, reports, school pages, lists, downloads; whatever else lay there goes."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.county import read_county_settings
from aidkit.errors import MissingTablesError
from aidkit.notices.on_site import ShownNotice
from aidkit.notices.settings import read_notice_settings
from aidkit.project import Project
from aidkit.review.corrections import Corrected
from aidkit.show.stored import disclosed_view
from aidkit.staging.corrections_pages import correction_files, differences_page
from aidkit.staging.downloads import downloads
from aidkit.staging.executed_pages import PublicPage, read_page
from aidkit.staging.fund_documents import Offered
from aidkit.staging.fund_pages import fund_files
from aidkit.staging.home_page import with_notices
from aidkit.staging.learning_files import learning_files
from aidkit.staging.navigation import BAR, bar_of
from aidkit.staging.notice_pages import notice_files
from aidkit.staging.site_pages import report_list, school_pages, schools_index, sources_page

ROOMS = ("reports", "schools", "funds", "notices", "corrections", "downloads")
"""Folders of `site/` that hold staged files only."""

DIFFERENCES = "corrections/differences"
"""Page of a site as published that tells what differs now."""


def stage(
    project: Project,
    county: Path,
    term: str,
    *,
    notices: Sequence[ShownNotice] = (),
    statements: Sequence[Offered] = (),
    corrected: Sequence[Corrected] = (),
    differing: Mapping[Term, pl.DataFrame] | None = None,
) -> list[Path]:
    """Stage a county's public pages: home and school pages of one term, reports of all up to it.

    Args:
        project: The checkout.
        county: The county folder.
        term: The term that home, school pages and sources show.
        notices: As the day of the site shows them.
        statements: Public statements of funds that are offered as documents.
        corrected: Corrections of what was published, newest first.
        differing: Of a site as published: what its terms show otherwise than the results of now.

    Returns:
        Every staged file; whatever else lay in the staged folders is gone.

    Raises:
        MissingTablesError: The term has no executed home page or no disclosed tables.
    """
    current = Term.parse(term)
    home = read_page(project.reports(county, term) / "public" / "notebooks" / "home.ipynb")
    if home is None:
        raise MissingTablesError(
            f"{current.label}的首页还没有做。",
            where=f"reports/{county.name}/{term}/public/notebooks",
            remedy=f"请先运行 aidkit run {term}",
        )
    view = disclosed_view(project, county, current)
    reports = _reports(project, county, current)
    files: dict[str, bytes] = {"index.ipynb": with_notices(home.notebook, notices)}
    for code, pages in reports.items():
        for name, page in pages.items():
            files[f"reports/{code}/{name}.ipynb"] = page.notebook
    for tables in view.history:
        files |= {f"downloads/{name}": body for name, body in downloads(tables, view).items()}
    files |= learning_files(project, county, view)
    files |= fund_files(project, county, reports, home.front, statements)
    files |= correction_files(corrected, view, home.front)
    if differing is not None:
        files[f"{DIFFERENCES}.qmd"] = differences_page(differing, view, home.front)
    if notices:
        rules = read_notice_settings(project.params, county / "params")
        files |= notice_files(notices, read_county_settings(county), rules.reply)
    files["reports/index.qmd"] = report_list(view, reports, home.front)
    files["reports/sources.qmd"] = sources_page(view, home.front)
    files["schools/index.qmd"] = schools_index(view, home.front)
    for code, text in school_pages(view, reports, home.front).items():
        files[f"schools/{code}.qmd"] = text
    files |= bar_of(files)
    staged = [project.site / name for name in sorted(files)]
    for folder in sorted({path.parent for path in staged}):
        folder.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        _put(project.site / name, body)
    _remove_stale(project.site, staged)
    return staged


def _put(path: Path, body: bytes) -> None:
    """Write a staged file; an unchanged one keeps its time, by which Quarto knows it.

    A build that is killed may leave half a file here: the next one sees that it differs.
    """
    if not path.is_file() or path.read_bytes() != body:
        path.write_bytes(body)


def _reports(project: Project, county: Path, last: Term) -> dict[str, dict[str, PublicPage]]:
    """Term code → notebook name → page, oldest term first; terms without reports are left out."""
    found: dict[str, dict[str, PublicPage]] = {}
    for term in project.terms(county):
        notebooks = project.reports(county, term.code) / "public" / "notebooks"
        pages = {
            path.stem: page
            for path in sorted(notebooks.glob("*.ipynb"))
            if path.stem != "home" and (page := read_page(path)) is not None
        }
        if pages and term <= last:
            found[term.code] = pages
    return found


def _remove_stale(site: Path, staged: Iterable[Path]) -> None:
    kept = set(staged)
    if site / BAR not in kept:
        (site / BAR).unlink(missing_ok=True)
    for room in ROOMS:
        for path in sorted((site / room).rglob("*"), reverse=True):
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path not in kept:
                path.unlink()
