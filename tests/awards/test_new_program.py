"""Two files and no code: an invented program with tiers by rule."""

from pathlib import Path
from typing import Any

import pytest

from aidkit.awards import decide, run_cases
from aidkit.calendar import Term
from aidkit.errors import ParamsError
from aidkit.programs import Version, load_programs

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
