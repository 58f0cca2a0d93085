"""What luck alone would give a helper: how likely a prize is though help does nothing."""

from functools import cache
from itertools import pairwise
from random import Random
from statistics import NormalDist

SEED = 20_260_901

DRAWN = 24_000
"""Pupils that are drawn at random; so many helpers as they are enough for are simulated."""


@cache
def prize_by_luck(
    pupils: int, inside: int, exams: int, reliability: float, entry_share: float
) -> float:
    """Chance that a helper has something to be rewarded for, 0 to 1, where help does nothing.

    Pupils are drawn who were among the last at one exam and then sit others, true scores alike and
    only errors different. Growth is told from that one exam. The seed is always the same.

    Args:
        pupils: Helped pupils whose growth can be told.
        inside: Helped pupils who can be turned round.
        exams: Successive exams that can show it, at most.
        reliability: Of each exam, 0 to 1.
        entry_share: Share of the grade that is the group.
    """
    size = max(pupils, inside)
    if not size:
        return 0.0
    drawn = _drawn(max(exams, 1), reliability, entry_share)
    helpers = [drawn[start : start + size] for start in range(0, len(drawn) - size + 1, size)]
    won = sum(
        any(turned for turned, _ in helped[:inside])
        or sum(grown for _, grown in helped[:pupils]) > 0
        for helped in helpers
    )
    return won / len(helpers)


@cache
def _drawn(exams: int, reliability: float, entry_share: float) -> list[tuple[bool, float]]:
    """Whether each pupil was outside twice running, and its growth at the last exam."""
    rng, normal = Random(SEED), NormalDist()
    line = normal.inv_cdf(entry_share)
    error, unknown = (1 - reliability) ** 0.5, (reliability * (1 - reliability)) ** 0.5
    found = []
    for _ in range(DRAWN):
        # 1 − random() is never 0, of which the normal distribution has no point.
        expected = reliability * normal.inv_cdf((1 - rng.random()) * entry_share)
        true = expected + unknown * rng.gauss()
        scores = [true + error * rng.gauss() for _ in range(exams)]
        outside = [score > line for score in scores]
        turned = any(one and other for one, other in pairwise(outside))
        found.append((turned, scores[-1] - expected))
    return found
