"""The plain way to protect cells: every pair of rows with every change, one after the other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from aidkit.disclosure.ledger import Ledger
from aidkit.disclosure.search import Cell, Move, Moves, S
from aidkit.tables import ALL


def protect(ledger: Ledger, moves: Moves[S], *_: Moves[S]) -> None:
    """`Ledger.protect` with moves of the first kind, one by one."""
    ledger.hide(ledger.hidden)
    below: dict[Cell, int] = defaultdict(int)
    above: dict[Cell, int] = defaultdict(int)

    def lacks(cell: Cell) -> bool:
        return below[cell] + above[cell] < (1 if cell in ledger.few else ledger.width)

    while wanting := [cell for cell in sorted(ledger.hidden) if lacks(cell)]:
        for cell in wanting:
            while lacks(cell):
                move = _cheapest(ledger, candidates(cell, moves, below[cell] + 1, above[cell] + 1))
                if move is None:
                    ledger.hide(ledger.around(cell))
                    move = {cell: ledger.width}
                ledger.hide(move)
                for each, step in move.items():
                    below[each] = max(below[each], -step)
                    above[each] = max(above[each], step)


def _cheapest(ledger: Ledger, moves: Iterable[Move]) -> Move | None:
    best: Move | None = None
    least: int | None = None
    for move in moves:
        price = _price(ledger, move)
        if price is not None and (least is None or price < least):
            best, least = move, price
    return best


def candidates(cell: Cell, moves: Moves[S], fewer: int = 1, more: int = 1) -> Iterator[Move]:
    """All moves by so many persons that the rows find plausible, in the order of preference."""
    row = cell[0]
    for turns in moves.turns(cell):
        for partner in moves.rows:
            if partner == row:
                continue
            for shift, one in turns:
                step = one * (more if shift.parts[cell[1:]] == one else fewer)
                steps = {row: step, partner: step if ALL in (row, partner) else -step}
                if all(moves.fits(each, shift, s) for each, s in steps.items()):
                    yield {
                        (each, *part): s * sign
                        for each, s in steps.items()
                        for part, sign in shift.parts.items()
                    }


def _price(ledger: Ledger, move: Move) -> int | None:
    """Persons withheld besides; None where a count would leave its bounds."""
    price = 0
    for cell, step in move.items():
        count = ledger.value.get(cell)
        if count is None or not 0 <= count + step <= ledger.high[cell]:
            return None
        price += 0 if cell in ledger.hidden else count + 1
    return price
