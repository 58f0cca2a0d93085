"""Monthly screening: which classes forgot, and what changed since the month before."""

import datetime as dt
import random
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.pairing.screening import screening_changes, screening_due
from tests.pairing.made import AUTUMN, NOW, SCHOOL, Row, facts, on, pupil, register, student_no

OCTOBER, NOVEMBER = on(10, 1), on(11, 1)


def line(day: dt.date, n: int | None, findings: list[str] | None, **more: Any) -> Row:
    return {
        "school_code": SCHOOL,
        "grade": "p3",
        "class_name": "1班",
        "screened_on": day,
        "student_no": None if n is None else student_no(n),
        "name": None if n is None else f"生{n}",
        "findings": findings,
    } | more


def screened(*rows: Row) -> pl.DataFrame:
    return register("class_screening", *rows)


def changes(
    *rows: Row, pupils: list[Row] | None = None, month: dt.date = NOVEMBER, as_of: dt.date = NOW
) -> dict[tuple[str, str], str]:
    known = facts(*(pupils or [pupil(n) for n in range(4)]))
    found = screening_changes(screened(*rows), known, month, as_of)
    return {(no, kind): change for no, kind, change in found.select(
        "student_no", "finding", "change"
    ).rows()}  # fmt: skip


def test_every_class_is_due_every_month() -> None:
    pupils = [pupil(1), pupil(2, class_name="2班"), pupil(3, class_name="3班", left_on=on(10, 15))]
    rows = screened(
        line(on(9, 10), 1, ["left_behind"]),
        line(on(9, 10), 2, None),
        line(on(9, 12), None, [], class_name="2班"),
        line(on(10, 10), 1, []),
        line(on(10, 10), 4, ["orphan"], class_name="9班"),
        line(on(11, 21), 1, ["orphan"]),
    )
    found = screening_due(rows, facts(*pupils), AUTUMN, NOW)
    told = found.select("class_name", "month", "pupils", "found", "state").rows()
    assert told == [
        ("1班", on(9, 1), 1, 1, "done"),
        ("1班", OCTOBER, 1, 0, "done"),
        ("1班", NOVEMBER, 1, None, "open"),
        ("2班", on(9, 1), 1, 0, "done"),
        ("2班", OCTOBER, 1, None, "overdue"),
        ("2班", NOVEMBER, 1, None, "open"),
        ("3班", on(9, 1), 1, None, "overdue"),
        ("9班", OCTOBER, 0, 1, "done"),
    ]


def test_what_a_class_finds_again_or_no_more() -> None:
    found = changes(
        line(on(10, 10), 0, ["left_behind", "orphan"]),
        line(on(10, 10), 1, ["learning"]),
        line(on(11, 10), 0, ["left_behind", "single_parent"]),
        line(on(11, 10), 2, ["disabled"]),
    )
    assert found == {
        (student_no(0), "left_behind"): "same",
        (student_no(0), "orphan"): "gone",
        (student_no(0), "single_parent"): "new",
        (student_no(1), "learning"): "gone",
        (student_no(2), "disabled"): "new",
    }


@pytest.mark.parametrize(
    ("now", "left_on", "change"),
    [
        ([], None, "unanswered"),
        ([line(on(11, 10), 0, None)], None, "unanswered"),
        ([line(on(11, 10), None, [])], None, "gone"),
        ([line(on(11, 10), 0, [])], None, "gone"),
        ([line(on(11, 10), None, [], class_name="2班")], None, "unanswered"),
        ([line(on(11, 21), None, [])], None, "unanswered"),
        ([line(on(11, 10), None, [])], on(11, 2), "left"),
        ([line(on(11, 10), None, [])], on(12, 2), "gone"),
    ],
)
def test_silence_is_no_answer(now: list[Row], left_on: dt.date | None, change: str) -> None:
    before = line(on(10, 10), 0, ["orphan"])
    found = changes(before, *now, pupils=[pupil(0, left_on=left_on)])
    assert found == {(student_no(0), "orphan"): change}


@pytest.mark.parametrize(
    ("before", "change"),
    [
        ([], "first"),
        ([line(on(10, 10), None, [])], "new"),
        ([line(on(10, 10), 0, None)], "first"),
        ([line(on(9, 10), None, [])], "first"),
        ([line(on(10, 10), 0, ["orphan"], class_name="2班")], "same"),
    ],
)
def test_a_first_finding_may_have_nothing_to_be_held_against(
    before: list[Row], change: str
) -> None:
    found = changes(*before, line(on(11, 10), 0, ["orphan"]))
    assert found == {(student_no(0), "orphan"): change}


def test_the_last_screening_of_a_month_counts() -> None:
    found = changes(
        line(on(10, 8), 0, ["orphan"]),
        line(on(10, 20), 0, ["learning"]),
        line(on(11, 10), 0, ["learning"]),
    )
    assert found == {(student_no(0), "learning"): "same"}


def test_september_is_held_against_july() -> None:
    july = dt.date(2026, 7, 10)
    found = changes(
        line(july, 0, ["orphan"], grade="p2"),
        line(on(9, 10), 0, ["orphan"]),
        line(on(9, 10), 1, ["orphan"]),
        month=on(9, 1),
    )
    assert found == {(student_no(0), "orphan"): "same", (student_no(1), "orphan"): "first"}


KINDS = ["left_behind", "orphan", "learning"]
Said = dict[int, list[str] | None]


@given(
    st.tuples(st.booleans(), st.booleans()),
    *[
        st.dictionaries(
            st.integers(0, 3),
            st.one_of(st.none(), st.lists(st.sampled_from(KINDS), unique=True)),
        )
    ]
    * 2,
    st.randoms(use_true_random=False),
)
def test_changes_are_those_told_by_hand(
    handed_in: tuple[bool, bool], before: Said, now: Said, chance: random.Random
) -> None:
    days = on(10, 10), on(11, 10)
    said = [each if there else {} for there, each in zip(handed_in, (before, now), strict=True)]
    rows = [
        line(day, n, findings)
        for day, each in zip(days, said, strict=True)
        for n, findings in each.items()
    ]
    rows += [line(day, None, []) for day, there in zip(days, handed_in, strict=True) if there]
    chance.shuffle(rows)

    def answered(month: int, n: int) -> bool:
        return handed_in[month] and said[month].get(n, []) is not None

    expected = {}
    for n in range(4):
        then, here = (set(said[month].get(n) or []) for month in (0, 1))
        for kind in then & here:
            expected[student_no(n), kind] = "same"
        for kind in here - then:
            expected[student_no(n), kind] = "new" if answered(0, n) else "first"
        for kind in then - here:
            expected[student_no(n), kind] = "gone" if answered(1, n) else "unanswered"
    assert changes(*rows) == expected
