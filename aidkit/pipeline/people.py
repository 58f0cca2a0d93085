"""Whom the gate must know: persons of a county's stored terms, and those in its funds' journal."""

from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

import polars as pl

from aidkit.disclosure import read_settings
from aidkit.fund.book import Book
from aidkit.fund.entry import OF_DONORS, OF_PROGRAMS
from aidkit.gate import People, columns_of_people, people_of
from aidkit.labels import read_labels
from aidkit.project import Project

DONORS = "fund_donors"
"""Internal table of who gave, by which the gate knows whom no page may name."""


def county_people(
    project: Project,
    county: Path,
    terms: list[str],
    *,
    besides: Mapping[str, pl.DataFrame] = MappingProxyType({}),
    allowed: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> People:
    """Whoever the gate must know: the persons of all stored terms of a county.

    Args:
        project: The checkout.
        county: The county folder.
        terms: Codes of the terms; those without results have nobody.
        besides: More tables of persons, by name.
        allowed: Path of a page, download or folder (with / at its end) below the site, `*` as in
            `params/disclosure.toml`, to the names that may stand there and nowhere else: those
            of the notices now posted.
    """
    frames: dict[str, list[pl.DataFrame]] = {name: [table] for name, table in besides.items()}
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
        allowed=allowed,
        ignored=[label for words in vocabularies for label, _ in words.values()],
    )


def people_in(book: Book) -> pl.DataFrame:
    """Who gave, and how they may be named; and persons who were paid, who may not be.

    Returns:
        Columns `donor`, `donor_class` and `consent`: the table `DONORS`.
    """
    given = book.entries.filter(pl.col("kind").is_in(OF_DONORS))
    one = (pl.col("person_no") != "") | (pl.col("persons") == 1)
    paid = book.entries.filter(pl.col("kind").is_in(OF_PROGRAMS), one)
    table = pl.concat(
        [
            given.select("donor_class", "consent", donor="party"),
            paid.select(
                donor_class=pl.lit("person"), consent=pl.lit("anonymous"), donor=pl.col("party")
            ),
        ]
    )
    named = table.filter(pl.col("donor") != "").select("donor", "donor_class", "consent")
    return named.unique().sort(pl.all())
