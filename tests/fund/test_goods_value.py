"""The value of goods leaves the store with them: no more of it, and at last all of it."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from aidkit.fund.entry import Entry, Goods
from aidkit.fund.ledger.checks import faults
from tests.fund.books import book_of
from tests.fund.funds import ENTERED, START
from tests.fund.vouchers import correction, gift, goods_in, goods_out

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
    (found,) = faults(book_of([*stock, went(2, 66)]), [went(1, 33)], ENTERED)
    assert "全部发完了，账上还留着 0.01 元的价值" in found.message


def test_one_kind_of_goods_takes_nothing_of_the_value_of_another() -> None:
    """In accounts and pools there would be enough for both."""
    stock = [came(2, 100), came(2, 100, item="棉被")]
    assert codes([went(2, 101)], stock) == [(0, "value_overdrawn")]
    assert codes([went(1, 50), went(1, 51)], stock) == [(1, "value_overdrawn")]


def test_a_correction_of_goods_takes_their_value_too() -> None:
    before = [came(2, 100), went(1, 50)]
    wrong = correction(DAY, "2025-000001", before[0])
    assert (0, "goods_overdrawn") in codes([wrong], before)
    back = correction(DAY, "2025-000002", before[1])
    assert codes([back, wrong], before) == []


def test_value_that_is_left_on_a_day_between_is_found() -> None:
    later = DAY + dt.timedelta(days=1)
    assert codes([came(1, 10, date=later)], [came(1, 10), went(1, 10)]) == []
    assert codes([came(1, 10), went(1, 9), came(1, 10, date=later)]) == [(1, "value_left")]


def test_goods_leave_at_what_they_were_worth_when_they_came() -> None:
    stock = [came(10, 1000), came(10, 2000)]
    assert codes([went(2, fen) for fen in (200, 300, 400)], stock) == []
    assert codes([went(2, 198)], stock) == [(0, "goods_mispriced")]
    assert codes([went(1, 3000)], stock) == [(0, "goods_mispriced")]
    (found,) = faults(book_of(stock), [went(2, 402)], ENTERED)
    assert "“棉衣” 2 件，价值写了 4.02 元；按收到时的价值应是 2.00 元到 4.00 元" in found.message


def test_many_may_go_one_by_one_at_rounded_values() -> None:
    assert codes([*[went(1, 14)] * 6, went(1, 16)], [came(7, 100)]) == []


def test_goods_that_were_taken_back_before_are_no_measure() -> None:
    dear = came(1, 90_000)
    before = [came(5, 500), dear, correction(DAY, "2025-000002", dear)]
    assert codes([went(1, 400)], before) == [(0, "goods_mispriced")]
    assert codes([went(1, 100)], before) == []


def test_valued_goods_do_not_leave_without_their_value() -> None:
    assert codes([went(3, None)], [came(3, 100)]) == [(0, "goods_overdrawn")]
    both = [came(3, 99), came(2, None)]
    assert codes([went(1, None), went(1, None), went(1, 33)], both) == []
    (found,) = faults(book_of(both), [went(3, None)], ENTERED)
    assert "没有估价的“棉衣”到 2025-01-10 会少 1 件" in found.message
    assert codes([went(3, 98)], both) == [(0, "value_left")]


STEPS = st.tuples(st.integers(-3, 3).filter(bool), st.integers(1, 6), st.integers(0, 3))


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
    assert bool(named) == (_parted(steps) or _mispriced(steps))
    assert not _parted(kept) and not _mispriced(kept)


def _mispriced(steps: Sequence[tuple[int, int, int]]) -> bool:
    """Whether some went at a value per piece at which none came, but for roundings."""
    each = [Fraction(fen, count) for count, fen, _ in steps if count > 0]
    went = [(-count, fen) for count, fen, _ in steps if count < 0]
    return bool(each) and any(
        not min(each) * count - len(went) <= fen <= max(each) * count + len(went)
        for count, fen in went
    )


def _parted(steps: Sequence[tuple[int, int, int]]) -> bool:
    """Whether on some day less than nothing is there, or value without goods."""
    for last in range(4):
        until = [(count, fen) for count, fen, days in steps if days <= last]
        count = sum(count for count, _ in until)
        value = sum(fen if count > 0 else -fen for count, fen in until)
        if count < 0 or value < 0 or (value and not count):
            return True
    return False
