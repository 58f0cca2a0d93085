"""The site: stage public pages, publish, let the gate look at everything, put it in place."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl

from aidkit.disclosure import read_settings
from aidkit.errors import MissingTablesError
from aidkit.gate import People, people_of, raise_on, scan
from aidkit.labels import read_labels
from aidkit.pipeline.record import RECORD, read_record
from aidkit.pipeline.workspace import fresh, one_at_a_time, restore, swap
from aidkit.project import Project
from aidkit.publish import publish_site
from aidkit.staging import stage

Publisher = Literal["auto", "quarto", "offline"]

NOT_SOURCES = ("_site", "_site.new", "._site.last", ".quarto")


@dataclass(frozen=True)
class BuildSummary:
    """What a build made.

    Attributes:
        home: The page to open.
        publisher: `quarto` or `offline`.
        pages: HTML pages written.
        files: Files the gate looked at.
    """

    home: Path
    publisher: str
    pages: int
    files: int


def build_site(
    project: Project,
    county: Path,
    *,
    publisher: Publisher = "auto",
    say: Callable[[str], None] = print,
) -> BuildSummary:
    """Build a county's public site from its complete runs; if it fails the last one stays.

    Args:
        project: The checkout.
        county: Whose reports to publish.
        publisher: Quarto, the offline publisher, or Quarto where it is installed.
        say: Gets one line of Chinese per stage.

    Raises:
        MissingTablesError: No term of the county has complete reports.
        PublishError: A page holds something that the publisher does not support.
        LeakError: The gate found personal data.
    """
    site = project.site
    with one_at_a_time(project.root / "reports" / ".lock"):
        terms = stored_terms(project, county)
        staged = stage(project, county, latest_reported(project, county, terms))
        say(f"准备好 {len(staged)} 个页面和下载文件。")
        restore(site / "_site")
        made = fresh(site / "_site.new")
        result = publish_site(site, made, publisher)
        people = county_people(project, county, terms)
        raise_on([*scan(made, people), *scan(site, people, passing_over=NOT_SOURCES)])
        files = sum(1 for path in made.rglob("*") if path.is_file())
        swap(made, site / "_site")
    return BuildSummary(site / "_site" / "index.html", result.publisher, result.pages, files)


def stored_terms(project: Project, county: Path) -> list[str]:
    """Terms of a county with a complete, unchanged run, oldest first.

    Raises:
        MissingTablesError: The results of one were changed since.
    """
    folders = [project.reports(county, term.code) for term in project.terms(county)]
    complete = [folder for folder in folders if (folder / RECORD).is_file()]
    for folder in complete:
        read_record(folder)
    return [folder.name for folder in complete]


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


def county_people(project: Project, county: Path, terms: list[str]) -> People:
    """Whoever the gate must know: the persons of all stored terms of a county."""
    frames: dict[str, list[pl.DataFrame]] = {}
    for term in terms:
        tables = project.reports(county, term) / "internal" / "tables"
        for path in sorted(tables.glob("*.parquet")):
            frames.setdefault(path.stem, []).append(pl.read_parquet(path))
    named = read_settings(project.params / "disclosure.toml").named_tables
    vocabularies = read_labels(project.params / "labels.toml").vocabularies.values()
    return people_of(
        {name: pl.concat(parts, how="diagonal") for name, parts in frames.items()},
        named_pages=[page for table in named.values() for page in table.pages],
        ignored=[label for words in vocabularies for label, _ in words.values()],
    )
