"""Workbooks to stored tables: internal ones with persons, public ones disclosed."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

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
from aidkit.disclosure import aggregates, count_term, disclose, read_settings
from aidkit.facts import assemble_facts
from aidkit.gate import set_aside_of
from aidkit.intake import read_county
from aidkit.intake.kept import Later, at_once
from aidkit.pipeline.kept_awards import kept_awards
from aidkit.pipeline.published_before import published_before
from aidkit.pipeline.slicing import write_slices
from aidkit.pipeline.summary import Counts
from aidkit.pipeline.table_files import write_tables
from aidkit.progress.exams import exam_problems
from aidkit.progress.settings import read_progress_settings
from aidkit.project import Project
from aidkit.runs import Run, open_run


def make_tables(
    project: Project,
    county: Path,
    term: Term,
    folder: Path,
    *,
    last: Path | None = None,
    store: Path | None = None,
    ground: Mapping[str, Any] = MappingProxyType({}),
    workers: int = 2,
    later: Later = at_once,
) -> Counts:
    """Read a term's workbooks, decide, disclose, and store every table below `folder`.

    Args:
        project: Where programs and labels lie.
        county: The folder of workbooks.
        term: Which term's folder to read.
        folder: A work folder; gets `internal/tables/*.parquet`, `public/*.parquet` and the slices.
        last: The term's last results. What did not change is taken from them; results are the same
            without.
        store: Folder in which intake and decisions keep what saves time; of one county.
        ground: With a store: what the results rest on, see `pipeline.ground`. It was looked at
            before any rule is read here: what changed since counts as changed the next time.
        workers: Most processes to read workbooks with.
        later: Compresses and writes internal tables and what is kept.

    Raises:
        InputError: The county folder has no student roll for the term.
        ParamsError: A program or the county's settings are wrong.
    """
    kept = None if store is None else kept_awards(ground, store)
    # What polars does by itself goes on beside what Python does.
    with ThreadPoolExecutor(1) as beside:
        earlier = beside.submit(kept.load, last) if kept is not None and last is not None else None
        intake = read_county(
            county,
            term.code,
            store=store,
            workers=workers,
            digests=ground.get("inputs"),
            later=later,
        )
        run = open_run(project, county, term, intake.tables)
        facts = assemble_facts(run)
        awards = award(
            facts, run.versions, term, run.county, earlier=earlier.result() if earlier else None
        )
        scores = exam_problems(
            run.tables["scores"],
            run.tables["students"],
            read_progress_settings(project.params, county),
        )
        problems = pl.concat([intake.problems, run.problems, scores])
        programs = programs_in_force(run.versions, run.county)
        decided = {
            **run.tables,
            "facts": facts,
            "decisions": awards.decisions,
            "quotas": awards.quotas,
            "problems": problems,
            "counts": intake.counts,
        }
        internal = {name: _bare(frame).rechunk() for name, frame in decided.items()}
        stored = folder / "internal" / "tables"
        later(partial(write_tables, internal, stored))
        checks = beside.submit(_checks, run, facts, awards.decisions, term)
        counted = count_term(
            facts=facts,
            decisions=awards.decisions,
            schools=run.tables["schools"],
            programs=programs,
            quotas=awards.quotas,
        )
        settings = read_settings(project.params / "disclosure.toml")
        public = disclose(
            counted,
            term=term,
            schools=run.tables["schools"],
            programs=programs,
            donations=run.tables["donations"],
            problems=problems,
            counts=intake.counts,
            threshold=settings.threshold,
            width=settings.width,
            told=published_before(project, county, term),
            donor_columns=settings.named_tables["donors"].columns,
        )
        checked = checks.result()
    later(partial(write_tables, {**checked, "set_aside": set_aside_of(intake.aside)}, stored))
    write_tables(public, folder / "public")
    if kept is not None:
        later(partial(kept.store, folder, awards))
    write_slices(
        *(project, county, term, folder),
        internal={**internal, **checked},
        public=public,
        full=aggregates(counted),
        last=last,
    )
    errors = problems.filter(pl.col("severity") == "error")
    return Counts(
        files=intake.counts["file"].n_unique(),
        students=facts.filter(subject="student").height,
        decisions=awards.decisions.height,
        errors=errors.select("file", "sheet", "row").n_unique(),
        warnings=problems.height - errors.height,
    )


def _checks(
    run: Run, facts: pl.DataFrame, decisions: pl.DataFrame, term: Term
) -> dict[str, pl.DataFrame]:
    """Tables of what the decisions lead to, and of what in them somebody should look at."""
    found = {
        "funding_demand": funding_demand(decisions, run.versions),
        "duplicates": find_duplicates(run.tables, facts, decisions, run.versions),
        "completeness": completeness(run.tables, facts, decisions, run.versions),
        "corrections": corrections(run.tables, decisions, run.versions, term),
    }
    return {name: _bare(frame).rechunk() for name, frame in found.items()}


def _bare(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without what may lie unseen below its nulls; slices are compared byte for byte."""
    columns = [
        _without_remains(name, dtype) if frame[name].null_count() else pl.col(name)
        for name, dtype in frame.schema.items()
    ]
    return frame.select(columns)


def _without_remains(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if dtype == pl.String:
        return pl.when(column.is_not_null()).then(column.fill_null("")).alias(name)
    return column.gather(pl.int_range(pl.len()))
