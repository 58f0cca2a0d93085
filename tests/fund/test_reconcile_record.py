"""The record of reconciliations: what a statement may say, and when it may not."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aidkit.errors import AidkitError, InputError, MissingTablesError, UsageError
from aidkit.fund.book import Book
from aidkit.fund.entry import Entry
from aidkit.fund.reconciling.by_hand import Grounds
from aidkit.fund.reconciling.reconcile import reconcile
from aidkit.fund.reconciling.record import keep, read_record, record_of
from aidkit.fund.reconciling.standing import Standing, due_on, refuse_unreconciled, standing
from tests.fund.books import book_of
from tests.fund.funds import LOVE
from tests.fund.statements_of_banks import Line, line, statement
from tests.fund.vouchers import correction, gift, income, payout

D = dt.date
OPENING = income("opening", D(2025, 1, 1), 100_000)
GIVEN = gift(D(2026, 3, 10), 5_000, party="甲")
PAID = payout(D(2026, 3, 20), 2_000, party="某校")
LINES = [line(D(2026, 3, 10), 5_000, "甲"), line(D(2026, 3, 20), -2_000, "某校")]


def kept(
    county: Path, entries: list[Entry], lines: list[Line], end: D | None = None, **more: Any
) -> Book:
    book = book_of([OPENING, *entries])
    found = reconcile(book, "love", statement(lines, opening=100_000), end=end, **more)
    keep(county, found, head=book.head, statement="流水.csv", digest="ab" * 32, by="李会计")
    return book


def since(more: list[Entry]) -> Book:
    """The book when more was entered after `GIVEN` and `PAID` were reconciled."""
    return book_of([OPENING, GIVEN, PAID, *more], batches=[3, len(more)])


def asked(county: Path, book: Book, on: D) -> Standing:
    return standing(book, "love", read_record(county), on)


def test_what_agreed_is_read_back_as_it_was(tmp_path: Path) -> None:
    book = kept(tmp_path, [GIVEN, PAID], LINES, D(2026, 3, 31))
    kept(tmp_path, [GIVEN, PAID], LINES, D(2026, 3, 31))
    first, second = read_record(tmp_path)
    assert first == second
    assert (first.start, first.end, first.lines) == (D(2025, 1, 1), D(2026, 3, 31), 2)
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
    changed = since([more, hidden])
    found = asked(tmp_path, changed, D(2026, 3, 31))
    assert found.kind == "changed"
    with pytest.raises(MissingTablesError, match="又有变动"):
        refuse_unreconciled(found, "love")
    assert asked(tmp_path, changed, D(2026, 3, 11)).kind == "agrees"
    assert asked(tmp_path, since([more]), D(2026, 3, 31)).kind == "differs"


def test_what_is_corrected_since_is_not_what_was_compared(tmp_path: Path) -> None:
    kept(tmp_path, [GIVEN, PAID], LINES, D(2026, 3, 31))
    swapped = payout(PAID.date, 2_000, party="另一校")
    book = since([correction(PAID.date, "2026-000002", PAID), swapped])
    found = asked(tmp_path, book, D(2026, 3, 31))
    assert (found.kind, found.bank_fen) == ("changed", found.book_fen)
    with pytest.raises(MissingTablesError) as caught:
        refuse_unreconciled(found, "love")
    assert "要从 2025-01-01 起的流水" in caught.value.remedy
    assert asked(tmp_path, book, D(2026, 3, 19)).kind == "agrees"
    mistaken = gift(D(2026, 3, 12), 900, party="乙")
    book = since([mistaken, correction(mistaken.date, "2026-000003", mistaken)])
    assert asked(tmp_path, book, D(2026, 3, 31)).kind == "agrees"
    cut = book_of([OPENING, GIVEN, PAID], batches=[2, 1])
    assert asked(tmp_path, cut, D(2026, 3, 31)).kind == "changed"


def test_what_is_reconciled_again_heals_what_changed(tmp_path: Path) -> None:
    kept(tmp_path, [GIVEN, PAID], LINES, D(2026, 3, 31))
    more = [gift(D(2026, 3, 12), 900, party="乙"), payout(D(2026, 3, 12), 900, party="丙")]
    book = since(more)
    assert asked(tmp_path, book, D(2026, 3, 31)).kind == "changed"
    lines = [
        LINES[0],
        line(D(2026, 3, 12), 900, "乙"),
        line(D(2026, 3, 12), -900, "丙"),
        LINES[1],
    ]
    kept(tmp_path, [GIVEN, PAID, *more], lines, D(2026, 3, 15), start=D(2026, 3, 11))
    # The head of the book in memory is that of one batch: the journal would have it.
    whole = book_of([OPENING, GIVEN, PAID, *more], batches=[5])
    second = read_record(tmp_path)[1]
    first = replace(read_record(tmp_path)[0], head=second.head)
    found = standing(whole, "love", (first, second), D(2026, 3, 31))
    assert found.kind == "agrees"
    assert standing(whole, "love", (second,), D(2026, 3, 15)).kind == "not_reconciled"


def test_one_empty_day_does_not_speak_for_the_days_before(tmp_path: Path) -> None:
    invented = [gift(D(2026, 3, 15), 500, party="甲"), payout(D(2026, 3, 16), 500, party="乙")]
    day = D(2026, 8, 31)
    rows = [line(D(2025, 5, 1), 7, "丁"), line(D(2026, 11, 1), 8, "戊")]
    given = gift(D(2025, 5, 1), 7, party="丁")
    book = kept(tmp_path, [given, *invented], rows, day, start=day)
    found = asked(tmp_path, book, day)
    assert (found.kind, found.until) == ("not_reconciled", None)
    assert due_on(book, "love", read_record(tmp_path)) == LOVE.opened_on


def test_without_a_gap_reconciliations_follow_each_other(tmp_path: Path) -> None:
    later = [*LINES, line(D(2026, 4, 2), 7)]
    kept(tmp_path, [GIVEN, PAID], later, D(2026, 3, 15))
    book = kept(
        tmp_path,
        [GIVEN, PAID],
        later,
        D(2026, 3, 31),
        start=D(2026, 3, 25),
    )
    assert asked(tmp_path, book, D(2026, 3, 31)).kind == "not_reconciled"
    assert due_on(book, "love", read_record(tmp_path)) == D(2026, 3, 16)
    book = kept(
        tmp_path,
        [GIVEN, PAID],
        later,
        D(2026, 3, 31),
        start=D(2026, 3, 16),
    )
    assert asked(tmp_path, book, D(2026, 3, 31)).kind == "agrees"
    assert asked(tmp_path, book, D(2026, 3, 9)).kind == "agrees"
    assert due_on(book, "love", read_record(tmp_path)) == D(2026, 4, 1)
    first, *_, last = read_record(tmp_path)
    moved = replace(last, opening_fen=last.opening_fen + 1)
    assert standing(book, "love", (first, moved), D(2026, 3, 31)).kind == "changed"


def test_a_record_of_the_version_before_still_counts(tmp_path: Path) -> None:
    # It began with the statement's first month, and knew of no matches by hand.
    book = kept(tmp_path, [GIVEN, PAID], LINES, D(2026, 3, 31), start=D(2026, 3, 1))
    path = record_of(tmp_path)
    told = json.loads(path.read_text(encoding="utf-8"))
    for name in ("by_hand", "reason", "approved_by"):
        del told[name]
    path.write_text(json.dumps(told) + "\n", encoding="utf-8")
    for on in (D(2025, 12, 31), D(2026, 3, 15), D(2026, 3, 31)):
        assert asked(tmp_path, book, on).kind == "agrees"
    assert read_record(tmp_path)[0].by_hand == ()


def test_matches_by_hand_are_kept(tmp_path: Path) -> None:
    lines = [LINES[0], line(D(2026, 3, 12), 900, "错汇", number="B7"), line(D(2026, 3, 12), -900)]
    grounds = Grounds("银行错汇", "王主任", "李会计")
    match = [(["2"], ["2026-000001"]), (["3", "4"], [])]
    kept(tmp_path, [GIVEN], lines, by_hand=match, grounds=grounds)
    (record,) = read_record(tmp_path)
    assert (record.reason, record.approved_by) == ("银行错汇", "王主任")
    assert [(one.match, one.fen, one.reference) for one in record.by_hand] == [
        (1, 5_000, ""),
        (1, 5_000, ""),
        (2, 900, "B7"),
        (2, -900, ""),
    ]
    assert [one.row or one.voucher_no for one in record.by_hand] == [2, "2026-000001", 3, 4]


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
