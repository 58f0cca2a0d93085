"""Open what a run stored; without a run, read the workbooks and decide on the spot."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.labels import Labels
from aidkit.project import Project, find_project, is_address
from aidkit.show.parameters import county_of, term_of
from aidkit.show.sliced import open_slice, view_of
from aidkit.show.view import View
from aidkit.tables.slices import COUNTY


@dataclass(frozen=True)
class StoredTerm:
    """A term's tables with persons, of one school or the county.

    Attributes:
        term: The term.
        labels: Chinese of codes.
        school_names: School code to name.
        programs: `PublicPrograms` of all versions that decided.
        frames: Tables by name, of the scope: see `tables.slices`; `problems` of a school are those
            of its own files, `duplicates` whole groups of which one person is of the scope.
        of_school: Whether the scope is one school: its lists need not name it.
    """

    term: Term
    labels: Labels
    school_names: dict[str, str]
    programs: pl.DataFrame
    frames: Mapping[str, pl.DataFrame]
    of_school: bool = False

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
        MissingTablesError: What a run stored was made by another version of aidkit.
    """
    project = find_project()
    folder, wanted = county_of(project, county), term_of(term)
    place = project.slice(folder, wanted.code, "internal", COUNTY)
    if is_address(place) or Path(place).is_file():
        frames = open_slice(project, folder, wanted, "internal", school_code)
    else:
        frames = _decided(project, folder, wanted, school_code)
    view = view_of(frames)
    names = dict(frames["school_names"].iter_rows())
    programs = view.now.frames["programs"].sort("program_id", "version_id")
    stored = StoredTerm(wanted, view.labels, names, programs, frames, not view.is_county)
    return view, stored


def _decided(
    project: Project, county: Path, term: Term, school_code: str | None
) -> dict[str, pl.DataFrame]:
    """Read workbooks and decide on the spot, in a folder that goes again."""
    # Reading workbooks takes half a second to import; most notebooks find stored tables.
    from aidkit.pipeline.tables import make_tables  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as scratch:
        elsewhere = Project(Path(scratch))
        make_tables(project, county, term, elsewhere.reports(county, term.code))
        return open_slice(elsewhere, county, term, "internal", school_code)
