"""Aid to teachers whose figures, or whose season, only a county can say."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from aidkit.awards import award
from aidkit.awards.cases import facts_of
from aidkit.calendar import Term
from aidkit.county import County
from aidkit.programs import choose, load_programs
from aidkit.project import find_project

SHIPPED = find_project().params / "programs"
TERM = Term.parse("2026-autumn")
COUNTY = County("县", "cn/hunan/x", "", "", ("candle_action", "teacher_hardship_city"))

OF_THE_COUNTY = """
[[version]]
region = "cn/hunan/x"
effective_from = 2026-09-01
date_status = "stated"
status = "verified"
extends = true
"""
BY_PLACE = """amount_from = "figures"
tier_from = "rule"
amounts = [
  { tier = "level_1", stated = 500 },
  { tier = "level_2", stated = 300.01 },
]
[[version.tier_rule]]
tier = "level_1"
conditions = { place_tier_in = ["level_1"] }
[[version.tier_rule]]
tier = "level_2"
conditions = { place_tier_in = ["level_2"] }
[[version.source]]
title = "县乡村教师生活补助实施办法"
doc_no = "县教〔2026〕1号"
clause = "二"
found_in = "测试"
"""
PAID_IN_AUTUMN = """paid = "in_autumn"
unit = "yuan_once"
[version.conditions]
applied_by = "11-15"
"""
IN_POST: dict[str, Any] = {
    "enrolled": True,
    "locality": "village",
    "county_kinds": ["contiguous_poor"],
    "post": "teacher",
    "employment": "in_post",
}


def decided(folder: Path, own: str, keys: str, people: list[dict[str, Any]]) -> pl.DataFrame:
    """Decisions under the shipped programs and the county's own version of one of them."""
    head = (SHIPPED / f"{own}.toml").read_text(encoding="utf-8").partition("[[version]]")[0]
    (folder / f"{own}.toml").write_text(head + OF_THE_COUNTY + keys, encoding="utf-8")
    versions = [
        version
        for version in choose(
            load_programs(SHIPPED, folder),
            region=COUNTY.region,
            adopts=COUNTY.adopts,
            on=TERM.starts,
            season=TERM.season,
        )
        if version.program.subject == "teacher"
    ]
    return award(facts_of(people, versions, TERM), versions, TERM, COUNTY).decisions


@pytest.mark.parametrize(
    ("more", "fen", "missing"),
    [
        ({"place_tier": "level_1"}, 2500_00, []),
        ({"place_tier": "level_2"}, 1500_05, []),
        ({"place_tier": "level_2", "present_months": 2}, 600_02, []),
        ({"place_tier": "level_1", "present_months": 0, "enrolled": False}, 0, ["enrolled"]),
        ({"place_tier": "level_3"}, 0, ["tier_rule"]),
        ({}, 0, ["tier_rule"]),
    ],
)
def test_a_county_pays_its_rural_teachers_by_the_hardship_of_the_place(
    tmp_path: Path, more: dict[str, Any], fen: int, missing: list[str]
) -> None:
    found = decided(tmp_path, "village_teacher_allowance", BY_PLACE, [IN_POST | more])
    row = found.row(by_predicate=pl.col("program_id") == "village_teacher_allowance", named=True)
    assert (row["amount_fen"], row["missing"]) == (fen, missing)


def applicant(*programs: str) -> dict[str, Any]:
    details = {"applied_on": TERM.starts, "hardship_causes": ["own_illness"], "debt_fen": 60000_00}
    return {
        "post": "teacher",
        "school_type": "primary",
        "aid_received": [],
        "applied_programs": list(programs),
        "applications": [{"program_id": program} | details for program in programs],
    }


def test_where_both_are_paid_in_one_term_the_candle_action_yields(tmp_path: Path) -> None:
    both, one = applicant("candle_action", "teacher_hardship_city"), applicant("candle_action")
    found = decided(tmp_path, "teacher_hardship_city", PAID_IN_AUTUMN, [both, one])
    rows = {
        (row["person_no"][-1], row["program_id"]): (row["outcome"], row["yielded_to"])
        for row in found.to_dicts()
    }
    assert rows["0", "teacher_hardship_city"] == ("awarded", None)
    assert rows["0", "candle_action"] == ("yielded", "teacher_hardship_city")
    assert rows["1", "teacher_hardship_city"][0] == "not_eligible"
    assert rows["1", "candle_action"] == ("awarded", None)
