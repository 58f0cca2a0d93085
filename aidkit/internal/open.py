"""Open what a run stored; without a run, read the workbooks and decide on the spot."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
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

NOTHING_WITHHELD = 0
"""No group is smaller, and in none all but fewer have aid; with 1 "all of them" would be hidden."""


@dataclass(frozen=True)
class StoredTerm:
    """A term's tables with persons, of one school or the county.

    Attributes:
        term: The term.
        labels: Chinese of codes.
        school_names: School code to name.
        programs: `PublicPrograms` of all versions that decided.
        frames: Tables by name, of the scope: `facts`, `decisions`, `problems` (for a school those
            of its own files), `quotas`, `funding_demand`, `duplicates` (whole groups of which one
            person is of the scope), `completeness`, `corrections`; and `donations` and `visits`.
        of_school: Whether the scope is one school: its lists need not name it.
    """

    term: Term
    labels: Labels
    school_names: dict[str, str]
    programs: pl.DataFrame
    frames: Mapping[str, pl.DataFrame]
    of_school: bool = False

    @property
    def facts(self) -> pl.DataFrame:
        """`tables.Facts` of students."""
        return self.frames["facts"].filter(subject="student")

    @property
    def decisions(self) -> pl.DataFrame:
        """`tables.Decisions` on students."""
        return self.frames["decisions"].filter(subject="student")

    @property
    def everyone(self) -> pl.DataFrame:
        """`tables.Decisions` on students, college students and teachers."""
        return self.frames["decisions"]

    @property
    def problems(self) -> pl.DataFrame:
        """`tables.Problems` of the scope."""
        return self.frames["problems"]

    @cached_property
    def titles(self) -> dict[str, str]:
        """Program id to title."""
        return dict(self.programs.select("program_id", "title").iter_rows())

    @cached_property
    def universal(self) -> frozenset[str]:
        """Programs for everyone on the roll."""
        return frozenset(self.programs.filter("universal")["program_id"])

    def title(self, program: str | None) -> str | None:
        """What a program is called; its id where none of that name decided this term."""
        return None if program is None else self.titles.get(program, program)

    def tier(self, code: str | None) -> str | None:
        """What a tier is called."""
        return None if code is None else self.labels.tier(code)

    def school(self, code: str | None) -> str | None:
        """What a school is called; None where there is none, the code where it is not listed."""
        return self.school_names.get(code, code) if code else None


def open_stored(term: str, county: str, school_code: str | None) -> tuple[View, StoredTerm]:
    """The view and the tables of an internal report.

    Raises:
        UsageError: A parameter is not text or names nothing that exists.
    """
    project = find_project()
    folder, wanted = county_of(project, county), term_of(term)
    with tempfile.TemporaryDirectory() as scratch:
        made = project.term_folder(folder, wanted.code)
        stored = made / "internal" / "tables"
        if not all((stored / f"{name}.parquet").is_file() for name in TABLES):
            # Reading workbooks takes half a second to import; most notebooks find stored tables.
            from aidkit.pipeline.tables import make_tables  # noqa: PLC0415

            made = Path(scratch)
            make_tables(project, folder, wanted, made)
        now = _read(made)
        public = {name: _frame(made, "public", name) for name in ("programs", "data_quality")}
    codes = now["schools"]["school_code"].to_list()
    school = ALL if school_code is None else school_of(school_code, codes)
    labels = read_labels(project.params / "labels.toml")
    history = [*_earlier(project, folder, wanted), _aggregates(wanted, now, public)]
    view = View(read_county_settings(folder), labels, tuple(history), school)
    names = dict(now["schools"].select("school_code", "school_name").iter_rows())
    programs = public["programs"].sort("program_id", "version_id")
    frames = now if school == ALL else _of_school(now, programs, school, names[school])
    return view, StoredTerm(wanted, labels, names, programs, frames, school != ALL)


TABLES = (
    "facts",
    "decisions",
    "quotas",
    "funding_demand",
    "duplicates",
    "completeness",
    "corrections",
    "schools",
    "donations",
    "visits",
    "problems",
    "counts",
)


def _of_school(
    tables: dict[str, pl.DataFrame], programs: pl.DataFrame, code: str, name: str
) -> dict[str, pl.DataFrame]:
    """What concerns a school's students: its lists and files, the groups they are part of.

    Aid to its teachers and to those who left it for a college is for the county's eyes.
    """
    own = dict(tables)
    here = pl.col("school_code") == code
    for table in ("facts", "decisions"):
        own[table] = tables[table].filter(here, subject="student")
    ids = programs.filter(subject="student")["program_id"].implode()
    ours = pl.col("program_id").is_null() | pl.col("program_id").is_in(ids)
    for table in ("funding_demand", "completeness", "corrections"):
        own[table] = tables[table].filter(here, ours)
    own["quotas"] = tables["quotas"].filter(here, ours)
    groups = tables["duplicates"].filter(pl.col("school_code") == code)["group_no"]
    own["duplicates"] = tables["duplicates"].filter(pl.col("group_no").is_in(groups.implode()))
    stem = pl.col("file").str.split("/").list.last().str.replace(r"\.[^.]+$", "")
    own["problems"] = tables["problems"].filter(stem == name)
    return own


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
        quotas=stored["quotas"],
        donations=stored["donations"],
        problems=stored["problems"],
        counts=stored["counts"],
        threshold=NOTHING_WITHHELD,
        by_actual_time=True,
    )
    return TermTables(term, frames)
