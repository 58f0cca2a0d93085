"""A term's aggregates as reports ask for them: by school, by breakdown, with what is withheld."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import polars as pl

from aidkit.calendar import Term
from aidkit.show.numbers import percent
from aidkit.tables import ALL

TOTAL = ("total", ALL)


@dataclass(frozen=True)
class Cell:
    """A count of persons and their money in fen; both None where they are not published."""

    persons: int | None
    amount_fen: int | None
    suppressed: bool = False


NOBODY = Cell(0, 0)


@dataclass(frozen=True)
class TermTables:
    """Aggregates of one term, in the shape of `tables.DISCLOSED`.

    Attributes:
        term: The term.
        frames: The frames by name. Those of one school alone hold its own rows, and `county`.
    """

    term: Term
    frames: Mapping[str, pl.DataFrame]

    @property
    def short(self) -> str:
        """`2026 秋`: for charts, where room is scarce."""
        return f"{self.term.starts.year} {'秋' if self.term.season == 'autumn' else '春'}"

    @cached_property
    def schools(self) -> dict[str, dict[str, Any]]:
        """School code to its row, in order of code."""
        rows = self.frames["schools"].sort("school_code").to_dicts()
        return {row["school_code"]: row for row in rows}

    @cached_property
    def programs(self) -> list[dict[str, Any]]:
        """Program versions in force, in order of id."""
        return self.frames["programs"].sort("program_id", "version_id").to_dicts()

    @cached_property
    def program_titles(self) -> dict[str, str]:
        """Program id to title, in order of id."""
        return {row["program_id"]: row["title"] for row in self.programs}

    @cached_property
    def universal(self) -> frozenset[str]:
        """Programs for everyone on the roll: shown, but not counted as aid to the poor."""
        return frozenset(row["program_id"] for row in self.programs if row["universal"])

    @cached_property
    def _roll(self) -> dict[tuple[str, str], dict[str, Any]]:
        return {(r["school_code"], r["grade"]): r for r in self.frames["roll"].to_dicts()}

    @cached_property
    def _aid(self) -> dict[tuple[str, str, str], tuple[int | None, int | None, bool]]:
        """Persons, money and whether that is withheld; a report asks for few of all cells."""
        frame = self.frames["aid"]
        keys = ("school_code", "breakdown", "group")
        values = ("persons", "amount_fen", "suppressed")
        rows = (frame.select(part).rows() for part in (keys, values))
        return dict(zip(*rows, strict=True))

    def aid(self, school: str, breakdown: str, group: str) -> Cell:
        """A cell; a group without a row has nobody in it."""
        found = self._aid.get((school, breakdown, group))
        return NOBODY if found is None else Cell(*found)

    def groups(self, breakdown: str) -> list[str]:
        """Groups of a breakdown that occur, sorted."""
        return sorted({group for _, kind, group in self._aid if kind == breakdown})

    def students(self, school: str, grade: str = ALL) -> int:
        """Students on the roll."""
        row = self._roll.get((school, grade))
        return 0 if row is None else int(row["students"])

    def boarders(self, school: str, grade: str = ALL) -> int | None:
        """Boarders; None where they are not published."""
        row = self._roll.get((school, grade))
        return 0 if row is None else row["boarders"]

    def grades(self, school: str) -> list[str]:
        """Grades of a school with students on the roll."""
        return [grade for code, grade in self._roll if code == school and grade != ALL]

    def share(self, school: str) -> Decimal | None:
        """Students with aid in per cent of those on the roll; None where not published."""
        persons = self.aid(school, *TOTAL).persons
        return None if persons is None else percent(persons, self.students(school))

    @cached_property
    def county_share(self) -> Decimal | None:
        """The county's `share`: all that reports of a school show of other schools."""
        if "county" in self.frames:
            stated = self.frames["county"]["share"].item()
            return None if stated is None else Decimal(stated)
        return self.share(ALL)

    def quality(self, school: str) -> dict[str, int]:
        """Rows read, errors and warnings."""
        frame = self.frames["data_quality"].filter(pl.col("school_code") == school)
        if frame.is_empty():
            return {"rows": 0, "errors": 0, "warnings": 0}
        return frame.row(0, named=True)
