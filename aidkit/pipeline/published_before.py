"""What the term before in the same school year published: this term withholds what it did."""

from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.disclosure.before import published
from aidkit.disclosure.ledger import Before
from aidkit.project import Project
from aidkit.tables.stored import disclosed_terms, read_disclosed

_FULL = ("roll", "aid")


def published_before(project: Project, county: Path, term: Term) -> Before:
    """Every count of the autumn, for the spring after it; nothing where there are no results of it.

    A term's foundations hold a digest of these results, so it is made again when they change.

    Raises:
        MissingTablesError: Another version of aidkit stored them.
    """
    before = term.previous()
    if before.school_year != term.school_year or before not in disclosed_terms(project, county):
        return {}
    folder = project.term_folder(county, before.code) / "internal" / "aggregates"
    if not folder.is_dir():  # made before there were aggregates
        return {}
    full = {name: pl.read_parquet(folder / f"{name}.parquet") for name in _FULL}
    return published(read_disclosed(project, county, before), full)
