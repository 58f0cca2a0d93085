"""Splits sum exactly, are fair to within one, and never change."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.apportion import apportion

WEIGHTS = st.lists(st.integers(0, 5_000), min_size=1, max_size=40).filter(any)


@given(total=st.integers(0, 1_000_000), weights=WEIGHTS)
def test_parts_sum_exactly_and_are_within_one_of_their_share(
    total: int, weights: list[int]
) -> None:
    parts = apportion(total, weights)
    whole = sum(weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert part in {total * weight // whole, -(-total * weight // whole)}


@given(total=st.integers(0, 10_000), weights=WEIGHTS)
def test_who_weighs_more_never_gets_less(total: int, weights: list[int]) -> None:
    parts = apportion(total, weights)
    pairs = sorted(zip(weights, parts, strict=True))
    for (light, less), (heavy, more) in pairwise(pairs):
        assert less <= more or light == heavy


def test_equal_remainders_go_by_order() -> None:
    assert apportion(2, [1, 1, 1]) == [1, 1, 0]
    assert apportion(7, [2, 1, 1]) == [3, 2, 2]
    assert apportion(0, [0, 0]) == [0, 0]


@pytest.mark.parametrize(("total", "weights"), [(1, []), (1, [0]), (-1, [1]), (1, [2, -1])])
def test_nothing_to_split_by_is_refused(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"\("):
        apportion(total, weights)
