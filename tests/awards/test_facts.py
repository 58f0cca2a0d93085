"""Facts: what is put together from which table, and what stays unknown."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from aidkit.awards import assemble_facts
from aidkit.calendar import Term
from aidkit.project import find_project
from aidkit.runs import open_run

TERM = Term.parse("2026-autumn")
NUMBER = "G990000201501010001"
OTHER = "G990000201501010002"
ID = "990000201501010011"
SCHOOL = "9900000001"


@pytest.fixture
def facts_of(make_tables: Any, county: Path) -> Any:
    """The facts of one pupil, from the tables given besides the roll and the school."""

    def of(school: dict[str, Any] | None = None, **tables: Any) -> dict[str, Any]:
        pupil = {"student_no": NUMBER, "school_code": SCHOOL, "grade": "p4", "class_name": "1班"}
        pupil |= {"id_number": ID, **tables.pop("pupil", {})}
        place = {"school_code": SCHOOL, "school_name": "示例小学", "school_type": "primary"}
        place |= {"ownership": "public", "locality": "town", **(school or {})}
        given = make_tables(students=[pupil], schools=[place], **tables)
        run = open_run(find_project(), county, TERM, given)
        return assemble_facts(run).row(0, named=True)

    return of


def household(**known: Any) -> list[dict[str, Any]]:
    return [{"student_no": NUMBER, "household_size": 3, **known}]


def change(kind: str, day: int, month: int = 10, school: str = SCHOOL) -> dict[str, Any]:
    date = dt.date(2026, month, day)
    return {
        "student_no": NUMBER,
        "school_code": school,
        "change_kind": kind,
        "change_date": date,
    }


@pytest.mark.parametrize(
    ("grade", "school_type", "stage"),
    [
        ("k2", "kindergarten", "kindergarten"),
        ("p6", "nine_year", "primary"),
        ("j1", "nine_year", "junior"),
        ("s1", "senior", "senior"),
        ("v3", "vocational", "vocational"),
        ("p1", "special", "special"),
        ("j3", "special", "special"),
        ("k3", "special", "kindergarten"),
        ("v1", "special", "vocational"),
    ],
)
def test_stage_follows_grade_and_school(
    grade: str, school_type: str, stage: str, facts_of: Any
) -> None:
    assert facts_of(pupil={"grade": grade}, school={"school_type": school_type})["stage"] == stage


def test_a_school_that_is_not_listed_leaves_its_facts_unknown(facts_of: Any) -> None:
    row = facts_of(pupil={"school_code": "9900000009"})
    assert (row["school_name"], row["ownership"], row["locality"]) == ("9900000009", None, None)


def test_special_groups_are_unknown_only_when_nobody_says_anything(facts_of: Any) -> None:
    assert facts_of()["special_groups"] is None
    assert facts_of(households=household())["special_groups"] is None
    assert facts_of(households=household(special_groups=[]))["special_groups"] == []
    listed = facts_of(civil_affairs_list=[{"id_number": ID, "aid_kind": "orphan"}])
    assert listed["special_groups"] == ["orphan"]


def test_lists_add_to_what_is_declared(facts_of: Any) -> None:
    row = facts_of(
        households=household(special_groups=["martyr", "orphan"]),
        civil_affairs_list=[
            {"id_number": ID, "aid_kind": "allowance"},
            {"id_number": ID, "aid_kind": "orphan"},
        ],
        disabled_persons_list=[{"id_number": ID, "disability_certificate": "x"}],
    )
    assert row["special_groups"] == ["allowance", "disabled", "martyr", "orphan"]
    assert row["listed_groups"] == ["allowance", "disabled", "orphan"]


@pytest.mark.parametrize(
    ("kind", "groups"),
    [
        ("lifted", ["registered_poor"]),
        ("unstable", ["monitored", "registered_poor"]),
        ("marginal", ["monitored", "registered_poor"]),
        ("sudden", ["monitored", "registered_poor"]),
    ],
)
def test_registered_poor_is_lifted_and_monitored(
    kind: str, groups: list[str], facts_of: Any
) -> None:
    row = facts_of(
        monitored_households_list=[
            {"id_number": ID, "household_head": "甲", "monitoring_kind": kind}
        ]
    )
    assert row["special_groups"] == row["listed_groups"] == groups


def test_declared_monitored_is_registered_poor(facts_of: Any) -> None:
    row = facts_of(households=household(special_groups=["monitored"]))
    assert row["special_groups"] == ["monitored", "registered_poor"]


def test_lists_say_nothing_until_one_has_come_in(facts_of: Any) -> None:
    somebody = [{"id_number": "99010120100101002X", "aid_kind": "orphan"}]
    assert facts_of(civil_affairs_list=somebody)["listed_groups"] == []
    assert facts_of()["listed_groups"] is None


def test_without_id_number_lists_are_unknown(facts_of: Any) -> None:
    on_list = [{"id_number": ID, "aid_kind": "orphan"}]
    row = facts_of(pupil={"id_number": None}, civil_affairs_list=on_list)
    assert row["listed_groups"] is None
    assert row["special_groups"] is None


@pytest.mark.parametrize(
    ("changes", "enrolled"),
    [
        ([], True),
        ([change("transfer_in", 1, 9)], True),
        ([change("transfer_out", 15)], False),
        ([change("suspended", 15)], False),
        ([change("dropped_out", 15)], False),
        ([change("graduated", 15)], False),
        ([change("suspended", 15), change("resumed", 20)], True),
        ([change("resumed", 20), change("suspended", 15)], True),
        ([change("resumed", 20), change("suspended", 20)], False),
        ([change("transfer_out", 15, school="9900000002")], True),
    ],
)
def test_enrolled_follows_the_last_change(
    changes: list[dict[str, Any]], enrolled: bool, facts_of: Any
) -> None:
    assert facts_of(enrolment_changes=changes)["enrolled"] is enrolled


def test_changes_after_the_term_do_not_count(facts_of: Any) -> None:
    last = {**change("transfer_out", 15), "change_date": TERM.ends}
    after = {**last, "change_date": TERM.next().starts}
    assert facts_of(enrolment_changes=[last])["enrolled"] is False
    assert facts_of(enrolment_changes=[after])["enrolled"] is True


@pytest.mark.parametrize(
    ("income", "size", "per_head"),
    [(900, 3, 300), (901, 3, 301), (-901, 3, -300), (None, 3, None), (900, 0, None)],
)
def test_income_per_head_rounds_up(
    income: int | None, size: int, per_head: int | None, facts_of: Any
) -> None:
    row = facts_of(
        households=household(annual_income_fen=income)
        and [{"student_no": NUMBER, "household_size": size, "annual_income_fen": income}]
    )
    assert row["income_per_head_fen"] == per_head


def application(title: str, promise: bool | None, number: str = NUMBER) -> dict[str, Any]:
    return {
        "student_no": number,
        "program_title": title,
        "applied_on": dt.date(2026, 9, 9),
        "promise_signed": promise,
    }


def test_an_application_needs_its_promise(facts_of: Any) -> None:
    for promise, applied in ((True, ["tiered_aid"]), (False, []), (None, [])):
        row = facts_of(applications=[application("三级资助", promise)])
        assert row["applied_programs"] == applied


def test_applications_are_matched_and_counted_once(facts_of: Any) -> None:
    titles = ("寄宿生生活补助", "一补寄宿生", "义务教育 三级资助", "没有这个项目")
    row = facts_of(
        applications=[
            *(application(title, True) for title in titles),
            application("省定营养改善计划", True, OTHER),
        ]
    )
    assert row["applied_programs"] == ["boarder_allowance", "tiered_aid"]


def test_contradicting_tiers_are_no_tier(facts_of: Any) -> None:
    def decision(tier: str, title: str = "三级资助") -> dict[str, Any]:
        day = dt.date(2026, 9, 20)
        return {"student_no": NUMBER, "program_title": title, "tier": tier, "decided_on": day}

    both = [decision("level_1"), decision("level_2", "义务教育三级资助")]
    same = [decision("level_1"), decision("level_1", "义务教育三级资助")]
    assert facts_of(panel_decisions=both)["panel_tiers"] == []
    assert facts_of(panel_decisions=same)["panel_tiers"] == [
        {"program_id": "tiered_aid", "tier": "level_1"}
    ]


def test_other_terms_say_nothing(make_tables: Any, county: Path) -> None:
    pupil = {"student_no": NUMBER, "school_code": SCHOOL, "grade": "p4", "class_name": "1班"}
    now = make_tables(students=[pupil | {"id_number": ID}])
    old = make_tables(
        term="2026-spring",
        students=[pupil],
        households=household(special_groups=["orphan"]),
        enrolment_changes=[change("dropped_out", 1)],
        applications=[application("三级资助", True)],
        civil_affairs_list=[{"id_number": ID, "aid_kind": "orphan"}],
    )
    both = {name: now[name].vstack(old[name]) for name in now}
    facts = assemble_facts(open_run(find_project(), county, TERM, both))
    row = facts.row(0, named=True)
    assert facts.height == 1
    assert (row["special_groups"], row["enrolled"], row["applied_programs"]) == (None, True, [])


def test_order_of_input_rows_never_matters(make_tables: Any, county: Path) -> None:
    pupils = [
        {"student_no": f"G99000020150101{n:04d}", "school_code": SCHOOL, "grade": "p4"}
        | {"class_name": "1班", "id_number": f"99000020150101{n:04d}"}
        for n in range(30)
    ]
    lists = [
        {"id_number": pupil["id_number"], "aid_kind": kind}
        for pupil in pupils[::2]
        for kind in ("orphan", "allowance")
    ]
    applied = [
        application(title, True, pupil["student_no"])
        for pupil in pupils[::3]
        for title in ("三级资助", "寄宿生生活补助")
    ]
    given = make_tables(students=pupils, civil_affairs_list=lists, applications=applied)
    project = find_project()
    once = assemble_facts(open_run(project, county, TERM, given))
    for seed in (1, 2, 3):
        mixed = {n: t.sample(fraction=1, shuffle=True, seed=seed) for n, t in given.items()}
        assert assemble_facts(open_run(project, county, TERM, mixed)).equals(once)
