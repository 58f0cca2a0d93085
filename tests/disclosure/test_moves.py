"""The other worlds that prove a withheld figure keep what money tells of stages."""

from collections import Counter

from aidkit.disclosure.moves import AidMoves
from tests.disclosure import worlds
from tests.disclosure.exhaustive import candidates

PLAN = [("nine_year", 90, 0.3), ("nine_year", 60, 0.5), ("primary", 40, 0.4)]


def test_persons_move_within_a_stage() -> None:
    # Primary and junior pupils have different amounts: sums of money tell how many there are.
    aid = worlds.counted(worlds.world(PLAN, 16)).aid
    moves = AidMoves(aid)
    grades = [cell for cell in aid.persons if cell[1] == "grade"]
    within = [
        move
        for cell in grades
        for move in candidates(cell, moves)
        if all(c[1] == "grade" for c in move)
    ]
    assert within
    for move in within:
        steps: Counter[tuple[str, str]] = Counter()
        for (school, _, grade), step in move.items():
            steps[school, grade[0]] += step
        assert not any(steps.values()), move
