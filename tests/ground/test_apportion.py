"""Splits sum exactly, are fair to within one, and never change."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.apportion import apportion, apportion_up_to

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


PARTS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), max_size=12)


@given(total=st.integers(0, 300), parts=PARTS)
def test_nobody_gets_more_than_is_of_use_and_nothing_is_left_that_is(
    total: int, parts: list[tuple[int, int]]
) -> None:
    weights, most = [weight for weight, _ in parts], [limit for _, limit in parts]
    split = apportion_up_to(total, weights, most)
    assert sum(split) == min(total, sum(most))
    assert all(0 <= part <= limit for part, limit in zip(split, most, strict=True))
    unweighted = sum(part for part, weight in zip(split, weights, strict=True) if not weight)
    weighted = sum(limit for weight, limit in parts if weight)
    assert unweighted == max(sum(split) - weighted, 0)


@given(total=st.integers(0, 1_000), weights=WEIGHTS)
def test_where_all_is_of_use_it_is_the_plain_split(total: int, weights: list[int]) -> None:
    plain = apportion(total, weights)
    assert apportion_up_to(total, weights, plain) == plain
    assert apportion_up_to(total, weights, [total] * len(weights)) == plain


def test_what_one_cannot_use_is_split_again_by_the_same_weights() -> None:
    assert apportion_up_to(10, [5, 3, 2], [1, 9, 9]) == [1, 5, 4]
    assert apportion_up_to(10, [5, 3, 2], [0, 4, 9]) == [0, 4, 6]
    assert apportion_up_to(10, [5, 3, 2], [1, 1, 1]) == [1, 1, 1]
    assert apportion_up_to(5, [1, 0, 0], [2, 9, 9]) == [2, 2, 1]
    assert apportion_up_to(5, [], []) == []


@pytest.mark.parametrize(
    ("total", "weights", "most"), [(-1, [1], [1]), (1, [1, 1], [2, -1]), (1, [2, -1], [1, 1])]
)
def test_negative_numbers_are_refused(total: int, weights: list[int], most: list[int]) -> None:
    with pytest.raises(ValueError, match=r"\("):
        apportion_up_to(total, weights, most)
