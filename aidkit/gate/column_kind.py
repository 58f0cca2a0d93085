"""A kind of column that tells of persons: what heads it and what its cells are."""

import re
from collections.abc import Iterable
from typing import NamedTuple


class ColumnKind(NamedTuple):
    """One kind of column.

    Attributes:
        kind: What its cells leak, a key of `findings.KINDS`.
        header: What stands above them, as a whole.
        cell: What they are, as a whole; the group is what counts.
        least: From how many on they are told: fewer may be an example.
        different: Whether only different ones count.
    """

    kind: str
    header: re.Pattern[str]
    cell: re.Pattern[str]
    least: int
    different: bool = False

    def holds(self, cells: Iterable[str], least: int = 0) -> bool:
        """Whether these are its cells.

        Args:
            cells: What stands below its header, without spaces at the ends.
            least: Ask for at least so many, where cells were only guessed.
        """
        found = [match[1] for cell in cells if (match := self.cell.fullmatch(cell))]
        return len(set(found) if self.different else found) >= max(self.least, least)
