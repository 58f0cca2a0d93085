"""Every rule of the book, on a voucher that breaks it and on the nearest one that does not."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aidkit.fund.book import Book
from aidkit.fund.entry import Entry, Goods, Posting
from aidkit.fund.ledger.checks import faults
from aidkit.fund.ledger.faults import KINDS
from tests.fund import books
from tests.fund.vouchers import (
    ENTERED,
    FUNDS,
    START,
    correction,
    cost,
    gift,
    gift_returned,
    goods_in,
    goods_out,
    income,
    move,
    payout,
    release,
    transfer,
)

DAY = START + dt.timedelta(days=100)
LATER = DAY + dt.timedelta(days=9)
BEFORE = [
    gift(DAY, 1000),
    gift(DAY, 2000, purpose="boarders"),
    goods_in(DAY, Goods("棉衣", "件", 5000, fen=700)),
    payout(DAY, 100),
]
"""What stands already: 900 yuan-cents unrestricted, 2000 for boarders, 5 coats."""


def codes(entries: Sequence[Entry], before: Sequence[Entry] = BEFORE) -> list[tuple[int, str]]:
    found = faults(books.book_of(before), entries, ENTERED)
    assert all(one.message and one.remedy and "{" not in one.message for one in found)
    return [(one.index, one.code) for one in found]


def changed(entry: Entry, **more: object) -> Entry:
    return dataclasses.replace(entry, **more)  # type: ignore[arg-type]


SOUND = {
    "gift": gift(LATER, 5),
    "opening": income("opening", LATER, 5),
    "government": income("government", LATER, 5, purpose="reading"),
    "interest": income("interest", LATER, 5),
    "payout of all": payout(LATER, 900),
    "restricted payout of all": payout(LATER, 2000, program="boarder_aid"),
    "payout back": payout(LATER, 100, kind="payout_returned"),
    "goods out": goods_out(LATER, Goods("棉衣", "件", -5000, fen=700), program="hardship"),
    "unvalued goods": goods_in(LATER, Goods("书", "本", 1)),
    "cost of restricted money": cost("bank_fee", LATER, 5, purpose="boarders"),
    "gift back": gift_returned(LATER, 900),
    "move": move(LATER, 2900, "bank", "cash"),
    "transfer": transfer(LATER, 900),
    "release": release(LATER, 2000, "boarders"),
    "other purpose": release(LATER, 2000, "boarders", "reading"),
    "correction": correction(LATER, "2025-000004", BEFORE[3]),
    "correction of goods": correction(LATER, "2025-000003", BEFORE[2]),
    "on the day of entering": gift(ENTERED, 5),
    "on the first day": gift(START, 5),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_entry_has_no_fault(name: str) -> None:
    assert codes([SOUND[name]]) == []


def money(*lines: Posting) -> tuple[Posting, ...]:
    return lines


BROKEN: dict[str, tuple[Entry, list[str]]] = {
    "kind": (changed(gift(LATER, 5), kind="present"), ["unknown_kind"]),
    "fund": (gift(LATER, 5, fund="lost"), ["unknown_fund"]),
    "fund of a posting": (
        changed(transfer(LATER, 5), postings=transfer(LATER, 5, other="lost").postings),
        ["unknown_fund"],
    ),
    "two funds": (
        changed(gift(LATER, 5), postings=(*gift(LATER, 5).postings, *transfer(LATER, 5).postings)),
        ["other_fund", "wrong_account", "wrong_account", "wrong_account"],
    ),
    "negative gift": (gift(LATER, -5), ["wrong_account", "wrong_account"]),
    "account": (
        changed(
            gift(LATER, 5),
            postings=money(Posting("love", "bank", 5), Posting("love", "interest_income", -5)),
        ),
        ["wrong_account"],
    ),
    "no account": (
        changed(
            gift(LATER, 5),
            postings=money(Posting("love", "safe", 5), Posting("love", "gift_income", -5)),
        ),
        ["wrong_account"],
    ),
    "balance": (
        changed(
            gift(LATER, 5),
            postings=money(Posting("love", "bank", 5), Posting("love", "gift_income", -6)),
        ),
        ["unbalanced"],
    ),
    "balance between funds": (
        changed(
            transfer(LATER, 5),
            postings=transfer(LATER, 5).postings[:2] + transfer(LATER, 5).postings[2:3],
        ),
        ["unbalanced"],
    ),
    "zero": (gift(LATER, 0), ["zero"]),
    "empty": (changed(gift(LATER, 5), postings=()), ["empty"]),
    "purpose": (gift(LATER, 5, purpose="stars"), ["unknown_purpose"]),
    "purpose of an asset": (
        changed(
            gift(LATER, 5),
            postings=money(
                Posting("love", "bank", 5, "boarders"), Posting("love", "gift_income", -5)
            ),
        ),
        ["misplaced_purpose"],
    ),
    "program": (
        changed(
            payout(LATER, 5),
            program="stars",
            postings=money(
                Posting("love", "program_expense", 5, program="stars"), Posting("love", "bank", -5)
            ),
        ),
        ["unknown_program"],
    ),
    "program beside its posting": (changed(payout(LATER, 5), program="books"), ["unknown_program"]),
    "earmark": (payout(LATER, 5, program="hardship", purpose="boarders"), ["outside_purpose"]),
    "too much released": (
        changed(
            payout(LATER, 5, program="boarder_aid"),
            postings=(
                *payout(LATER, 5, purpose="").postings[:0],
                Posting("love", "program_expense", 5, program="boarder_aid"),
                Posting("love", "bank", -5),
                Posting("love", "released", 6, "boarders"),
                Posting("love", "released", -6),
            ),
        ),
        ["wrong_release"],
    ),
    "future": (gift(ENTERED + dt.timedelta(days=1), 5), ["future_date"]),
    "before the book": (gift(START - dt.timedelta(days=1), 5), ["before_opening"]),
    "reason": (changed(gift_returned(LATER, 5), reason=""), ["no_reason"]),
    "consent": (changed(release(LATER, 5, "boarders"), consent_of=""), ["no_consent"]),
    "approver": (changed(payout(LATER, 5), approved_by=""), ["no_approver"]),
    "blank approver": (changed(payout(LATER, 5), approved_by="　 "), ["no_approver"]),
    "own approver, spaced": (changed(payout(LATER, 5), approved_by="录入 员 "), ["self_approved"]),
    "own approver": (changed(payout(LATER, 5), approved_by="录入员"), ["self_approved"]),
    "money and goods": (
        changed(
            income("opening", LATER, 5),
            postings=money(
                Posting("love", "bank", 5),
                Posting("love", "goods", 5),
                Posting("love", "opening_net", -10),
            ),
        ),
        ["mixed_goods"],
    ),
    "goods of another pool": (
        goods_out(LATER, Goods("棉衣", "件", -1000, fen=5), program="boarder_aid"),
        ["pool_overdrawn"],
    ),
    "goods": (goods_in(LATER, Goods("书", "本", -1)), ["wrong_goods"]),
    "goods without a name": (goods_in(LATER, Goods("", "本", 1)), ["wrong_goods"]),
    "value": (
        changed(goods_in(LATER, Goods("书", "本", 1, fen=5)), postings=gift(LATER, 5).postings[:0]),
        ["goods_value"],
    ),
    "corrects nothing": (correction(LATER, "2025-000009", BEFORE[0]), ["corrects_nothing"]),
    "corrects another": (correction(LATER, "2025-000001", BEFORE[1]), ["not_opposite"]),
    "corrects some": (correction(LATER, "2025-000001", gift(DAY, 999)), ["not_opposite"]),
    "corrects fewer goods": (
        correction(LATER, "2025-000003", goods_in(DAY, Goods("棉衣", "件", 4000, fen=700))),
        ["not_opposite"],
    ),
    "corrects before": (correction(START, "2025-000001", BEFORE[0]), ["corrects_later"]),
    "account overdrawn": (payout(LATER, 5, channel="cash"), ["account_overdrawn"]),
    "pool overdrawn": (payout(LATER, 906), ["pool_overdrawn"]),
    "restricted pool overdrawn": (payout(LATER, 2001, program="boarder_aid"), ["pool_overdrawn"]),
    "goods overdrawn": (
        goods_out(LATER, Goods("棉衣", "件", -5001), program="hardship"),
        ["goods_overdrawn"],
    ),
    "before it was there": (
        payout(DAY - dt.timedelta(days=1), 5),
        ["account_overdrawn", "pool_overdrawn"],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_entry_is_named(name: str) -> None:
    """Among sound ones, by its place."""
    entry, expected = BROKEN[name]
    found = codes([gift(LATER, 5), entry])
    assert found == [(1, code) for code in expected]


def test_every_kind_of_fault_is_tried() -> None:
    tried = {code for _, expected in BROKEN.values() for code in expected}
    assert tried | {"corrected_twice", "corrects_correction"} == set(KINDS)


def test_a_voucher_is_corrected_once_and_a_correction_never() -> None:
    again = correction(LATER, "2025-000004", BEFORE[3])
    assert codes([again, again]) == [(1, "corrected_twice")]
    before = [*BEFORE, again]
    assert codes([again], before) == [(0, "corrected_twice")]
    undo = correction(LATER, "2025-000005", again)
    assert codes([undo], before) == [(0, "corrects_correction")]


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
    three = [payout(LATER, 500), payout(DAY, 400), payout(LATER, 100), gift(LATER, 50)]
    assert {index for index, _ in codes(three)} == {2}
    assert codes([three[0], three[1], three[3]]) == []


def test_a_broken_gift_is_not_spent() -> None:
    entries = [
        gift(LATER, 5, fund="union", purpose="stars"),
        payout(LATER, 5, fund="union", program="visit"),
    ]
    assert codes(entries) == [
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


def test_the_sample_funds_stand_alone() -> None:
    assert sorted(FUNDS) == ["love", "union"]
