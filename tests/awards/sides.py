"""Every condition of the vocabulary with facts that meet it, fail it, and leave it open."""

import datetime as dt
from typing import Any, NamedTuple

from aidkit.programs.version import Argument

Person = dict[str, Any]

TIERS = [{"program_id": "milk", "tier": "level_2"}, {"program_id": "soy", "tier": "level_1"}]


class Side(NamedTuple):
    """One condition.

    Attributes:
        name: Its name.
        argument: What it is asked with, for the program `milk` in the term 2026-autumn.
        met: Facts that just meet it.
        failed: Facts that just fail it.
        unknown: Facts that leave it open; None where the fact is always known.
    """

    name: str
    argument: Argument
    met: Person
    failed: Person
    unknown: Person | None


def _codes(name: str, column: str, argument: tuple[str, ...], other: str) -> Side:
    return Side(name, argument, {column: argument[-1]}, {column: other}, {column: None})


def asked(program_id: str = "milk", **details: Any) -> Person:
    """A person who applied for `program_id`, and of all details said only these."""
    nothing = {
        "applied_on": None,
        "papers": None,
        "record": None,
        "hardship_causes": None,
        "debt_fen": None,
        "nominated_by": None,
    }
    return {
        "applied_programs": [program_id],
        "applications": [{"program_id": program_id} | nothing | details],
    }


def got(*entries: tuple[str | None, str, int]) -> Person:
    """A person in the register of aid received: program, giver, school year."""
    columns = ("program_id", "funder", "year")
    return {"aid_received": [dict(zip(columns, entry, strict=True)) for entry in entries]}


SIDES = [
    Side("enrolled", True, {"enrolled": True}, {"enrolled": False}, {"enrolled": None}),
    Side("stage_in", ("primary", "junior"), {"stage": "junior"}, {"stage": "senior"}, None),
    Side("grade_in", ("p1", "p2"), {"grade": "p2"}, {"grade": "p3"}, None),
    _codes("ownership_in", "ownership", ("public",), "private"),
    _codes("locality_in", "locality", ("town", "village"), "county_seat"),
    Side("boarder_is", True, {"boarder": True}, {"boarder": False}, {"boarder": None}),
    Side("boarder_is", False, {"boarder": False}, {"boarder": True}, {"boarder": None}),
    Side(
        "any_special_group",
        ("orphan", "allowance"),
        {"special_groups": ["martyr", "orphan"]},
        {"special_groups": ["martyr"]},
        {"special_groups": None},
    ),
    Side(
        "income_per_head_at_most",
        400_000,
        {"income_per_head_fen": 400_000},
        {"income_per_head_fen": 400_001},
        {"income_per_head_fen": None},
    ),
    Side(
        "panel_tier_in",
        ("level_2",),
        {"panel_tiers": TIERS},
        {"panel_tiers": [{"program_id": "milk", "tier": "level_3"}]},
        {"panel_tiers": TIERS[1:]},
    ),
    Side(
        "applied",
        True,
        {"applied_programs": ["milk", "soy"]},
        {"applied_programs": ["soy"]},
        None,
    ),
    Side(
        "applied_or_listed",
        ("orphan",),
        {"applied_programs": [], "listed_groups": ["orphan"]},
        {"applied_programs": [], "listed_groups": ["allowance"]},
        {"applied_programs": [], "listed_groups": None},
    ),
    Side(
        "applied_or_listed",
        ("orphan",),
        {"applied_programs": ["milk"], "listed_groups": None},
        {"applied_programs": ["soy"], "listed_groups": []},
        {"applied_programs": ["soy"], "listed_groups": None},
    ),
    Side(
        "applied_by",
        "09-30",
        asked(applied_on=dt.date(2026, 9, 30)),
        asked(applied_on=dt.date(2026, 10, 1)),
        asked(),
    ),
    Side(
        "listed_group_in",
        ("orphan", "disabled"),
        {"listed_groups": ["allowance", "disabled"]},
        {"listed_groups": ["allowance"], "special_groups": ["orphan"]},
        {"listed_groups": None},
    ),
    Side(
        "income_after_illness_at_most",
        150,
        {"income_after_illness_fen": 1_080_000, "subsistence_line_fen": 720_000},
        {"income_after_illness_fen": 1_080_001, "subsistence_line_fen": 720_000},
        {"income_after_illness_fen": 1, "subsistence_line_fen": None},
    ),
    Side(
        "income_after_illness_at_most",
        100,
        {"income_after_illness_fen": -5, "subsistence_line_fen": 1},
        {"income_after_illness_fen": 2, "subsistence_line_fen": 1},
        {"income_after_illness_fen": None, "subsistence_line_fen": 720_000},
    ),
    Side(
        "in_union_file",
        True,
        {"in_union_file": True},
        {"in_union_file": False},
        {"in_union_file": None},
    ),
    _codes("residence_in", "residence", ("rural", "town"), "city"),
    _codes("household_in", "household_place", ("county",), "elsewhere"),
    _codes("major_in", "major", ("agriculture",), "performing_arts"),
    Side(
        "county_in",
        ("contiguous_poor",),
        {"county_kinds": ["nutrition_pilot", "contiguous_poor"]},
        {"county_kinds": ["nutrition_pilot"]},
        {"county_kinds": None},
    ),
    _codes("college_place_in", "college_place", ("county", "province"), "elsewhere"),
    Side(
        "papers",
        ("admission_notice", "household_register"),
        asked(papers=["application_form", "household_register", "admission_notice"]),
        asked(papers=["admission_notice"]),
        asked(),
    ),
    Side("record_in", ("good",), asked(record="good"), asked(record="ordinary"), asked()),
    Side(
        "awarded_before",
        ("soy", "rice"),
        got(("soy", "union", 2025)),
        got(("soy", "union", 2026), ("milk", "union", 2025), (None, "union", 2024)),
        {"aid_received": None},
    ),
    Side(
        "not_awarded_for_years",
        2,
        got(("milk", "union", 2023), ("soy", "union", 2025), (None, "union", 2025)),
        got(("milk", "union", 2024)),
        {"aid_received": None},
    ),
    Side(
        "not_helped_this_year_by",
        ("city", "society"),
        got((None, "city", 2025), (None, "union", 2026), ("milk", "city", 2026)),
        got((None, "society", 2026)),
        {"aid_received": None},
    ),
    _codes("post_in", "post", ("teacher", "staff"), "leader"),
    _codes("employment_in", "employment", ("retired",), "in_post"),
    _codes("school_type_in", "school_type", ("primary", "special"), "senior"),
    Side(
        "hardship_cause_in",
        ("own_illness", "disaster"),
        asked(hardship_causes=["accident", "disaster"]),
        asked(hardship_causes=["accident"]),
        asked(),
    ),
    Side(
        "debt_at_least",
        3_000_000,
        asked(debt_fen=3_000_000),
        asked(debt_fen=2_999_999),
        asked(),
    ),
    _codes("place_tier_in", "place_tier", ("level_1",), "level_2"),
]

OF_APPLICATIONS = (
    "applied_by",
    "papers",
    "record_in",
    "hardship_cause_in",
    "debt_at_least",
)
OF_HISTORY = ("awarded_before", "not_awarded_for_years", "not_helped_this_year_by")
