"""Workbooks to stored tables: internal ones with persons, public ones disclosed."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aidkit.awards import (
    award,
    completeness,
    corrections,
    find_duplicates,
    funding_demand,
    programs_in_force,
)
from aidkit.calendar import Term
from aidkit.disclosure import disclose, read_settings
from aidkit.facts import assemble_facts
from aidkit.intake import read_county
from aidkit.project import Project, replacing
from aidkit.runs import open_run


@dataclass(frozen=True)
class TableCounts:
    """What one making of tables saw.

    Attributes:
        files: Workbooks read.
        students: Students on the roll of the term.
        decisions: Decisions made, for or against, of students and others.
        errors: Rows set aside, each once; and sheets and files that could not be read.
        warnings: Warnings about what was kept.
    """

    files: int
    students: int
    decisions: int
    errors: int
    warnings: int


def make_tables(project: Project, county: Path, term: Term, folder: Path) -> TableCounts:
    """Read a term's workbooks, decide, disclose, and store every table below `folder`.

    Args:
        project: Where programs and labels lie.
        county: The folder of workbooks.
        term: Which term's folder to read.
        folder: Gets `internal/tables/*.parquet` and `public/*.parquet`.

    Raises:
        InputError: The county folder has no student roll for the term.
        ParamsError: A program or the county's settings are wrong.
    """
    intake = read_county(county, term.code)
    run = open_run(project, county, term, intake.tables)
    facts = assemble_facts(run)
    awards = award(facts, run.versions, term, run.county)
    decisions = awards.decisions
    problems = pl.concat([intake.problems, run.problems])
    programs = programs_in_force(run.versions, run.county)
    internal = {
        **run.tables,
        "facts": facts,
        "decisions": decisions,
        "quotas": awards.quotas,
        "funding_demand": funding_demand(decisions, run.versions),
        "duplicates": find_duplicates(run.tables, facts, decisions, run.versions),
        "completeness": completeness(run.tables, facts, decisions, run.versions),
        "corrections": corrections(run.tables, decisions, run.versions, term),
        "problems": problems,
        "counts": intake.counts,
    }
    settings = read_settings(project.params / "disclosure.toml")
    public = disclose(
        facts=facts,
        decisions=decisions,
        schools=run.tables["schools"],
        programs=programs,
        quotas=awards.quotas,
        donations=run.tables["donations"],
        problems=problems,
        counts=intake.counts,
        threshold=settings.threshold,
        donor_columns=settings.named_tables["donors"].columns,
    )
    store(internal, folder / "internal" / "tables")
    store(public, folder / "public")
    errors = problems.filter(pl.col("severity") == "error")
    return TableCounts(
        files=intake.counts["file"].n_unique(),
        students=facts.filter(subject="student").height,
        decisions=decisions.height,
        errors=errors.select("file", "sheet", "row").n_unique(),
        warnings=problems.height - errors.height,
    )


def store(tables: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Write each table as `<name>.parquet`, whole or not at all."""
    for name, frame in tables.items():
        buffer = io.BytesIO()
        frame.write_parquet(buffer, compression="zstd", statistics=False)
        with replacing(folder / f"{name}.parquet") as file:
            file.write(buffer.getvalue())
