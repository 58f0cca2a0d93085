"""Open what a run stored; without a run, read the workbooks and decide on the spot."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.county import read_county_settings
from aidkit.disclosure import disclose
from aidkit.labels import Labels, read_labels
from aidkit.project import Project, find_project
from aidkit.show.parameters import county_of, school_of, term_of
from aidkit.show.term import TermTables
from aidkit.show.view import View
from aidkit.tables import ALL
from aidkit.tables.stored import disclosed_terms, read_disclosed

NOTHING_WITHHELD = 1
"""No group is smaller than one."""


@dataclass(frozen=True)
class StoredTerm:
    """A term's tables with persons, of one school or the county.

    Attributes:
        labels: Chinese of codes.
        school_names: School code to name.
        titles: Program id to title.
        universal: Programs for everyone on the roll.
        facts: `tables.Facts` of the scope.
        decisions: `tables.Decisions` of the scope.
        problems: `tables.Problems` of the scope; for a school those of its own files.
    """

    labels: Labels
    school_names: dict[str, str]
    titles: dict[str, str]
    universal: frozenset[str]
    facts: pl.DataFrame
    decisions: pl.DataFrame
    problems: pl.DataFrame


def open_stored(term: str, county: str, school_code: str | None) -> tuple[View, StoredTerm]:
    """The view and the tables of an internal report.

    Raises:
        UsageError: A parameter is not text or names nothing that exists.
    """
    project = find_project()
    folder, wanted = county_of(project, county), term_of(term)
    with tempfile.TemporaryDirectory() as scratch:
        made = project.term_folder(folder, wanted.code)
        if not (made / "internal" / "tables" / "decisions.parquet").is_file():
            # Reading workbooks takes half a second to import; most notebooks find stored tables.
            from aidkit.pipeline.tables import make_tables  # noqa: PLC0415

            made = Path(scratch)
            make_tables(project, folder, wanted, made)
        now = _read(made)
        public = {name: _frame(made, "public", name) for name in ("programs", "data_quality")}
    codes = now["schools"]["school_code"].to_list()
    school = ALL if school_code is None else school_of(school_code, codes)
    labels = read_labels(project.params / "labels.toml")
    programs = public["programs"].sort("program_id")
    history = [*_earlier(project, folder, wanted), _aggregates(wanted, now, public)]
    view = View(read_county_settings(folder), labels, tuple(history), school)
    names = dict(now["schools"].select("school_code", "school_name").iter_rows())
    if school != ALL:
        for name in ("facts", "decisions"):
            now[name] = now[name].filter(pl.col("school_code") == school)
        stem = pl.col("file").str.split("/").list.last().str.replace(r"\.[^.]+$", "")
        now["problems"] = now["problems"].filter(stem == names[school])
    stored = StoredTerm(
        labels=labels,
        school_names=names,
        titles=dict(programs.select("program_id", "title").iter_rows()),
        universal=frozenset(programs.filter("universal")["program_id"]),
        facts=now["facts"],
        decisions=now["decisions"],
        problems=now["problems"],
    )
    return view, stored


TABLES = ("facts", "decisions", "schools", "donations", "problems", "counts")


def _read(folder: Path) -> dict[str, pl.DataFrame]:
    return {name: _frame(folder, "internal/tables", name) for name in TABLES}


def _frame(folder: Path, room: str, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / room / f"{name}.parquet")


def _earlier(project: Project, county: Path, term: Term) -> list[TermTables]:
    """Earlier terms as they were disclosed, except the one before: that one in full."""
    earlier = []
    for stored in disclosed_terms(project, county):
        if stored >= term:
            continue
        public = read_disclosed(project, county, stored)
        folder = project.term_folder(county, stored.code)
        full = stored == term.previous() and (folder / "internal/tables/facts.parquet").is_file()
        earlier.append(
            _aggregates(stored, _read(folder), public) if full else TermTables(stored, public)
        )
    return earlier


def _aggregates(
    term: Term, stored: dict[str, pl.DataFrame], public: Mapping[str, pl.DataFrame]
) -> TermTables:
    """A term's aggregates with nothing withheld."""
    frames = disclose(
        facts=stored["facts"],
        decisions=stored["decisions"],
        schools=stored["schools"],
        programs=public["programs"],
        donations=stored["donations"],
        problems=stored["problems"],
        counts=stored["counts"],
        threshold=NOTHING_WITHHELD,
    )
    return TermTables(term, frames)
