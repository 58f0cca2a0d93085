"""The value of goods leaves the store with them: no more of it, and at last all of it."""

import datetime as dt
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from aidkit.fund.entry import Entry, Goods
from aidkit.fund.ledger.checks import faults
from tests.fund.books import book_of
from tests.fund.vouchers import ENTERED, START, correction, gift, goods_in, goods_out

DAY = START + dt.timedelta(days=9)


def came(count: int, fen: int | None, *, item: str = "棉衣", date: dt.date = START) -> Entry:
    return goods_in(date, Goods(item, "件", count * 1000, fen=fen))


def went(count: int, fen: int | None, *, item: str = "棉衣", date: dt.date = DAY) -> Entry:
    return goods_out(date, Goods(item, "件", -count * 1000, fen=fen), program="hardship")


def codes(entries: Sequence[Entry], before: Sequence[Entry] = ()) -> list[tuple[int, str]]:
    return [(one.index, one.code) for one in faults(book_of(before), entries, ENTERED)]


def test_the_last_piece_takes_the_rest_of_the_value() -> None:
    stock = [came(3, 100)]
    assert codes([went(1, 33), went(1, 33), went(1, 34)], stock) == []
    assert codes([went(1, 33), went(1, 33), went(1, 33)], stock) == [(2, "value_left")]
    assert codes([went(3, None)], stock) == [(0, "value_left")]
    (found,) = faults(book_of([*stock, went(2, 60)]), [went(1, 30)], ENTERED)
    assert "全部发完了，账上还留着 0.10 元的价值" in found.message


def test_one_kind_of_goods_takes_nothing_of_the_value_of_another() -> None:
    """In accounts and pools there would be enough for both."""
    stock = [came(2, 100), came(2, 100, item="棉被")]
    assert codes([went(1, 101)], stock) == [(0, "value_overdrawn")]
    assert codes([went(1, 60), went(1, 41)], stock) == [(1, "value_overdrawn")]


def test_a_correction_of_goods_takes_their_value_too() -> None:
    before = [came(2, 100), went(1, 60)]
    wrong = correction(DAY, "2025-000001", before[0])
    assert (0, "goods_overdrawn") in codes([wrong], before)
    back = correction(DAY, "2025-000002", before[1])
    assert codes([back, wrong], before) == []


def test_value_that_is_left_on_a_day_between_is_found() -> None:
    later = DAY + dt.timedelta(days=1)
    assert codes([came(1, 10, date=later)], [came(1, 10), went(1, 10)]) == []
    assert codes([came(1, 10), went(1, 5), came(1, 10, date=later)]) == [(1, "value_left")]


STEPS = st.tuples(st.integers(-3, 3).filter(bool), st.integers(1, 9), st.integers(0, 3))


@settings(max_examples=60)
@given(st.lists(STEPS, min_size=1, max_size=7))
def test_what_is_kept_never_parts_value_from_goods(steps: list[tuple[int, int, int]]) -> None:
    rich = [gift(START, 1000), came(1, 1000, item="棉被")]
    entries = [
        (came if count > 0 else went)(abs(count), fen, date=START + dt.timedelta(days=days))
        for count, fen, days in steps
    ]
    named = {index for index, _ in codes(entries, rich)}
    kept = [step for place, step in enumerate(steps) if place not in named]
    assert bool(named) == _parted(steps)
    assert not _parted(kept)


def _parted(steps: Sequence[tuple[int, int, int]]) -> bool:
    """Whether on some day less than nothing is there, or value without goods."""
    for last in range(4):
        until = [(count, fen) for count, fen, days in steps if days <= last]
        count = sum(count for count, _ in until)
        value = sum(fen if count > 0 else -fen for count, fen in until)
        if count < 0 or value < 0 or (value and not count):
            return True
    return False
