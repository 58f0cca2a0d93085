"""Amounts to the fen, what is missing, and what must never change a decision."""

from typing import Any

import pytest

from aidkit.calendar import Term
from aidkit.tables import Decisions
from tests.awards.deciding import decide

POOR = {
    "enrolled": True,
    "special_groups": ["registered_poor"],
    "listed_groups": ["registered_poor"],
}


@pytest.mark.parametrize(
    ("term", "stage", "boarder", "program", "fen"),
    [
        ("2023-autumn", "primary", False, "day_pupil_allowance", 25_000),
        ("2023-autumn", "junior", False, "day_pupil_allowance", 31_250),
        ("2024-spring", "primary", False, "day_pupil_allowance", 31_250),
        ("2024-spring", "junior", False, "day_pupil_allowance", 37_500),
        ("2026-autumn", "junior", False, "day_pupil_allowance", 37_500),
        ("2023-autumn", "primary", True, "boarder_allowance", 50_000),
        ("2023-autumn", "junior", True, "boarder_allowance", 62_500),
        ("2024-spring", "primary", True, "boarder_allowance", 62_500),
        ("2024-spring", "junior", True, "boarder_allowance", 75_000),
        ("2024-spring", "special", True, "boarder_allowance", 62_500),
    ],
)
def test_henan_to_the_fen(
    term: str, stage: str, boarder: bool, program: str, fen: int, make_facts: Any, in_force: Any
) -> None:
    facts = make_facts(POOR | {"stage": stage, "boarder": boarder}, term=term)
    rows = decide(facts, in_force("cn/henan/demo", term, program), Term.parse(term))
    assert rows["amount_fen"].to_list() == [fen]


def test_both_halves_make_the_year(make_facts: Any, in_force: Any) -> None:
    paid: list[int] = []
    for term in ("2024-autumn", "2025-spring"):
        facts = make_facts(POOR | {"stage": "junior", "boarder": True}, term=term)
        versions = in_force("cn/henan", term, "boarder_allowance")
        paid += decide(facts, versions, Term.parse(term))["amount_fen"].to_list()
    assert sum(paid) == 150_000


def test_no_panel_decision_no_tier(make_facts: Any, in_force: Any) -> None:
    pupil = POOR | {"applied_programs": ["tiered_aid"]}
    other = [{"program_id": "boarder_allowance", "tier": "level_1"}]
    decided = [{"program_id": "tiered_aid", "tier": "level_3"}]
    facts = make_facts(pupil, pupil | {"panel_tiers": other}, pupil | {"panel_tiers": decided})
    term = Term.parse("2026-autumn")
    rows = decide(facts, in_force("cn", term.code, "tiered_aid"), term)
    assert rows["eligible"].to_list() == [False, False, True]
    assert rows["missing"].to_list() == [["panel_tier"], ["panel_tier"], []]
    assert rows["tier"].to_list() == [None, None, "level_3"]
    assert rows["amount_fen"].to_list() == [0, 0, 50_000]
    assert "缺认定档次" in rows["explanation"][0]


def test_everyone_is_decided_under_every_program(make_facts: Any, in_force: Any) -> None:
    facts = make_facts({"stage": "kindergarten"}, {"stage": "primary"})
    versions = in_force("cn/henan", "2026-autumn")
    rows = decide(facts, versions, Term.parse("2026-autumn"))
    own = {v.program.id for v in versions if v.program.subject == "student"}
    assert set(rows["program_id"]) == own
    assert rows.height == 2 * len(own)
    assert rows["person_no"].is_sorted()


def test_no_versions_no_decisions(make_facts: Any) -> None:
    rows = decide(make_facts({}), (), Term.parse("2026-autumn"))
    assert rows.equals(Decisions.create_empty())


def test_row_order_never_matters(make_facts: Any, in_force: Any) -> None:
    pupils = [
        POOR | {"boarder": n % 2 == 0, "applied_programs": ["tiered_aid"] * (n % 3 == 0)}
        for n in range(20)
    ]
    facts = make_facts(*pupils)
    versions = in_force("cn/henan", "2026-autumn")
    term = Term.parse("2026-autumn")
    once = decide(facts, versions, term)
    for seed in (1, 2):
        shuffled = facts.sample(fraction=1, shuffle=True, seed=seed)
        assert not shuffled.equals(facts)
        assert decide(shuffled, versions[::-1], term).equals(once)


def test_order_inside_lists_never_matters(make_facts: Any, in_force: Any) -> None:
    groups = ["registered_poor", "disabled"]
    tiers = [{"program_id": p, "tier": "level_1"} for p in ("tiered_aid", "boarder_allowance")]
    ways = [
        {"special_groups": groups[::s], "listed_groups": groups[::s], "panel_tiers": tiers[::s]}
        for s in (1, -1)
    ]
    versions = in_force("cn/henan", "2026-autumn")
    term = Term.parse("2026-autumn")
    one, other = (decide(make_facts(POOR | way), versions, term) for way in ways)
    assert one.equals(other)


def test_determination_id_follows_facts_and_version_only(make_facts: Any, in_force: Any) -> None:
    term = Term.parse("2026-autumn")
    versions = in_force("cn/henan", term.code, "boarder_allowance")
    pupil = POOR | {"boarder": True}

    def of(**other: Any) -> str:
        return str(decide(make_facts(pupil | other), versions, term)["determination_id"][0])

    assert of() == of() == of(class_name="2班") == of(name="乙") == of(locality="town")
    assert of(applied_programs=["tiered_aid"]) == of()
    assert len({of(), of(boarder=False), of(boarder=None), of(special_groups=[])}) == 4
    assert of(person_no="G990000201501099999") != of()
    elsewhere = in_force("cn", term.code, "boarder_allowance")
    moved = decide(make_facts(pupil), elsewhere, term)["determination_id"][0]
    assert moved != of()


def test_determination_id_is_the_same_on_every_machine(make_facts: Any, invented: Any) -> None:
    rows = decide(make_facts({"enrolled": True}), invented, Term.parse("2026-autumn"))
    assert rows["determination_id"].to_list() == ["012c7b64e679aa41cd20"]
