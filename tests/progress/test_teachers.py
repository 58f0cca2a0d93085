"""Helpers: who was turned round, mean growth and its interval, shared prizes, help beside."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from aidkit.progress.bands import interval
from aidkit.progress.teacher_luck import prize_by_luck
from aidkit.progress.teachers import teacher_results
from aidkit.project import find_project
from tests.progress.learners import SCHOOL, SETTINGS, progress_of, sat

START = dt.date(2026, 9, 15)
TURNS = ["期末", "期中", "学期末"]
NO_SESSIONS = pl.DataFrame(schema={"teacher_no": pl.String, "student_no": pl.String})
HALVES = replace(SETTINGS, teacher_prizes=(50, 50, 0))


def pairs(*rows: tuple[str, str], paired_on: dt.date = START) -> pl.DataFrame:
    names = ["teacher_no", "student_no", "school_code", "paired_on"]
    return pl.DataFrame([(*row, SCHOOL, paired_on) for row in rows], names, orient="row")


def results(
    growths: Mapping[str, Sequence[float | None]], sessions: pl.DataFrame = NO_SESSIONS
) -> dict[str, dict[str, Any]]:
    """Teachers and the growths of their pupils; nobody was turned round."""
    rows: list[dict[str, object]] = []
    helped: list[tuple[str, str]] = []
    for teacher, values in growths.items():
        for value in values:
            helped.append((teacher, f"{len(rows):02}"))
            rows.append({"growth": value, "in_group": True})
    sittings = sat({number: [100.0] for _, number in helped}, ["学期末"])
    found = teacher_results(pairs(*helped), progress_of(*rows), sittings, sessions, HALVES)
    return {row["teacher_no"]: row for row in found.rows(named=True)}


def test_mean_growth_has_the_interval_that_chance_leaves_open() -> None:
    found = results({"T1": [0.6, 0.2], "T2": [-0.5, None]})
    one, two = found["T1"], found["T2"]
    square = (0.6**2 + 0.2**2 + 0.5**2) / 3
    far = interval(SETTINGS.confidence)
    assert (one["pupils"], two["pupils"]) == (2, 1)
    assert one["growth"] == pytest.approx(0.4)
    assert one["high"] - one["growth"] == pytest.approx(far * (2 * square) ** 0.5 / 2)
    assert two["growth"] - two["low"] == pytest.approx(far * square**0.5)
    assert (one["turned_round"], two["prize"]) == (0, "none")


def test_a_helper_of_nobody_assessed_has_no_figures() -> None:
    one = results({"T1": [None]})["T1"]
    assert (one["pupils"], one["growth"], one["low"], one["prize"]) == (0, None, None, "none")


def test_whose_interval_reaches_the_last_winner_shares_the_prize() -> None:
    """Chance leaves so much open that two helpers of one pupil each are hardly told apart."""
    close = results({"T1": [0.6], "T2": [0.5], "T3": [-0.1], "T4": [-0.2]})
    assert [close[t]["prize"] for t in ("T1", "T2", "T3")] == ["first", "first", "none"]
    far = results({"T1": [9.0] * 40, "T2": [0.5] * 40, "T3": [0.0] * 400})
    assert [far[t]["prize"] for t in ("T1", "T2", "T3")] == ["first", "second", "none"]


def test_no_result_no_prize_and_help_stands_beside() -> None:
    log = pl.DataFrame({"teacher_no": ["T1"] * 3 + ["T2"], "student_no": ["00", "00", "99", "01"]})
    found = results({"T1": [-0.2], "T2": [0.1]}, sessions=log)
    assert [found[t]["sessions"] for t in ("T1", "T2")] == [2, 1]
    assert [found[t]["prize"] for t in ("T1", "T2")] == ["none", "first"]
    assert [row["prize"] for row in results({"T1": [-0.2], "T2": [0.1]}).values()] == [
        "none",
        "first",
    ]


def test_two_subjects_with_one_pupil_are_one_pupil() -> None:
    twice = pairs(("T1", "00"), ("T1", "00"))
    found = teacher_results(
        twice, progress_of({"growth": 0.3}), sat({"00": [1.0]}, ["学期末"]), NO_SESSIONS, SETTINGS
    )
    assert found["pupils"].to_list() == [1]


def test_turned_round_comes_before_growth() -> None:
    """Who turned nobody round is not ahead, but with better growth shares the prize."""
    helped = pairs(("T1", "00"), ("T2", "01"))
    others = {f"{n:02}": [200, 200, 200] for n in range(2, 10)}
    sittings = sat(others | {"00": [10, 210, 210], "01": [11, 10, 10]}, TURNS)
    sure = replace(HALVES, confidence=1e-9)
    told = progress_of({"growth": 0.1}, {"growth": 5.0})
    found = teacher_results(helped, told, sittings, NO_SESSIONS, sure)
    assert found.select("turned_round", "prize").rows() == [(1, "first"), (0, "first")]
    worse = progress_of({"growth": 0.1}, {"growth": 0.05})
    found = teacher_results(helped, worse, sittings, NO_SESSIONS, sure)
    assert found["prize"].to_list() == ["first", "second"]


def test_a_pair_made_after_the_exam_or_just_before_it_has_no_part_in_its_growth() -> None:
    sittings = sat({"00": [1.0]}, ["学期末"])
    told = progress_of({"growth": 1.5})
    least = SETTINGS.least_days_helped
    for days, pupils in ((-4, 0), (0, 0), (least - 1, 0), (least, 1)):
        day = dt.date(2027, 1, 21) - dt.timedelta(days=days)
        helped = pairs(("T1", "00"), paired_on=day)
        one = teacher_results(helped, told, sittings, NO_SESSIONS, SETTINGS)
        assert one["pupils"].to_list() == [pupils], day
        assert one["prize"].to_list() == ["first" if pupils else "none"]


def test_the_only_winner_gets_the_first_prize() -> None:
    helped = pairs(("T1", "00"), ("T2", "01"))
    told = progress_of({"growth": 0.4}, {"growth": -0.4})
    sittings = sat({"00": [1.0], "01": [1.0]}, ["学期末"])
    found = teacher_results(helped, told, sittings, NO_SESSIONS, SETTINGS)
    assert found["prize"].to_list() == ["first", "none"]


def test_luck_alone_rewards_half_and_more_where_pupils_can_be_turned_round() -> None:
    found = results({"T1": [0.6, 0.2], "T2": [None]})
    assert found["T1"]["luck"] == pytest.approx(0.5, abs=0.02)
    assert found["T2"]["luck"] == 0
    turned = [prize_by_luck(1, 1, exams, 0.8, 0.2) for exams in (1, 2, 3, 4)]
    assert turned == sorted(turned)
    assert turned[0] == pytest.approx(0.5, abs=0.02)


def test_the_page_on_the_method_prints_what_luck_gives() -> None:
    page = (find_project().site / "progress.qmd").read_text(encoding="utf-8")
    for pupils in (1, 2, 3, 4, 6):
        chances = [prize_by_luck(pupils, pupils, exams, 0.8, 0.2) for exams in (1, 2, 3, 4)]
        line = " | ".join([str(pupils), *(f"{100 * chance:.0f}%" for chance in chances)])
        assert f"| {line} |" in page


@given_settings(max_examples=20, deadline=None)
@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 5), st.sampled_from([0.0, 0.5, 0.9]))
def test_luck_is_a_chance_and_more_who_can_be_turned_round_have_more(
    pupils: int, inside: int, exams: int, reliability: float
) -> None:
    chance = prize_by_luck(pupils, inside, exams, reliability, 0.2)
    assert 0 <= chance <= 1
    assert chance <= prize_by_luck(pupils, inside + 1, exams, reliability, 0.2) + 0.03
