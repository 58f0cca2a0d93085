"""Both sides of care: pupil by school, household by area, and children on department lists."""

import datetime as dt
from typing import Any

import polars as pl
import pytest

from aidkit.identity import id_check_character
from aidkit.pairing.care import care_coverage, household_coverage
from aidkit.pairing.lists import SCHOOL_AGE, children_of, listed_children
from aidkit.pairing.pairs import held_on, pairs_of
from aidkit.pairing.peers import peer_checks
from aidkit.tables.pairing import Absent
from tests.pairing.made import (
    AUTUMN,
    NOW,
    SCHOOL,
    Row,
    facts,
    on,
    pair,
    pupil,
    register,
    student_no,
    tables,
)

POOR = ["registered_poor"]


def id_number(n: int, born: str = "20160305") -> str:
    first = f"990101{born}{n:03d}"
    return first + id_check_character(first)


def on_roll(n: int, **more: Any) -> Row:
    """A row of `students`."""
    return {
        "student_no": student_no(n),
        "name": f"生{n}",
        "id_number": id_number(n),
        "school_code": SCHOOL,
        "grade": "p3",
        "class_name": "1班",
    } | more


def at_home(n: int, teacher: int = 7, **more: Any) -> Row:
    """A row of `household_pairs`."""
    return {
        "school_code": SCHOOL, "area": "甲村", "household_head": f"户{n}", "name": f"生{n}",
        "id_number": None, "student_no": None, "enrolled_at": None,
        "teacher_no": f"t{teacher:02d}", "teacher_name": f"师{teacher}", "paired_on": on(9, 1),
    } | more  # fmt: skip


def care_of(known: pl.DataFrame, *rows: Row) -> pl.DataFrame:
    return held_on(pairs_of(register("care_pairs", *rows), known, AUTUMN, NOW), NOW)


def test_every_poor_student_from_kindergarten_to_university_or_the_gap() -> None:
    known = facts(
        *(pupil(n, special_groups=POOR) for n in (1, 2, 3, 4)),
        pupil(5, special_groups=["allowance"]),
        pupil(6),
        pupil(7, special_groups=POOR, left_on=on(10, 1)),
        pupil(8, special_groups=POOR, subject="freshman", grade="", stage="undergraduate"),
        pupil(9, special_groups=POOR, subject="freshman", grade="", stage="undergraduate"),
    )
    made = tables(
        students=[on_roll(n) for n in range(1, 8)],
        freshmen=[{"student_no": student_no(n), "id_number": id_number(n)} for n in (8, 9)],
        household_pairs=[
            at_home(1, student_no=student_no(1)),
            at_home(2, id_number=id_number(2)),
            at_home(8, id_number=id_number(8)),
        ],
    )
    care = care_of(known, pair(3, 1), pair(3, 3), pair(3, 2, ended_on=on(10, 1)))
    found = care_coverage(made, known, care, AUTUMN)
    rows = found.select("person_no", "of_school", "of_area", "gap").rows()
    assert sorted(rows) == [
        (student_no(1), "t03", "t07", "none"),
        (student_no(2), None, "t07", "school"),
        (student_no(3), "t03", None, "area"),
        (student_no(4), None, None, "both"),
        (student_no(8), None, "t07", "none"),
        (student_no(9), None, None, "area"),
    ]


def test_every_child_of_an_area_and_of_the_list() -> None:
    known = facts(pupil(1), pupil(2), pupil(3, subject="freshman", grade=""))
    listed = [
        {"household_head": "户1", "name": "生1", "id_number": id_number(1)},
        {"household_head": "户8", "name": "生8", "id_number": id_number(8)},
        {"household_head": "户2", "name": "生2", "id_number": id_number(2)},
        {"household_head": "户9", "name": "大人", "id_number": id_number(9, "19800101")},
    ]
    made = tables(
        schools=[{"school_code": SCHOOL, "school_name": "示例 小学"}],
        students=[on_roll(1), on_roll(2)],
        freshmen=[{"student_no": student_no(3), "id_number": id_number(3)}],
        monitored_households_list=[row | {"monitoring_kind": "lifted"} for row in listed],
        household_pairs=[
            at_home(1, student_no=student_no(1), enrolled_at="示例小学"),
            at_home(2, student_no=student_no(2), enrolled_at="示例小学"),
            at_home(3, id_number=id_number(3), enrolled_at="某大学"),
            at_home(4, id_number=id_number(4), enrolled_at="省城某小学"),
            at_home(5, id_number=id_number(5), enrolled_at="示例小学"),
            at_home(6),
        ],
    )
    found = household_coverage(made, care_of(known, pair(3, 1)), AUTUMN)
    rows = found.select("name", "whereabouts", "of_area", "of_school", "gap").rows()
    assert rows == [
        ("生1", "on_roll", "t07", "t03", "none"),
        ("生2", "on_roll", "t07", None, "school"),
        ("生3", "at_college", "t07", None, "none"),
        ("生4", "elsewhere", "t07", None, "none"),
        ("生5", "not_found", "t07", None, "none"),
        ("生6", "not_found", "t07", None, "none"),
        ("生8", "not_found", None, None, "area"),
    ]
    assert found.filter(name="生8")["household_head"].to_list() == ["户8"]


def test_a_number_of_two_kinds_of_student_is_a_pupils() -> None:
    made = tables(
        students=[on_roll(1)],
        freshmen=[{"student_no": student_no(1), "id_number": id_number(1)}],
        household_pairs=[at_home(1, id_number=id_number(1))],
    )
    found = household_coverage(made, care_of(facts(pupil(1))), AUTUMN)
    assert found.select("whereabouts", "gap").rows() == [("on_roll", "school")]


@pytest.mark.parametrize(
    ("born", "age"),
    [
        ("20200901", 6),
        ("20200902", None),
        ("20100902", 15),
        ("20100901", None),
        ("20160229", 10),
        ("19500101", None),
    ],
)
def test_school_age_is_counted_in_full_years_at_the_start_of_the_term(
    born: str, age: int | None
) -> None:
    rows = tables(civil_affairs_list=[{"id_number": id_number(1, born), "aid_kind": "orphan"}])
    found = children_of(rows, "civil_affairs_list", AUTUMN)["age"].to_list()
    assert found == ([] if age is None else [age])
    starts = AUTUMN.starts
    day = dt.datetime.strptime(born, "%Y%m%d").date()
    by_hand = starts.year - day.year - ((starts.month, starts.day) < (day.month, day.day))
    assert (SCHOOL_AGE[0] <= by_hand <= SCHOOL_AGE[1]) is bool(found)


def test_where_the_children_on_the_lists_are() -> None:
    disabled = [
        {"name": f"生{n}", "id_number": id_number(n), "disability_certificate": "9"}
        for n in (1, 2, 3, 4, 5, 5)
    ]
    made = tables(
        students=[on_roll(1), on_roll(2), on_roll(9, id_number=None, name="生4")],
        disabled_persons_list=disabled,
        civil_affairs_list=[{"name": "生1", "id_number": id_number(1), "aid_kind": "orphan"}],
        household_pairs=[at_home(3, id_number=id_number(3), enrolled_at="邻县小学")],
    )
    gone = {
        "student_no": student_no(2), "name": "生2", "school_code": SCHOOL, "grade": "p3",
        "class_name": "1班", "kind": "dropped_out", "counted": True, "left_on": on(10, 1),
        "seen_on": on(9, 1), "seen_by": "roll",
    }  # fmt: skip
    absent = pl.DataFrame([gone], schema=Absent.create_empty().schema)
    found = listed_children(made, absent, AUTUMN)
    assert found.select("listed_in", "name", "whereabouts", "school_code").rows() == [
        ("civil_affairs_list", "生1", "on_roll", SCHOOL),
        ("disabled_persons_list", "生1", "on_roll", SCHOOL),
        ("disabled_persons_list", "生2", "missing", SCHOOL),
        ("disabled_persons_list", "生3", "elsewhere", None),
        ("disabled_persons_list", "生4", "namesake", None),
        ("disabled_persons_list", "生5", "not_found", None),
    ]
    assert found.filter(name="生3")["enrolled_at"].to_list() == ["邻县小学"]


def peer(helper: int, helped: int, **more: Any) -> Row:
    return {
        "helper_no": student_no(helper), "helper_name": f"生{helper}",
        "student_no": student_no(helped), "subject": "english", "paired_on": on(9, 10),
        "ended_on": None,
    } | more  # fmt: skip


def test_pupils_who_help_pupils_must_both_be_there() -> None:
    known = facts(pupil(1), pupil(2), pupil(3, class_name="2班"), pupil(4, left_on=on(10, 1)))
    rows = [
        peer(1, 2),
        peer(1, 2, paired_on=on(10, 1)),
        peer(3, 2),
        peer(4, 2),
        peer(2, 4),
        peer(1, 1),
        peer(8, 2),
        peer(2, 3, ended_on=NOW),
        peer(2, 1, paired_on=on(11, 21)),
    ]
    found = peer_checks(register("peer_pairs", *rows), known, AUTUMN, NOW)
    told = {
        (helper[-1], pupil_[-1]): (same, state)
        for helper, pupil_, same, state in found.select(
            "helper_no", "student_no", "same_class", "state"
        ).rows()
    }
    assert told == {
        ("1", "2"): (True, "good"),
        ("3", "2"): (False, "good"),
        ("4", "2"): (None, "helper_gone"),
        ("2", "4"): (None, "pupil_gone"),
        ("1", "1"): (True, "self"),
        ("8", "2"): (None, "helper_gone"),
    }
