"""The real workbooks: previewed with no county, imported to the fen, and only once."""

import datetime as dt
from pathlib import Path

import pytest

from aidkit.fund.importing.importing import FileRefusedError, preview_file
from aidkit.fund.importing.rows import Whole
from aidkit.fund.ledger.journal import journal_of, read_book
from tests.fund.registers import FUND, county, take_in

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real workbooks are not here")

FILES = [
    ("hubei-donations-01.xls", 60, 348_223_211, []),
    ("hubei-donations-05.xls", 6_661, 8_051_659_300, []),
    ("wuhan-cash-7-1.xlsx", 100, 7_731_931_901, []),
    ("wuhan-bank-of-communications.xlsx", 2_855, 31_454_075_569, ["2858"]),
    ("wuhan-goods-7-2.xlsx", 137, 0, ["85-86", "88", "89"]),
]
DAY = dt.date(2020, 1, 29)


@pytest.mark.parametrize(("name", "rows", "fen", "_"), FILES)
def test_the_preview_needs_no_county(name: str, rows: int, fen: int, _: list[str]) -> None:
    shown = preview_file(None, DATA / name)
    assert (shown.tallies["new"].rows, shown.tallies["new"].fen) == (rows, fen)
    undated = 0 if name.startswith("hubei") else rows
    assert shown.undated.rows == undated


@pytest.mark.parametrize(("name", "rows", "fen", "accept"), FILES)
def test_it_is_imported_once_and_to_the_fen(
    tmp_path: Path, name: str, rows: int, fen: int, accept: list[str]
) -> None:
    place = county(tmp_path, love=FUND.replace("2026-01-01", "2020-01-01"))
    whole = Whole(date=DAY, channel="bank")
    if accept:
        with pytest.raises(FileRefusedError, match=accept[0].split("-", maxsplit=1)[0]):
            take_in(place, DATA / name, whole=whole)
        assert not journal_of(place).exists()
    done = take_in(place, DATA / name, whole=whole, accept=accept)
    assert done.posted and len(done.posted.voucher_nos) == rows
    book = read_book(place)
    assert book.postings.filter(account="bank")["fen"].sum() == fen
    before = journal_of(place).read_bytes()
    for again in (whole, Whole()):
        assert take_in(place, DATA / name, whole=again).posted is None
    assert journal_of(place).read_bytes() == before


def test_what_a_file_claims_stands_in_the_record(tmp_path: Path) -> None:
    name, _, fen, accept = FILES[3]
    place = county(tmp_path, love=FUND.replace("2026-01-01", "2020-01-01"))
    take_in(place, DATA / name, whole=Whole(date=DAY, channel="bank"), accept=accept)
    batch = read_book(place).batches.row(0, named=True)
    assert (batch["stated_rows"], batch["stated_fen"], batch["left_out"]) == (2_856, fen, 1)
    assert batch["entries"] == 2_855
