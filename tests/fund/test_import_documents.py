"""What stands in another document already, and what tells two documents apart."""

import datetime as dt
from pathlib import Path

import pytest

from aidkit.fund.importing.importing import FileRefusedError
from aidkit.fund.ledger.journal import journal_of, read_book
from aidkit.fund.period import Period
from aidkit.fund.statements.receipts import receipts
from tests.fund.registers import GIFTS, A, B, C, balances, county, register, take_in


def test_a_row_of_another_document_must_be_decided(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "september.csv", GIFTS, A, B))
    file = register(tmp_path, "year.csv", GIFTS, C, A)
    with pytest.raises(FileRefusedError, match="别的文件") as refused:
        take_in(place, file)
    rows = refused.value.preview.rows.filter(status="duplicate")
    like = "与 september.csv 已入账的 2026-000001 相同。"
    assert rows.select("source_row", "why", "voucher_no").row(0) == (3, like, "2026-000001")
    done = take_in(place, file, accept=["3"])
    assert done.preview.left_out == {"3": "与 september.csv 已入账的 2026-000001 相同。"}
    assert read_book(place).batches["left_out"].to_list() == [0, 1]
    assert balances(place)["bank/"] == 10_700
    assert take_in(place, file).posted is None


def test_a_gift_of_its_own_is_posted_beside_its_like(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "september.csv", GIFTS, A))
    file = register(tmp_path, "year.csv", GIFTS, A, C)
    done = take_in(place, file, distinct=["2"])
    assert done.posted
    assert balances(place)["bank/"] == 20_700
    assert done.preview.distinct == {"2": "与 september.csv 已入账的 2026-000001 相同。"}
    assert read_book(place).batches["distinct"].to_list() == [0, 1]
    assert '"distinct":{"2":"与 september.csv' in journal_of(place).read_text(encoding="utf-8")
    assert take_in(place, file).posted is None


def test_a_row_that_is_left_out_is_not_said_to_be_distinct(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "september.csv", GIFTS, A))
    done = take_in(place, register(tmp_path, "year.csv", GIFTS, A, C), accept=["2"], distinct=["2"])
    assert [*done.preview.left_out] == ["2"]
    assert done.preview.distinct == {}


RECEIPTS = GIFTS + ",票据号"
NUMBERED = (*A, *[""] * (7 - len(A)))


def test_the_receipt_stands_beside_the_banks_number(tmp_path: Path) -> None:
    place = county(tmp_path)
    rows = [(*NUMBERED[:6], "T7", "P1"), (*NUMBERED[:6], "", "P2")]
    take_in(place, register(tmp_path, "gifts.csv", RECEIPTS, *rows))
    book = read_book(place)
    told = book.entries.select("reference", "receipt_no", "note").rows()
    assert told == [("T7", "P1", ""), ("", "P2", "")]
    year = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert receipts(book, "love", year)["reference"].to_list() == ["P1", "P2"]


def test_a_receipt_is_part_of_the_row_but_the_banks_number_tells_documents_apart(
    tmp_path: Path,
) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "gifts.csv", RECEIPTS, (*NUMBERED[:6], "T7", "P1")))
    corrected = register(tmp_path, "gifts.csv", RECEIPTS, (*NUMBERED[:6], "T7", "P2"))
    with pytest.raises(FileRefusedError, match="--correct"):
        take_in(place, corrected)
    without = register(tmp_path, "bank.csv", GIFTS, (*NUMBERED[:6], "T7"))
    with pytest.raises(FileRefusedError, match="别的文件"):
        take_in(place, without)
    another = register(tmp_path, "more.csv", RECEIPTS, (*NUMBERED[:7], "P9"))
    assert take_in(place, another).posted
