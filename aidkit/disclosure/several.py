"""Moves put together: where a school is too small for two persons who are alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from aidkit.disclosure.search import Cell, Move, Moves, S, Search, Turn, World


def several(world: World, moves: Moves[S], cell: Cell, far: int) -> Move | None:
    """The cheapest moves by one person each that together take a cell so far, one after another.

    Each is of other persons than those before: so all of them can be there, or gone, at once.

    Args:
        world: The true figures.
        moves: The moves to choose from.
        cell: Must change.
        far: By how many persons; negative: fewer.

    Returns:
        What they add to each count that they change; None: there are none.
    """
    left = _Left(moves)
    value, hidden = dict(world.value), set(world.hidden)
    whole: Move = {}
    for _ in range(abs(far)):
        # Each looks at the world that those before it lead to.
        search = Search(World(value, world.high, hidden), left)
        found = search.cheapest(cell, fewer=int(far < 0), more=int(far > 0))
        if found is None:
            return None
        left.used.append(found.shift)
        hidden |= found.move.keys()
        for each, change in found.move.items():
            value[each] += change
            whole[each] = whole.get(each, 0) + change
    return {each: change for each, change in whole.items() if change}


@dataclass
class _Left(Moves[S]):
    """Moves but for shifts that were used.

    Attributes:
        moves: The moves.
        used: The shifts.
    """

    moves: Moves[S]
    used: list[S] = field(default_factory=list)

    @property
    def rows(self) -> Sequence[str]:
        return self.moves.rows

    def turns(self, cell: Cell) -> Iterator[list[Turn[S]]]:
        for turns in self.moves.turns(cell):
            yield [turn for turn in turns if not _among(turn[0], self.used)]

    def fits(self, row: str, shift: S, step: int) -> bool:
        return self.moves.fits(row, shift, step)


def _among(shift: S, used: Iterable[S]) -> bool:
    return any(shift is one for one in used)
