"""Facts of college students and of teachers; one frame for all."""

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.facts import assemble_facts
from aidkit.project import find_project
from aidkit.runs import open_run
from aidkit.tables import Facts

TERM = Term.parse("2026-autumn")
NUMBER, SCHOOL = "G990000200801010001", "9900000001"
ID = "990000200801010013"
PLACE = {
    "school_code": SCHOOL,
    "school_name": "示例中学",
    "school_type": "senior",
    "ownership": "public",
    "locality": "town",
    "hardship_level": "level_1",
}
FRESHMAN = {
    "student_no": NUMBER,
    "id_number": ID,
    "school_code": SCHOOL,
    "college": "示例大学",
    "college_kind": "undergraduate",
    "college_place": "province",
    "household_place": "county",
}
TEACHER = {
    "teacher_no": "T1",
    "school_code": SCHOOL,
    "post": "teacher",
    "employment": "in_post",
    "post_from": dt.date(2020, 9, 1),
}


@pytest.fixture
def facts(make_tables: Any, county: Path) -> Any:
    """All facts from some tables; the school is always there."""

    def of(**tables: Any) -> pl.DataFrame:
        given = make_tables(schools=[PLACE], **tables)
        return assemble_facts(open_run(find_project(), county, TERM, given))

    return of


def test_a_college_student_is_judged_by_the_family(facts: Any) -> None:
    (row,) = facts(
        freshmen=[FRESHMAN],
        households=[
            {
                "student_no": NUMBER,
                "household_size": 4,
                "annual_income_fen": 2_000_000,
                "listed_illness_expense_fen": 400_000,
                "special_groups": [],
            }
        ],
        civil_affairs_list=[{"id_number": ID, "aid_kind": "allowance"}],
        union_file=[{"worker": "乙", "id_number": ID}],
    ).to_dicts()
    assert (row["subject"], row["person_no"]) == ("freshman", NUMBER)
    assert (row["stage"], row["college_place"]) == ("undergraduate", "province")
    assert (row["household_place"], row["school_name"]) == ("county", "示例中学")
    assert row["listed_groups"] == row["special_groups"] == ["allowance"]
    assert (row["income_per_head_fen"], row["income_after_illness_fen"]) == (500_000, 400_000)
    assert row["in_union_file"] is True
    # Of the school left, not of the college: what it is says nothing here.
    nothing = ("ownership", "locality", "school_type", "place_tier", "enrolled", "present_months")
    assert {name: row[name] for name in nothing} == dict.fromkeys(nothing)


def test_a_college_student_may_have_left_no_school_of_ours(facts: Any) -> None:
    (row,) = facts(freshmen=[FRESHMAN | {"school_code": None}]).to_dicts()
    assert (row["school_code"], row["school_name"]) == ("", "")


def test_who_is_on_the_roll_may_have_a_place_at_a_college(facts: Any) -> None:
    pupil = {"student_no": NUMBER, "school_code": SCHOOL, "grade": "s3", "class_name": "1班"}
    rows = facts(students=[pupil], freshmen=[FRESHMAN])
    assert rows.select("subject", "stage").rows() == [
        ("freshman", "undergraduate"),
        ("student", "senior"),
    ]


def test_a_teacher_is_judged_by_post_and_school(facts: Any) -> None:
    (row,) = facts(teachers=[TEACHER]).to_dicts()
    assert (row["subject"], row["person_no"]) == ("teacher", "T1")
    assert (row["post"], row["employment"]) == ("teacher", "in_post")
    assert (row["school_type"], row["place_tier"]) == ("senior", "level_1")
    assert (row["stage"], row["grade"], row["class_name"]) == ("", "", "")
    nothing = ("special_groups", "income_per_head_fen", "subsistence_line_fen", "in_union_file")
    assert {name: row[name] for name in nothing} == dict.fromkeys(nothing)


@pytest.mark.parametrize(
    ("changed", "months", "days", "left_on"),
    [
        ({}, 5, 153, None),
        ({"post_from": dt.date(2026, 9, 15)}, 5, 139, None),
        ({"post_from": dt.date(2026, 9, 16)}, 4, 138, None),
        ({"post_from": dt.date(2027, 2, 1)}, 0, 0, None),
        ({"post_to": dt.date(2026, 10, 14)}, 1, 44, dt.date(2026, 10, 15)),
        ({"post_to": dt.date(2026, 10, 15)}, 2, 45, dt.date(2026, 10, 16)),
        ({"post_to": dt.date(2026, 8, 31)}, 0, 0, dt.date(2026, 9, 1)),
        ({"post_to": dt.date(2025, 8, 31)}, 0, 0, dt.date(2026, 9, 1)),
        ({"post_to": dt.date(2027, 2, 10)}, 5, 153, dt.date(2027, 2, 11)),
        ({"post_to": dt.date(2028, 7, 1)}, 5, 153, None),
        ({"post_from": None}, None, None, None),
        ({"employment": None}, None, None, None),
        ({"employment": "retired", "post_from": None}, 0, 0, None),
    ],
)
def test_a_month_in_post_counts_by_its_15th(
    changed: dict[str, Any],
    months: int | None,
    days: int | None,
    left_on: dt.date | None,
    facts: Any,
) -> None:
    (row,) = facts(teachers=[TEACHER | changed]).to_dicts()
    assert (row["present_months"], row["present_days"]) == (months, days)
    assert row["enrolled"] is (None if months is None else months > 0)
    assert row["left_on"] == left_on


def test_a_teachers_application_and_the_panels_answer(facts: Any) -> None:
    asked = {
        "teacher_no": "T1",
        "program_title": "三级资助",
        "applied_on": dt.date(2026, 9, 9),
        "promise_signed": True,
        "hardship_causes": ["disaster"],
        "debt_fen": 5_000_000,
        "nominated_by": "union",
    }
    decided = {"teacher_no": "T1", "program_title": "三级资助", "amount_fen": 500_000}
    (row,) = facts(
        teachers=[TEACHER],
        teacher_applications=[asked],
        teacher_panel_decisions=[decided | {"decided_on": dt.date(2026, 10, 1)}],
        aid_received=[{"person_no": "T1", "program_title": "慰问", "funder": "city", "year": 2026}],
    ).to_dicts()
    assert row["applied_programs"] == ["tiered_aid"]
    (entry,) = row["applications"]
    assert (entry["debt_fen"], entry["nominated_by"]) == (5_000_000, "union")
    assert entry["hardship_causes"] == ["disaster"]
    assert row["panel_amounts"] == [{"program_id": "tiered_aid", "amount_fen": 500_000}]
    assert row["aid_received"] == [{"program_id": None, "funder": "city", "year": 2026}]


def test_nobody_is_facts_too(facts: Any) -> None:
    assert facts().equals(Facts.create_empty())
