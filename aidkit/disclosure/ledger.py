"""Which figures are withheld, and for each of them the proof that it cannot be worked out.

The proof is a *move*: a second set of figures, as possible as the true one, that agrees with
everything published and differs in the withheld figure. A figure that is to be withheld gets the
cheapest moves there are, up or down, until the figures that it may have are so far apart as is
declared; every figure that a move touches is then withheld too, and all of them share the proof.
Withholding more later takes nothing away from a proof, so no figure is looked at again that has
its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aidkit.disclosure.search import Cell, Found, Move, Moves, Search, World
from aidkit.disclosure.several import several
from aidkit.tables import ALL

Reach = dict[Cell, tuple[int, int]]
"""Cell to how far below and above its true count it is proved that it can be."""


Before = Mapping[Cell, int | None]
"""Cell to the count that was published; None: withheld. A cell that is not there was of nobody."""


@dataclass
class Ledger:
    """True counts, what anyone knows of them beforehand, and which are withheld.

    Attributes:
        width: How far apart the least and the greatest count that a withheld cell can have must
            be at least.
        threshold: In a group of fewer than so many 1 is far enough.
        value: Cell to true count.
        high: Greatest count, by what is public about the group.
        hidden: Withheld cells.
        few: Cells of such groups.
        beside: Cell to those that are withheld wherever it is.
        known: Cells that were shown last and have the same count.
    """

    width: int = 1
    threshold: int = 0
    value: dict[Cell, int] = field(default_factory=dict)
    high: dict[Cell, int] = field(default_factory=dict)
    hidden: set[Cell] = field(default_factory=set)
    few: set[Cell] = field(default_factory=set)
    beside: dict[Cell, list[Cell]] = field(default_factory=dict)
    known: set[Cell] = field(default_factory=set)

    def add(self, cell: Cell, count: int, size: int, *, tiny: bool, hide: bool) -> None:
        """Enter a count of a group of `size` pupils.

        Args:
            cell: Where it will stand.
            count: The true count.
            size: Public size of the group that it is part of.
            tiny: The group is below the threshold: withheld whatever the count, even 0.
            hide: Withhold it (primary suppression).
        """
        self.value[cell] = count
        self.high[cell] = max(size, count)
        if tiny or self.high[cell] < self.threshold:
            self.few.add(cell)
        if tiny or hide:
            self.hidden.add(cell)

    def remember(self, before: Sequence[Before]) -> None:
        """Withhold again what was ever withheld; what was shown last and is the same is known.

        Who knows where nobody came or went would else read off one table what the other withholds.

        Args:
            before: What was published of the same counts, oldest first.
        """
        for cell, count in self.value.items() if before else ():
            told = [one.get(cell, 0) for one in before]
            if None in told:
                self.hidden.add(cell)
            elif told[-1] == count:
                self.known.add(cell)

    def tells(self, before: Before) -> bool:
        """Whether all that is shown and withheld is as it was published."""
        return all(
            before.get(cell, 0) == (None if cell in self.hidden else count)
            for cell, count in self.value.items()
        )

    def protect(self, *kinds: Moves[Any]) -> None:
        """Withhold what is needed so that no withheld count can be worked out.

        Any count may be withheld, a 0 too: who reads that one is withheld knows nothing of it.

        Args:
            kinds: The moves to choose from; of equals those of the first kind. Those of the last
                may be put together.
        """
        self.hide(self.hidden)
        proofs = _Proofs(self, kinds)
        while wanting := [cell for cell in sorted(self.hidden) if proofs.lacks(cell)]:
            for cell in wanting:
                proofs.find(cell)

    def hide(self, cells: Iterable[Cell]) -> set[Cell]:
        """Withhold cells and what stands beside them; all that were named or are added."""
        withheld = set(cells)
        withheld |= {other for cell in cells for other in self.beside.get(cell, ())}
        self.hidden |= withheld
        return withheld

    def around(self, cell: Cell) -> list[Cell]:
        """All that tells of a cell that no move can prove: its row, and the same part of others."""
        return [one for one in self.value if one[0] == cell[0] or one[1:] == cell[1:]]


class _Proofs:
    """How far each cell is proved to reach, and where more proof is found."""

    def __init__(self, ledger: Ledger, kinds: Sequence[Moves[Any]]) -> None:
        self._ledger = ledger
        self._last = kinds[-1]
        self._world = world = World(ledger.value, ledger.high, ledger.hidden)
        self._searches = [Search(world, moves) for moves in kinds]
        # Better moves leave alone what was shown before and is the same.
        self._careful = [Search(world, moves, ledger.known) for moves in kinds if ledger.known]
        self._reach: Reach = defaultdict(lambda: (0, 0))

    def lacks(self, cell: Cell) -> bool:
        """Whether the counts that are proved possible are not far enough apart."""
        ledger = self._ledger
        far = 1 if cell in ledger.few else ledger.width
        return sum(self._reached(cell)) < far

    def find(self, cell: Cell) -> None:
        """Withhold what the cheapest moves touch, until they prove enough."""
        while self.lacks(cell):
            move = self._cheapest(cell)
            if move is None:
                self._hide(self._ledger.around(cell))
                move = {cell: self._ledger.width}
            self._hide(move)
            _note(move, self._reach)

    def _reached(self, cell: Cell) -> tuple[int, int]:
        return self._reach[cell]

    def _hide(self, cells: Iterable[Cell]) -> None:
        withheld = self._ledger.hide(cells)
        for search in (*self._searches, *self._careful):
            search.hide(withheld)

    def _cheapest(self, cell: Cell) -> Move | None:
        """A move that takes a cell one further below or above than it is proved to reach."""
        below, above = self._reached(cell)
        fewer, more = below + 1, above + 1
        for searches in (self._careful, self._searches):
            best: Found[Any] | None = None
            for search in searches:
                found = search.cheapest(cell, fewer=fewer, more=more)
                if found and (best is None or found.cost < best.cost):
                    best = found
                # What withholds no figure of the county is good enough.
                if best and not any(
                    c[0] == ALL and c not in self._ledger.hidden for c in best.move
                ):
                    break
            if best:
                return best.move
        ways = (several(self._world, self._last, cell, far) for far in (-fewer, more))
        return next(filter(None, ways), None)


def _note(move: Move, reach: Reach) -> None:
    for cell, change in move.items():
        below, above = reach[cell]
        reach[cell] = (max(below, -change), max(above, change))


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
