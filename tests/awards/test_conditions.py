"""Every condition of the vocabulary: met, failed, unknown."""

from typing import Any

import polars as pl
import pytest

from aidkit.conditions import CONDITIONS, check
from aidkit.money import yuan
from aidkit.programs import VOCABULARY, Condition
from aidkit.programs.version import Argument

TIER = [{"program_id": "milk", "tier": "level_2"}, {"program_id": "soy", "tier": "level_1"}]

SIDES: list[tuple[str, Argument, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ("enrolled", True, {"enrolled": True}, {"enrolled": False}, {"enrolled": None}),
    ("stage_in", ("primary", "junior"), {"stage": "junior"}, {"stage": "senior"}, {"stage": ""}),
    ("grade_in", ("p1", "p2"), {"grade": "p2"}, {"grade": "p3"}, {"grade": ""}),
    (
        "ownership_in",
        ("public",),
        {"ownership": "public"},
        {"ownership": "private"},
        {"ownership": None},
    ),
    (
        "locality_in",
        ("town", "village"),
        {"locality": "village"},
        {"locality": "county_seat"},
        {"locality": None},
    ),
    ("boarder_is", True, {"boarder": True}, {"boarder": False}, {"boarder": None}),
    ("boarder_is", False, {"boarder": False}, {"boarder": True}, {"boarder": None}),
    (
        "any_special_group",
        ("orphan", "allowance"),
        {"special_groups": ["martyr", "orphan"]},
        {"special_groups": ["martyr"]},
        {"special_groups": None},
    ),
    (
        "income_per_head_at_most",
        400_000,
        {"income_per_head_fen": 400_000},
        {"income_per_head_fen": 400_001},
        {"income_per_head_fen": None},
    ),
    (
        "panel_tier_in",
        ("level_2",),
        {"panel_tiers": TIER},
        {"panel_tiers": [{"program_id": "milk", "tier": "level_3"}]},
        {"panel_tiers": TIER[1:]},
    ),
    (
        "applied",
        True,
        {"applied_programs": ["milk", "soy"]},
        {"applied_programs": ["soy"]},
        {"applied_programs": []},
    ),
    (
        "applied_or_listed",
        ("orphan",),
        {"applied_programs": [], "listed_groups": ["orphan"]},
        {"applied_programs": [], "listed_groups": ["allowance"]},
        {"applied_programs": [], "listed_groups": None},
    ),
    (
        "applied_or_listed",
        ("orphan",),
        {"applied_programs": ["milk"], "listed_groups": None},
        {"applied_programs": ["soy"], "listed_groups": []},
        {"applied_programs": [], "listed_groups": None},
    ),
]

each = pytest.mark.parametrize(
    ("name", "argument", "met", "failed", "unknown"), SIDES, ids=[s[0] for s in SIDES]
)


def test_vocabulary_and_meaning_know_the_same_names() -> None:
    assert set(CONDITIONS) == set(VOCABULARY) == {side[0] for side in SIDES}


@each
def test_only_a_known_fact_that_meets_it_holds(
    name: str,
    argument: Argument,
    met: dict[str, Any],
    failed: dict[str, Any],
    unknown: dict[str, Any],
    make_facts: Any,
) -> None:
    asked = check(Condition(name, argument), "milk")
    rows = make_facts(met, failed, unknown).select(holds=asked.holds, seen=asked.seen)
    assert rows["holds"].to_list() == [True, False, False]
    assert rows["seen"].null_count() == 0
    assert name == asked.name


@each
def test_unknown_is_told_from_failed(
    name: str,
    argument: Argument,
    met: dict[str, Any],
    failed: dict[str, Any],
    unknown: dict[str, Any],
    make_facts: Any,
) -> None:
    asked = check(Condition(name, argument), "milk")
    known = make_facts(met, failed, unknown).select(known=asked.known)["known"].to_list()
    assert known[:2] == [True, True]
    assert known[2] is (None not in unknown.values() and name != "panel_tier_in")


@each
def test_the_fact_for_the_id_covers_all_that_is_read(
    name: str,
    argument: Argument,
    met: dict[str, Any],
    failed: dict[str, Any],
    unknown: dict[str, Any],
) -> None:
    """Pupils who share these facts share one judgement, so nothing else may be read."""
    asked = check(Condition(name, argument), "milk")
    recorded = set(asked.fact.meta.root_names())
    for expression in (asked.holds, asked.known, asked.seen):
        assert set(expression.meta.root_names()) <= recorded


def test_seen_is_chinese_in_a_fixed_order(make_facts: Any) -> None:
    asked = check(Condition("any_special_group", ("orphan",)), "milk")
    rows = make_facts(
        {"special_groups": ["orphan", "allowance"]},
        {"special_groups": ["allowance", "orphan"]},
        {"special_groups": []},
        {},
    )
    assert rows.select(asked.seen).to_series().to_list() == [
        "低保、孤儿",
        "低保、孤儿",
        "无",
        "不详",
    ]


def test_money_is_seen_as_it_is_printed_elsewhere(make_facts: Any) -> None:
    asked = check(Condition("income_per_head_at_most", 1), "milk")
    sums = [0, -5, 1205, 99_999, 100_000, 123_456_70, -1_234_567_89]
    rows = make_facts(*({"income_per_head_fen": fen} for fen in sums))
    seen: pl.Series = rows.select(asked.seen).to_series()
    assert seen.to_list() == [f"{yuan(fen)} 元" for fen in sums]
