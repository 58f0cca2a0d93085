"""The documents' rule against a plain-Python oracle, with ties, absences and any order of rows."""

from itertools import pairwise
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.apportion import apportion
from aidkit.progress.prizes import with_prizes
from aidkit.progress.rank_rule import rank_rule
from aidkit.progress.settings import PRIZES, TIES

SHARES = (20, 30, 50)
TOTAL = st.none() | st.integers(0, 12).map(lambda n: n / 2)
PUPILS = st.lists(st.tuples(st.sampled_from("ab"), TOTAL, TOTAL), max_size=25)

Pupil = tuple[str, float | None, float | None]
Told = tuple[int | None, int | None, int | None, str]


def frame(pupils: list[Pupil]) -> pl.DataFrame:
    marks = dict.fromkeys(("before", "now"), pl.Float64)
    rows = [(f"{n:03}", *pupil) for n, pupil in enumerate(pupils)]
    return pl.DataFrame(rows, {"student_no": pl.String, "place": pl.String, **marks}, orient="row")


def told(pupils: pl.DataFrame, ties: str = "share_better") -> dict[str, Told]:
    found = rank_rule(pupils, ["place"], SHARES, ties)
    return {row[0]: row[1:] for row in found.iter_rows()}


def oracle(pupils: list[Pupil], ties: str) -> dict[str, Told]:
    result: dict[str, Told] = {f"{n:03}": (None, None, None, "none") for n in range(len(pupils))}
    for place in "ab":
        here = {
            f"{n:03}": (before, now)
            for n, (at, before, now) in enumerate(pupils)
            if at == place and before is not None and now is not None
        }
        ranks = [
            {s: 1 + sum(o[exam] > t[exam] for o in here.values()) for s, t in here.items()}
            for exam in (0, 1)
        ]
        rises = {s: ranks[0][s] - ranks[1][s] for s in here}
        risen = [rise for rise in rises.values() if rise > 0]
        ladder = [
            prize
            for prize, number in zip(PRIZES, apportion(len(risen), SHARES), strict=True)
            for _ in range(number)
        ]
        if len(risen) < len(PRIZES):  # too few for each prize
            ladder = list(PRIZES[: len(risen)])
        for student, rise in rises.items():
            prize = "none"
            if rise > 0:
                better, equal = sum(o > rise for o in risen), sum(o == rise for o in risen)
                prize = ladder[better if ties == "share_better" else better + equal - 1]
            result[student] = (ranks[0][student], ranks[1][student], rise, prize)
    return result


@given(PUPILS, st.sampled_from(TIES))
def test_the_rule_equals_its_oracle(pupils: list[Pupil], ties: str) -> None:
    assert told(frame(pupils), ties) == oracle(pupils, ties)


@given(PUPILS, st.integers(0, 1000))
def test_the_order_of_rows_does_not_matter(pupils: list[Pupil], seed: int) -> None:
    whole = frame(pupils)
    order = list(range(whole.height))
    Random(seed).shuffle(order)
    assert told(whole[order]) == told(whole)


def test_a_fall_is_negative_and_does_not_wrap() -> None:
    fallen = rank_rule(frame([("a", 3, 1), ("a", 2, 2), ("a", 1, 3)]), ["place"], SHARES, TIES[0])
    assert fallen.schema["rank_change"] == pl.Int32
    assert fallen["rank_change"].to_list() == [-2, 0, 2]
    assert fallen["rank_prize"].to_list() == ["none", "none", "first"]


def test_nobody_rises_because_somebody_else_was_ill() -> None:
    found = told(frame([("a", 9, None), ("a", 8, 8), ("a", 7, 7)]))
    assert found["000"] == (None, None, None, "none")
    assert found["001"][:3] == (1, 1, 0)


def test_sums_that_differ_in_the_last_bit_are_equal() -> None:
    found = told(frame([("a", 0.1 + 0.2, 1), ("a", 0.3, 2)]))
    assert [row[0] for row in found.values()] == [1, 1]


@pytest.mark.parametrize(
    ("ties", "prizes"),
    [
        ("share_better", ["first", "first", "first", "second", "third"]),
        ("share_worse", ["second", "second", "second", "second", "third"]),
    ],
)
def test_equals_on_a_border_share_a_prize(ties: str, prizes: list[str]) -> None:
    best = pl.DataFrame({"place": ["a"] * 5, "rise": [5, 5, 5, 4, 1]})
    assert with_prizes(best, ["place"], "rise", (1, 3, 1), ties)["prize"].to_list() == prizes


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30))
def test_who_rises_further_never_gets_less(rises: list[int]) -> None:
    best = pl.DataFrame({"place": ["a"] * len(rises), "rise": rises})
    found = with_prizes(best, ["place"], "rise", SHARES, "share_better").sort("rise")
    places = [PRIZES.index(prize) for prize in found["prize"]]
    assert all(worse >= better for worse, better in pairwise(places))


@given(
    st.integers(1, 12),
    st.lists(st.integers(0, 100), min_size=3, max_size=3).filter(lambda shares: sum(shares) > 0),
)
def test_no_prize_is_given_while_a_better_one_goes_to_nobody(
    winners: int, shares: list[int]
) -> None:
    best = pl.DataFrame({"place": ["a"] * winners, "rise": range(winners)})
    given_ones = set(with_prizes(best, ["place"], "rise", shares, "share_better")["prize"])
    wanted = [prize for prize, share in zip(PRIZES, shares, strict=True) if share]
    assert given_ones == set(wanted[: len(given_ones)])
