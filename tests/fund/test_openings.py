"""What a fund began with is said once, on the first day of its book."""

import datetime as dt
from collections.abc import Sequence

from aidkit.fund.entry import Entry
from aidkit.fund.ledger.checks import faults
from tests.fund.books import book_of
from tests.fund.funds import ENTERED, START
from tests.fund.vouchers import correction, gift, income


def opening(fen: int, **more: str) -> Entry:
    return income("opening", START, fen, **more)


def codes(entries: Sequence[Entry], before: Sequence[Entry] = ()) -> list[tuple[int, str]]:
    return [(one.index, one.code) for one in faults(book_of(before), entries, ENTERED)]


def test_every_account_pool_and_donor_is_carried_over_once() -> None:
    all_ = [
        opening(5),
        opening(5, channel="cash"),
        opening(5, purpose="reading"),
        opening(5, party="老校友"),
        opening(5, fund="union"),
    ]
    assert codes(all_) == []
    assert codes(all_, all_) == [(index, "opened_twice") for index in range(len(all_))]
    (found,) = faults(book_of(all_), [opening(7, purpose="reading")], ENTERED)
    assert "“银行存款”里“图书角”的钱，凭证 2025-000003 已经记过" in found.message


def test_one_that_was_corrected_may_be_said_again() -> None:
    before = [opening(500)]
    wrong = correction(START, "2025-000001", before[0])
    assert codes([opening(7)], before) == [(0, "opened_twice")]
    assert codes([wrong, opening(7)], before) == []
    assert codes([opening(7), wrong], before) == []
    assert codes([opening(7)], [*before, wrong]) == []


def test_money_that_comes_later_is_no_opening() -> None:
    late = income("opening", START + dt.timedelta(days=1), 5)
    (found,) = faults(book_of([gift(START, 1)]), [late], ENTERED)
    assert found.code == "opening_elsewhere"
    assert "请写 2025-01-01" in found.remedy
    early = income("opening", START - dt.timedelta(days=1), 5)
    assert codes([early]) == [(0, "before_opening")]
