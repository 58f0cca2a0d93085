"""Two files and no code: an invented program with tiers by rule."""

from pathlib import Path
from typing import Any

import pytest

from aidkit.awards import run_cases
from aidkit.calendar import Term
from aidkit.errors import ParamsError
from aidkit.programs import Version, load_programs
from tests.awards.deciding import decide

TERM = Term.parse("2026-autumn")
RIDER = {
    "enrolled": True,
    "grade": "p3",
    "ownership": "public",
    "locality": "village",
    "boarder": False,
    "special_groups": ["orphan"],
}


def test_its_cases_run(invented: tuple[Version, ...], tmp_path: Path) -> None:
    failures, count = run_cases(tmp_path)
    assert (failures, count) == ([], 2)


def test_a_wrong_case_is_reported(invented: tuple[Version, ...], tmp_path: Path) -> None:
    path = tmp_path / "school_bus.cases.toml"
    path.write_text(path.read_text("utf-8").replace("amount = 120", "amount = 121"), "utf-8")
    (failure,), _ = run_cases(tmp_path)
    assert "人均收入正好在线上：应为 121.00 元 level_2，实为 120.00 元 level_2" in str(failure)


@pytest.mark.parametrize(
    ("income", "groups", "tier", "fen"),
    [
        (400_000, ["orphan"], "level_1", 30_050),
        (400_001, ["orphan"], "level_2", 12_000),
        (400_000, [], "level_2", 12_000),
        (400_000, None, "level_2", 12_000),
        (600_001, ["orphan"], "level_2", 12_000),
        (600_002, ["orphan"], None, 0),
        (None, ["orphan"], None, 0),
    ],
)
def test_the_first_rule_that_holds_gives_the_tier(
    income: int | None,
    groups: list[str] | None,
    tier: str | None,
    fen: int,
    invented: tuple[Version, ...],
    make_facts: Any,
) -> None:
    facts = make_facts(RIDER | {"income_per_head_fen": income, "special_groups": groups})
    (row,) = decide(facts, invented, TERM).to_dicts()
    assert (row["tier"], row["amount_fen"]) == (tier, fen)
    assert row["missing"] == ([] if tier else ["tier_rule"])


def test_rules_from_low_to_high_are_refused(invented: tuple[Version, ...], tmp_path: Path) -> None:
    path = tmp_path / "school_bus.toml"
    text = path.read_text("utf-8").replace("300.50", "100")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError, match="从高到低") as refused:
        load_programs(tmp_path)
    assert "version[1].tier_rule" in refused.value.where


def test_a_rule_without_amount_is_refused(invented: tuple[Version, ...], tmp_path: Path) -> None:
    path = tmp_path / "school_bus.toml"
    text = path.read_text("utf-8").replace('rule]]\ntier = "level_2"', 'rule]]\ntier = "level_3"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError, match="没有金额"):
        load_programs(tmp_path)


CAMP = """
id = "summer_camp"
title = "研学助学名额"
short_title = "研学助学"
in_kind = false
universal = false
funder = "society"

[[version]]
region = "cn/henan"
effective_from = 2026-09-01
date_status = "stated"
status = "verified"
checked_until = 2027-08-31
unit = "yuan_per_term"
paid = "each_term"
leavers = "day"
rounding = "up"
channel = "bank_card"
amounts = [{ stages = ["junior"], stated = 306 }]

[version.conditions]
enrolled = true
stage_in = ["junior"]
income_per_head_at_most = 9000

[version.quota]
percent = 12.5
of = "students"
by_school = true
order = ["listed", "income_per_head"]
ties = "lot"

[[version.source]]
title = "研学助学办法"
doc_no = "示教〔2026〕2号"
clause = "第四条"
found_in = "测试"
"""

CAMP_CASES = """
region = "cn/henan/demo"

[student]
stage = "junior"
enrolled = true
listed_groups = []
income_per_head = 9000

[[case]]
say = "人均收入正好在线上"
term = "2026-autumn"
expect = { amount = 306 }

[[case]]
say = "多一分就没有"
term = "2026-autumn"
student = { income_per_head = 9000.01 }
expect = { missing = ["income_per_head_at_most"] }

[[case]]
say = "只在校 1 天，按 153 天计，进到一分：306 元除以 153 正好 2 元"
term = "2026-autumn"
student = { present_days = 1 }
expect = { amount = 2 }

[[group]]
say = "两所学校 24 人，名额 3 个，按人数分成 2 个和 1 个，名单确认的先得"
term = "2026-autumn"
roll = { "1" = 16, "2" = 8 }
people = [
  { name = "甲", income_per_head = 100, expect = { rank = 2, amount = 306 } },
  { name = "乙", listed_groups = ["orphan"], expect = { rank = 1, amount = 306 } },
  { name = "丙", income_per_head = 200, expect = { outcome = "reserve", reserve_no = 1 } },
  { name = "丁", school = "2", expect = { rank = 1, amount = 306 } },
]
[group.lists]
"1" = { base = 16, places = 2, awarded = 2, reserve = 1 }
"2" = { base = 8, places = 1, awarded = 1, reserve = 0 }
"""


def test_a_program_with_places_is_two_files_too(tmp_path: Path) -> None:
    (tmp_path / "summer_camp.toml").write_text(CAMP, encoding="utf-8")
    cases = tmp_path / "summer_camp.cases.toml"
    cases.write_text(CAMP_CASES, encoding="utf-8")
    assert run_cases(tmp_path) == ([], 4)
    cases.write_text(CAMP_CASES.replace("places = 2,", "places = 3,"), encoding="utf-8")
    (failure,), _ = run_cases(tmp_path)
    assert "名单 9900000001 places 应为 3，实为 2" in str(failure)
