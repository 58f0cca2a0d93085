"""Aid of earlier years and from others, and awards given up or taken away."""

import polars as pl

from aidkit.runs import Run


def aid_received(run: Run) -> pl.DataFrame:
    """What the register says of each person.

    Returns:
        One row for each person in it: `person_no`, `aid_received`.
    """
    return _listed(register(run), "aid_received", ["program_id", "funder", "year"])


def register(run: Run) -> pl.DataFrame:
    """The register of aid received that holds in the run's term; empty until one has come in."""
    rows = run.tables["aid_received"]
    return rows.filter(pl.col("term").is_null() | (pl.col("term") == run.term.code))


def award_changes(run: Run) -> pl.DataFrame:
    """Awards of the term given up or taken away, as far as they count.

    Returns:
        One row for each person: `person_no`, `award_changes`.
    """
    rows = run.tables["award_changes"]
    return _listed(rows, "award_changes", ["program_id", "award_change", "changed_on"])


def _listed(rows: pl.DataFrame, name: str, columns: list[str]) -> pl.DataFrame:
    entries = rows.select("person_no", *columns).unique().sort("person_no", *columns)
    return entries.group_by("person_no", maintain_order=True).agg(pl.struct(columns).alias(name))
