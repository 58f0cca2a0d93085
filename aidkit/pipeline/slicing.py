"""The slices of a term: for each report one file with all that it reads."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from aidkit.awards.to_do import find_tasks
from aidkit.calendar import Term
from aidkit.county import read_county_settings
from aidkit.disclosure import disclose, read_settings
from aidkit.labels import read_labels
from aidkit.pipeline.slice_files import write_files
from aidkit.project import Project
from aidkit.show.sliced import frames_of
from aidkit.show.term import TermTables
from aidkit.show.view import View
from aidkit.tables.slices import (
    COUNTY,
    COUNTY_PERSONS,
    PERSONS,
    SCHOOL,
    Audience,
    pack,
    pack_by,
    slice_columns,
)
from aidkit.tables.stored import disclosed_terms, read_disclosed

NOTHING_WITHHELD = 0
"""No group is smaller, and in none all but fewer have aid; with 1 "all of them" would be hidden."""

AGGREGATED = ("roll", "aid")
"""What differs where nothing is withheld."""

RESTS_ON = ("facts", "decisions", "schools", "quotas", "donations", "problems", "counts")
"""Tables with persons that aggregates are made of."""

SHARED = ("labels", "county", "programs")
"""Tables that are the same in the slices of all schools."""

PARTED = ("schools", "roll", "aid", "data_quality")
"""Tables without persons of which a school's slice holds its own rows."""

OF_ANYONE = ("facts", "award_changes", "decisions")
"""Tables with persons of which some are no students."""

OF_WHOM = ("school_code", "subject")

LISTS = ("quotas", "funding_demand", "completeness", "corrections")
"""Tables with persons that are cut by school and program alone."""

NOBODY = pl.col("persons").eq_missing(0) & (
    pl.col("breakdown").is_in(["grade", "category"]) | pl.col("amount_fen").eq_missing(0)
)
"""Rows of `aid` that say no more than their absence: every school has one for whatever occurs in
some other school. A null, which is withheld, is not among them.
"""

OWN = pl.col("school_code").alias("scope")

Frames = Mapping[str, pl.DataFrame]


def write_slices(
    project: Project,
    county: Path,
    term: Term,
    folder: Path,
    *,
    internal: Frames,
    public: Frames,
    last: Path | None,
) -> None:
    """Write the slices of a term, and the aggregates that internal reports show.

    Args:
        project: The checkout; earlier terms are read from its results.
        county: The county folder.
        term: The term.
        folder: Gets `slices/<audience>/<scope>.parquet` and `internal/aggregates/*.parquet`.
        internal: The term's tables with persons by name.
        public: Its disclosed tables by name.
        last: Folder of the term's last good results: slices that are the same are linked to them.

    Raises:
        MissingTablesError: An earlier term was stored by another version of aidkit.
        ParamsError: Labels, settings or the rules of disclosure are wrong.
    """
    full = aggregates(internal, public)
    _store(full, folder / "internal" / "aggregates")
    earlier = [one for one in disclosed_terms(project, county) if one < term]
    disclosed = [TermTables(one, read_disclosed(project, county, one)) for one in earlier]
    view = View(
        county=read_county_settings(county),
        labels=read_labels(project.params / "labels.toml"),
        history=(*disclosed, TermTables(term, public)),
        threshold=read_settings(project.params / "disclosure.toml").threshold,
    )
    within = [_in_full(project, county, tables, term) for tables in disclosed]
    inside = replace(view, history=(*within, TermTables(term, {**public, **full})), threshold=None)
    shown = frames_of(view, "public")
    write_files(folder, "public", _slices("public", shown, {}), last)
    persons = _persons(internal, public)
    shown = frames_of(inside, "internal")
    write_files(folder, "internal", _slices("internal", shown, persons), last)


def aggregates(internal: Frames, public: Frames) -> dict[str, pl.DataFrame]:
    """A term's `roll` and `aid` with nothing withheld, by actual time."""
    frames = disclose(
        facts=internal["facts"],
        decisions=internal["decisions"],
        schools=internal["schools"],
        programs=public["programs"],
        quotas=internal["quotas"],
        donations=internal["donations"],
        problems=internal["problems"],
        counts=internal["counts"],
        threshold=NOTHING_WITHHELD,
        by_actual_time=True,
    )
    return {name: frames[name] for name in AGGREGATED}


def _in_full(project: Project, county: Path, tables: TermTables, term: Term) -> TermTables:
    """An earlier term as internal reports show it: the one before in full, others as disclosed."""
    if tables.term != term.previous():
        return tables
    folder = project.term_folder(county, tables.term.code) / "internal"
    if (folder / "aggregates").is_dir():
        full = {name: _read(folder / "aggregates", name) for name in AGGREGATED}
    elif (folder / "tables" / "facts.parquet").is_file():  # made before there were aggregates
        stored = {name: _read(folder / "tables", name) for name in RESTS_ON}
        full = aggregates(stored, tables.frames)
    else:
        return tables
    return TermTables(tables.term, {**tables.frames, **full})


def _read(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / f"{name}.parquet")


def _store(tables: Frames, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        frame.write_parquet(folder / f"{name}.parquet", compression="zstd", statistics=False)


def _slices(
    audience: Audience, county: Frames, persons: Frames
) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Scope and packed tables of every slice, the county's first.

    Args:
        audience: Whose slices.
        county: The county's tables without persons.
        persons: Its tables with persons; empty for the public.
    """
    whole = {**county, **persons}
    columns = slice_columns(audience, COUNTY)
    yield COUNTY, {name: pack(whole[name].select(columns[name])) for name in columns}
    term = county["settings"]["term"].item()
    schools = county["schools"].filter(term=term)["school_code"].sort().to_list()
    shared = {name: pack(county[name]) for name in SHARED}
    shared["settings"] = pack(county["settings"].with_columns(scope=pl.lit(SCHOOL)))
    somebody = {**county, "aid": county["aid"].filter(~NOBODY)}
    tables = {name: somebody[name].with_columns(OWN) for name in PARTED}
    tables |= _of_schools(persons, county["programs"]) if persons else {}
    packed = {
        name: pack_by(table.select(*columns[name], "scope"), "scope")
        for name, table in tables.items()
    }
    nothing = {name: pack(table.select(columns[name]).clear()) for name, table in tables.items()}
    for code in schools:
        own = {name: parts.get(code, nothing[name]) for name, parts in packed.items()}
        yield code, {**shared, **own}


def _persons(internal: Frames, public: Frames) -> dict[str, pl.DataFrame]:
    """The county's tables with persons; decisions that are plainly against somebody left out."""
    kept = {name: internal[name] for name in (*PERSONS, *COUNTY_PERSONS) if name in internal}
    facts = internal["facts"]
    decisions = internal["decisions"].select(PERSONS["decisions"])
    decisions = decisions.filter(pl.col("outcome") != "not_eligible")
    return {
        **kept,
        "facts": facts.select(*PERSONS["facts"], *OF_WHOM),
        "award_changes": facts.select("person_no", "award_changes", *OF_WHOM)
        .explode("award_changes")
        .drop_nulls("award_changes")
        .unnest("award_changes"),
        "decisions": decisions.sort("person_no", "program_id"),
        "tasks": find_tasks(facts, internal["decisions"], public["programs"]),
        "school_names": internal["schools"].select("school_code", "school_name"),
    }


def _of_schools(persons: Frames, programs: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """What concerns each school's students, told by `scope`: its lists and files, its groups.

    Aid to its teachers and to those who left it for a college is for the county's eyes.
    """
    ids = programs.filter(subject="student")["program_id"].unique().implode()
    ours = pl.col("program_id").is_null() | pl.col("program_id").is_in(ids)
    names = persons["school_names"]
    groups = persons["duplicates"].select("group_no", scope="school_code").unique()
    together = persons["duplicates"].join(groups, on="group_no", maintain_order="left")
    met = pl.concat((together.select("scope", "school_code"), names.select(OWN, "school_code")))
    stem = pl.col("file").str.split("/").list.last().str.replace(r"\.[^.]+$", "")
    filed = persons["problems"].with_columns(school_name=stem)
    return {
        **{name: persons[name].filter(subject="student").with_columns(OWN) for name in OF_ANYONE},
        "tasks": persons["tasks"].with_columns(OWN),
        "duplicates": together,
        "problems": filed.join(names, on="school_name", maintain_order="left").with_columns(OWN),
        "school_names": met.unique().join(names, on="school_code").sort("scope", "school_code"),
        **{name: persons[name].filter(ours).with_columns(OWN) for name in LISTS},
    }
