"""How far the share found in a sample may lie from the share of all."""

from collections.abc import Callable
from math import exp, fsum, lgamma, log

_STEPS = 60
"""Halvings of an interval: more than a float can tell apart."""


def clopper_pearson(found: int, of: int, sure: float = 0.95) -> tuple[float, float]:
    """The exact interval of a share: it holds the true one at least so often, whatever that is.

    After Clopper and Pearson, The use of confidence or fiducial limits illustrated in the case of
    the binomial, Biometrika 26 (1934), 404-413. Brown, Cai and DasGupta (Statistical Science 16,
    2001, 101-133) show that others are shorter; it stands here because it never promises too much:
    a sample without replacement, and one spread over strata, makes it wider than need be.

    Args:
        found: How many of the sample have it.
        of: How many are in the sample, at least 1.
        sure: How often it must hold.

    Returns:
        Lower and upper limit, from 0 to 1.
    """
    beyond = (1 - sure) / 2
    lower = 0.0 if found == 0 else _where(lambda p: 1 - _at_most(found - 1, of, p) > beyond)
    upper = 1.0 if found == of else _where(lambda p: _at_most(found, of, p) < beyond)
    return lower, upper


def _where(true_from: Callable[[float], bool]) -> float:
    """The share from which on something is true."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if true_from(middle) else (middle, high)
    return (low + high) / 2


def _at_most(found: int, of: int, p: float) -> float:
    """The chance of at most so many, of a binomial distribution."""
    yes, no, all_ways = log(p), log(1 - p), lgamma(of + 1)
    return fsum(
        exp(all_ways - lgamma(k + 1) - lgamma(of - k + 1) + k * yes + (of - k) * no)
        for k in range(found + 1)
    )
