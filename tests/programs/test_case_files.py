"""Cases as files say them: facts, unknown facts, groups, and what is refused."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from aidkit.errors import ParamsError
from aidkit.programs import GroupCase, load_cases, load_groups
from aidkit.programs.case_facts import FACTS
from aidkit.tables import Facts

TYPICAL = 'region = "cn"\n[student]\nstage = "primary"\nincome_per_head = 3000\n'
CASE = TYPICAL + '[[case]]\nsay = "一"\nterm = "2024-autumn"\n'
FIRST = CASE + "expect = { amount = 1 }\n"

EVERY_FACT = """
school = "2"
stage = "undergraduate"
grade = "p3"
ownership = "public"
locality = "village"
school_type = "primary"
place_tier = "level_1"
residence = "rural"
household_place = "county"
major = "agriculture"
college_place = "elsewhere"
post = "teacher"
employment = "in_post"
special_groups = ["orphan"]
listed_groups = []
county_kinds = ["contiguous_poor"]
boarder = true
enrolled = false
in_union_file = true
income_per_head = 3000.01
income_after_illness = 7200
subsistence_line = 7200
present_months = 2
present_days = 40
applied_on = 2026-08-01
papers = ["application_form"]
record = "good"
hardship_causes = ["own_illness"]
debt = 30000
nominated_by = "union"
panel_tier = "level_2"
panel_amount = 500
aid_received = [
  { program = "soy", funder = "province", year = 2024 },
  { funder = "union", year = 2025 },
]
award_change = "waived"
award_changed_on = 2026-10-20
"""

EXPECTED: dict[str, Any] = {
    "school_code": "9900000002",
    "stage": "undergraduate",
    "grade": "p3",
    "ownership": "public",
    "locality": "village",
    "school_type": "primary",
    "place_tier": "level_1",
    "residence": "rural",
    "household_place": "county",
    "major": "agriculture",
    "college_place": "elsewhere",
    "post": "teacher",
    "employment": "in_post",
    "special_groups": ["orphan"],
    "listed_groups": [],
    "county_kinds": ["contiguous_poor"],
    "boarder": True,
    "enrolled": False,
    "in_union_file": True,
    "income_per_head_fen": 300_001,
    "income_after_illness_fen": 720_000,
    "subsistence_line_fen": 720_000,
    "present_months": 2,
    "present_days": 40,
    "applied_programs": ["milk"],
    "applications": [
        {
            "program_id": "milk",
            "applied_on": dt.date(2026, 8, 1),
            "papers": ["application_form"],
            "record": "good",
            "hardship_causes": ["own_illness"],
            "debt_fen": 3_000_000,
            "nominated_by": "union",
        }
    ],
    "panel_tiers": [{"program_id": "milk", "tier": "level_2"}],
    "panel_amounts": [{"program_id": "milk", "amount_fen": 50_000}],
    "aid_received": [
        {"program_id": "soy", "funder": "province", "year": 2024},
        {"program_id": None, "funder": "union", "year": 2025},
    ],
    "award_changes": [
        {"program_id": "milk", "award_change": "waived", "changed_on": dt.date(2026, 10, 20)}
    ],
}


def written(folder: Path, text: str) -> Path:
    (folder / "milk.toml").touch()
    (folder / "milk.cases.toml").write_text(text, encoding="utf-8")
    return folder


def test_every_fact_fills_its_column(tmp_path: Path) -> None:
    text = f'region = "cn"\n[student]\n{EVERY_FACT}[[case]]\nsay = "一"\nterm = "2026-autumn"\n'
    (case,) = load_cases(written(tmp_path, text + "expect = { amount = 1 }\n"))
    assert case.student == EXPECTED
    assert set(case.student) <= set(Facts.create_empty().columns)
    said = set(re.findall(r"^(\w+) =", EVERY_FACT, re.MULTILINE))
    assert said | {"applied"} == set(FACTS)


def test_what_is_not_said_or_unknown_is_absent(tmp_path: Path) -> None:
    told = 'student = { boarder = true }\nunknown = ["income_per_head"]\nexpect = { amount = 1 }\n'
    (case,) = load_cases(written(tmp_path, CASE + told))
    assert case.student["boarder"] is True
    assert not {"income_per_head_fen", "enrolled", "aid_received"} & set(case.student)
    assert case.student["applied_programs"] == case.student["applications"] == []


@pytest.mark.parametrize(
    ("told", "applied"),
    [
        ("student = { applied = true }", True),
        ("student = { applied = false }", False),
        ("student = { debt = 1 }", True),
        ("student = { applied = false, debt = 1 }", False),
    ],
)
def test_details_say_that_there_is_an_application(told: str, applied: bool, tmp_path: Path) -> None:
    (case,) = load_cases(written(tmp_path, f"{CASE}{told}\nexpect = {{ amount = 1 }}\n"))
    assert (case.student["applied_programs"] == ["milk"]) is applied
    assert bool(case.student["applications"]) is applied


def test_without_an_application_its_details_are_gone(tmp_path: Path) -> None:
    text = CASE.replace("income", "debt = 30000\nincome") + 'unknown = ["applied"]\n'
    (case,) = load_cases(written(tmp_path, text + "expect = { amount = 1 }\n"))
    assert case.student["applications"] == []


GROUP = """
[[group]]
say = "两个名额"
term = "2026-autumn"
others = ["soy"]
adopted = true
quota = { places = 2, of = "boarders" }
roll = { "1" = 5, "2" = 2 }
student = { enrolled = true }
lists = { all = { places = 2, awarded = 2 }, "2" = { base = 3 } }

[[group.people]]
name = "甲"
applied = ["soy"]
panel_tier = { soy = "level_1" }
expect = { amount = 0, soy = { amount = 400, rank = 1 } }

[[group.people]]
name = "乙"
times = 2
applied = true
unknown = ["income_per_head"]
expect = { outcome = "reserve" }

[[group.people]]
name = "丙"
school = "2"
expect = { missing = ["applied"] }
"""


def group_of(folder: Path, text: str = GROUP) -> GroupCase:
    (group,) = load_groups(written(folder, FIRST + text))
    return group


def test_a_group_is_read(tmp_path: Path) -> None:
    group = group_of(tmp_path)
    assert (group.program_ids, group.adopts) == (("milk", "soy"), ("milk", "soy"))
    assert (group.quota_places, group.quota_of) == (2, "boarders")
    first, second, third, fourth, *rest = group.people
    assert [m.name for m in (first, second, third, fourth)] == ["甲", "乙1", "乙2", "丙"]
    assert first.facts["applied_programs"] == ["soy"]
    assert first.facts["panel_tiers"] == [{"program_id": "soy", "tier": "level_1"}]
    assert [(e.program_id, e.told) for e in first.expected] == [
        ("milk", {"amount_fen": 0}),
        ("soy", {"amount_fen": 40_000, "rank": 1}),
    ]
    assert second.facts == third.facts
    assert second.facts["applied_programs"] == ["milk", "soy"]
    assert "income_per_head_fen" not in second.facts
    assert fourth.facts["school_code"] == "9900000002"
    assert {name: found.told for name, found in zip(("all", "2"), group.lists, strict=True)} == {
        "all": {"places": 2, "awarded": 2},
        "2": {"base": 3},
    }
    assert [m.facts["school_code"] for m in rest] == ["9900000001"] * 2 + ["9900000002"]


def test_those_who_only_fill_the_roll_know_nothing_that_could_help_them(tmp_path: Path) -> None:
    filler = group_of(tmp_path).people[-1]
    assert filler.expected == ()
    assert {k: v for k, v in filler.facts.items() if v} == {
        "school_code": "9900000002",
        "stage": "primary",
        "enrolled": True,
    }


BAD = {
    "no expectation": (CASE + "expect = {}", "expect"),
    "two expectations": (CASE + 'expect = { amount = 1, missing = ["boarder_is"] }', "expect"),
    "unknown outcome": (CASE + 'expect = { outcome = "waved" }', "case[1].expect.outcome"),
    "misspelt": (CASE + "expct = { amount = 1 }", "expect"),
    "wrong term": (FIRST.replace("2024-autumn", "2024-winter"), "case[1].term"),
    "unknown fact": (CASE + 'unknown = ["border"]\nexpect = { amount = 1 }', "unknown"),
    "misspelt fact": (CASE + "student = { boarders = 1 }\nexpect = { amount = 1 }", "boarders"),
    "change without a day": (
        CASE + 'student = { award_change = "waived" }\nexpect = { amount = 1 }',
        "award_changed_on",
    ),
    "fact of nobody": (FIRST.replace("stage", "stag"), "student.stag"),
    "application for a program that is not judged": (
        CASE + 'student = { applied = ["soy"] }\nexpect = { amount = 1 }',
        "student.applied",
    ),
    "nobody expects anything": (
        FIRST + GROUP.replace('missing = ["applied"]', ""),
        "people[3].expect",
    ),
    "another program that is not judged": (
        FIRST + GROUP.replace('others = ["soy"]', 'others = ["oat"]'),
        "soy",
    ),
    "fewer on the roll than named": (FIRST + GROUP.replace('"1" = 5', '"1" = 2'), "roll.1"),
    "misspelt key of a group": (FIRST + GROUP.replace("roll =", "rol ="), "group[1].rol"),
    "misspelt key of a list": (FIRST + GROUP.replace("base", "bas"), "lists.2.bas"),
    "misspelt key of the county": (FIRST + GROUP.replace("of =", "off ="), "quota.off"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_cases_are_refused(tmp_path: Path, name: str) -> None:
    text, key = BAD[name]
    folder = written(tmp_path, text + "\n")
    with pytest.raises(ParamsError) as refused:
        load_cases(folder)
    assert "milk.cases.toml" in refused.value.where
    assert key in refused.value.where
    assert refused.value.remedy


def test_the_good_ones_are_good(tmp_path: Path) -> None:
    assert len(load_cases(written(tmp_path, FIRST + GROUP))) == 1


def test_a_program_without_cases_is_refused(tmp_path: Path) -> None:
    (tmp_path / "milk.toml").touch()
    with pytest.raises(ParamsError, match="没有案例"):
        load_cases(tmp_path)
