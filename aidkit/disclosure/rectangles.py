"""Moves of a table of one kind of count: two rows and two columns, margins among them."""

from collections.abc import Iterator
from functools import cache

from aidkit.disclosure.ledger import Ledger
from aidkit.disclosure.search import Cell, Shift, Turn
from aidkit.tables import ALL


class Rectangles:
    """Rectangles of two rows and two columns; the margins count as a row and a column."""

    def __init__(self, ledger: Ledger, breakdown: str) -> None:
        """Look at the rows and columns once.

        Args:
            ledger: Its cells are of one breakdown.
            breakdown: That one.
        """
        self.rows = sorted({row for row, _, _ in ledger.value})
        self._columns = sorted({column for _, _, column in ledger.value})
        self._value = ledger.value
        self._breakdown = breakdown
        # Each shift is made once for all rows, so that what is known of it is found again.
        self._shift = cache(self._shifted)

    def turns(self, cell: Cell) -> Iterator[list[Turn[Shift]]]:
        """One person more or fewer here, and the opposite in any other column of the row."""
        row, _, column = cell
        yield [
            (self._shift(column, other), step)
            for other in self._columns
            if other != column and (row, self._breakdown, other) in self._value
            for step in (1, -1)
        ]

    def fits(self, _row: str, _shift: Shift, _step: int) -> bool:
        """Every row does: nothing but the bounds of its counts is known of it."""
        return True

    def _shifted(self, column: str, other: str) -> Shift:
        # Two parts of one sum move against each other; a part and its sum move together.
        across = 1 if ALL in (column, other) else -1
        return Shift({(self._breakdown, column): 1, (self._breakdown, other): across})
