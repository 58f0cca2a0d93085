"""The exact attacker finds what can be found by hand, and passes over nothing it cannot settle."""

import pytest

from aidkit.tables import ALL
from tests.disclosure.exact import UnsettledError, ranges
from tests.disclosure.knowledge import Knowledge, Name

A: Name = ("a", "total", ALL)
B: Name = ("b", "total", ALL)
C: Name = ("c", "total", ALL)


def knowing(**high: int) -> Knowledge:
    knowledge = Knowledge()
    for name, most in high.items():
        knowledge.unknown((name, "total", ALL), 0, most)
    return knowledge


def test_a_sum_gives_the_last_part_back() -> None:
    knowledge = knowing(a=9, b=9)
    knowledge.equal({A: 1, B: 1}, 7)
    assert ranges(knowledge, {A: 9})[A].width == 7
    knowledge.equal({B: 1}, 4)
    found = ranges(knowledge, {A: 9})[A]
    assert (found.low, found.high) == (3, 3)


def test_fixed_amounts_give_counts_back() -> None:
    """Three pupils at 625 and one at 500: no other whole numbers make the sum."""
    knowledge = knowing(a=9, b=9)
    knowledge.equal({A: 62_500, B: 50_000}, 237_500)
    found = ranges(knowledge, {A: 2, B: 2})
    assert (found[A].low, found[A].high, found[B].low, found[B].high) == (3, 3, 1, 1)


def test_whole_numbers_and_not_fractions() -> None:
    knowledge = knowing(a=9, b=9)
    knowledge.equal({A: 2, B: 2}, 6)
    knowledge.between({A: 1, B: -1}, 0, 2)
    found = ranges(knowledge, {A: 9})[A]
    assert (found.low, found.high) == (2, 2)


def test_blocks_that_do_not_touch_tell_nothing_of_one_another() -> None:
    knowledge = knowing(a=3, b=3, c=5)
    knowledge.equal({A: 1, B: 1}, 6)
    assert {name: one.width for name, one in ranges(knowledge, {A: 1, C: 5}).items()} == {
        A: 0,
        C: 5,
    }


def test_what_agrees_with_no_world_is_an_error_of_the_test() -> None:
    knowledge = knowing(a=3, b=3)
    knowledge.equal({A: 1, B: 1}, 7)
    with pytest.raises(AssertionError, match="no world"):
        ranges(knowledge, {A: 1})


def test_what_is_not_settled_in_time_fails() -> None:
    knowledge = knowing(a=10**6, b=10**6, c=10**6)
    knowledge.equal({A: 12_345, B: 6_789, C: -9_973}, 1)
    with pytest.raises(UnsettledError):
        ranges(knowledge, {A: 10**6}, seconds=0.0)
