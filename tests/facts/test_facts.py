"""Facts: what is put together from which table, and what stays unknown."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from aidkit.calendar import Term
from aidkit.facts import assemble_facts
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
        applications=[application("三级资助", True)],
        civil_affairs_list=[{"id_number": ID, "aid_kind": "orphan"}],
    )
    both = {name: now[name].vstack(old[name]) for name in now}
    facts = assemble_facts(open_run(find_project(), county, TERM, both))
    row = facts.row(0, named=True)
    assert facts.height == 1
    assert (row["special_groups"], row["applied_programs"]) == (None, [])


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


def test_schools_give_their_kind_and_place(facts_of: Any) -> None:
    row = facts_of(school={"school_type": "nine_year", "hardship_level": "level_2"})
    assert (row["school_type"], row["place_tier"]) == ("nine_year", "level_2")
    assert facts_of()["place_tier"] is None


def test_what_the_roll_says_is_taken_over(facts_of: Any) -> None:
    said = {"residence": "rural", "household_place": "county", "major": "agriculture"}
    row = facts_of(pupil=said)
    assert {name: row[name] for name in said} == said
    assert {name: facts_of()[name] for name in said} == dict.fromkeys(said)


@pytest.mark.parametrize(
    ("income", "illness", "size", "per_head"),
    [
        (3_000_000, 300_000, 3, 900_000),
        (3_000_001, 300_000, 3, 900_001),
        (300_000, 900_000, 3, -200_000),
        (None, 300_000, 3, None),
        (3_000_000, None, 3, None),
        (3_000_000, 300_000, 0, None),
    ],
)
def test_income_after_illness(
    income: int | None, illness: int | None, size: int, per_head: int | None, facts_of: Any
) -> None:
    said = {"annual_income_fen": income, "listed_illness_expense_fen": illness}
    row = facts_of(households=household(**said, household_size=size))
    assert row["income_after_illness_fen"] == per_head


def test_the_union_file_goes_by_the_childs_number(facts_of: Any) -> None:
    filed = [{"worker": "乙", "id_number": ID}]
    another = [{"worker": "乙", "id_number": "99010120100101002X"}]
    assert facts_of(union_file=filed)["in_union_file"] is True
    assert facts_of(union_file=another)["in_union_file"] is False
    assert facts_of()["in_union_file"] is None
    assert facts_of(union_file=filed, pupil={"id_number": None})["in_union_file"] is None


def test_the_register_of_aid_is_unknown_until_one_has_come_in(facts_of: Any) -> None:
    def received(title: str, year: int, person: str = NUMBER) -> dict[str, Any]:
        return {
            "person_no": person,
            "program_title": title,
            "funder": "society",
            "year": year,
        }

    assert facts_of()["aid_received"] is None
    assert facts_of(aid_received=[received("三级资助", 2025, OTHER)])["aid_received"] == []
    both = [received("三级资助", 2025), received("某企业助学金", 2024)]
    for given in (both, both[::-1]):
        assert facts_of(aid_received=given)["aid_received"] == [
            {"program_id": None, "funder": "society", "year": 2024},
            {"program_id": "tiered_aid", "funder": "society", "year": 2025},
        ]


def test_changes_of_awards_count_when_they_are_signed_or_reasoned(facts_of: Any) -> None:
    day = dt.date(2026, 11, 1)
    change = {"person_no": NUMBER, "program_title": "三级资助", "changed_on": day}
    waived = change | {"award_change": "waived", "signed": True}
    assert facts_of(award_changes=[waived])["award_changes"] == [
        {"program_id": "tiered_aid", "award_change": "waived", "changed_on": day}
    ]
    assert facts_of(award_changes=[waived | {"signed": None}])["award_changes"] == []
    assert facts_of()["award_changes"] == []


def test_details_of_an_application(facts_of: Any) -> None:
    first = application("三级资助", True) | {"papers": ["bank_card_copy"], "record": "good"}
    second = application("义务教育三级资助", True) | {
        "applied_on": dt.date(2026, 9, 1),
        "papers": ["application_form", "bank_card_copy"],
    }
    without_promise = application("三级 资助", False) | {"papers": ["household_register"]}
    for given in ([first, second, without_promise], [without_promise, second, first]):
        assert facts_of(applications=given)["applications"] == [
            {
                "program_id": "tiered_aid",
                "applied_on": dt.date(2026, 9, 1),
                "papers": ["application_form", "bank_card_copy"],
                "record": "good",
                "hardship_causes": None,
                "debt_fen": None,
                "nominated_by": None,
            }
        ]
    (row,) = facts_of(applications=[first, second | {"record": "ordinary"}])["applications"]
    assert row["record"] is None
    (blank,) = facts_of(applications=[application("三级资助", True)])["applications"]
    assert blank["papers"] is None
    (none,) = facts_of(applications=[first | {"papers": []}])["applications"]
    assert none["papers"] == []


def test_amounts_of_the_panel(facts_of: Any) -> None:
    def decision(fen: int | None, title: str = "三级资助") -> dict[str, Any]:
        day = dt.date(2026, 9, 20)
        known = {"student_no": NUMBER, "program_title": title, "decided_on": day}
        return known | {"amount_fen": fen}

    one = [decision(80_000), decision(None, "义务教育三级资助")]
    two = [decision(80_000), decision(90_000, "义务教育三级资助")]
    decided = [{"program_id": "tiered_aid", "amount_fen": 80_000}]
    assert facts_of(panel_decisions=one)["panel_amounts"] == decided
    assert facts_of(panel_decisions=two)["panel_amounts"] == []
    assert facts_of(panel_decisions=one)["panel_tiers"] == []


def test_the_county_says_what_it_is(facts_of: Any, county: Path) -> None:
    assert facts_of()["county_kinds"] == []
    settings = county / "county.toml"
    text = settings.read_text("utf-8") + 'kinds = ["contiguous_poor"]\n'
    settings.write_text(text, encoding="utf-8")
    assert facts_of()["county_kinds"] == ["contiguous_poor"]
