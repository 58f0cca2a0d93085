"""Decisions to sign, few columns that matter at a time."""

from collections.abc import Iterable

import polars as pl

from aidkit.tables.decisions import Decisions

Row = tuple[str, str, str, str, int]
"""School, program, person, outcome, fen."""


def decisions_of(rows: Iterable[Row]) -> pl.DataFrame:
    """Decisions of these rows; all else is alike."""
    given = [
        {
            "school_code": school,
            "program_id": program,
            "person_no": person,
            "outcome": outcome,
            "awarded": outcome == "awarded",
            "amount_fen": fen if outcome == "awarded" else 0,
            "name": f"某{person}",
            "version_id": f"{program}@cn@2024-03-01",
        }
        for school, program, person, outcome, fen in rows
    ]
    return pl.DataFrame(given, schema=Decisions.create_empty().schema)
