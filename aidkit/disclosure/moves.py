"""Other worlds that leave every published figure about aid as it is, but for a few cells.

Each move shifts one person between two schools (or between a school and the county's figure) in
one or two columns. Persons shift only within one program, tier and amount per head, so sums of
money over the county stay as they are, and within one stage, whose amounts tell it apart. Where a
school's number of persons with aid stays, one program loses what another gains, so that it stays
plausible beside its programs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from aidkit.disclosure.aid import Aid, Column
from aidkit.disclosure.plausible import Plausible
from aidkit.disclosure.search import Cell, Part, Shift, Turn
from aidkit.tables import ALL


@dataclass(frozen=True, eq=False)
class AidShift(Shift):
    """A shift of aid, and between what.

    Attributes:
        gains: The column that has one person more; None where only grades or categories shift.
        loses: The column that has one fewer.
        grade: The grade that has one more.
        instead: The grade that has one fewer.
    """

    gains: Column | None = None
    loses: Column | None = None
    grade: str | None = None
    instead: str | None = None


class AidMoves:
    """The moves for the cells of one term's aid."""

    def __init__(self, aid: Aid) -> None:
        """Prepare the moves.

        Args:
            aid: The true figures.
        """
        self._aid = aid
        self.rows = [*aid.schools, ALL]
        self._columns = sorted(
            {column for columns in aid.fine.values() for column in columns},
            key=lambda column: (column[0], column[1] or "", column[2]),
        )
        self._grades = sorted({grade for _, grade in aid.size} - {ALL})
        self._plausible = Plausible(aid)
        # Each shift is made once for all rows, so that what is known of it is found again.
        self._category = cache(self._make_category)
        self._swap = cache(self._make_swap)
        self._among = cache(self._make_among)
        self._whole = cache(self._make_whole)

    def turns(self, cell: Cell) -> Iterator[list[Turn[AidShift]]]:
        """The turns that change a cell, those of few cells first."""
        row, breakdown, group = cell
        part = (breakdown, group)
        grades = [g for g in self._grades if (row, "grade", g) in self._aid.persons]
        columns = [c for c in self._columns if self._may_have(row, c)]
        if breakdown == "category":
            yield _both([self._category(group)])
        elif breakdown == "grade":
            yield _both(self._swap(group, other) for other in grades if other != group)
            yield _both(self._whole(column, group) for column in columns)
        elif breakdown == "total":
            yield _both(self._whole(column, g) for column in columns for g in grades)
        else:
            program, _, tier = group.partition("/")
            mine = [c for c in columns if c[0] == program and (not tier or c[1] == tier)]
            shifts = (
                self._among(column, other)
                for column in mine
                for other in (None, *columns)
                if other is None or other[:2] != column[:2]
            )
            yield _both(shift for shift in shifts if part in shift.parts)
            yield _both(self._whole(column, g) for column in mine for g in grades)

    def fits(self, row: str, shift: AidShift, step: int) -> bool:
        """Whether such persons can be there, and totals stay plausible beside their parts."""
        more, fewer = (shift.gains, shift.loses) if step > 0 else (shift.loses, shift.gains)
        here = self._aid.stages.get(row, set())
        if fewer is not None and not self._aid.fine.get(row, {}).get(fewer):
            return False
        if more is not None and not self._aid.stages.get(more, here) & here:
            return False
        if shift.gains is not None and shift.loses is not None:
            # Pupils of one stage may have both.
            both = self._stages_of(shift.gains) & self._stages_of(shift.loses)
            if not both & here:
                return False
        if shift.grade is not None and not self._grade_fits(row, shift, shift.grade):
            return False
        return self._plausible.stays(row, shift.parts, step)

    def _grade_fits(self, row: str, shift: AidShift, grade: str) -> bool:
        stages = self._aid.grade_stages
        stage = stages.get((row, grade))
        if shift.instead is not None:
            return stage == stages.get((row, shift.instead))
        assert shift.gains is not None
        return stage is None or stage in self._stages_of(shift.gains)

    def _may_have(self, row: str, column: Column) -> bool:
        """Whether a row has, or may have, persons of a column."""
        here = self._aid.stages.get(row, set())
        had = self._aid.fine.get(row, {}).get(column, 0) > 0
        return had or bool(self._aid.stages.get(column, here) & here)

    def _stages_of(self, column: Column) -> set[str]:
        return self._aid.stages.get(column, self._aid.stages[ALL])

    def _make_category(self, category: str) -> AidShift:
        return AidShift({("category", category): 1})

    def _make_swap(self, grade: str, other: str) -> AidShift:
        return AidShift({("grade", grade): 1, ("grade", other): -1}, grade=grade, instead=other)

    def _make_among(self, column: Column, other: Column | None) -> AidShift:
        """One person more of a column, and one fewer of another: the total stays."""
        parts = _parts(column)
        for part in () if other is None else _parts(other):
            parts[part] = parts.get(part, 0) - 1
        return AidShift({p: sign for p, sign in parts.items() if sign}, gains=column, loses=other)

    def _make_whole(self, column: Column, grade: str) -> AidShift:
        """One person more with aid of a column, so one more of a grade, and in all."""
        parts = {("total", ALL): 1, ("grade", grade): 1, **_parts(column)}
        return AidShift(parts, gains=column, grade=grade)


def _parts(column: Column) -> dict[Part, int]:
    program, tier, _ = column
    parts = {("program", program): 1}
    if tier is not None:
        parts["tier", f"{program}/{tier}"] = 1
    return parts


def _both(shifts: Iterable[AidShift]) -> list[Turn[AidShift]]:
    shifts = list(shifts)
    return [(shift, step) for step in (1, -1) for shift in shifts]
