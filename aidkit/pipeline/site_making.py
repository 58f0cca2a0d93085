"""Making a site: staged, published, held against everybody whom the county's tables know."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import polars as pl

from aidkit.disclosure import read_settings
from aidkit.gate import People, columns_of_people, people_of, raise_on, scan
from aidkit.labels import read_labels
from aidkit.project import Project
from aidkit.publish import PublishResult, publish_site
from aidkit.staging import stage

NOT_SOURCES = ("_site", "_site.new", "._site.last", ".quarto")
"""What lies in the site's folder and is none of its sources."""


def make_site(
    project: Project,
    county: Path,
    terms: list[str],
    shown: str,
    made: Path,
    *,
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
        publisher: Quarto, the offline publisher, or Quarto where it is installed.
        cache: The county's folder for what only saves time.
        last: The last site.
        say: Gets one line of Chinese per stage.

    Raises:
        PublishError: A page holds something that the publisher does not support.
        LeakError: The gate found personal data.
    """
    staged = stage(project, county, shown)
    say(f"准备好 {len(staged)} 个页面和下载文件。")
    result = publish_site(project.site, made, publisher, cache=cache / "pages", last=last)
    people = county_people(project, county, terms)
    gate = cache / "gate"
    found = scan(made, people, cache=gate / "site.json")
    sources = gate / "sources.json"
    found += scan(project.site, people, passing_over=NOT_SOURCES, cache=sources)
    raise_on(found)
    return result


def county_people(project: Project, county: Path, terms: list[str]) -> People:
    """Whoever the gate must know: the persons of all stored terms of a county."""
    frames: dict[str, list[pl.DataFrame]] = {}
    for term in terms:
        tables = project.reports(county, term) / "internal" / "tables"
        for path in sorted(tables.glob("*.parquet")):
            if columns := columns_of_people(path.stem, pl.read_parquet_schema(path)):
                frame = pl.read_parquet(path, columns=columns)
                frames.setdefault(path.stem, []).append(frame)
    named = read_settings(project.params / "disclosure.toml").named_tables
    vocabularies = read_labels(project.params / "labels.toml").vocabularies.values()
    return people_of(
        {name: pl.concat(parts, how="diagonal") for name, parts in frames.items()},
        named_pages=[page for table in named.values() for page in table.pages],
        ignored=[label for words in vocabularies for label, _ in words.values()],
    )
