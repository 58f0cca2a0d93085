"""Telling only those for whom something changed gives what telling everybody gives."""

import random
from collections.abc import Callable, Iterable
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidkit.awards import Awards, Earlier, award, decide, telling
from aidkit.calendar import Term
from aidkit.programs import Version
from aidkit.tables import Facts
from tests.awards.deciding import county
from tests.awards.invented import higher_of, quota, version, yields_to

TERM = Term.parse("2026-autumn")
TIERED = ("tiered_aid", "senior_grant")
Edit = Callable[[random.Random, dict[str, Any]], None]


def _tier(dice: random.Random, row: dict[str, Any]) -> None:
    answers = [{"program_id": p, "tier": dice.choice(["level_1", "level_2"])} for p in TIERED]
    row["panel_tiers"] = dice.choice([[], answers[:1], answers[1:], answers, [*answers, *answers]])


def _applications(dice: random.Random, row: dict[str, Any]) -> None:
    programs = dice.choice([[], ["milk"], ["tiered_aid"], ["tiered_aid", "senior_grant"]])
    row["applied_programs"] = programs
    blank = dict.fromkeys(("applied_on", "papers", "record", "hardship_causes", "nominated_by"))
    row["applications"] = [blank | {"program_id": p, "debt_fen": 5} for p in programs]


def _change(dice: random.Random, row: dict[str, Any]) -> None:
    entry = {"program_id": "cake", "award_change": "waived", "changed_on": TERM.starts}
    row["award_changes"] = dice.choice([[], [entry]])


EDITS: dict[str, Edit] = {
    "tier": _tier,
    "applications": _applications,
    "change": _change,
    "income": lambda dice, row: row.update(income_per_head_fen=dice.choice([None, 1, 2, 3, 4])),
    "name": lambda _, row: row.update(name=row["name"] + "甲"),
    "stage": lambda dice, row: row.update(stage=dice.choice(["primary", "senior"])),
    "subject": lambda dice, row: row.update(subject=dice.choice(["student", "freshman"])),
    "school": lambda dice, row: row.update(school_code=dice.choice(["9900000001", "9900000002"])),
    "groups": lambda dice, row: row.update(special_groups=dice.choice([None, [], ["orphan"]])),
    "enrolled": lambda dice, row: row.update(enrolled=dice.choice([None, True, False])),
    "leaving": lambda dice, row: row.update(
        present_months=dice.choice([2, 5]),
        left_on=dice.choice([None, TERM.starts.replace(month=11)]),
        left_county=dice.choice([None, True]),
    ),
}


@pytest.fixture
def programs(in_force: Any) -> tuple[Version, ...]:
    """Free, tiered and rationed programs, groups, one that yields, a floor, a university's."""
    return (
        *in_force("cn/henan/qingshan", TERM.code, *TIERED, "fee_waiver"),
        version("milk", 100, relations=higher_of("food")),
        version("soup", 120, relations=higher_of("food"), quota=quota(3), leavers="month"),
        version("cake", 90, quota=quota(4, by_school=True), leavers="month"),
        version("bus", 80, relations=yields_to("cake")),
        version("hat", 70, region="cn", floor=True),
        version("hat", 75, quota=quota(2)),
        version("trip", 60, subject="freshman", quota=quota(1)),
    )


def _edited(facts: pl.DataFrame, steps: Iterable[tuple[str, int]]) -> pl.DataFrame:
    rows = facts.to_dicts()
    for name, seed in steps:
        dice = random.Random(seed)
        at = dice.randrange(len(rows))
        if name == "add":
            rows.append(rows[at] | {"person_no": f"G{990101201609019999 + seed}"})
        elif name == "remove" and len(rows) > 1:
            rows.pop(at)
        elif name == "twice":
            rows.append(rows[at] | {"subject": "freshman"})
        elif name in EDITS:
            EDITS[name](dice, rows[at])
    frame = pl.DataFrame(rows, schema=Facts.create_empty().schema)
    return frame.unique(["subject", "person_no"], keep="first", maintain_order=True)


def _same(one: Awards, other: Awards) -> bool:
    return (
        one.decisions.equals(other.decisions)
        and one.quotas.equals(other.quotas)
        and one.settled.equals(other.settled)
    )


steps = st.lists(
    st.tuples(st.sampled_from([*EDITS, "add", "remove", "twice"]), st.integers(0, 10**6)),
    max_size=4,
)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(before=st.lists(steps, max_size=5), after=steps, few=st.sampled_from([0, decide.FEW]))
def test_only_what_changed_is_told_and_nothing_is_missed(
    before: list[list[tuple[str, int]]],
    after: list[tuple[str, int]],
    few: int,
    make_facts: Any,
    programs: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(decide, "FEW", few)
    people = [{"enrolled": True, "stage": "primary", "income_per_head_fen": n} for n in range(8)]
    facts = _edited(make_facts(*people), [step for several in before for step in several])
    first = award(facts, programs, TERM, county())
    now = _edited(facts, after)
    earlier = Earlier(facts, first.decisions, first.settled)
    again = award(now.sample(fraction=1, shuffle=True), programs, TERM, county(), earlier=earlier)
    assert _same(again, award(now, programs, TERM, county()))


def test_who_did_not_change_is_not_told_again(
    make_facts: Any, programs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [{"enrolled": True, "stage": "primary", "income_per_head_fen": n} for n in range(8)]
    facts = make_facts(*people)
    first = award(facts, programs, TERM, county())
    told: list[tuple[str, list[str]]] = []

    def watched(program_id: str, plan: Any, own: pl.DataFrame, settled: pl.DataFrame) -> Any:
        told.append((program_id, own["person_no"].to_list()))
        return telling.tell(program_id, plan, own, settled)

    monkeypatch.setattr(decide, "tell", watched)
    earlier = Earlier(facts, first.decisions, first.settled)
    assert _same(first, award(facts, programs, TERM, county(), earlier=earlier))
    assert told == []
    rows = facts.to_dicts()
    rows[3]["panel_tiers"] = [{"program_id": "tiered_aid", "tier": "level_1"}]
    now = pl.DataFrame(rows, schema=facts.schema)
    award(now, programs, TERM, county(), earlier=earlier)
    assert told == [("tiered_aid", [rows[3]["person_no"]])]


def test_many_at_a_time_or_few_give_the_same(
    make_facts: Any, programs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [{"enrolled": True, "stage": "primary", "income_per_head_fen": n} for n in range(8)]
    facts = _edited(make_facts(*people), [("twice", 1), ("twice", 5)])
    whole = award(facts, programs, TERM, county())
    monkeypatch.setattr(decide, "AT_A_TIME", 3)
    assert _same(whole, award(facts, programs, TERM, county()))
