"""Nobody returns more than was paid, and nobody is given back more than he gave."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aidkit.fund.entry import Entry
from aidkit.fund.ledger.checks import faults
from tests.fund.books import book_of, numbered
from tests.fund.funds import ENTERED, START
from tests.fund.moves import release
from tests.fund.vouchers import correction, gift, gift_returned, income, payout

DAY = START + dt.timedelta(days=50)
LATER = DAY + dt.timedelta(days=1)
MONEY = [gift(START, 100_000, party="甲"), gift(START, 100_000, party="甲", purpose="boarders")]


def codes(entries: Sequence[Entry], before: Sequence[Entry] = MONEY) -> list[tuple[int, str]]:
    found = faults(book_of(before), entries, ENTERED)
    assert not any("{" in one.message + one.remedy for one in found)
    return [(one.index, one.code) for one in found]


def back(date: dt.date, fen: int, **more: Any) -> Entry:
    return payout(date, fen, kind="payout_returned", **more)


NOT_PAID = {
    "nothing": back(LATER, 5),
    "more": back(LATER, 501, party="小甲"),
    "before": back(DAY - dt.timedelta(days=1), 5, party="小甲"),
    "another payee": back(LATER, 5, party="小乙"),
    "another pupil": back(LATER, 5, party="小甲", person_no="2"),
    "another program": back(LATER, 5, party="小甲", program="boarder_aid", purpose=""),
    "another purpose": back(LATER, 5, party="小甲", program="boarder_aid"),
}


@pytest.mark.parametrize("name", NOT_PAID)
def test_what_was_not_paid_does_not_come_back(name: str) -> None:
    paid = [payout(DAY, 500, party="小甲"), payout(DAY, 5, program="books", purpose="")]
    assert codes([*paid, NOT_PAID[name]]) == [(2, "payout_overreturned")]
    assert codes([NOT_PAID[name]], [*MONEY, *paid]) == [(0, "payout_overreturned")]


@pytest.mark.parametrize("party", ["小甲", ""])
def test_what_was_paid_may_come_back_in_parts(party: str) -> None:
    entries = [payout(DAY, 500, party=party), *[back(LATER, 250, party=party)] * 2]
    assert codes(entries) == []
    assert codes([*entries, back(LATER, 1, party=party)]) == [(3, "payout_overreturned")]


def test_a_payout_that_came_back_is_corrected_after_its_return() -> None:
    """Otherwise the money would be there twice."""
    before = [*MONEY, payout(DAY, 500), back(LATER, 500)]
    wrong = correction(LATER, "2025-000003", before[2])
    (found,) = faults(book_of(before), [wrong], ENTERED)
    assert found.code == "payout_overreturned"
    assert "先更正那张“发放退回”" in found.remedy
    assert codes([correction(LATER, "2025-000004", before[3]), wrong], before) == []


NOT_GIVEN = {
    "another donor": gift_returned(LATER, 5, party="乙"),
    "nobody": gift_returned(LATER, 5, party=""),
    "another purpose": gift_returned(LATER, 5, party="甲", purpose="reading"),
    "more": gift_returned(LATER, 100_001, party="甲"),
    "carried over from nobody": gift_returned(LATER, 5, party="", purpose="reading"),
}


@pytest.mark.parametrize("name", NOT_GIVEN)
def test_what_was_not_given_is_not_given_back(name: str) -> None:
    others = [
        income("opening", START, 500_000),
        gift(START, 500_000, party="丙"),
        income("opening", START, 500_000, purpose="reading"),
    ]
    assert codes([NOT_GIVEN[name]], [*MONEY, *others]) == [(0, "gift_overreturned")]


def test_gifts_of_before_the_book_are_given_back_where_its_opening_says_whose_they_are() -> None:
    opening = income("opening", START, 500, party="老校友", purpose="reading")
    returned = gift_returned(LATER, 500, party="老校友", purpose="reading")
    assert codes([opening, returned]) == []
    assert codes([gift_returned(LATER, 1, party="老校友", purpose="reading")], [opening, returned])
    # Who carried all over without a name says it afterwards: the new openings come first.
    first = [income("opening", START, 900, purpose="reading"), payout(DAY, 700, program="books")]
    named = [opening, income("opening", START, 400, party="其余", purpose="reading")]
    wrong = correction(START, "2025-000001", first[0])
    assert codes([wrong], first) == [(0, "account_overdrawn"), (0, "pool_overdrawn")]
    assert codes([*named, wrong], first) == []


def test_a_grant_goes_back_to_whoever_granted_it() -> None:
    before = [income("government", START, 500, party="财政局")]
    assert codes([gift_returned(LATER, 500, party="财政局")], before) == []
    assert codes([gift_returned(LATER, 501, party="财政局"), gift(START, 9)], before)


def test_a_gift_that_was_given_back_is_not_corrected() -> None:
    before = [gift(START, 500, party="甲"), gift(START, 500), gift_returned(DAY, 400, party="甲")]
    wrong = correction(LATER, "2025-000001", before[0])
    assert codes([wrong], before) == [(0, "gift_overreturned")]
    assert codes([correction(LATER, "2025-000003", before[2]), wrong], before) == []


def test_what_has_another_purpose_now_is_given_back_from_there_after_it_has_its_own_again() -> None:
    before = [*MONEY, release(DAY, 100_000, "boarders", "reading")]
    returned = gift_returned(LATER, 5, party="甲", purpose="boarders")
    assert codes([returned], before) == [(0, "pool_overdrawn")]
    assert codes([release(LATER, 5, "reading", "boarders"), returned], before) == []


PARTIES = st.sampled_from(["甲", "乙"])
FEN = st.integers(1, 9)
DAYS = st.integers(0, 3).map(lambda days: START + dt.timedelta(days=days))
POOLS = st.sampled_from(["", "boarders"])


@st.composite
def _vouchers(draw: st.DrawFn) -> list[Entry]:
    """Gifts, payouts and returns of two people in any order, and corrections of some."""
    made: list[Entry] = []
    for _ in range(draw(st.integers(1, 12))):
        date, fen, party, purpose = draw(DAYS), draw(FEN), draw(PARTIES), draw(POOLS)
        kind = draw(st.sampled_from(["gift", "back", "payout", "payout_returned"]))
        if kind == "gift":
            made.append(gift(date, fen, party=party, purpose=purpose))
        elif kind == "back":
            made.append(gift_returned(date, fen, party=party, purpose=purpose))
        else:
            program = "boarder_aid"
            made.append(payout(date, fen, party=party, purpose=purpose, program=program, kind=kind))
    wrong = draw(st.sets(st.integers(0, len(made) - 1), max_size=3))
    last = START + dt.timedelta(days=3)
    numbers = numbered([*PLENTY, *made])[len(PLENTY) :]
    return made + [correction(last, numbers[one], made[one]) for one in sorted(wrong)]


PLENTY = [gift(START, 10_000, party="众人", purpose=purpose) for purpose in ("", "boarders")]
"""So that neither accounts nor pools are wanting."""


@settings(max_examples=60)
@given(_vouchers())
def test_no_day_ends_with_more_back_than_there_was(entries: list[Entry]) -> None:
    """What is refused would break it, and the rest never does."""
    named = {index for index, _ in codes(entries, PLENTY)}
    assert bool(named) == (_least(entries) < 0)
    if not any(one.corrects for one in entries):
        kept = [one for place, one in enumerate(entries) if place not in named]
        assert _least(kept) >= 0
        assert codes(kept, PLENTY) == []


def _least(entries: Sequence[Entry]) -> int:
    """The least that is left of what anybody gave or was paid, at the end of any day."""
    left: Counter[tuple[str, str, str]] = Counter()
    least = 0
    numbers = numbered([*PLENTY, *entries])[len(PLENTY) :]
    of = dict(zip(numbers, entries, strict=True))
    for date in sorted({one.date for one in entries}):
        for one in entries:
            if one.date != date:
                continue
            kind = of[one.corrects].kind if one.corrects else one.kind
            side = "given" if kind in {"gift", "gift_returned"} else "paid"
            sign = -1 if side == "given" else 1
            for line in one.postings:
                if line.account != "bank":
                    left[side, one.party, line.purpose] += sign * line.fen
        least = min(least, *left.values())
    return least


def test_a_correction_bears_the_names_of_its_voucher() -> None:
    """So that it cannot take from one what another was paid."""
    before = [*MONEY, payout(DAY, 500, party="小甲")]
    wrong = correction(LATER, "2025-000003", before[2])
    for name in ("party", "person_no"):
        other = dataclasses.replace(wrong, **{name: "别人"})  # type: ignore[arg-type]
        assert codes([other], before) == [(0, "not_opposite")]
