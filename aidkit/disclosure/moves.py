"""Other worlds that leave every published figure about aid as it is, but for a few cells.

Each move shifts one person between two schools (or between a school and the county's figure) in
one or two columns. Persons shift only within one program, tier and amount per head, so sums of
money over the county stay as they are, and within one stage, whose amounts tell it apart. Where a
school's number of persons with aid stays, one program loses what another gains, so that it stays
plausible beside its programs.
"""

from collections import defaultdict
from collections.abc import Iterator

from aidkit.disclosure.aid import Aid, Column
from aidkit.disclosure.ledger import Cell, Move
from aidkit.tables import ALL

Row = tuple[str, int]
"""School (or `all`) and how a person more or fewer counts there."""


class AidMoves:
    """Candidate moves for the cells of one term's aid."""

    def __init__(self, aid: Aid) -> None:
        self._aid = aid
        self._columns = sorted(
            {column for columns in aid.fine.values() for column in columns},
            key=lambda column: (column[0], column[1] or "", column[2]),
        )
        self._grades = sorted({grade for _, grade in aid.size} - {ALL})
        self._groups: dict[str, list[Cell]] = defaultdict(list)
        for cell in aid.persons:
            if cell[1] in {"program", "category"}:
                self._groups[cell[0]].append(cell)

    def candidates(self, cell: Cell) -> Iterator[Move]:
        """The moves that change a cell, those of few cells first."""
        school, breakdown, group = cell
        pairs = list(self._pairs(school))
        if breakdown == "category":
            yield from (_move(rows, [(breakdown, group, 1)]) for rows in pairs)
        elif breakdown == "grade":
            yield from self._grade_moves(pairs, group)
            yield from self._total_moves(pairs, [group], self._columns)
        elif breakdown == "total":
            yield from self._total_moves(pairs, self._grades, self._columns)
        else:
            program, _, tier = group.partition("/")
            mine = [c for c in self._columns if c[0] == program and (not tier or c[1] == tier)]
            yield from self._program_moves(pairs, mine)
            yield from self._total_moves(pairs, self._grades, mine)

    def possible(self, move: Move) -> bool:
        """Whether the other world keeps the inequalities between totals, programs, categories."""
        return all(self._row_possible(school, move) for school in {cell[0] for cell in move})

    def _row_possible(self, school: str, move: Move) -> bool:
        def there(cell: Cell) -> int:
            return self._aid.persons.get(cell, 0) + move.get(cell, 0)

        total = there((school, "total", ALL))
        programs = {}
        for cell in self._groups[school]:
            count = there(cell)
            if count > total:
                return False
            if cell[1] == "program":
                programs[cell[2]] = count
        if total > sum(programs.values()):
            return False
        return all(
            programs.get(one, 0) + programs.get(other, 0) <= total
            for one, other in self._aid.exclusive
        )

    def _pairs(self, school: str) -> Iterator[tuple[Row, Row]]:
        """The school and a partner: parts move against each other, a part and its sum together."""
        schools = self._aid.schools
        partners = schools if school == ALL else [*(s for s in schools if s != school), ALL]
        for partner in partners:
            down = 1 if ALL in (school, partner) else -1
            for step in (1, -1):
                yield (school, step), (partner, step * down)

    def _grade_moves(self, pairs: list[tuple[Row, Row]], grade: str) -> Iterator[Move]:
        for rows in pairs:
            for other in self._grades:
                if other != grade and self._same_stage(rows, grade, other):
                    yield _move(rows, [("grade", grade, 1), ("grade", other, -1)])

    def _program_moves(self, pairs: list[tuple[Row, Row]], mine: list[Column]) -> Iterator[Move]:
        for rows in pairs:
            for column in mine:
                if not self._shifts(rows, column, 1):
                    continue
                yield _move(rows, _parts(column, 1))
                for other in self._columns:
                    alike = other[:2] != column[:2] and self._share_stage(rows, column, other)
                    if alike and self._shifts(rows, other, -1):
                        yield _move(rows, [*_parts(column, 1), *_parts(other, -1)])

    def _total_moves(
        self, pairs: list[tuple[Row, Row]], grades: list[str], columns: list[Column]
    ) -> Iterator[Move]:
        for rows in pairs:
            for column in columns:
                if not self._shifts(rows, column, 1):
                    continue
                for grade in grades:
                    if self._in_stage(rows, column, grade):
                        parts = [("total", ALL, 1), ("grade", grade, 1), *_parts(column, 1)]
                        yield _move(rows, parts)

    def _same_stage(self, rows: tuple[Row, Row], grade: str, other: str) -> bool:
        stages = self._aid.grade_stages
        return all(stages.get((row, grade)) == stages.get((row, other)) for row, _ in rows)

    def _share_stage(self, rows: tuple[Row, Row], column: Column, other: Column) -> bool:
        """Whether pupils of one stage may have both columns in each of the rows."""
        both = self._stages_of(column) & self._stages_of(other)
        return all(both & self._aid.stages[row] for row, _ in rows)

    def _in_stage(self, rows: tuple[Row, Row], column: Column, grade: str) -> bool:
        """Whether pupils of a grade may have a column in each of the rows."""
        stages = self._stages_of(column)
        found = (self._aid.grade_stages.get((row, grade)) for row, _ in rows)
        return all(stage is None or stage in stages for stage in found)

    def _stages_of(self, column: Column) -> set[str]:
        return self._aid.stages.get(column, self._aid.stages[ALL])

    def _shifts(self, rows: tuple[Row, Row], column: Column, sign: int) -> bool:
        """Whether a person of this column can leave the one row and be in the other."""
        return all(
            self._aid.fine.get(row, {}).get(column, 0) > 0
            if step * sign < 0
            else bool(self._aid.stages.get(column, self._aid.stages[row]) & self._aid.stages[row])
            for row, step in rows
        )


def _parts(column: Column, sign: int) -> list[tuple[str, str, int]]:
    program, tier, _ = column
    parts = [("program", program, sign)]
    if tier is not None:
        parts.append(("tier", f"{program}/{tier}", sign))
    return parts


def _move(rows: tuple[Row, Row], parts: list[tuple[str, str, int]]) -> Move:
    move: Move = {}
    for row, step in rows:
        for breakdown, group, sign in parts:
            cell = (row, breakdown, group)
            move[cell] = move.get(cell, 0) + step * sign
    return {cell: step for cell, step in move.items() if step}
