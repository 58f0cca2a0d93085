"""The mix of baseline and choice exam against plain-Python least squares."""

from collections.abc import Sequence
from random import Random
from statistics import fmean

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.progress.mixed import LEAST_MIXED, NOTHING, mixed
from aidkit.progress.residual_gain import residual_gain

Point = tuple[float, float | None, float]
"""Baseline, choice, outcome."""

Z = st.integers(-20, 20).map(lambda n: n / 10)
POINTS = st.lists(st.tuples(Z, st.one_of(st.none(), Z), Z), min_size=1, max_size=30)
BASELINE_ERROR, CHOICE_ERROR, OUTCOME_ERROR = 0.1, 0.2, 0.2


def frame(points: Sequence[Point], unit: str = "u") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "student_no": [f"{unit}{n}" for n in range(len(points))],
            "unit": unit,
            "class_unit": unit,
            "baseline": [point[0] for point in points],
            "choice": pl.Series([point[1] for point in points], dtype=pl.Float64),
            "outcome": [point[2] for point in points],
            "baseline_error": BASELINE_ERROR,
            "choice_error": [None if point[1] is None else CHOICE_ERROR for point in points],
            "outcome_error": OUTCOME_ERROR,
        },
        schema_overrides={"choice_error": pl.Float64},
    )


def weight_of(points: Sequence[Point]) -> float:
    """Of the choice exam; 0 where it has none."""
    full = [(b, c, y) for b, c, y in points if c is not None]
    if len(full) < LEAST_MIXED:
        return 0.0
    means = [fmean(column) for column in zip(*full, strict=True)]

    def sums(i: int, j: int) -> float:
        return fmean((row[i] - means[i]) * (row[j] - means[j]) for row in full)

    bb, cc, bc, by, cy = sums(0, 0), sums(1, 1), sums(0, 1), sums(0, 2), sums(1, 2)
    of_b, of_c = cc * by - bc * cy, bb * cy - bc * by
    if bb * cc - bc * bc <= NOTHING * bb * cc or of_b + of_c <= NOTHING:
        return 0.0
    return min(1.0, max(0.0, of_c / (of_b + of_c)))


def growth(points: pl.DataFrame) -> pl.DataFrame:
    names = {"baseline": "earlier", "baseline_error": "earlier_error"}
    return residual_gain(mixed(points).drop(*names).rename({v: k for k, v in names.items()}))


@given(POINTS)
def test_the_mix_equals_its_oracle(points: list[Point]) -> None:
    weight = weight_of(points)
    for row, (baseline, choice, _) in zip(
        mixed(frame(points)).iter_rows(named=True), points, strict=True
    ):
        own = 0.0 if choice is None else weight
        told = (1 - own) * baseline + own * (choice or 0.0)
        assert row["choice_weight"] == pytest.approx(own, abs=1e-6)
        assert row["earlier"] == pytest.approx(told, abs=1e-5)
        error = (1 - own) ** 2 * BASELINE_ERROR + own**2 * CHOICE_ERROR
        assert row["earlier_error"] == pytest.approx(error, abs=1e-5)


@given(POINTS, POINTS, st.integers(0, 99))
def test_units_know_nothing_of_each_other_nor_of_the_order_of_rows(
    one: list[Point], other: list[Point], seed: int
) -> None:
    alone = mixed(frame(one))
    both = pl.concat([frame(other, "v"), frame(one)])
    order = list(range(both.height))
    Random(seed).shuffle(order)
    again = mixed(both[order]).filter(unit="u").sort(pl.col("student_no").str.slice(1).cast(int))
    assert again["earlier"].to_list() == pytest.approx(alone["earlier"].to_list(), abs=1e-6)


def test_growth_is_blind_to_both_exams_where_both_tell_something() -> None:
    rng = Random(3)
    true = [rng.gauss() for _ in range(300)]
    points = [(t + rng.gauss(0, 0.4), t + rng.gauss(0, 0.5), t + rng.gauss(0, 0.5)) for t in true]
    found = growth(frame(points))
    chosen = pl.Series([point[1] for point in points])
    assert 0 < weight_of(points) < 1
    assert (found["growth"] * chosen).sum() == pytest.approx(0, abs=1e-6)
    baseline = pl.Series([point[0] for point in points])
    assert (found["growth"] * baseline).sum() == pytest.approx(0, abs=1e-6)


def test_a_group_chosen_on_one_exam_is_not_told_to_fall_behind() -> None:
    """Nobody grows; by the baseline alone the last fifth would seem to lose 0.1 and more."""
    rng = Random(5)
    true = [rng.gauss() for _ in range(20_000)]
    points = [(t + rng.gauss(0, 0.4), t + rng.gauss(0, 0.5), t + rng.gauss(0, 0.5)) for t in true]
    last = sorted(range(len(points)), key=lambda n: points[n][1])[: len(points) // 5]
    both = growth(frame(points))["growth"][last].mean()
    alone = residual_gain(frame(points))["growth"][last].mean()
    assert alone is not None
    assert float(str(alone)) < -0.1
    assert both == pytest.approx(0, abs=0.02)


def test_no_exam_counts_against_a_pupil() -> None:
    """A baseline that says the opposite has no weight, not one below nothing."""
    points = [(-c / 10 + (n % 3) / 5, c / 10, c / 10) for n, c in enumerate(range(-10, 11))]
    assert set(mixed(frame(points))["choice_weight"]) == {1.0}
    turned = [(c, b, y) for b, c, y in points]
    assert set(mixed(frame(turned))["choice_weight"]) == {0.0}
