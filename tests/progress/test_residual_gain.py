"""The line, the class slopes and the standard error against plain-Python arithmetic."""

from collections.abc import Sequence
from random import Random
from statistics import fmean

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.progress.residual_gain import LEAST_OF_CLASS, LEAST_SHARE, residual_gain

Point = tuple[float, float, float]
"""Baseline, outcome, and error variance of the baseline; that of the outcome is fixed."""

OUTCOME_ERROR = 0.2
Z = st.integers(-20, 20).map(lambda n: n / 10)
POINTS = st.lists(st.tuples(Z, Z, st.sampled_from([0.05, 0.1])), min_size=1, max_size=15)
CLASSES = st.lists(POINTS, min_size=1, max_size=4)


def frame(classes: Sequence[Sequence[Point]], unit: str = "u") -> pl.DataFrame:
    rows = [
        (f"{room}-{n}", unit, str(room), *point, OUTCOME_ERROR)
        for room, points in enumerate(classes)
        for n, point in enumerate(points)
    ]
    names = ["student_no", "unit", "class_unit"]
    numbers = ["baseline", "outcome", "baseline_error", "outcome_error"]
    schema = dict.fromkeys(names, pl.String()) | dict.fromkeys(numbers, pl.Float64())
    return pl.DataFrame(rows, schema, orient="row")


def sums(points: Sequence[Point]) -> tuple[float, float, float]:
    mean_x, mean_y = fmean(p[0] for p in points), fmean(p[1] for p in points)
    xx = sum((p[0] - mean_x) ** 2 for p in points)
    xy = sum((p[0] - mean_x) * (p[1] - mean_y) for p in points)
    return xx, xy, sum((p[1] - mean_y) ** 2 for p in points)


def oracle(classes: Sequence[Sequence[Point]]) -> list[tuple[float, float]]:
    """Growth and standard error of each pupil."""
    everybody = [point for points in classes for point in points]
    n = len(everybody)
    mean_x, mean_y = fmean(p[0] for p in everybody), fmean(p[1] for p in everybody)
    xx, xy, yy = sums(everybody)
    b = xy / xx if xx > 1e-12 else 0.0
    s2 = max(0.0, (yy - b * xy) / max(n - 2, 1))
    own = [sums(points) for points in classes]
    usable = [
        k
        for k, points in enumerate(classes)
        if len(points) >= LEAST_OF_CLASS and own[k][0] > 1e-12 and s2 > 1e-12
    ]
    tau2 = 0.0
    if len(usable) > 1:
        weights = [own[k][0] / s2 for k in usable]
        common = sum(own[k][1] for k in usable) / sum(own[k][0] for k in usable)
        misfit = sum(
            w * (own[k][1] / own[k][0] - common) ** 2 for w, k in zip(weights, usable, strict=True)
        )
        scale = sum(weights) - sum(w * w for w in weights) / sum(weights)
        tau2 = max(0.0, (misfit - (len(usable) - 1)) / scale)
    found = []
    mean_error = fmean(p[2] for p in everybody)
    for k, points in enumerate(classes):
        error = s2 / own[k][0] if k in usable else 0.0
        weight = tau2 / (tau2 + error) if k in usable else 0.0
        slope = b + (weight * (own[k][1] / own[k][0] - b) if k in usable else 0.0)
        variance = xx / n
        true = max(variance - mean_error, LEAST_SHARE * variance)
        steeper = slope * (variance / true - 1) if true > 1e-12 else 0.0
        mean_v = OUTCOME_ERROR + slope**2 * mean_error + steeper**2 * true
        for x, y, own_error in points:
            v = OUTCOME_ERROR + slope**2 * own_error + steeper**2 * true
            h = min(1.0, 1 / n + ((x - mean_x) ** 2 / xx if xx > 1e-12 else 0.0))
            square = v * (1 - h) + h * max(0.0, s2 - mean_v) + weight * error * (x - mean_x) ** 2
            found.append((y - mean_y - slope * (x - mean_x), square**0.5))
    return found


@given(CLASSES)
def test_growth_and_error_equal_their_oracle(classes: list[list[Point]]) -> None:
    got = residual_gain(frame(classes)).select("growth", "sem").rows()
    for mine, theirs in zip(got, oracle(classes), strict=True):
        assert mine == pytest.approx(theirs, abs=1e-6)


@given(CLASSES)
def test_growth_of_a_unit_of_one_slope_is_blind_to_the_baseline(
    classes: list[list[Point]],
) -> None:
    """One class, so one line: growth sums to nothing, and so does growth by baseline."""
    found = residual_gain(frame([[point for points in classes for point in points]]))
    assert found["growth"].sum() == pytest.approx(0, abs=1e-9)
    assert (found["growth"] * found["baseline"]).sum() == pytest.approx(0, abs=1e-9)


@given(CLASSES, CLASSES, st.integers(0, 99))
def test_units_know_nothing_of_each_other_nor_of_the_order_of_rows(
    one: list[list[Point]], other: list[list[Point]], seed: int
) -> None:
    alone = residual_gain(frame(one)).select("student_no", "growth", "sem")
    both = pl.concat([frame(other, "v"), frame(one)])
    order = list(range(both.height))
    Random(seed).shuffle(order)
    again = residual_gain(both[order]).filter(unit="u").select(alone.columns)
    left, right = alone.sort("student_no"), again.sort("student_no")
    assert left["student_no"].to_list() == right["student_no"].to_list()
    for name in ("growth", "sem"):
        assert left[name].to_list() == pytest.approx(right[name].to_list(), abs=1e-6)


def test_what_a_whole_class_gains_stays_growth() -> None:
    room = [(x / 10, x / 10, 0.1) for x in range(-10, 11)]
    lifted = [(x, y + 1, error) for x, y, error in room]
    found = residual_gain(frame([room, lifted])).group_by("class_unit").agg(pl.col("growth").mean())
    assert dict(found.iter_rows()) == pytest.approx({"0": -0.5, "1": 0.5})


def test_a_class_of_its_own_slope_is_turned_but_not_all_the_way() -> None:
    rng = Random(1)
    rooms = [
        [(x / 10, slope * x / 10 + rng.gauss(0, 0.3), 0.1) for x in range(-15, 16)]
        for slope in (0.2, 0.9, 0.6)
    ]
    found = residual_gain(frame(rooms)).group_by("class_unit").agg(pl.col("slope").first())
    slopes = dict(found.iter_rows())
    common = sum(sums(room)[1] for room in rooms) / sum(sums(room)[0] for room in rooms)
    for room, points in enumerate(rooms):
        xx, xy, _ = sums(points)
        near, far = sorted((common, xy / xx))
        assert near < slopes[str(room)] < far


def test_who_sat_fewer_exams_has_a_larger_error() -> None:
    room = [(x / 10, x / 10 + (-1) ** x / 5, 0.05 if x else 0.2) for x in range(-10, 11)]
    found = residual_gain(frame([room]))
    assert found["sem"].arg_max() == 10


def test_the_printed_formula_for_equal_numbers_of_exams() -> None:
    """Far from the line's own error: σ²_out (1 − ρ_out) + b² σ²_base (1 − ρ_b) ÷ ρ_b."""
    rng = Random(2)
    room = [(x := rng.gauss(0, 1), 0.7 * x + rng.gauss(0, 0.6), 0.15) for _ in range(4000)]
    found = residual_gain(frame([room]))
    xx, xy, _ = sums(room)
    variance, b = xx / len(room), xy / xx
    share = 1 - 0.15 / variance
    told = OUTCOME_ERROR + b**2 * variance * (1 - share) / share
    assert found["sem"].median() == pytest.approx(told**0.5, rel=1e-3)
