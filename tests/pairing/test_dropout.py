"""Who is missing from compulsory education, and the rate that follows."""

import datetime as dt
import random
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.pairing.dropout import absent_children, dropout_rates
from tests.pairing.made import AUTUMN, NOW, SCHOOL, Row, empty, on, register, student_no, tables

OTHER = "9900000002"
SPRING = AUTUMN.previous()
SCHOOLS = [
    {"school_code": SCHOOL, "school_name": "示例一小"},
    {"school_code": OTHER, "school_name": "示例 二小"},
]


def at_school(n: int, grade: str = "p3", school: str = SCHOOL) -> Row:
    return {
        "student_no": student_no(n), "name": f"生{n}", "school_code": school, "grade": grade,
        "class_name": "1班",
    }  # fmt: skip


def change(n: int, kind: str, day: dt.date, other: str | None = None, **more: Any) -> Row:
    return {
        "student_no": student_no(n), "school_code": SCHOOL, "change_kind": kind,
        "change_date": day, "other_school": other, "term": AUTUMN.code,
    } | more  # fmt: skip


def absent(
    now: list[Row], *changes: Row, before: list[Row] | None = None, **more: Any
) -> pl.DataFrame:
    made = tables(students=now, schools=SCHOOLS, enrolment_changes=list(changes), **more)
    earlier = register("students", *(before or []), term=SPRING.code)
    return absent_children(made, earlier, AUTUMN, NOW)


def kinds(found: pl.DataFrame) -> dict[str, tuple[str, bool]]:
    return {no: (kind, counted) for no, kind, counted in found.select(
        "student_no", "kind", "counted"
    ).rows()}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ([], None),
        ([change(1, "dropped_out", on(10, 8))], "dropped_out"),
        ([change(1, "dropped_out", on(10, 8)), change(1, "resumed", on(11, 2))], None),
        ([change(1, "dropped_out", on(11, 21))], None),
        ([change(1, "transfer_out", on(10, 8), "省城九小")], None),
        ([change(1, "transfer_out", on(10, 8))], "no_destination"),
        ([change(1, "transfer_out", on(10, 8), "示例二小")], "not_arrived"),
        ([change(1, "transfer_out", on(10, 8), "示例二小 ")], "not_arrived"),
        (
            [
                change(1, "transfer_out", on(10, 8), "示例二小"),
                change(1, "transfer_in", on(10, 9), school_code=OTHER),
            ],
            None,
        ),
        ([change(1, "suspended", on(10, 8))], None),
        ([change(1, "graduated", on(10, 8))], None),
        ([change(1, "dropped_out", dt.date(2026, 5, 5), term=SPRING.code)], "dropped_out"),
        (
            [change(1, "suspended", on(9, 8)), change(1, "dropped_out", on(10, 8))],
            "suspended first",
        ),
    ],
)
def test_who_left_without_transfer_or_graduation(changes: list[Row], kind: str | None) -> None:
    found = kinds(absent([at_school(1)], *changes))
    if kind == "suspended first":
        kind = "dropped_out"
    assert found == ({} if kind is None else {student_no(1): (kind, True)})


def test_only_compulsory_grades_count() -> None:
    gone = [change(n, "dropped_out", on(10, 8)) for n in range(4)]
    grades = ["k3", "s1", "v1", "j3"]
    found = absent([at_school(n, grade) for n, grade in enumerate(grades)], *gone)
    assert found["student_no"].to_list() == [student_no(3)]


@pytest.mark.parametrize(
    ("grade", "changes", "expected"),
    [
        ("p3", [], ("vanished", True)),
        ("p6", [], ("not_continued", False)),
        ("j3", [], None),
        ("s1", [], None),
        ("p3", [change(1, "transfer_out", on(9, 1), "省城九小")], None),
        ("p3", [change(1, "suspended", dt.date(2026, 6, 1), term=SPRING.code)], None),
        ("p3", [change(1, "graduated", dt.date(2026, 7, 1), term=SPRING.code)], None),
        (
            "p3",
            [change(1, "dropped_out", dt.date(2026, 6, 1), term=SPRING.code)],
            ("dropped_out", False),
        ),
        (
            "p3",
            [change(1, "transfer_out", dt.date(2026, 6, 1), term=SPRING.code)],
            ("no_destination", False),
        ),
    ],
)
def test_who_is_no_more_on_a_roll(
    grade: str, changes: list[Row], expected: tuple[str, bool] | None
) -> None:
    found = kinds(absent([at_school(9)], *changes, before=[at_school(1, grade)]))
    assert found == ({} if expected is None else {student_no(1): expected})


def test_in_spring_the_last_grades_are_not_over() -> None:
    made = tables(SPRING.code, students=[at_school(9)], schools=SCHOOLS)
    before = register("students", at_school(1, "p6"), term=SPRING.previous().code)
    found = absent_children(made, before, SPRING, dt.date(2026, 6, 1))
    assert kinds(found) == {student_no(1): ("vanished", True)}


def test_when_a_missing_child_was_seen_last() -> None:
    gone = [change(n, "dropped_out", on(11, 2)) for n in range(1, 6)]
    found = absent(
        [at_school(n) for n in range(1, 6)],
        *gone,
        change(2, "transfer_in", on(9, 3)),
        before=[at_school(7)],
        scores=[
            {"student_no": student_no(3), "exam_date": on(10, 13), "score": 61.0},
            {"student_no": student_no(3), "exam_date": on(11, 10), "score": None},
            {"student_no": student_no(4), "exam_date": on(10, 13), "score": 61.0},
            {"student_no": student_no(5), "exam_date": on(11, 21), "score": 61.0},
        ],
        visits=[{"student_no": student_no(4), "visited_on": on(10, 20)}],
        help_logs=[{"student_no": student_no(4), "helped_on": on(10, 19)}],
    )
    told = found.select("student_no", "left_on", "seen_on", "seen_by").rows()
    assert told == [
        (student_no(1), on(11, 2), on(9, 1), "roll"),
        (student_no(2), on(11, 2), on(9, 3), "arrival"),
        (student_no(3), on(11, 2), on(10, 13), "exam"),
        (student_no(4), on(11, 2), on(10, 20), "visit"),
        (student_no(5), on(11, 2), on(9, 1), "roll"),
        (student_no(7), None, SPRING.starts, "roll"),
    ]


def rates(roll: int, missing: int, percent: int = 2) -> pl.DataFrame:
    students = register("students", *(at_school(n) for n in range(roll)))
    gone = [change(n, "dropped_out", on(10, 8)) for n in range(missing)]
    found = absent([at_school(n) for n in range(roll)], *gone)
    return dropout_rates(students, found, AUTUMN, percent)


def test_exactly_the_limit_is_within_it() -> None:
    assert rates(50, 1).select("school_code", "rate", "within").rows() == [
        (SCHOOL, 2.0, True),
        ("all", 2.0, True),
    ]
    assert rates(49, 1)["within"].to_list() == [False, False]
    assert rates(0, 0).select("school_code", "roll", "rate", "within").rows() == [
        ("all", 0, None, None)
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p1", "p6", "j3", "s1", "k2"]),
            st.sampled_from([SCHOOL, OTHER]),
            st.sampled_from([None, "dropped_out", "suspended", "transfer_out"]),
            st.sampled_from(["now", "before", "both"]),
        ),
        max_size=25,
    ),
    st.randoms(use_true_random=False),
)
def test_the_rate_is_that_counted_by_hand(
    children: list[tuple[str, str, str | None, str]], chance: random.Random
) -> None:
    order = list(enumerate(children))
    chance.shuffle(order)
    now = [at_school(n, g, s) for n, (g, s, _, when) in order if when != "before"]
    before = [at_school(n, g, s) for n, (g, s, _, when) in order if when != "now"]
    changes = [change(n, kind, on(10, 8), school_code=s) for n, (_, s, kind, when) in order if kind]
    found = absent(now, *changes, before=before)
    rate = dropout_rates(register("students", *now), found, AUTUMN, 2)
    for code in (SCHOOL, OTHER, "all"):
        mine = [each for each in children if code in (each[1], "all") and each[0][0] in "pj"]
        roll = sum(when != "before" for *_, when in mine)
        count = 0
        for grade, _, kind, when in mine:
            left = kind in ("dropped_out", "transfer_out")
            if when == "before":
                count += kind is None and grade == "p1"
            else:
                count += left
        rows = rate.filter(school_code=code)
        if rows.is_empty():
            assert (roll, count) == (0, 0)
            continue
        assert rows.select("roll", "absent").row(0) == (roll, count)
        within = None if roll == 0 else count / roll <= 0.02
        assert rows["within"].to_list() == [within]


def test_no_roll_before_says_nothing() -> None:
    made = tables(students=[at_school(1)], schools=SCHOOLS)
    assert absent_children(made, empty("students"), AUTUMN, NOW).is_empty()
