"""The statement of a fund's bank account, which agrees with its registers to the fen."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from aidkit.sample.fund import Gift, Payment
from aidkit.sample.fund_moves import Move
from aidkit.sample.programs import TITLES

_SILENT = ("opening", "release", "redesignate")
"""Kinds of movements that the bank does not see."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bank statement; money in fen, `fen` negative when it goes out."""

    day: dt.date
    other: str
    fen: int
    balance: int
    summary: str


_Moved = tuple[dt.date, int, str, int, str]
"""Day, rank within the day, other side, fen, text."""


def statement(
    opening: int, gifts: Iterable[Gift], payments: Iterable[Payment], moves: Iterable[Move]
) -> list[Line]:
    """Every gift that came by bank, every batch of payments, what came back, all movements.

    Args:
        opening: Fen on the account before the first line.
        gifts: Cash ones are not on the account before a movement brings them there.
        payments: Paid in one batch a program and day; what comes back is one line, too.
        moves: Movements of the fund, and transfers of other funds to it as `transfer_in`.
    """
    moved = [
        (gift.day, 0, gift.donor, gift.fen, "捐款") for gift in gifts if gift.channel != "cash"
    ]
    moved += [*_aid(payments), *_of_moves(moves)]
    moved.sort()
    lines = []
    balance = opening
    for day, _, other, fen, summary in moved:
        balance += fen
        lines.append(Line(day, other, fen, balance, summary))
    return lines


def _aid(payments: Iterable[Payment]) -> Iterator[_Moved]:
    batches = sorted(payments, key=lambda p: (p.day, p.application.program))
    for (day, program), batch in groupby(batches, key=lambda p: (p.day, p.application.program)):
        paid = list(batch)
        title = TITLES[program][1]
        yield day, 1, "", -sum(p.fen for p in paid), f"代发 {title}"
        back = [p for p in paid if p.back_on]
        for came, returned in groupby(back, key=lambda p: p.back_on):
            if came:
                yield came, 2, "", sum(p.fen for p in returned), f"退汇 {title}"


def _of_moves(moves: Iterable[Move]) -> Iterator[_Moved]:
    for move in moves:
        if move.kind in _SILENT:
            continue
        if move.out == "bank":
            yield move.day, 4, move.party, -move.fen, move.text
        elif move.into == "bank":
            yield move.day, 3, move.party, move.fen, move.text
