"""应助尽助: each kind with the person just outside it."""

from typing import Any

import polars as pl
import pytest

from aidkit.awards.completeness import completeness
from aidkit.programs import AnyOf, Condition, Version
from tests.awards.followers import decision, decisions, facts, student_no, tables, version

ONE = student_no(1)
POOR = Condition("any_special_group", ("allowance",))
NEEDY = version("needy", title="困难补助", conditions=(POOR, Condition("applied", True)))


def kinds(
    missing: list[str], *, applied: bool = False, by: Version = NEEDY, outcome: str = "not_eligible"
) -> list[str]:
    person = {"person_no": ONE, "applied_programs": [by.program.id] if applied else []}
    rows = decisions(decision(ONE, by, outcome=outcome, missing=missing))
    return completeness(tables(), facts(person), rows, [by])["kind"].to_list()


def test_who_only_has_to_hand_something_in() -> None:
    assert kinds(["applied"]) == ["not_applied"]
    assert kinds(["applied_or_listed", "papers"]) == ["not_applied"]
    assert kinds(["papers"], applied=True) == ["not_applied"]
    assert kinds(["applied", "any_special_group"]) == []
    assert kinds([], outcome="reserve") == []
    assert kinds([], outcome="awarded") == []


def test_who_applied_and_does_not_qualify() -> None:
    assert kinds(["any_special_group"], applied=True) == ["not_eligible"]
    assert kinds(["any_special_group", "papers"], applied=True) == ["not_eligible"]
    assert kinds(["any_special_group"]) == []
    assert kinds([], applied=True, outcome="awarded") == []


@pytest.mark.parametrize(
    ("by", "tested"),
    [
        (version("a", conditions=(Condition("applied", True),)), False),
        (version("b", conditions=(POOR,), universal=True), False),
        (version("c", conditions=(AnyOf(((POOR,), (Condition("applied", True),))),)), True),
        (version("d", tier_from="panel"), True),
    ],
)
def test_only_means_tested_programs_look_for_people(by: Version, tested: bool) -> None:
    assert kinds(["applied"], by=by) == ["not_applied"] * tested


def overlooked(
    declared: list[str] | None,
    *,
    applied: bool = False,
    outcome: str = "not_eligible",
    listed: list[str] | None = None,
) -> list[str]:
    """The messages of kind `not_declared`; the person is on a list unless `listed` says else."""
    listed = ["allowance"] if listed is None else listed
    person = {
        "person_no": ONE,
        "applied_programs": ["needy"] if applied else [],
        "listed_groups": listed,
    }
    household = {"student_no": ONE, "household_size": 3, "special_groups": declared}
    found = completeness(
        tables(households=[household]),
        facts(person),
        decisions(decision(ONE, NEEDY, outcome=outcome, missing=["any_special_group"])),
        [NEEDY],
    )
    return found.filter(pl.col("kind") == "not_declared")["message"].to_list()


def test_who_is_on_a_list_and_unknown_to_the_school() -> None:
    unsaid, unused = "家庭经济情况表没有填报", "没有申请任何困难资助"
    assert overlooked(None)[0] == f"部门名单确认为低保，但{unsaid}，也{unused}。请学校联系家长。"
    assert overlooked([], applied=True)[0] == f"部门名单确认为低保，但{unsaid}。请学校联系家长。"
    assert overlooked(["allowance"])[0] == f"部门名单确认为低保，但{unused}。请学校联系家长。"
    assert overlooked(["allowance"], applied=True) == []
    assert overlooked(["allowance"], outcome="awarded") == []
    assert overlooked(None, listed=[]) == []


def on_no_roll(born: str, **pupil: Any) -> list[str]:
    listed = {
        "id_number": f"990000{born}0012",
        "name": "丙",
        "household_head": "丁",
        "monitoring_kind": "lifted",
    }
    roll = [{"student_no": ONE, "boarder": True} | pupil] if pupil else []
    found = completeness(
        tables(monitored_households_list=[listed, listed], students=roll),
        facts({"person_no": ONE}),
        decisions(),
        [NEEDY],
    )
    assert set(found["kind"]) <= {"not_on_roll"}
    return found["message"].to_list()


def test_school_age_is_six_to_fifteen_at_the_start_of_term() -> None:
    assert len(on_no_roll("20200901")) == 1
    assert on_no_roll("20200902") == []
    assert len(on_no_roll("20100902")) == 1
    assert on_no_roll("20100901") == []
    assert on_no_roll("20150230") == []


def test_on_the_roll_or_perhaps_on_it() -> None:
    assert on_no_roll("20150101", id_number="990000201501010012") == []
    (other,) = on_no_roll("20150101", id_number="990000201501010099", name="丙")
    assert "失学" in other
    (namesake,) = on_no_roll("20150101", name="丙")
    assert "同名学生没有填身份证号" in namesake
    assert "monitored_households_list.xlsx 第 2 行" in namesake


def test_order_of_rows_is_of_no_concern() -> None:
    people = [{"person_no": student_no(n), "applied_programs": ["needy"]} for n in range(5)]
    rows = [
        decision(student_no(n), NEEDY, outcome="not_eligible", missing=["any_special_group"])
        for n in range(5)
    ]
    found = completeness(tables(), facts(*people), decisions(*rows), [NEEDY])
    again = completeness(tables(), facts(*people[::-1]), decisions(*rows[::-1]), [NEEDY])
    assert found.equals(again)
    assert found.height == 5
