"""Other worlds that leave every published figure about aid as it is, but for a few cells.

Each move shifts one person between two schools (or between a school and the county's figure) in
one or two columns. Persons shift only within one program, tier and amount per head, so sums of
money over the county stay as they are, and within one stage, whose amounts tell it apart. Where a
school's number of persons with aid stays, one program loses what another gains, so that it stays
plausible beside its programs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from aidkit.disclosure.aid import Aid, Column, parts_of
from aidkit.disclosure.plausible import Change, Plausible
from aidkit.disclosure.search import Cell, Shift, Turn
from aidkit.tables import ALL


@dataclass(frozen=True, eq=False)
class AidShift(Shift):
    """A shift of aid, and between what.

    Attributes:
        gains: The column that has one person more; None where only grades or categories shift.
        loses: The column that has one fewer.
        grade: The grade that has one more.
        instead: The grade that has one fewer.
        stages: The stages whose pupils can have all that shifts.
    """

    gains: Column | None = None
    loses: Column | None = None
    grade: str | None = None
    instead: str | None = None
    stages: frozenset[str] = frozenset()

    @cached_property
    def change(self) -> Change:
        """What it changes in the figures that have to stay plausible."""
        return Change.of(self.parts)


@dataclass(frozen=True)
class _Pupils:
    """Who is in a row.

    Attributes:
        stages: Their stages.
        grades: The row's grades.
        stage_of: Grade to the stage of its pupils.
        have: Column to how many have it, where somebody does.
        suit: Columns for one of their stages, as far as is seen.
        columns: Columns that somebody has or may have.
    """

    stages: frozenset[str]
    grades: tuple[str, ...]
    stage_of: Mapping[str, str]
    have: Mapping[Column, int]
    suit: frozenset[Column]
    columns: tuple[Column, ...]


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
        self._pupils = {row: self._pupils_of(row) for row in self.rows}
        self._plausible = Plausible(aid)
        # Each shift is made once for all rows, so that what is known of it is found again.
        self._among = cache(self._make_among)
        self._whole = cache(self._make_whole)
        self._swap = cache(_make_swap)
        # Rows of the same columns and grades have the same turns.
        self._near = cache(self._turns_of_few)
        self._far = cache(self._turns_of_many)

    def turns(self, cell: Cell) -> Iterator[list[Turn[AidShift]]]:
        """The turns that change a cell, those of few cells first."""
        row, *part = cell
        here = self._pupils[row]
        yield self._near(*part, here.columns, here.grades)
        yield self._far(*part, here.columns, here.grades)

    def fits(self, row: str, shift: AidShift, step: int) -> bool:
        """Whether such persons can be there, and totals stay plausible beside their parts."""
        here = self._pupils[row]
        more, fewer = (shift.gains, shift.loses) if step > 0 else (shift.loses, shift.gains)
        if fewer is not None and here.have.get(fewer, 0) < abs(step):
            return False
        if more is not None and more not in here.suit:
            return False
        # Pupils of one stage may have both.
        if shift.loses is not None and shift.stages.isdisjoint(here.stages):
            return False
        if shift.grade is not None and not _grade_fits(here, shift, shift.grade):
            return False
        return self._plausible.stays(row, shift.change, step)

    def _turns_of_few(
        self, breakdown: str, group: str, columns: tuple[Column, ...], grades: tuple[str, ...]
    ) -> list[Turn[AidShift]]:
        """Turns that leave the total as it is; of the total itself all there are."""
        if breakdown == "category":
            return _both([_make_category(group)])
        if breakdown == "grade":
            return _both(self._swap(group, other) for other in grades if other != group)
        if breakdown == "total":
            return _both(self._whole(column, g) for column in columns for g in grades)
        shifts = (
            self._among(column, other)
            for column in _within(columns, group)
            for other in (None, *columns)
            if other is None or other[:2] != column[:2]
        )
        return _both(shift for shift in shifts if (breakdown, group) in shift.parts)

    def _turns_of_many(
        self, breakdown: str, group: str, columns: tuple[Column, ...], grades: tuple[str, ...]
    ) -> list[Turn[AidShift]]:
        """Turns that change the total with them."""
        if breakdown == "grade":
            return _both(self._whole(column, group) for column in columns)
        if breakdown in {"program", "tier"}:
            mine = _within(columns, group)
            return _both(self._whole(column, g) for column in mine for g in grades)
        return []

    def _pupils_of(self, row: str) -> _Pupils:
        aid = self._aid
        stages = aid.stages.get(row, set())
        grades = tuple(g for g in self._grades if (row, "grade", g) in aid.persons)
        have = {column: count for column, count in aid.fine.get(row, {}).items() if count > 0}
        suit = frozenset(c for c in self._columns if aid.stages.get(c, stages) & stages)
        return _Pupils(
            stages=frozenset(stages),
            grades=grades,
            stage_of={g: aid.grade_stages[row, g] for g in grades if (row, g) in aid.grade_stages},
            have=have,
            suit=suit,
            columns=tuple(c for c in self._columns if c in have or c in suit),
        )

    def _stages_of(self, column: Column) -> frozenset[str]:
        return frozenset(self._aid.stages.get(column, self._aid.stages[ALL]))

    def _make_among(self, column: Column, other: Column | None) -> AidShift:
        """One person more of a column, and one fewer of another: the total stays."""
        parts = dict.fromkeys(parts_of(*column[:2]), 1)
        for part in () if other is None else parts_of(*other[:2]):
            parts[part] = parts.get(part, 0) - 1
        stages = self._stages_of(column)
        return AidShift(
            {p: sign for p, sign in parts.items() if sign},
            gains=column,
            loses=other,
            stages=stages if other is None else stages & self._stages_of(other),
        )

    def _make_whole(self, column: Column, grade: str) -> AidShift:
        """One person more with aid of a column, so one more of a grade, and in all."""
        parts = {("total", ALL): 1, ("grade", grade): 1}
        parts |= dict.fromkeys(parts_of(*column[:2]), 1)
        return AidShift(parts, gains=column, grade=grade, stages=self._stages_of(column))


def _make_category(category: str) -> AidShift:
    return AidShift({("category", category): 1})


def _make_swap(grade: str, other: str) -> AidShift:
    return AidShift({("grade", grade): 1, ("grade", other): -1}, grade=grade, instead=other)


def _grade_fits(here: _Pupils, shift: AidShift, grade: str) -> bool:
    stage = here.stage_of.get(grade)
    if shift.instead is not None:
        return stage == here.stage_of.get(shift.instead)
    return stage is None or stage in shift.stages


def _within(columns: Iterable[Column], group: str) -> list[Column]:
    """The columns of a program or tier."""
    program, _, tier = group.partition("/")
    return [c for c in columns if c[0] == program and (not tier or c[1] == tier)]


def _both(shifts: Iterable[AidShift]) -> list[Turn[AidShift]]:
    shifts = list(shifts)
    return [(shift, step) for step in (1, -1) for shift in shifts]
