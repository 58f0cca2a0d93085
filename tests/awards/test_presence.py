"""Amounts by actual time, awards given up or taken away, places passed on for the rest."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.awards import award
from aidkit.awards.presence import part_of, span
from aidkit.calendar import Term
from tests.awards.deciding import county, decide
from tests.awards.invented import higher_of, quota, version

TERM = Term.parse("2026-autumn")
LEFT = {2: dt.date(2026, 11, 1), 3: dt.date(2026, 12, 1)}


def gone(months: int, **other: Any) -> dict[str, Any]:
    """A pupil who left the county after so many counted months."""
    left = {"left_on": LEFT[months], "left_by": "transfer_out", "left_county": True}
    days = {"present_days": (LEFT[months] - TERM.starts).days}
    return {"enrolled": True, "present_months": months} | left | days | other


def change(kind: str, day: dt.date, program: str = "milk") -> list[dict[str, Any]]:
    return [{"program_id": program, "award_change": kind, "changed_on": day}]


def test_two_of_five_months(make_facts: Any) -> None:
    (row,) = decide(make_facts(gone(2)), [version(yuan=333, leavers="month")], TERM).to_dicts()
    assert (row["full_fen"], row["amount_fen"]) == (33_300, 13_320)
    assert "时间：本学期按 2/5 个月计，整学期 333.00 元" in row["explanation"]


@pytest.mark.parametrize(("rounding", "fen"), [("down", 3986), ("half_up", 3987), ("up", 3987)])
def test_days_are_calendar_days_of_the_school_months(
    rounding: str, fen: int, make_facts: Any
) -> None:
    """61 of 153 days of 100.00 are 39.869…"""
    own = version(leavers="day", rounding=rounding)
    (row,) = decide(make_facts(gone(2)), [own], TERM).to_dicts()
    assert row["amount_fen"] == fen
    assert "按 61/153 天计" in row["explanation"]


@given(full=st.integers(0, 10**7), held=st.integers(0, 153), whole=st.sampled_from([5, 153]))
def test_rounding_is_exact(full: int, held: int, whole: int) -> None:
    held = min(held, whole)
    down, half, up = (part_of(full, held, whole, r) for r in ("down", "half_up", "up"))
    assert down == full * held // whole
    assert up - down == (full * held % whole > 0)
    assert half == (down if 2 * (full * held % whole) < whole else up)


def test_a_version_that_pays_the_whole_term_asks_for_no_time(make_facts: Any) -> None:
    facts = make_facts(gone(2), {"enrolled": True, "present_months": None})
    assert decide(facts, [version()], TERM)["amount_fen"].to_list() == [10_000, 10_000]
    by_month = decide(facts, [version(leavers="month")], TERM)
    assert by_month["amount_fen"].to_list() == [4_000, 0]
    assert by_month["missing"].to_list() == [[], ["enrolled"]]


def test_a_right_that_follows_the_household_outlasts_a_transfer(make_facts: Any) -> None:
    pupils = (gone(2), gone(2, left_by="dropped_out"), gone(2, enrolled=False, present_months=0))
    for follows, fen in (("school", [4_000, 4_000, 0]), ("household", [10_000, 4_000, 6_000])):
        own = version(leavers="month", follows=follows)
        assert decide(make_facts(*pupils), [own], TERM)["amount_fen"].to_list() == fen


@pytest.mark.parametrize(
    ("day", "by_month", "by_day"),
    [
        (dt.date(2026, 9, 1), 0, 0),
        (dt.date(2026, 9, 15), 0, 915),
        (dt.date(2026, 9, 16), 2_000, 980),
        (dt.date(2027, 1, 16), 10_000, 8_954),
        (dt.date(2027, 3, 1), 10_000, 10_000),
    ],
)
@pytest.mark.parametrize("kind", ["waived", "revoked"])
def test_paid_up_to_the_day_of_the_change(
    kind: str, day: dt.date, by_month: int, by_day: int, make_facts: Any
) -> None:
    facts = make_facts({"enrolled": True, "award_changes": change(kind, day)})
    for leavers, fen in (("month", by_month), ("day", by_day)):
        (row,) = decide(facts, [version(leavers=leavers)], TERM).to_dicts()
        assert row["amount_fen"] == fen
        assert row["outcome"] == ("awarded" if fen else kind)
        assert row["eligible"]
        assert (day.isoformat() in row["explanation"]) is (day <= TERM.ends)


def test_a_change_after_the_term_or_of_another_program_is_of_no_concern(make_facts: Any) -> None:
    changes = (change("waived", TERM.next().starts), change("waived", TERM.starts, "soy"))
    facts = make_facts(*({"enrolled": True, "award_changes": own} for own in changes))
    assert decide(facts, [version()], TERM)["amount_fen"].to_list() == [10_000, 10_000]


def test_a_program_that_pays_by_term_pays_nothing_to_one_who_gives_it_up(make_facts: Any) -> None:
    late = change("revoked", dt.date(2027, 2, 1))
    rows = award(
        make_facts(
            {"enrolled": True, "income_per_head_fen": 1, "award_changes": late},
            {"enrolled": True, "income_per_head_fen": 2},
        ),
        [version(quota=quota(1))],
        TERM,
        county(),
    )
    assert rows.decisions["outcome"].to_list() == ["revoked", "awarded"]
    assert rows.decisions["rank"].to_list() == [None, 1]
    assert "已于 2027-02-01 取消资格" in rows.decisions["explanation"][0]


def test_a_place_that_becomes_free_goes_to_the_first_on_the_reserve_list(make_facts: Any) -> None:
    """The second in line left earlier than the place became free; the third takes it, then the
    fourth from the day on which the third leaves too."""
    facts = make_facts(
        gone(2, income_per_head_fen=1),
        {"enrolled": True, "income_per_head_fen": 2},
        gone(2, income_per_head_fen=3),
        gone(3, income_per_head_fen=4),
        {"enrolled": True, "income_per_head_fen": 5},
        {"enrolled": True, "income_per_head_fen": 6},
    )
    awards = award(facts, [version(quota=quota(2), leavers="month")], TERM, county())
    rows = awards.decisions
    assert rows["amount_fen"].to_list() == [4_000, 10_000, 0, 2_000, 4_000, 0]
    assert rows["reserve_no"].to_list() == [None, None, 1, 2, 3, 4]
    assert "变动：有人空出名额，自 2026-11-01 起递补到本学期末。" in rows["explanation"][3]
    assert "自 2026-12-01 起递补" in rows["explanation"][4]
    counts = awards.quotas.select("places", "candidates", "awarded", "replaced", "reserve")
    assert counts.row(0) == (2, 6, 4, 2, 2)


def test_only_leaving_the_county_is_a_vacancy(make_facts: Any) -> None:
    inside = gone(2, income_per_head_fen=1, left_county=False)
    waiting = {"enrolled": True, "income_per_head_fen": 2}
    own = [version(quota=quota(1), leavers="month")]
    assert decide(make_facts(inside, waiting), own, TERM)["outcome"].to_list() == [
        "awarded",
        "reserve",
    ]
    given_up = inside | {"left_on": None, "present_months": 5}
    given_up |= {"award_changes": change("waived", dt.date(2026, 11, 1))}
    rows = decide(make_facts(given_up, waiting), own, TERM)
    assert rows["amount_fen"].to_list() == [4_000, 6_000]


def test_of_two_who_left_alike_only_the_one_out_of_the_county_makes_room(make_facts: Any) -> None:
    suspended = gone(2, income_per_head_fen=1, left_by="suspended", left_county=False)
    away = gone(2, income_per_head_fen=1)
    waiting = [{"enrolled": True, "income_per_head_fen": n} for n in (2, 3)]
    own = [version(quota=quota(2), leavers="month")]
    for people in ([suspended, away, *waiting], [away, suspended, *waiting]):
        rows = decide(make_facts(*people), own, TERM)
        assert rows["amount_fen"].to_list() == [4_000, 4_000, 6_000, 0]


def test_a_place_is_free_from_the_day_on_which_it_is_taken_away(make_facts: Any) -> None:
    """Suspended from November, so paid for two months; the place is lost only in December."""
    lost = change("revoked", dt.date(2026, 12, 20))
    suspended = gone(2, left_by="suspended", left_county=False, award_changes=lost)
    people = [suspended | {"income_per_head_fen": 1}, {"enrolled": True, "income_per_head_fen": 2}]
    rows = decide(make_facts(*people), [version(quota=quota(1), leavers="month")], TERM)
    assert rows["amount_fen"].to_list() == [4_000, 2_000]
    assert "自 2026-12-20 起递补" in rows["explanation"][1]


def test_who_has_something_in_its_stead_does_not_follow(make_facts: Any) -> None:
    own = [
        version("apple", 300, quota=quota(1), relations=higher_of("food"), leavers="month"),
        version("beans", 200, relations=higher_of("food"), leavers="month"),
    ]
    people = [gone(2, income_per_head_fen=1), {"enrolled": True, "income_per_head_fen": 2}]
    rows = decide(make_facts(*people), own, TERM)
    assert rows["outcome"].to_list() == ["awarded", "yielded", "reserve", "awarded"]


def test_a_span_is_five_months_in_either_season() -> None:
    for term, days in (("2026-autumn", 153), ("2026-spring", 153)):
        month, day = span("month", Term.parse(term)), span("day", Term.parse(term))
        assert month is not None
        assert day is not None
        assert (month.whole, day.whole) == (5, days)
    assert span("term", TERM) is None
