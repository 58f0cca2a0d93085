"""What readers of earlier tables were told of the same counts, and what is withheld for it.

Whoever kept what was published reads it against what is published now. What was withheld is
withheld again; and what comes out as it went out last tells nothing new, so it may stay: else each
run would withhold more than the one before.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aidkit.disclosure.ledger import Before, Ledger
from aidkit.disclosure.search import Cell, Moves


@dataclass(frozen=True)
class Told:
    """What was published of the same counts.

    Attributes:
        earlier: By the term before in the same school year; one, or none.
        own: By the term itself: each publication, oldest first.
        sums: Cells whose money was ever withheld by the term itself.
    """

    earlier: tuple[Before, ...] = ()
    own: tuple[Before, ...] = ()
    sums: frozenset[Cell] = frozenset()

    def withheld(self, cell: Cell) -> bool:
        """Whether a publication of the term itself withheld a count."""
        return any(one.get(cell, 0) is None for one in self.own)


NOTHING = Told()


def settle(
    primary: Callable[[], Ledger], kinds: Callable[[Ledger], Sequence[Moves[Any]]], told: Told
) -> set[Cell]:
    """The cells to withhold: those of primary suppression, those withheld before, their covers.

    Args:
        primary: Makes the ledger with what is withheld for its own sake.
        kinds: The moves for `Ledger.protect`.
        told: What was published before.
    """

    def after(own: Sequence[Before]) -> Ledger:
        ledger = primary()
        ledger.remember([*told.earlier, *own])
        if ledger.hidden:
            ledger.protect(*kinds(ledger))
        return ledger

    own = _distinct(told.own, primary().value) if told.own else []
    ledger = after(own[:-1])
    if own and not ledger.tells(own[-1]):
        ledger = after(own)
    return ledger.hidden


def _distinct(published: Sequence[Before], cells: Iterable[Cell]) -> list[Before]:
    """Without those that tell of these cells just what the one before them does."""
    found: list[Before] = []
    for one in published:
        if not found or any(one.get(cell, 0) != found[-1].get(cell, 0) for cell in cells):
            found.append(one)
    return found
