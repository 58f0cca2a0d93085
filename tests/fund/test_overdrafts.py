"""Nothing is spent, returned or corrected that is not there: of single vouchers and whole books."""

import datetime as dt
from collections.abc import Sequence

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from aidkit.fund.book import Book
from aidkit.fund.entry import Entry
from aidkit.fund.ledger.checks import faults
from tests.fund import books
from tests.fund.funds import ENTERED, START
from tests.fund.vouchers import gift, payout

DAY = START + dt.timedelta(days=100)
LATER = DAY + dt.timedelta(days=9)


def codes(entries: Sequence[Entry], before: Sequence[Entry]) -> list[tuple[int, str]]:
    return [(one.index, one.code) for one in faults(books.book_of(before), entries, ENTERED)]


def test_money_spent_today_that_a_later_voucher_needs_is_refused() -> None:
    """On its date there was enough; afterwards not."""
    before = [gift(DAY, 100), payout(LATER, 80)]
    assert codes([payout(DAY + dt.timedelta(days=1), 20)], before) == []
    found = faults(books.book_of(before), [payout(DAY + dt.timedelta(days=1), 21)], ENTERED)
    assert {one.code for one in found} == {"account_overdrawn", "pool_overdrawn"}
    assert LATER.isoformat() in found[0].message
    assert "0.01 元" in found[0].message


def test_of_several_the_last_ones_are_named() -> None:
    """Leaving out those that are named, the rest can be posted."""
    before = [gift(DAY, 900)]
    three = [payout(LATER, 500), payout(DAY, 400), payout(LATER, 100), gift(LATER, 50)]
    assert {index for index, _ in codes(three, before)} == {2}
    assert codes([three[0], three[1], three[3]], before) == []


def test_a_broken_gift_is_not_spent() -> None:
    entries = [
        gift(LATER, 5, fund="union", purpose="stars"),
        payout(LATER, 5, fund="union", program="visit"),
    ]
    assert codes(entries, []) == [
        (0, "unknown_purpose"),
        (1, "account_overdrawn"),
        (1, "pool_overdrawn"),
    ]


@settings(max_examples=40)
@given(books.entries())
def test_valid_books_have_no_fault_in_any_split(entries: list[Entry]) -> None:
    half = len(entries) // 2
    assert codes(entries, []) == []
    assert codes(entries[half:], entries[:half]) == []


@settings(max_examples=40)
@given(books.entries(), st.randoms(use_true_random=False), st.data())
def test_what_is_left_after_leaving_out_the_named_is_sound(
    entries: list[Entry], chance: object, data: st.DataObject
) -> None:
    """Also where income is lost at random, so that much is overdrawn; in any order."""
    kept = [one for one in entries if one.kind != "correction" and data.draw(st.booleans())]
    named = {index for index, _ in codes(kept, [])}
    assert codes([one for place, one in enumerate(kept) if place not in named], []) == []


@settings(max_examples=25)
@given(books.entries(), st.data())
def test_balances_do_not_depend_on_the_order(entries: list[Entry], data: st.DataObject) -> None:
    plain = [one for one in entries if one.kind != "correction"]
    mixed = data.draw(st.permutations(plain))
    assert codes(mixed, []) == []
    assert _balances(books.book_of(mixed)) == _balances(books.book_of(plain))


def _balances(book: Book) -> list[tuple[object, ...]]:
    key = ["fund", "account", "purpose", "program", "date"]
    sums = book.postings.group_by(key).agg(pl.col("fen").sum())
    return sums.sort(key).rows()
