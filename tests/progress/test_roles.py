"""What exams are for: the group is never chosen on the baseline."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from aidkit.calendar import Term
from aidkit.progress.exams import read_exams
from aidkit.progress.roles import exam_roles
from tests.progress.exam_rows import (
    BEFORE,
    DAYS,
    EARLIER,
    OTHER,
    SCHOOL,
    TERM,
    declared,
    roll,
    scores,
    shipped,
)

NOW = Term.parse(TERM)
ALL = tuple(DAYS)
PUPILS = (1, 2, 3, 4)


def results_of(
    exams: tuple[tuple[str, str], ...], *, before: str = SCHOOL, common: tuple[str, ...] = ()
) -> pl.DataFrame:
    """Exams of some pupils, who in earlier terms were at the school `before`."""
    sheets = [scores({p: {"chinese": 50 + p} for p in PUPILS}, exam=exam) for exam in exams]
    rolls = [roll(PUPILS), roll(PUPILS, terms=(EARLIER, BEFORE), school=before, grade="j1")]
    return read_exams(pl.concat(sheets), pl.concat(rolls), declared(county_wide=common)).results


def told(results: pl.DataFrame, common: tuple[str, ...] = ()) -> dict[tuple[str, str], str]:
    roles = exam_roles(results, NOW, declared(county_wide=common))
    return {(term, exam): role for term, exam, role in roles.select("term", "exam", "role").rows()}


def test_last_exams_are_outcome_and_choice_and_the_others_baseline() -> None:
    assert told(results_of(ALL)) == {
        (EARLIER, "期中"): "baseline",
        (EARLIER, "期末"): "baseline",
        (BEFORE, "期中"): "baseline",
        (BEFORE, "期末"): "choice",
        (TERM, "月考"): "other",
        (TERM, "期中"): "outcome",
    }


def test_of_two_terms_ago_nothing_is_a_choice() -> None:
    assert told(results_of((ALL[0], ALL[1], ALL[5]))) == {
        (EARLIER, "期中"): "baseline",
        (EARLIER, "期末"): "baseline",
        (TERM, "期中"): "outcome",
    }


def test_without_earlier_exams_the_terms_own_are_the_baseline() -> None:
    assert told(results_of(ALL[3:])) == {
        (BEFORE, "期末"): "choice",
        (TERM, "月考"): "baseline",
        (TERM, "期中"): "outcome",
    }


def test_exams_at_another_school_are_no_baseline_unless_the_county_sat_them() -> None:
    moved = results_of(ALL, before=OTHER)
    assert told(moved)[TERM, "月考"] == "baseline"
    assert told(results_of(ALL, before=OTHER, common=("期中",)), ("期中",))[TERM, "月考"] == "other"


@pytest.mark.parametrize(("earlier", "role"), [((1, 2), "other"), ((1,), "baseline")])
def test_half_of_the_pupils_make_a_baseline(earlier: tuple[int, ...], role: str) -> None:
    sheets = [
        scores({p: {"chinese": 60} for p in earlier}, exam=(EARLIER, "期中")),
        *(scores({p: {"chinese": 60} for p in PUPILS}, exam=exam) for exam in ALL[4:]),
    ]
    rolls = pl.concat([roll(PUPILS), roll(PUPILS, terms=(EARLIER,), grade="j1")])
    results = read_exams(pl.concat(sheets), rolls, shipped()).results
    assert told(results)[TERM, "月考"] == role


def test_in_spring_the_term_before_is_last_years_autumn() -> None:
    results = results_of(ALL).filter(pl.col("term") != TERM)
    roles = exam_roles(results, Term.parse(BEFORE), shipped())
    assert roles.select("term", "exam", "role").rows() == [
        (EARLIER, "期中", "baseline"),
        (EARLIER, "期末", "choice"),
        (BEFORE, "期中", "other"),
        (BEFORE, "期末", "outcome"),
    ]


def test_of_two_exams_on_one_day_the_name_decides() -> None:
    sheets = [
        scores({p: {"chinese": 60} for p in PUPILS}, exam=exam, day=DAYS[TERM, "期中"])
        for exam in ALL[4:]
    ]
    for order in (sheets, sheets[::-1]):
        roles = told(read_exams(pl.concat(order), roll(PUPILS), shipped()).results)
        assert roles == {(TERM, "月考"): "baseline", (TERM, "期中"): "outcome"}


@pytest.mark.parametrize("term", [TERM, BEFORE])
@pytest.mark.parametrize(("few", "role"), [((1,), "other"), ((1, 2), "last")])
def test_an_exam_of_few_is_none_of_the_grade(term: str, few: tuple[int, ...], role: str) -> None:
    """A second chance for one pupil, or one class under another name, unassesses nobody."""
    late = max(day for (code, _), day in DAYS.items() if code == term) + dt.timedelta(days=9)
    sheets = [scores({p: {"chinese": 50 + p} for p in PUPILS}, exam=exam) for exam in ALL]
    other = scores({p: {"chinese": 60} for p in few}, exam=(term, "期中补考"), day=late)
    rolls = pl.concat([roll(PUPILS), roll(PUPILS, terms=(EARLIER, BEFORE), grade="j1")])
    with_few = told(read_exams(pl.concat([*sheets, other]), rolls, shipped()).results)
    expected = told(results_of(ALL))
    last = max((exam for exam in ALL if exam[0] == term), key=DAYS.__getitem__)
    if role == "last":
        role = expected[last]
        expected[last] = "other" if term == TERM else "baseline"
    assert with_few == expected | {(term, "期中补考"): role}


def test_who_was_away_has_not_sat_it() -> None:
    """A list of the whole grade in which nearly all are absent is an exam of few."""
    marks: dict[int, dict[str, float | str | None]] = {
        p: {"chinese": 60 if p == 1 else "sick"} for p in PUPILS
    }
    late = scores(marks, exam=(TERM, "补考"), day=dt.date(2026, 12, 1))
    whole = scores({p: {"chinese": 50 + p} for p in PUPILS})
    roles = told(read_exams(pl.concat([late, whole]), roll(PUPILS), shipped()).results)
    assert roles == {(TERM, "补考"): "other", (TERM, "期中"): "outcome"}


def test_of_exams_that_nobody_sat_the_last_is_the_outcome() -> None:
    sheets = [scores({p: {"chinese": "sick"} for p in PUPILS}, exam=exam) for exam in ALL[4:]]
    roles = told(read_exams(pl.concat(sheets), roll(PUPILS), shipped()).results)
    assert roles == {(TERM, "月考"): "baseline", (TERM, "期中"): "outcome"}


def test_what_comes_after_the_term_has_no_role() -> None:
    roles = exam_roles(results_of(ALL), Term.parse(BEFORE), shipped())
    assert set(roles.filter(pl.col("term") == TERM)["role"]) == {"other"}


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(ALL), min_size=1), st.randoms(use_true_random=False))
def test_roles_are_those_of_the_plain_rule(exams: set[tuple[str, str]], rng: object) -> None:
    held = tuple(sorted(exams, key=DAYS.__getitem__))
    results = results_of(held)
    expected: dict[tuple[str, str], str] = {}
    for exam in held:
        last = exam == [e for e in held if e[0] == exam[0]][-1]
        if exam[0] == TERM:
            expected[exam] = "outcome" if last else "own"
        else:
            expected[exam] = "choice" if last and exam[0] == BEFORE else "baseline"
    own = "other" if "baseline" in expected.values() else "baseline"
    assert told(results) == {e: own if role == "own" else role for e, role in expected.items()}
    mixed = results.sample(fraction=1, shuffle=True, seed=rng.getrandbits(30))  # type: ignore[attr-defined]
    assert_frame_equal(exam_roles(results, NOW, shipped()), exam_roles(mixed, NOW, shipped()))
