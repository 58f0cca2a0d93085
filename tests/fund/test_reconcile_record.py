"""The record of reconciliations: what a statement may say, and when it may not."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from aidkit.errors import AidkitError, InputError, MissingTablesError, UsageError
from aidkit.fund.book import Book
from aidkit.fund.entry import Entry
from aidkit.fund.reconciling.reconcile import reconcile
from aidkit.fund.reconciling.record import (
    Standing,
    keep,
    read_record,
    record_of,
    refuse_unreconciled,
    standing,
)
from tests.fund.books import book_of
from tests.fund.statements_of_banks import Line, line, statement
from tests.fund.vouchers import LOVE, correction, gift, income, payout

D = dt.date
OPENING = income("opening", D(2025, 1, 1), 100_000)
GIVEN = gift(D(2026, 3, 10), 5_000, party="甲")
PAID = payout(D(2026, 3, 20), 2_000, party="某校")
LINES = [line(D(2026, 3, 10), 5_000, "甲"), line(D(2026, 3, 20), -2_000, "某校")]


def kept(county: Path, entries: list[Entry], lines: list[Line], end: D | None = None) -> Book:
    book = book_of([OPENING, *entries])
    found = reconcile(book, "love", statement(lines, opening=100_000), end=end)
    keep(county, found, head=book.head, statement="流水.csv", digest="ab" * 32, by="李会计")
    return book


def asked(county: Path, book: Book, on: D) -> Standing:
    return standing(book, "love", read_record(county), on)


def test_what_agreed_is_read_back_as_it_was(tmp_path: Path) -> None:
    book = kept(tmp_path, [GIVEN, PAID], LINES, D(2026, 3, 31))
    kept(tmp_path, [GIVEN, PAID], LINES, D(2026, 3, 31))
    first, second = read_record(tmp_path)
    assert first == second
    assert (first.start, first.end, first.lines) == (D(2026, 3, 1), D(2026, 3, 31), 2)
    assert (first.opening_fen, first.in_fen, first.out_fen) == (100_000, 5_000, 2_000)
    assert first.closing_fen == first.opening_fen + first.in_fen - first.out_fen
    assert (first.head, first.by) == (book.head, "李会计")
    assert first.rules == {"name_same_day": 2}


def test_a_statement_may_speak_up_to_the_day_that_agreed(tmp_path: Path) -> None:
    book = kept(tmp_path, [GIVEN, PAID], LINES, D(2026, 3, 31))
    for on, fen in (
        (D(2026, 2, 28), 100_000),
        (D(2026, 3, 15), 105_000),
        (D(2026, 3, 31), 103_000),
    ):
        found = asked(tmp_path, book, on)
        assert (found.kind, found.bank_fen, found.book_fen) == ("agrees", fen, fen)
        refuse_unreconciled(found, "love")
    found = asked(tmp_path, book, D(2026, 4, 1))
    assert (found.kind, found.until) == ("not_reconciled", D(2026, 3, 31))
    with pytest.raises(MissingTablesError, match="没有核对到 2026-04-01（只对到 2026-03-31）"):
        refuse_unreconciled(found, "love")


def test_a_day_between_the_voucher_and_the_bank_is_refused(tmp_path: Path) -> None:
    late = [line(D(2026, 3, 11), 5_000, "甲"), LINES[1]]
    book = kept(tmp_path, [GIVEN, PAID], late)
    found = asked(tmp_path, book, D(2026, 3, 10))
    assert (found.kind, found.bank_fen, found.book_fen) == ("differs", 100_000, 105_000)
    with pytest.raises(AidkitError, match=r"相差 50\.00 元"):
        refuse_unreconciled(found, "love")
    assert asked(tmp_path, book, D(2026, 3, 11)).may_speak


def test_what_is_entered_afterwards_is_not_what_was_compared(tmp_path: Path) -> None:
    kept(tmp_path, [GIVEN, PAID], LINES, D(2026, 3, 31))
    more = gift(D(2026, 3, 12), 900, party="乙")
    hidden = payout(D(2026, 3, 12), 900, party="丙")
    changed = book_of([OPENING, GIVEN, PAID, more, hidden])
    found = asked(tmp_path, changed, D(2026, 3, 31))
    assert found.kind == "changed"
    with pytest.raises(MissingTablesError, match="又有变动"):
        refuse_unreconciled(found, "love")
    assert asked(tmp_path, changed, D(2026, 3, 11)).kind == "agrees"
    assert asked(tmp_path, book_of([OPENING, GIVEN, PAID, more]), D(2026, 3, 31)).kind == "differs"


def test_a_correction_that_moves_no_money_changes_nothing(tmp_path: Path) -> None:
    kept(tmp_path, [GIVEN, PAID], LINES, D(2026, 3, 31))
    again = gift(D(2026, 3, 10), 5_000, party="甲", purpose="boarders")
    book = book_of([OPENING, GIVEN, PAID, correction(D(2026, 3, 10), "2026-000001", GIVEN), again])
    assert asked(tmp_path, book, D(2026, 3, 31)).kind == "agrees"


def test_without_a_bank_there_is_nothing_to_reconcile(tmp_path: Path) -> None:
    tin = replace(LOVE, channels={"cash": "cash"})
    book = book_of([gift(D(2026, 3, 10), 100, channel="cash")], funds={"love": tin})
    assert asked(tmp_path, book, D(2026, 12, 31)).kind == "no_bank"
    refuse_unreconciled(asked(tmp_path, book, D(2026, 12, 31)), "love")
    bank = book_of([gift(D(2026, 3, 10), 100)])
    assert asked(tmp_path, bank, D(2026, 12, 31)).kind == "not_reconciled"


def test_what_does_not_agree_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有对上"):
        kept(tmp_path, [GIVEN], LINES)
    assert not record_of(tmp_path).exists()


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    kept(tmp_path, [GIVEN, PAID], LINES)
    with record_of(tmp_path).open("ab") as file:
        file.write(b'{"fund":"love"}\n')
    with pytest.raises(InputError, match="有一行读不了") as caught:
        read_record(tmp_path)
    assert "第 2 行" in caught.value.where
