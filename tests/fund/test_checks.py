"""Every rule of the book, on a voucher that breaks it and on the nearest one that does not."""

import re
from collections.abc import Sequence

import pytest

from aidkit.fund.accounts import ACCOUNTS
from aidkit.fund.entry import KINDS as ENTRY_KINDS
from aidkit.fund.entry import Entry
from aidkit.fund.ledger.checks import faults
from aidkit.fund.ledger.faults import KINDS
from tests.fund import books
from tests.fund.breaches import BEFORE, BROKEN, LATER, SOUND
from tests.fund.funds import ENTERED
from tests.fund.vouchers import correction, gift


def codes(entries: Sequence[Entry], before: Sequence[Entry] = BEFORE) -> list[tuple[int, str]]:
    found = faults(books.book_of(before), entries, ENTERED, "出纳")
    assert all(one.message and one.remedy and "{" not in one.message for one in found)
    return [(one.index, one.code) for one in found]


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_entry_has_no_fault(name: str) -> None:
    assert codes([SOUND[name]]) == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_entry_is_named(name: str) -> None:
    """Among sound ones, by its place."""
    entry, expected = BROKEN[name]
    found = codes([gift(LATER, 5), entry])
    assert found == [(1, code) for code in expected]


def test_every_kind_of_fault_is_tried() -> None:
    """What must not be typed is tried in `test_check_texts`."""
    tried = {code for _, expected in BROKEN.values() for code in expected}
    others = {code for code in KINDS if code.endswith("_typed")}
    assert tried | {"corrected_twice", "corrects_correction"} | others == set(KINDS)


def test_a_voucher_is_corrected_once_and_a_correction_never() -> None:
    again = correction(LATER, "2025-000004", BEFORE[3])
    assert codes([again, again]) == [(1, "corrected_twice")]
    before = [*BEFORE, again]
    assert codes([again], before) == [(0, "corrected_twice")]
    undo = correction(LATER, "2025-000006", again)
    assert codes([undo], before) == [(0, "corrects_correction")]


def test_a_fund_that_is_not_there_is_told_from_those_that_are() -> None:
    (found,) = faults(books.book_of([]), [gift(LATER, 5, fund="lost")], ENTERED)
    assert "love（示例县教育爱心基金）、union（示例县教育工会互助金）" in found.remedy


def test_no_fault_speaks_in_codes() -> None:
    said = " ".join(text for both in KINDS.values() for text in both)
    words = set(re.findall(r"(?<![{\w])[a-z_]+(?![}\w])", said))
    assert not words & {*ENTRY_KINDS, *ACCOUNTS}
    entry, _ = BROKEN["account"]
    (found,) = faults(books.book_of([]), [entry], ENTERED)
    assert found.message == "“捐赠收入”凭证不能这样记“利息收入”（-0.05 元）。"
