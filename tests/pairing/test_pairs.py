"""Pairs as they stand on a day, and how many pupils that makes for each person."""

import datetime as dt
import random
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.pairing.loads import loads
from aidkit.pairing.months import last_day, month_before, school_months
from aidkit.pairing.pairs import held_on, pairs_of, staff_of
from tests.pairing.made import (
    AUTUMN,
    NOW,
    RULES,
    SCHOOL,
    facts,
    on,
    pair,
    paired,
    pupil,
    register,
    student_no,
    teacher,
)


def test_months_begin_with_the_term_and_count_from_their_first_day() -> None:
    months = school_months(AUTUMN, on(11, 1))
    assert months["month"].to_list() == [on(9, 1), on(10, 1), on(11, 1)]
    assert months["due_by"].to_list() == [on(9, 30), on(10, 31), on(11, 30)]
    assert months["counted"].to_list() == [on(9, 15), on(10, 15), on(11, 15)]
    assert school_months(AUTUMN, on(1, 31)).height == 5
    assert school_months(AUTUMN, dt.date(2026, 8, 31)).is_empty()
    assert last_day(AUTUMN) == on(1, 31)
    assert last_day(AUTUMN.previous()) == dt.date(2026, 7, 31)


def test_holidays_lie_between_the_months_of_two_terms() -> None:
    assert month_before(on(10, 1)) == on(9, 1)
    assert month_before(on(1, 1)) == on(12, 1)
    assert month_before(on(9, 1)) == dt.date(2026, 7, 1)
    assert month_before(dt.date(2026, 3, 1)) == dt.date(2026, 1, 1)


def test_a_pair_written_down_twice_is_one_and_began_first() -> None:
    pairs = paired(
        pair(1, 1, subject="english", paired_on=on(10, 9), ended_on=on(11, 1)),
        pair(1, 1, subject="chinese", paired_on=on(9, 10)),
    )
    assert pairs.select("subject", "paired_on", "ends_on").rows() == [("chinese", on(9, 10), None)]


def test_a_pair_ends_when_it_says_so_or_when_the_pupil_leaves() -> None:
    pupils = [pupil(1), pupil(2, left_on=on(10, 20)), pupil(3, left_on=on(10, 20))]
    pairs = paired(
        pair(1, 1, ended_on=on(11, 20)),
        pair(1, 2),
        pair(1, 3, ended_on=on(10, 1)),
        pupils=pupils,
    )
    assert pairs["ends_on"].to_list() == [on(11, 20), on(10, 20), on(10, 1)]
    assert held_on(pairs, on(11, 19))["student_no"].to_list() == [student_no(1)]
    assert held_on(pairs, on(11, 20)).is_empty()


def test_other_terms_and_later_days_are_not_known() -> None:
    rows = pl.concat(
        [
            register("tutor_pairs", pair(1, 1, paired_on=on(11, 21))),
            register("tutor_pairs", pair(1, 2), term="2026-spring"),
        ]
    )
    assert pairs_of(rows, facts(pupil(1), pupil(2)), AUTUMN, NOW).is_empty()


def test_a_student_at_college_may_have_a_helper() -> None:
    at_college = pupil(1, subject="freshman", grade="", class_name="", locality=None)
    both = [pupil(2), pupil(2, subject="freshman", grade="")]
    pairs = paired(pair(1, 1), pair(1, 2), pupils=[at_college, *both])
    assert pairs["school_code"].to_list() == ["", SCHOOL]


@pytest.mark.parametrize(
    ("more", "there"),
    [
        ({}, True),
        ({"employment": None}, True),
        ({"employment": "retired"}, False),
        ({"post_to": on(11, 20)}, True),
        ({"post_to": on(11, 19)}, False),
        ({"post_from": on(11, 21)}, False),
        ({"term": "2026-spring"}, False),
        ({"term": None}, True),
    ],
)
def test_who_is_on_the_staff(more: dict[str, Any], there: bool) -> None:
    rows = register("teachers", teacher(1)).with_columns(
        **{k: pl.lit(v, pl.Date if k.startswith("post_") else pl.String) for k, v in more.items()}
    )
    assert (staff_of(rows, AUTUMN, NOW).height == 1) is there


Given = tuple[dict[int, tuple[str, bool | None]], list[tuple[str, int, int]]]


@given(
    st.dictionaries(
        st.integers(0, 5),
        st.tuples(
            st.sampled_from(["leader", "middle_leader", "teacher", "staff"]),
            st.sampled_from([True, False, None]),
        ),
        min_size=1,
    ),
    st.lists(
        st.tuples(
            st.sampled_from(["tutor", "conduct", "care"]), st.integers(0, 5), st.integers(0, 8)
        ),
        unique=True,
        max_size=25,
    ),
    st.randoms(use_true_random=False),
)
def test_loads_are_those_counted_by_hand(
    posts: dict[int, tuple[str, bool | None]],
    given_pairs: list[tuple[str, int, int]],
    chance: random.Random,
) -> None:
    told = [teacher(n, post=post, party_member=party) for n, (post, party) in posts.items()]
    staff = register("teachers", *told)
    chance.shuffle(given_pairs)
    frames = {
        role: paired(*(pair(t, p) for r, t, p in given_pairs if r == role))
        for role in ("tutor", "conduct", "care")
    }
    found = loads(staff, frames["tutor"], frames["conduct"], frames["care"], rules=RULES, as_of=NOW)
    expected = set()
    for n, (post, party) in posts.items():
        mine = {role: {p for r, t, p in given_pairs if (r, t) == (role, n)} for role in frames}
        tutor, conduct = len(mine["tutor"]), len(mine["conduct"])
        if tutor or post in ("teacher", "middle_leader"):
            state = "under" if tutor < 1 else "over" if tutor > 2 else "ok"
            expected.add(("tutor", f"t{n:02d}", tutor, state))
        if conduct or post == "leader":
            state = "under" if conduct < 1 else "over" if conduct > 3 else "ok"
            expected.add(("conduct", f"t{n:02d}", conduct, state))
        if party:
            every = len(set().union(*mine.values()))
            expected.add(("party", f"t{n:02d}", every, "ok" if every else "under"))
    assert set(found.select("role", "teacher_no", "pupils", "state").rows()) == expected


def test_where_nobody_needs_help_no_teacher_lacks_a_pupil() -> None:
    """A kindergarten's teachers are no helpers with learning; its party members are bound."""
    there = "9909090909"
    told = [teacher(1), teacher(2), teacher(3, school_code=there)]
    staff = register("teachers", *told, teacher(4, school_code=there, party_member=True))
    none = paired()
    found = loads(staff, paired(pair(1, 1)), none, none, rules=RULES, as_of=NOW, tutoring={SCHOOL})
    assert found.select("role", "teacher_no", "state").rows() == [
        *(("party", "t04", "under"), ("tutor", "t01", "ok"), ("tutor", "t02", "under")),
    ]
    helped = loads(staff, paired(pair(3, 1)), none, none, rules=RULES, as_of=NOW, tutoring=())
    assert ("tutor", "t03", "ok") in helped.select("role", "teacher_no", "state").rows()
