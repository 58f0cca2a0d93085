"""Proposals keep what lasts, respect the limit and leave nobody out who could be helped."""

import datetime as dt
import random
from collections import Counter
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from aidkit.pairing.continuity import continuity
from aidkit.pairing.pairs import learners_of
from aidkit.pairing.proposal import propose
from tests.pairing.made import (
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

OTHER = "9900000002"
SUBJECTS = ["chinese", "mathematics", "english"]


def group(*rows: dict[str, Any]) -> pl.DataFrame:
    """Pupils who need help, by number."""
    schema: dict[str, Any] = {
        "student_no": pl.String,
        "name": pl.String,
        "school_code": pl.String,
        "grade": pl.String,
        "class_name": pl.String,
        "weak": pl.List(pl.String),
        "need": pl.Float64,
    }
    blank = {"name": "生", "school_code": SCHOOL, "grade": "p3", "class_name": "1班"}
    given_rows = [
        {**blank, "weak": [], "need": None} | row | {"student_no": student_no(row["n"])}
        for row in rows
    ]
    return pl.DataFrame([{k: row[k] for k in schema} for row in given_rows], schema=schema)


def proposed(learners: pl.DataFrame, pairs: pl.DataFrame, staff: pl.DataFrame) -> pl.DataFrame:
    return propose(learners, pairs, staff, rules=RULES, as_of=NOW)


def offers(found: pl.DataFrame) -> dict[str, tuple[str | None, str]]:
    rows = found.select("student_no", "teacher_no", "how").rows()
    return {number: (teacher_no, how) for number, teacher_no, how in rows}


def test_the_neediest_gets_the_teacher_of_the_weak_subject() -> None:
    staff = register("teachers", teacher(1, subject="mathematics"), teacher(2, subject="english"))
    learners = group(
        {"n": 1, "weak": ["mathematics"], "need": 0.0},
        {"n": 2, "weak": ["mathematics"], "need": -2.0},
        {"n": 3, "weak": ["mathematics"], "need": -1.0},
        {"n": 4, "weak": ["mathematics", "english"], "need": 1.0},
        {"n": 5, "weak": ["mathematics"], "need": None},
    )
    found = proposed(learners, paired(), staff)
    assert offers(found) == {
        student_no(2): ("t01", "by_subject"),
        student_no(3): ("t01", "by_subject"),
        student_no(4): ("t02", "by_subject"),
        student_no(1): ("t02", "other_subject"),
        student_no(5): (None, "nobody"),
    }
    subjects = dict(found.select("student_no", "subject").rows())
    assert subjects[student_no(4)] == "english"
    assert subjects[student_no(5)] == "mathematics"


def test_a_party_member_without_a_pupil_comes_first() -> None:
    staff = register("teachers", teacher(1), teacher(2, party_member=True))
    learners = group({"n": 1, "need": -1.0}, {"n": 2, "need": 0.0}, {"n": 3, "need": 1.0})
    found = offers(proposed(learners, paired(), staff))
    assert [found[student_no(n)][0] for n in (1, 2, 3)] == ["t02", "t01", "t01"]


def test_a_pair_stays_for_three_years_and_longer_while_help_is_needed() -> None:
    staff = register("teachers", teacher(1), teacher(2))
    lasting = pair(1, 1, paired_on=NOW.replace(year=2023) + dt.timedelta(1), subject="english")
    over = pair(1, 2, paired_on=NOW.replace(year=2023))
    pairs = paired(lasting, over, pair(3, 3))
    found = proposed(group({"n": 3}), pairs, staff)
    rows = found.select("student_no", "teacher_no", "how", "until").rows()
    assert rows == [
        (student_no(1), "t01", "kept", NOW + dt.timedelta(1)),
        (student_no(3), "t02", "other_subject", NOW.replace(year=2029)),
    ], "number 2 has had three years, and the helper of number 3 is gone"
    again = offers(proposed(group({"n": 2}), pairs, staff))
    assert again[student_no(2)] == ("t01", "kept")


def test_three_years_from_a_leap_day() -> None:
    staff = register("teachers", teacher(1))
    found = propose(group({"n": 1}), paired(), staff, rules=RULES, as_of=dt.date(2028, 2, 29))
    assert found["until"].to_list() == [dt.date(2031, 2, 28)]


Weak = list[str]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([SCHOOL, OTHER]),
            st.sampled_from(["teacher", "middle_leader", "leader", "staff"]),
            st.sampled_from([None, *SUBJECTS]),
            st.booleans(),
        ),
        max_size=6,
    ),
    st.lists(
        st.tuples(
            st.sampled_from([SCHOOL, OTHER]),
            st.lists(st.sampled_from(SUBJECTS), unique=True, max_size=2),
            st.one_of(st.none(), st.floats(-3, 3)),
        ),
        max_size=14,
    ),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 13)), unique=True, max_size=5),
    st.randoms(use_true_random=False),
)
def test_whoever_is_there(
    teachers: list[tuple[str, str, str | None, bool]],
    needy: list[tuple[str, Weak, float | None]],
    kept: list[tuple[int, int]],
    chance: random.Random,
) -> None:
    told = [
        teacher(n, school_code=s, post=p, subject=t, party_member=m)
        for n, (s, p, t, m) in enumerate(teachers)
    ]
    rows = [
        {"n": n, "school_code": s, "weak": w, "need": need} for n, (s, w, need) in enumerate(needy)
    ]
    pupils = [pupil(n) for n in range(14)]
    old = [pair(t, p) for t, p in kept]
    first = proposed(group(*rows), paired(*old, pupils=pupils), register("teachers", *told))
    for shuffled in (rows, told, old):
        chance.shuffle(shuffled)
    learners, staff = group(*rows), register("teachers", *told)
    found = proposed(learners, paired(*old, pupils=pupils), staff)
    assert found.equals(first)

    stays = [(f"t{t:02d}", student_no(p)) for t, p in kept if t < len(teachers)]
    assert set(found.filter(how="kept").select("teacher_no", "student_no").rows()) == set(stays)
    fresh = found.filter(pl.col("how") != "kept")
    helped = {number for _, number in stays}
    waiting = {student_no(n) for n in range(len(needy))} - helped
    assert sorted(fresh["student_no"]) == sorted(waiting)

    before = Counter(t for t, _ in stays)
    after = before + Counter(fresh["teacher_no"].drop_nulls())
    room = {}
    for n, (school, post, subject, _) in enumerate(teachers):
        number = f"t{n:02d}"
        free = max(0, 2 - before[number]) if post in ("teacher", "middle_leader") else 0
        room[number] = (school, subject, free)
        assert after[number] <= before[number] + free
    of_pupil = {student_no(n): (school, weak) for n, (school, weak, _) in enumerate(needy)}
    for number, teacher_no, how, subject in fresh.select(
        "student_no", "teacher_no", "how", "subject"
    ).iter_rows():
        school, weak = of_pupil[number]
        if how == "nobody":
            assert not any(after[t] < before[t] + f for t, (s, _, f) in room.items() if s == school)
        else:
            assert room[teacher_no][0] == school
            assert (room[teacher_no][1] == subject) or how == "other_subject"
            assert how == "other_subject" or subject in weak
    for school in (SCHOOL, OTHER):
        places = sum(f for s, _, f in room.values() if s == school)
        asked = sum(of_pupil[number][0] == school for number in waiting)
        served = fresh.filter(pl.col("teacher_no").is_not_null(), school_code=school).height
        assert served == min(places, asked)
        for subject in SUBJECTS:
            own = sum(f for s, t, f in room.values() if (s, t) == (school, subject))
            wish = sum(
                of_pupil[n][0] == school and of_pupil[n][1][:1] == [subject] for n in waiting
            )
            met = fresh.filter(school_code=school, how="by_subject", subject=subject).height
            assert met >= min(own, wish)


def test_what_became_of_the_pairs_of_the_term_before() -> None:
    long_ago = dt.date(2023, 11, 20)
    before = paired(
        *(pair(1, n) for n in (1, 2, 3)),
        pair(2, 4),
        pair(1, 5, paired_on=long_ago),
        pair(1, 6),
        pair(1, 7, paired_on=long_ago),
    )
    now = paired(pair(1, 1), pair(3, 2), pair(1, 5, paired_on=long_ago), pair(3, 6, ended_on=NOW))
    present = facts(*(pupil(n) for n in (1, 2, 4, 5, 6)), pupil(3, left_on=on(10, 1)))
    staff = register("teachers", teacher(1), teacher(3))
    found = continuity(before, now, staff, learners_of(present), years=3, as_of=NOW)
    told = {
        no: (state, by) for no, state, by in found.select("student_no", "state", "helped_by").rows()
    }
    assert told == {
        student_no(1): ("kept", None),
        student_no(2): ("replaced", "t03"),
        student_no(3): ("pupil_left", None),
        student_no(4): ("teacher_left", None),
        student_no(5): ("fulfilled", None),
        student_no(6): ("dropped", None),
        student_no(7): ("fulfilled", None),
    }
    early = continuity(before, now, staff, learners_of(present), years=3, as_of=on(11, 19))
    states = dict(early.select("student_no", "state").rows())
    assert (states[student_no(5)], states[student_no(7)]) == ("kept", "pupil_left")


def test_who_moved_on_within_the_county_and_who_took_over() -> None:
    before = paired(pair(1, 1), pair(1, 2), pair(2, 3), pair(3, 4), pair(3, 5), pair(1, 6))
    now_at = {1: OTHER, 2: OTHER}
    roll = [pupil(n, school_code=now_at.get(n, SCHOOL)) for n in (1, 2, 3, 4, 5)]
    roll.append(pupil(6, subject="freshman"))
    now = paired(pair(9, 1), pair(1, 3), pair(3, 5), pupils=roll)
    # The second teacher has moved; the third was always elsewhere, and still helps one here.
    staff = register(
        "teachers",
        *(teacher(1), teacher(2, school_code=OTHER), teacher(3, school_code=OTHER)),
        teacher(9, school_code=OTHER),
    )
    found = continuity(before, now, staff, learners_of(facts(*roll)), years=3, as_of=NOW)
    told = {
        row["student_no"]: (row["state"], row["school_now"], row["helped_by"])
        for row in found.iter_rows(named=True)
    }
    assert told == {
        student_no(1): ("moved_on", OTHER, "t09"),
        student_no(2): ("moved_on", OTHER, None),
        student_no(3): ("teacher_moved", None, "t01"),
        student_no(4): ("dropped", None, None),
        student_no(5): ("kept", None, None),
        student_no(6): ("pupil_left", None, None),
    }
    assert set(found["school_code"]) == {SCHOOL}
