"""A term's progress: who is assessed and why not, bands, flags, schools, and no order of rows."""

from dataclasses import replace
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from aidkit.progress.bands import REASONS, band, interval
from aidkit.progress.progress import progress
from aidkit.progress.reliability import reliability
from aidkit.progress.settings import ProgressSettings
from aidkit.tables.progress import Results
from tests.progress.learners import (
    EXAMS,
    GRADE,
    HERE,
    LOOSE,
    ROOM,
    SCHOOL,
    SETTINGS,
    TERM,
    by_student,
    group,
    sat,
)

NO_RESULTS = Results.create_empty()
OTHER = "9900000002"
COMMON = [[100 + n, 120 + n, 110 + n, 130 + n * (-1) ** n] for n in range(12)]
Totals = dict[str, list[float | str | None]]


def crowd() -> Totals:
    """A dozen pupils who are assessed."""
    return {f"c{n:02}": list(row) for n, row in enumerate(COMMON)}


def told(
    sittings: pl.DataFrame, *members: str, settings: ProgressSettings = SETTINGS
) -> pl.DataFrame:
    shares = reliability(sittings, NO_RESULTS, settings)
    return progress(sittings, shares, group(*members), settings, TERM)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([200, 200, 200, "withdrawn"], "withdrawn"),
        ([200, 200, 200, "sick"], "no_outcome"),
        ([None, None, 200, 210], "no_baseline"),
        (["sick", "truant", 200, 210], "no_baseline"),
        (["sick", 200, 200, 210], None),
        ([200, 200, 200, 210], None),
    ],
)
def test_why_somebody_is_not_assessed(row: list[float | str | None], reason: str | None) -> None:
    found = told(sat(crowd() | {"x": row}))
    [one] = found.filter(student_no="x").rows(named=True)
    assert one["reason"] == reason
    assert (one["band"] == "not_assessed") == (reason is not None)
    for name in ("growth", "sem", "low", "high", "expected_z"):
        assert (one[name] is None) == (reason is not None)
    assert reason is None or reason in REASONS


def test_as_many_exams_as_declared() -> None:
    strict = replace(SETTINGS, least_exams=3)
    found = told(sat(crowd() | {"x": ["sick", 200, 200, 210]}), settings=strict)
    assert by_student(found, "reason")["x"] == "few_exams"
    assert by_student(found, "reason")["c00"] is None


def test_a_grade_of_few_is_not_assessed() -> None:
    nine = dict(list(crowd().items())[:9])
    assert set(told(sat(nine))["reason"]) == {"few_pupils"}
    assert set(told(sat(nine), settings=replace(SETTINGS, least_pupils=9))["reason"]) == {None}


def test_who_is_gone_is_told_only_if_looked_after() -> None:
    rows = crowd() | {"gone": [90, 90, 90, None]}
    assert "gone" not in by_student(told(sat(rows)), "reason")
    found = told(sat(rows), "gone").filter(student_no="gone")
    assert found.select("reason", "rank_change", "rank_prize", "grade").row(0) == (
        "no_outcome", None, "none", GRADE,
    )  # fmt: skip


def test_the_growth_is_against_the_others() -> None:
    sure = replace(SETTINGS, estimate_reliability=False, reliability={"primary": 0.95})
    rows: Totals = {f"m{n}": [100.0 + 3 * n + move for move in (0, 2, 1, 3)] for n in range(60)}
    rows |= {"x": [95, 95, 95, 290], "y": [290, 290, 290, 95]}
    found = told(sat(rows), "x", "y", settings=sure)
    bands = by_student(found, "band", "rank_change", "rank_prize", "fair_prize")
    assert bands["x"] == ("clearly_better", 1, "first", "first")
    assert bands["y"] == ("attention", -1, "none", "none")


def test_the_interval_is_so_many_errors_wide() -> None:
    found = told(sat(crowd()))
    far = interval(SETTINGS.confidence)
    assert far == pytest.approx(1.645, abs=1e-3)
    for row in found.rows(named=True):
        assert row["high"] - row["growth"] == pytest.approx(far * row["sem"], abs=1e-8)
        assert row["growth"] - row["low"] == pytest.approx(far * row["sem"], abs=1e-8)
        assert row["growth"] == pytest.approx(row["outcome_z"] - row["expected_z"], abs=1e-8)


@pytest.mark.parametrize(
    ("growth", "word"),
    [
        (None, "not_assessed"), (1.646, "clearly_better"), (1.645, "better"), (1.01, "better"),
        (1.0, "steady"), (-1.0, "steady"), (-1.01, "attention"),
    ],
)  # fmt: skip
def test_a_band_begins_beyond_its_errors(growth: float | None, word: str) -> None:
    schema = {"growth": pl.Float64, "sem": pl.Float64}
    frame = pl.DataFrame({"growth": [growth], "sem": [1.0]}, schema)
    assert frame.select(band(SETTINGS)).item() == word


def test_no_room_above_or_below_is_flagged() -> None:
    rows = crowd() | {"top": [300, 290, 299, 300], "low": [10, 10, 12, 9], "sat": ["sick"] * 4}
    flags = by_student(told(sat(rows)), "ceiling", "floor")
    assert (flags["top"], flags["low"], flags["sat"], flags["c00"]) == (
        (True, False), (False, True), (False, False), (False, False),
    )  # fmt: skip


def test_what_was_sat_at_another_school_does_not_count() -> None:
    before = sat(crowd() | {"x": [200, 200, 200, None]}, places={"x": (OTHER, GRADE, ROOM)})
    moved = pl.concat([before, sat({"x": [250.0]}, ["学期末"])])
    one = told(moved, "x").filter(student_no="x").row(0, named=True)
    assert (one["reason"], one["school_code"]) == ("no_baseline", SCHOOL)
    assert (one["choice_z"], one["rank_before"], one["rank_now"]) == (None, None, None)
    county = replace(SETTINGS, county_wide=tuple(EXAMS))
    shared = told(moved, "x", settings=county).filter(student_no="x").row(0, named=True)
    assert (shared["reason"], shared["rank_change"]) == (None, 0)


def test_schools_share_a_line_only_where_all_exams_are_the_countys() -> None:
    two = {name: [t + 20 for t in row] for name, row in zip("abcdef", COMMON, strict=False)}
    places = dict.fromkeys(two, (OTHER, GRADE, ROOM))
    for wide, own in (((), True), (tuple(EXAMS), False), (("学期末",), True)):
        settings = replace(LOOSE, county_wide=wide)
        found = told(sat(crowd() | two, places=places, settings=settings), settings=settings)
        alone = found.filter(school_code=SCHOOL)
        assert (abs(sum(alone["growth"].to_list())) < 1e-6) == own, wide


CELL = st.integers(50, 70).map(float) | st.sampled_from(["sick", "withdrawn"])
ROWS = st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=3, max_size=14)


@examples(max_examples=40)
@given(ROWS, st.integers(0, 99), st.data())
def test_the_order_of_rows_does_not_matter(
    rows: list[list[float | str | None]], seed: int, data: st.DataObject
) -> None:
    totals = {f"{n:02}": row for n, row in enumerate(rows)}
    members = data.draw(st.lists(st.sampled_from(sorted(totals)), unique=True))
    sittings = sat(totals, places={"00": (*HERE[:2], "2班")})
    order = list(range(sittings.height))
    Random(seed).shuffle(order)
    first = told(sittings, *members, settings=LOOSE)
    again = told(sittings[order], *reversed(members), settings=LOOSE)
    assert first.equals(again)
    assert set(by_student(first.filter("in_group"), "band")) == set(members)
