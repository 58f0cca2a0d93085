"""Which figures are withheld, and for each of them the proof that it cannot be worked out.

The proof is a *move*: a second set of figures, as possible as the true one, that agrees with
everything published and differs in the withheld figure. A figure that is to be withheld gets the
cheapest move there is; every figure that the move touches is then withheld too, and all of them
share the proof. Withholding more later takes nothing away from a proof, so one pass is enough.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from aidkit.disclosure.search import Cell, Moves, S, Search


@dataclass
class Ledger:
    """True counts, what anyone knows of them beforehand, and which are withheld.

    Attributes:
        value: Cell to true count.
        low: Least count that a withheld cell can have in the reader's eyes.
        high: Greatest count, by what is public about the group.
        hidden: Withheld cells.
    """

    value: dict[Cell, int] = field(default_factory=dict)
    low: dict[Cell, int] = field(default_factory=dict)
    high: dict[Cell, int] = field(default_factory=dict)
    hidden: set[Cell] = field(default_factory=set)

    def add(self, cell: Cell, count: int, size: int, *, tiny: bool, hide: bool) -> None:
        """Enter a count of a group of `size` pupils.

        Args:
            cell: Where it will stand.
            count: The true count.
            size: Public size of the group that it is part of.
            tiny: The group is below the threshold: withheld whatever the count, even 0. Elsewhere
                0 is always published, so a reader knows that a withheld count is at least 1.
            hide: Withhold it (primary suppression).
        """
        self.value[cell] = count
        self.low[cell] = 0 if tiny else 1
        self.high[cell] = max(size, count)
        if tiny or hide:
            self.hidden.add(cell)

    def protect(self, moves: Moves[S]) -> bool:
        """Withhold what is needed so that no withheld count can be worked out.

        Args:
            moves: The moves to choose from.

        Returns:
            False where some cell has no proof; then nothing of the ledger may be published.
        """
        search = Search(self, moves)
        proved: set[Cell] = set()
        for cell in sorted(self.hidden):
            if cell in proved:
                continue
            move = search.cheapest(cell)
            if move is None:
                return False
            search.hide(move)
            proved |= move
        return True


def small(count: int, threshold: int) -> bool:
    """Whether a count says too much: 1 to threshold - 1."""
    return 0 < count < threshold


def dominated(amounts: Iterable[int]) -> bool:
    """Whether a sum of amounts tells the largest: whoever knows the next comes within a fifth."""
    first, _, *rest = *sorted(amounts, reverse=True), 0, 0
    return sum(rest) * 5 < first


def telling(count: int, size: int, threshold: int) -> bool:
    """Whether a count of hardship in a group of `size` says too much.

    It does when few have it, when few do not have it, and when all have it: whoever knows that a
    child is of the group then knows the child's hardship.
    """
    return count > 0 and (count < threshold or size - count < threshold)
