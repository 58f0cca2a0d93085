"""Reliability from subjects, else from neighbouring exams, else as declared."""

import datetime as dt
from dataclasses import replace
from random import Random
from statistics import correlation, variance

import polars as pl
import pytest

from aidkit.progress.reliability import LEAST, MOST, UNIT, reliability, with_unit
from aidkit.tables.progress import Results
from tests.progress.learners import EXAMS, FULL, GRADE, HERE, SETTINGS, sat

SUBJECTS = ("chinese", "mathematics", "english")
DAY = EXAMS["一月考"][1]


def results(marks: dict[str, dict[str, list[float]]]) -> pl.DataFrame:
    """Exam to subject to the marks of students 00, 01, …."""
    rows = [
        (EXAMS[exam][0], exam, EXAMS[exam][1], *HERE, f"{n:02}", subject, mark, FULL, "scored")
        for exam, subjects in marks.items()
        for subject, column in subjects.items()
        for n, mark in enumerate(column)
    ]
    schema = {name: column.dtype for name, column in Results.columns().items()}
    return pl.DataFrame(rows, schema, orient="row")


def totals(marks: dict[str, dict[str, list[float]]]) -> pl.DataFrame:
    sums = {e: [sum(row) for row in zip(*s.values(), strict=True)] for e, s in marks.items()}
    pupils = len(next(iter(sums.values())))
    return sat({f"{n:02}": [sums[e][n] for e in sums] for n in range(pupils)}, list(sums))


def drawn(pupils: int, noise: float, seed: int, subjects: int = 3) -> dict[str, list[float]]:
    rng = Random(seed)
    able = [rng.gauss(60, 10) for _ in range(pupils)]
    return {s: [a + rng.gauss(0, noise) for a in able] for s in SUBJECTS[:subjects]}


def asked(marks: dict[str, dict[str, list[float]]], **changed: object) -> list[tuple[float, str]]:
    settings = replace(SETTINGS, **changed)  # type: ignore[arg-type]
    found = reliability(totals(marks), results(marks), settings).sort("exam_date")
    return list(found.select("reliability", "reliability_source").iter_rows())


def test_alpha_is_that_of_the_subjects() -> None:
    marks = drawn(30, 8, seed=1)
    total = [sum(row) for row in zip(*marks.values(), strict=True)]
    told = 3 / 2 * (1 - sum(variance(column) for column in marks.values()) / variance(total))
    [(found, source)] = asked({"一月考": marks})
    assert found == pytest.approx(told)
    assert source == "alpha"


def test_a_subject_that_few_sit_is_not_asked() -> None:
    marks = drawn(30, 8, seed=1)
    rows = results({"一月考": marks | {"physics": [50.0] * 5}})
    few = reliability(totals({"一月考": marks}), rows, SETTINGS)
    assert few.equals(reliability(totals({"一月考": marks}), results({"一月考": marks}), SETTINGS))


def test_one_subject_is_compared_with_the_exams_beside_it() -> None:
    able = drawn(40, 4, seed=2)
    marks = {
        exam: {"mathematics": column}
        for exam, column in zip(("一月考", "二月考", "期末"), able.values(), strict=True)
    }
    z = totals(marks).sort("exam_date", "student_no")
    columns = [z.filter(exam=exam)["z"].to_list() for exam in marks]
    first, second = correlation(*columns[:2]), correlation(*columns[1:])
    found = asked(marks)
    assert [share for share, _ in found] == pytest.approx([first, (first + second) / 2, second])
    assert {source for _, source in found} == {"neighbour"}


@pytest.mark.parametrize("changed", [{"estimate_reliability": False}, {"least_pupils": 31}])
def test_else_it_is_declared(changed: dict[str, object]) -> None:
    settings = {"reliability": dict(SETTINGS.reliability) | {"primary": 0.77}}
    assert asked({"一月考": drawn(30, 8, seed=1)}, **changed, **settings) == [(0.77, "declared")]


def test_estimates_are_kept_in_bounds() -> None:
    [(low, _)] = asked({"一月考": drawn(12, 1000, seed=3)})
    [(high, _)] = asked({"一月考": drawn(12, 0.001, seed=3)})
    assert (low, high) == (LEAST, MOST)


def test_the_error_is_the_share_of_the_scores_own_variance() -> None:
    marks = {"一月考": drawn(30, 8, seed=1)}
    [row] = reliability(totals(marks), results(marks), SETTINGS).iter_rows(named=True)
    spread = variance(totals(marks)["z"].to_list())
    assert row["error"] == pytest.approx((1 - row["reliability"]) * spread)
    assert [row[name] for name in UNIT] == ["一月考", DAY, HERE[0], GRADE]


def test_exams_of_the_county_have_one_unit() -> None:
    frame = pl.DataFrame({"exam": ["期末", "期中"], "school_code": ["1", "1"]})
    county = replace(SETTINGS, county_wide=("期末",))
    assert with_unit(frame, county)["unit"].to_list() == ["", "1"]
    assert with_unit(frame, SETTINGS)["unit"].to_list() == ["1", "1"]
    assert isinstance(DAY, dt.date)
