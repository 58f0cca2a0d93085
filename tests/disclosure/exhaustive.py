"""The plain way to protect cells: every pair of rows with every change, one after the other."""

from collections.abc import Iterator

from aidkit.disclosure.ledger import Ledger
from aidkit.disclosure.search import Cell, Moves, S
from aidkit.tables import ALL

Move = dict[Cell, int]


def protect(ledger: Ledger, moves: Moves[S]) -> bool:
    """`Ledger.protect`, move by move."""
    proved: set[Cell] = set()
    for cell in sorted(ledger.hidden):
        if cell in proved:
            continue
        move = _cheapest(ledger, cell, moves)
        if move is None:
            return False
        ledger.hidden |= move.keys()
        proved |= move.keys()
    return True


def _cheapest(ledger: Ledger, cell: Cell, moves: Moves[S]) -> Move | None:
    best: Move | None = None
    least: int | None = None
    for move in candidates(cell, moves):
        price = _price(ledger, move)
        if price is not None and (least is None or price < least):
            best, least = move, price
    return best


def candidates(cell: Cell, moves: Moves[S]) -> Iterator[Move]:
    """All moves that the rows find plausible, in the order of preference."""
    row = cell[0]
    for turns in moves.turns(cell):
        for partner in moves.rows:
            if partner == row:
                continue
            for shift, step in turns:
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
        if count is None or count < ledger.low[cell]:
            return None
        if not ledger.low[cell] <= count + step <= ledger.high[cell]:
            return None
        price += 0 if cell in ledger.hidden else count + 1
    return price
