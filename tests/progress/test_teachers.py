"""Helpers: who was turned round, mean growth and its interval, shared prizes, help beside."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from aidkit.progress.bands import interval
from aidkit.progress.teachers import teacher_results, turned_round
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
    sittings = sat({number: [100.0] for _, number in helped}, ["期末"])
    found = teacher_results(pairs(*helped), progress_of(*rows), sittings, sessions, HALVES)
    return {row["teacher_no"]: row for row in found.rows(named=True)}


def turned(rows: dict[str, list[float | str | None]], *, paired_on: dt.date = START) -> set[str]:
    """Of a class of ten, helped by one teacher, who was turned round."""
    others: dict[str, list[float | str | None]] = {f"{n:02}": [200, 200, 200] for n in range(3, 10)}
    totals = others | dict(zip(("00", "01", "02"), rows.values(), strict=False))
    told = progress_of(*({"in_group": False} for _ in totals))
    helped = pairs(*(("T1", number) for number in ("00", "01", "02")), paired_on=paired_on)
    found = turned_round(helped, told, sat(totals, TURNS), SETTINGS)
    return set(found["student_no"])


LOW: list[float | str | None] = [10, 10, 10]
"""Keeps the last fifth of ten filled, with one more like it."""


@pytest.mark.parametrize(
    ("row", "is_turned"),
    [
        ([20, 210, 210], True),  # inside, then outside twice
        ([20, 210, 5], False),  # once only
        ([20, 5, 210], False),
        ([20, 210, "sick"], False),  # unknown is not reached
        ([20, "sick", 210], False),
        ([199, 210, 210], False),  # was never inside
    ],
)
def test_turned_round_is_outside_twice(row: list[float | str | None], is_turned: bool) -> None:
    assert turned({"a": row, "b": LOW, "c": [19 if row[0] == 199 else 300, 10, 10]}) == (
        {"00"} if is_turned else set()
    )


def test_exams_before_the_pair_began_count_for_nobody() -> None:
    row: list[float | str | None] = [20, 210, 210]
    late = dt.date(2026, 12, 1)
    rows: dict[str, list[float | str | None]] = {"a": row, "b": LOW, "c": [300, 10, 10]}
    assert turned(rows) == {"00"}
    assert turned(rows, paired_on=late) == set()


def test_the_looked_after_count_as_inside() -> None:
    told = progress_of(*({"in_group": True} for _ in range(10)))
    sittings = sat({f"{n:02}": [100 + n] * 3 for n in range(10)}, TURNS)
    found = turned_round(pairs(("T1", "09"), ("T1", "00")), told, sittings, SETTINGS)
    assert set(found["student_no"]) == {"09"}


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
        twice, progress_of({"growth": 0.3}), sat({"00": [1.0]}, ["期末"]), NO_SESSIONS, SETTINGS
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


def test_exams_up_to_the_choice_count_for_nobody() -> None:
    """Pairs last three years: what was reached before the group was chosen is not this term's."""
    totals: dict[str, list[float | str | None]] = {f"{n:02}": [200] * 5 for n in range(2, 10)}
    totals |= {"00": [210, 210, 20, 210, 5], "01": [10] * 5}
    sittings = sat(totals, ["一月考", "二月考", *TURNS])
    helped = pairs(("T1", "00"), paired_on=dt.date(2025, 9, 15))
    assert turned_round(helped, progress_of({}), sittings, SETTINGS).is_empty()
