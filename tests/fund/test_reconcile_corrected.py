"""Corrections and the bank: what it never saw, and what it saw before it was corrected."""

import datetime as dt

import pytest

from aidkit.fund.reconciling.reconcile import reconcile
from tests.fund.bank_and_book import day, held
from tests.fund.books import book_of
from tests.fund.statements_of_banks import line, statement
from tests.fund.vouchers import correction, gift, income, payout


def test_a_corrected_voucher_was_never_at_the_bank() -> None:
    wrong = gift(day(0), 100, party="甲")
    right = gift(day(0), 1_000, party="甲")
    opening = income("opening", dt.date(2026, 1, 1), 0 + 1)
    book = book_of([opening, wrong, right, correction(day(5), "2026-000002", wrong)])
    found = reconcile(book, "love", statement([line(day(0), 1_000, "甲")], opening=1), end=day(5))
    assert found.agrees
    assert found.cancelled == ("2026-000002", "2026-000004")
    early = reconcile(book, "love", statement([line(day(0), 1_000, "甲")], opening=1), end=day(0))
    assert early.difference_fen == 100


FIRST = gift(day(0), 2_000, party="甲")


@pytest.mark.parametrize("party", ["甲", "乙"])
def test_what_was_corrected_after_its_month_and_entered_again_is_not_at_the_bank(
    party: str,
) -> None:
    again = gift(day(40), 2_000, party=party, purpose="boarders")
    entries = [FIRST, correction(day(40), "2026-000002", FIRST), again]
    old, new = line(day(0), 2_000, "甲"), line(day(50), 30, "丙")
    entries.append(gift(day(50), 30, party="丙"))
    later = held(entries, [old, new], start=day(30))
    assert later.agrees, later.refusals
    assert later.cancelled == ("2026-000003", "2026-000004")
    whole = held(entries, [old, new])
    assert whole.agrees == (party == "甲")


def test_what_was_paid_and_is_entered_again_to_another_is_told() -> None:
    paid = payout(day(0), 2_000, party="甲")
    again = payout(day(40), 2_000, party="乙")
    entries = [paid, correction(day(40), "2026-000002", paid), again]
    found = held(entries, [line(day(0), -2_000, "甲")], end=day(50))
    assert (found.lines.height, found.vouchers.height) == (1, 1)
    found = held(entries, [line(day(0), -2_000, "甲"), line(day(41), 1)], start=day(30))
    assert not found.agrees
    assert found.cancelled == ()


def test_entered_again_under_the_old_day_is_told_what_to_do() -> None:
    again = gift(day(0), 2_000, party="甲", purpose="boarders")
    entries = [FIRST, correction(day(40), "2026-000002", FIRST), again]
    lines = [line(day(0), 2_000, "甲"), line(day(60), 1)]
    found = held(entries, lines, start=day(1), end=day(50))
    assert not found.agrees
    assert "更正凭证 2026-000003" in found.refusals[-1]
    assert "重记的凭证要与更正记在同一天" in found.refusals[-1]
    assert held(entries, lines, start=day(0), end=day(50)).agrees


def test_a_second_correction_on_the_same_day_takes_its_own_voucher() -> None:
    wrong, right = (gift(day(40), 2_000, party=name) for name in ("甲", "甲"))
    entries = [
        *(FIRST, correction(day(40), "2026-000002", FIRST), wrong),
        *(correction(day(40), "2026-000004", wrong), right),
    ]
    lines = [line(day(0), 2_000, "甲"), line(day(41), 5, "乙")]
    entries.append(gift(day(41), 5, party="乙"))
    assert held(entries, lines, start=day(30)).agrees
    assert held(entries, lines).agrees
