"""Positions are mid-ranks of equals, and their scores those of the normal distribution."""

from statistics import NormalDist

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.progress.normal import mid_rank_share, normal_score

MARKS = st.lists(st.none() | st.integers(0, 20).map(float), min_size=1, max_size=40)


def shares(marks: list[float | None]) -> list[float | None]:
    frame = pl.DataFrame({"mark": marks}, schema={"mark": pl.Float64})
    return frame.select(mid_rank_share(pl.col("mark")))["mark"].to_list()


@given(MARKS)
def test_a_position_counts_those_below_and_half_of_the_equals(marks: list[float | None]) -> None:
    known = [mark for mark in marks if mark is not None]
    expected = [
        None
        if mark is None
        else (sum(m < mark for m in known) + sum(m == mark for m in known) / 2) / len(known)
        for mark in marks
    ]
    assert shares(marks) == pytest.approx(expected)


def test_equals_share_one_position_and_the_absent_have_none() -> None:
    assert shares([3.0, 1.0, None, 1.0, 2.0]) == [0.875, 0.25, None, 0.25, 0.625]


@given(st.floats(1e-10, 1 - 1e-10))
def test_normal_scores_are_those_of_the_standard_library(position: float) -> None:
    found = pl.select(normal_score(pl.lit(position))).item()
    assert found == pytest.approx(NormalDist().inv_cdf(position), rel=1e-9, abs=1e-9)


def test_scores_are_symmetric_and_the_middle_is_zero() -> None:
    frame = pl.DataFrame({"p": [0.5, 0.01, 0.99, None]})
    middle, low, high, none = frame.select(normal_score(pl.col("p")))["p"].to_list()
    assert middle == 0
    assert low == pytest.approx(-high)
    assert none is None
