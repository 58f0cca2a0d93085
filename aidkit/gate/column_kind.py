"""A kind of column that tells of persons: what heads it and what its cells are."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

Table = Sequence[Sequence[str]]
"""Rows of a table, headers too; all in one row where only the words are known."""


class ColumnKind(NamedTuple):
    """One kind of column.

    Attributes:
        kind: What its cells leak, a key of `findings.KINDS`.
        header: What stands above them, as a whole.
        cell: What they are, as a whole; the group is what counts.
        least: From how many on they are told: fewer may be an example.
        different: Whether only different ones count.
        only: Asked of the rows of the table, where what heads the column may stand above other
            things as well; None for a header that tells by itself.
    """

    kind: str
    header: re.Pattern[str]
    cell: re.Pattern[str]
    least: int
    different: bool = False
    only: Callable[[Table], bool] | None = None

    def holds(self, cells: Iterable[str], table: Table = (), least: int = 0) -> bool:
        """Whether these are its cells.

        Args:
            cells: What stands below its header, without spaces at the ends.
            table: The rows of the table that it is in, headers too.
            least: Ask for at least so many, where cells were only guessed.
        """
        found = [match[1] for cell in cells if (match := self.cell.fullmatch(cell))]
        if len(set(found) if self.different else found) < max(self.least, least):
            return False
        return self.only is None or self.only(table)
