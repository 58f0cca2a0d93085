"""Every condition of the vocabulary: met, failed, unknown; what is seen and what is lacking."""

import datetime as dt
from typing import Any

import polars as pl
import pytest

from aidkit.conditions import CONDITIONS, check, panel_amount
from aidkit.money import yuan
from aidkit.programs import VOCABULARY, Condition
from aidkit.programs.version import Argument
from tests.awards.sides import OF_APPLICATIONS, OF_HISTORY, SIDES, Side, asked, got

each = pytest.mark.parametrize("side", SIDES, ids=[side.name for side in SIDES])
open_ones = [side for side in SIDES if side.unknown is not None]
each_open = pytest.mark.parametrize("side", open_ones, ids=[side.name for side in open_ones])


def of(side: Side) -> Any:
    return check(Condition(side.name, side.argument), "milk")


def named(name: str) -> list[Side]:
    return [side for side in SIDES if side.name == name]


def test_vocabulary_and_meaning_know_the_same_names() -> None:
    assert list(CONDITIONS) == list(VOCABULARY)
    assert set(CONDITIONS) == {side.name for side in SIDES}


@each
def test_it_holds_on_one_side_and_not_on_the_other(side: Side, make_facts: Any) -> None:
    asked_of = of(side)
    rows = make_facts(side.met, side.failed).select(holds=asked_of.holds, known=asked_of.known)
    assert rows["holds"].to_list() == [True, False]
    assert rows["known"].to_list() == [True, True]
    assert asked_of.name == side.name


@each_open
def test_unknown_is_told_from_failed_and_never_holds(side: Side, make_facts: Any) -> None:
    asked_of = of(side)
    row = make_facts(side.unknown).select(
        holds=asked_of.holds, known=asked_of.known, seen=asked_of.seen
    )
    assert row["holds"].to_list() == row["known"].to_list() == [False]
    assert row["seen"].null_count() == 0


@each
def test_nothing_known_is_nothing_met(side: Side, make_facts: Any) -> None:
    """A row of facts that says only what it must: deleting everything else helps nobody."""
    bare = make_facts({"stage": "", "grade": ""})
    assert bare.select(of(side).holds).to_series().to_list() == [False]


@each
def test_the_fact_for_the_id_covers_all_that_is_read(side: Side) -> None:
    """Persons who share these facts share one judgement, so nothing else may be read."""
    asked_of = of(side)
    shared = {"term", "subject"}  # all rows of one judgement have the same
    recorded = {*asked_of.fact.meta.root_names()} | shared
    gap = [] if asked_of.gap is None else [asked_of.gap]
    for expression in (asked_of.holds, asked_of.known, asked_of.seen, *gap):
        assert set(expression.meta.root_names()) <= recorded


@each
def test_the_fact_for_the_id_tells_what_differs(side: Side, make_facts: Any) -> None:
    """Met, failed and unknown are three different facts."""
    persons = [side.met, side.failed, *([] if side.unknown is None else [side.unknown])]
    facts = make_facts(*persons).select(fact=of(side).fact)["fact"].fill_null("?")
    assert facts.n_unique() == len(persons)


@pytest.mark.parametrize("name", OF_APPLICATIONS)
def test_who_has_not_applied_is_known_to_fail(name: str, make_facts: Any) -> None:
    (side,) = named(name)
    asked_of = of(side)
    for_another = {"applications": [side.met["applications"][0] | {"program_id": "soy"}]}
    rows = make_facts({}, for_another).select(
        holds=asked_of.holds, known=asked_of.known, seen=asked_of.seen
    )
    assert rows.rows() == [(False, True, "没有申请")] * 2


@pytest.mark.parametrize("name", OF_HISTORY)
def test_history_goes_by_the_calendar_year(name: str, make_facts: Any) -> None:
    """Both terms that begin in a year belong to it."""
    (side,) = named(name)
    for term, holds in (("2026-spring", [True, False]), ("2027-spring", [True, True])):
        facts = make_facts(side.met, side.failed, term=term)
        assert facts.select(of(side).holds).to_series().to_list() == holds


@pytest.mark.parametrize(
    ("years", "given", "holds"),
    [
        (1, 2025, False),
        (1, 2024, True),
        (2, 2024, False),
        (2, 2023, True),
        (3, 2023, False),
        (2, 2026, True),
    ],
)
def test_so_many_years_back_and_not_more(
    years: int, given: int, holds: bool, make_facts: Any
) -> None:
    asked_of = check(Condition("not_awarded_for_years", years), "milk")
    facts = make_facts(got(("milk", "province", given)))
    assert facts.select(asked_of.holds).item() is holds


@pytest.mark.parametrize(
    ("term", "day", "last"),
    [
        ("2026-autumn", "08-10", dt.date(2026, 8, 10)),
        ("2026-autumn", "09-30", dt.date(2026, 9, 30)),
        ("2026-autumn", "11-15", dt.date(2026, 11, 15)),
        ("2026-autumn", "02-28", dt.date(2027, 2, 28)),
        ("2026-autumn", "03-01", dt.date(2026, 3, 1)),
        ("2027-spring", "05-15", dt.date(2027, 5, 15)),
        ("2027-spring", "08-31", dt.date(2027, 8, 31)),
        ("2027-spring", "09-01", dt.date(2026, 9, 1)),
    ],
)
def test_a_deadline_is_the_last_such_day_up_to_the_end_of_the_term(
    term: str, day: str, last: dt.date, make_facts: Any
) -> None:
    asked_of = check(Condition("applied_by", day), "milk")
    on_time, late = (asked(applied_on=last + dt.timedelta(n)) for n in (0, 1))
    rows = make_facts(on_time, late, term=term).select(holds=asked_of.holds, gap=asked_of.gap)
    assert rows.rows() == [(True, ""), (False, "晚 1 天")]


@pytest.mark.parametrize(
    ("condition", "argument", "person", "gap"),
    [
        ("income_per_head_at_most", 400_000, {"income_per_head_fen": 520_000}, "差 1,200.00 元"),
        ("income_per_head_at_most", 400_000, {"income_per_head_fen": 400_000}, ""),
        ("income_per_head_at_most", 400_000, {}, ""),
        (
            "income_after_illness_at_most",
            150,
            {"income_after_illness_fen": 1_080_001, "subsistence_line_fen": 720_000},
            "差 0.01 元",
        ),
        (
            "income_after_illness_at_most",
            150,
            {"income_after_illness_fen": 2, "subsistence_line_fen": 1},
            "差 0.01 元",
        ),
        ("income_after_illness_at_most", 150, {"income_after_illness_fen": 1}, ""),
        ("debt_at_least", 5_000_000, asked(debt_fen=3_800_000), "差 12,000.00 元"),
        ("debt_at_least", 5_000_000, asked(), ""),
        ("debt_at_least", 5_000_000, asked(debt_fen=5_000_001), ""),
        (
            "papers",
            ("household_register", "admission_notice"),
            asked(papers=["bank_card_copy"]),
            "缺 户口簿复印件、录取通知书",
        ),
        (
            "papers",
            ("household_register", "admission_notice"),
            asked(papers=["household_register"]),
            "缺 录取通知书",
        ),
        ("papers", ("household_register",), asked(papers=["household_register"]), ""),
        ("papers", ("household_register",), {}, "缺 户口簿复印件"),
    ],
)
def test_what_is_lacking(
    condition: str, argument: Argument, person: dict[str, Any], gap: str, make_facts: Any
) -> None:
    asked_of = check(Condition(condition, argument), "milk")
    assert asked_of.gap is not None
    assert make_facts(person).select(asked_of.gap).item() == gap


@each
def test_nothing_is_lacking_where_it_holds(side: Side, make_facts: Any) -> None:
    gap = of(side).gap
    if gap is not None:
        rows = make_facts(side.met, side.failed).select(gap).to_series().to_list()
        assert rows[0] == ""
        assert rows[1] != ""


def test_the_amount_that_the_panel_decided(make_facts: Any) -> None:
    decided = [{"program_id": "soy", "amount_fen": 7}, {"program_id": "milk", "amount_fen": 9}]
    rows = make_facts({"panel_amounts": decided}, {"panel_amounts": decided[:1]}, {})
    assert rows.select(panel_amount("milk")).to_series().to_list() == [9, None, None]


def test_seen_is_chinese_in_a_fixed_order(make_facts: Any) -> None:
    asked_of = check(Condition("any_special_group", ("orphan",)), "milk")
    rows = make_facts(
        {"special_groups": ["orphan", "allowance"]},
        {"special_groups": ["allowance", "orphan"]},
        {"special_groups": []},
        {},
    )
    assert rows.select(asked_of.seen).to_series().to_list() == [
        "低保、孤儿",
        "低保、孤儿",
        "无",
        "不详",
    ]


def test_years_of_aid_are_seen_in_order(make_facts: Any) -> None:
    asked_of = check(Condition("not_awarded_for_years", 1), "milk")
    rows = make_facts(
        got(("milk", "union", 2025), ("milk", "union", 2021), ("milk", "union", 2025)),
        got(("soy", "union", 2025)),
        {},
    )
    assert rows.select(asked_of.seen).to_series().to_list() == [
        "2021、2025 年受过",
        "没有受过",
        "不详",
    ]


def test_money_is_seen_as_it_is_printed_elsewhere(make_facts: Any) -> None:
    asked_of = check(Condition("income_per_head_at_most", 1), "milk")
    sums = [0, -5, 1205, 99_999, 100_000, 123_456_70, -1_234_567_89]
    rows = make_facts(*({"income_per_head_fen": fen} for fen in sums))
    seen: pl.Series = rows.select(asked_of.seen).to_series()
    assert seen.to_list() == [f"{yuan(fen)} 元" for fen in sums]
