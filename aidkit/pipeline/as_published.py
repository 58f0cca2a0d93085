"""A site as it was published: made anew from what was kept, beside what differs from it now."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from aidkit.calendar import Term
from aidkit.chained_log import read_log
from aidkit.errors import UsageError
from aidkit.gate import raise_on, scan
from aidkit.locking import one_at_a_time
from aidkit.pipeline.build import Publisher, latest_reported, stored_terms
from aidkit.pipeline.corrections import corrections_between, differing, editions, newest_first
from aidkit.pipeline.last_build import MADE
from aidkit.pipeline.site_notices import site_people
from aidkit.pipeline.workspace import fresh, swap
from aidkit.project import Project
from aidkit.publish import publish_site
from aidkit.review.corrections import Corrected
from aidkit.review.published import lay_out, public_files, published_files
from aidkit.review.standing import Standing, Step, log_of, standing, went_out_with
from aidkit.staging.stage import DIFFERENCES, stage

FOLDER: Final = "_site-published"
"""Folder below `site/`; never the one that is put on the web."""


@dataclass(frozen=True)
class AsPublished:
    """A site as it was published.

    Attributes:
        home: The page to open.
        differences: The page that tells what differs now.
        shown: Each term of the site to its publication, oldest first.
        differing: How many figures differ from the results of now.
        pages: Its pages.
    """

    home: Path
    differences: Path
    shown: Mapping[Term, Step]
    differing: int
    pages: int


def build_as_published(
    project: Project,
    county: Path,
    term: Term,
    number: int = 1,
    *,
    publisher: Publisher = "auto",
    say: Callable[[str], None] = print,
) -> AsPublished:
    """Build the site that a publication of a term went out with, from what was kept of it.

    Reports, school pages, tables and downloads are those of then; corrections are those known
    then. Lists of notices do not come back, and statements of funds are offered by today's site.

    Args:
        project: The checkout.
        county: The county folder.
        term: The term.
        number: Which publication of it; 1: as it first went out.
        publisher: Quarto, the offline publisher, or Quarto where it is installed.
        say: Gets one line of Chinese per stage.

    Raises:
        UsageError: There was no such publication.
        InputError: The log, or what was published, is not what was written.
        LeakError: The gate found personal data: somebody is to be named no more.
    """
    with one_at_a_time(project.root / "reports" / ".lock"):
        records = read_log(log_of(county))
        shown = went_out_with(records, term, number)
        if not shown:
            raise _never(county, term, number)
        work = project.root / "reports" / ".cache" / county.name / "published"
        with _project_of_then(project, county, shown, work) as then:
            differ = _differing(project, county, then, shown)
            stage(
                then,
                county,
                latest_reported(then, county, [one.code for one in shown]),
                corrected=_corrected_by_then(county, shown),
                differing=differ,
            )
            say("按公布时存下的结果准备好页面。")
            made = publish_site(then.site, work / "made", publisher)
            people = site_people(project, county, stored_terms(project, county), ())
            raise_on(scan(made.out, people))
            target = project.site / FOLDER
            swap(made.out, target)
    return AsPublished(
        home=target / "index.html",
        differences=target / f"{DIFFERENCES}.html",
        shown=shown,
        differing=sum(figures.height for figures in differ.values()),
        pages=made.pages,
    )


def _corrected_by_then(county: Path, shown: Mapping[Term, Step]) -> tuple[Corrected, ...]:
    found: list[Corrected] = []
    for term, last in shown.items():
        steps = standing(county, term).steps
        until = Standing(steps[: steps.index(last) + 1])
        if len(until.publications) > 1:
            found += corrections_between([*editions(county, term, until)])
    return newest_first(found)


@contextmanager
def _project_of_then(
    project: Project, county: Path, shown: Mapping[Term, Step], work: Path
) -> Iterator[Project]:
    """A project with the results of then and the site's sources of now; gone afterwards."""
    try:
        then = Project(fresh(work) / "project")
        for term, step in shown.items():
            lay_out(published_files(county, step), then.reports(county, term.code))
        shutil.copytree(project.params, then.params)
        made = {*MADE, "_site.new", ".quarto"}
        shutil.copytree(
            project.site,
            then.site,
            ignore=lambda folder, names: [
                name
                for name in names
                if Path(folder) == project.site
                and (name in made or name.startswith(("_site", "._")))
            ],
        )
        yield then
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _differing(
    project: Project, county: Path, then: Project, shown: Mapping[Term, Step]
) -> dict[Term, pl.DataFrame]:
    """Figures of each term that the results of now tell otherwise."""
    return {
        term: differing(
            *(public_files(place.reports(county, term.code)) for place in (then, project))
        )
        for term in shown
    }


def _never(county: Path, term: Term, number: int) -> UsageError:
    stands = standing(county, term)
    times = len(stands.publications)
    days = "、".join(f"第 {step.number} 次 {step.on}" for step in stands.publications)
    return UsageError(
        f"{term.label}没有第 {number} 次公布。",
        where=county.name,
        remedy=f"公布过 {times} 次：{days}。" if times else "这个学期还没有公布过。",
    )
