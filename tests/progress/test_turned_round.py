"""转化: inside before the pair, then outside twice running, once, in the term looked at."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aidkit.progress.turned_round import turned_round
from tests.progress.learners import EXAMS, SCHOOL, SETTINGS, progress_of, sat

START = dt.date(2026, 9, 15)
TURNS = ["期末", "期中", "学期末"]
ALL = list(EXAMS)

Totals = Sequence[float | str | None]


def possible(
    rows: Sequence[Totals], paired_on: dt.date = START, exams: Sequence[str] = TURNS
) -> pl.DataFrame:
    """Of a class of ten, whose first pupils have these totals: who could be turned round.

    All are helped, and so all are of the group. Others have 200 points, and two more 10, who keep
    the last fifth filled.
    """
    totals: dict[str, Totals] = {f"{n:02}": [200.0] * len(exams) for n in range(10)}
    totals |= {"08": [10.0] * len(exams), "09": [10.0] * len(exams)}
    totals |= {f"{n:02}": row for n, row in enumerate(rows)}
    names = ["teacher_no", "student_no", "school_code", "paired_on"]
    helped = pl.DataFrame(
        [("T1", number, SCHOOL, paired_on) for number in totals], names, orient="row"
    )
    progress = progress_of(*({"in_group": True} for _ in totals))
    return turned_round(helped, progress, sat(totals, exams), SETTINGS)


def told(
    rows: Sequence[Totals], paired_on: dt.date = START, exams: Sequence[str] = TURNS
) -> dict[str, int]:
    """Who was turned round, and at how many exams that could be told."""
    found = possible(rows, paired_on, exams)
    return {row["student_no"]: row["exams"] for row in found.filter("turned").rows(named=True)}


@pytest.mark.parametrize(
    ("row", "is_turned"),
    [
        ([5, 210, 210], True),  # inside, then outside twice
        ([5, 210, 5], False),  # once only
        ([5, 5, 210], False),
        ([5, 210, "sick"], False),  # unknown is not reached
        ([5, "sick", 210], False),
        ([199, 210, 210], False),  # was never inside, though named for help
        (["sick", 5, 210], False),
    ],
)
def test_turned_round_is_inside_and_then_outside_twice(row: Totals, is_turned: bool) -> None:
    assert set(told([row])) == ({"00"} if is_turned else set())


def test_who_chooses_the_best_of_the_class_has_turned_nobody_round() -> None:
    assert told([[300, 300, 300]]) == {}


def test_who_has_no_exam_before_the_pair_begins_at_the_first_one_after() -> None:
    exams = ["二月考", *TURNS]
    early = dt.date(2026, 4, 1)
    assert told([[300, 300, 300, 300]], early, exams) == {}
    assert set(told([[5, 5, 210, 210]], early, exams)) == {"00"}


def test_exams_before_the_pair_began_count_for_nobody() -> None:
    assert set(told([[5, 210, 210]])) == {"00"}
    assert told([[5, 210, 210]], paired_on=dt.date(2026, 12, 1)) == {}
    assert told([[5, 5, 210]], paired_on=dt.date(2026, 12, 1)) == {}


def test_a_pair_is_rewarded_in_the_term_in_which_it_was_reached_and_once() -> None:
    """Pairs last three years."""
    long = dt.date(2026, 4, 15)  # after one exam of the term before
    assert told([[5, 210, 210, 210, 210]], long, ALL) == {}
    assert told([[5, 210, 210, 5, 5]], long, ALL) == {}
    assert told([[5, 210, 5, 210, 210]], long, ALL) == {"00": 3}
    done = possible([[5, 210, 210, 210, 210]], long, ALL)
    assert "00" not in done["student_no"]


def test_with_one_exam_a_term_the_two_are_of_two_terms() -> None:
    exams = ["一月考", "期末", "学期末"]
    long = dt.date(2026, 4, 15)
    assert told([[5, 210, 210]], long, exams) == {"00": 2}
    assert told([[5, 5, 210]], long, exams) == {}


def test_an_exam_sat_later_by_a_few_is_none_of_the_two() -> None:
    """Of four who sat it, only the last is among the last fifth."""
    few: Totals = [200, 5, 5, *[None] * 7]
    column = {f"{n:02}": value for n, value in enumerate(few)}
    sittings = sat(
        {
            n: [10.0 if n in ("01", "02") else 200.0, v, 10.0 if n in ("01", "02") else 200.0]
            for n, v in column.items()
        },
        TURNS,
    )
    names = ["teacher_no", "student_no", "paired_on"]
    helped = pl.DataFrame([("T1", "01", START)], names, orient="row")
    (row,) = turned_round(helped, progress_of({}, {}), sittings, SETTINGS).rows(named=True)
    assert (row["turned"], row["exams"]) == (False, 1)


marks = st.lists(st.sampled_from([5.0, 210.0, "sick"]), min_size=5, max_size=5)


@settings(max_examples=60, deadline=None)
@given(st.lists(marks, min_size=1, max_size=3), st.integers(0, 300))
def test_the_rule_equals_a_plain_one(rows: list[list[float | str]], days: int) -> None:
    paired_on = dt.date(2026, 3, 20) + dt.timedelta(days=days)
    expected = {f"{n:02}" for n, row in enumerate(rows) if plain(row, paired_on)}
    assert {n for n in told(rows, paired_on, ALL) if n < "08"} == expected


def plain(row: Sequence[float | str], paired_on: dt.date) -> bool:
    days = [EXAMS[name][1] for name in ALL]
    known = [n for n, value in enumerate(row) if value != "sick"]
    before = [n for n in known if days[n] < paired_on]
    if not known:
        return False
    entry = before[-1] if before else known[0]
    if row[entry] != 5.0:
        return False
    after = [n for n in range(entry + 1, len(row)) if days[n] >= paired_on]
    twice = [n for m, n in pairwise(after) if row[m] == row[n] == 210.0]
    return bool(twice) and EXAMS[ALL[twice[0]]][0] == EXAMS["学期末"][0]
