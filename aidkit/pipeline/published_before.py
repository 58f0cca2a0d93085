"""What was published of the same counts before a term is disclosed: this withholds what it did.

By the term itself, where it was published and is corrected; by the autumn, for the spring after it.
"""

import io
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.disclosure.before import READ, Tables, told_by
from aidkit.disclosure.told import Told
from aidkit.project import Project
from aidkit.review.published import Files, published_files
from aidkit.review.standing import standing
from aidkit.tables.stored import disclosed_terms, read_disclosed


def published_before(project: Project, county: Path, term: Term) -> Told:
    """What readers were told already.

    A term's foundations hold digests of all this, so it is made again when they change.

    Raises:
        MissingTablesError: Another version of aidkit stored the term before.
        InputError: The log of sign-offs, or what was published, is not what was written.
    """
    before = term.previous()
    there = before.school_year == term.school_year and before in disclosed_terms(project, county)
    return told_by(
        [read_disclosed(project, county, before)] if there else [],
        [_tables(published_files(county, step)) for step in standing(county, term).publications],
    )


def _tables(files: Files) -> Tables:
    return {
        name: pl.read_parquet(io.BytesIO(files[f"{name}.parquet"]))
        for name in READ
        if f"{name}.parquet" in files
    }
