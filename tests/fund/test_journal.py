"""What is posted is what is read; what breaks a rule is not posted; a batch is all or nothing."""

import dataclasses
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from aidkit.errors import InputError, UsageError
from aidkit.fund.book import Book
from aidkit.fund.entry import Batch, Entry, Goods
from aidkit.fund.ledger.audit import audit
from aidkit.fund.ledger.chain import START as NOTHING
from aidkit.fund.ledger.heads import Said, keep_head
from aidkit.fund.ledger.journal import Refused, journal_of, post, read_book
from aidkit.fund.ledger.lock import lock_of
from aidkit.locking import one_at_a_time
from tests.fund import books
from tests.fund.county import make_county, posting, size_of
from tests.fund.funds import BATCH, ENTERED, START
from tests.fund.vouchers import gift, goods_in, payout

KILLS = int(os.environ.get("AIDKIT_KILLS", "12"))
"""How often a writer is killed; 50 by hand."""


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return make_county(tmp_path / "county")


def same(book: Book, other: Book) -> None:
    """Equal but for the hashes, which a book in memory has none of."""
    for name in ("entries", "postings", "goods", "batches"):
        ours, theirs = getattr(book, name), getattr(other, name)
        assert_frame_equal(*(one.drop("hash", "settings", strict=False) for one in (ours, theirs)))
    assert book.lines == other.lines


@settings(max_examples=20)
@given(st.data())
def test_what_is_posted_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """In as many batches as you like; the tables are those made without a journal."""
    entries = data.draw(books.entries(15))
    county = make_county(tmp_path_factory.mktemp("county"))
    sizes, at = [], 0
    while at < len(entries):
        sizes.append(data.draw(st.integers(1, len(entries) - at)))
        posted = post(county, iter(entries[at : at + sizes[-1]]), BATCH)
        at += sizes[-1]
        assert len(posted.voucher_nos) == sizes[-1]
        assert (posted.head, posted.lines) == (read_book(county).head, at + len(sizes))
    entered = [_entered(entry) for entry in entries]
    same(read_book(county), books.book_of(entered, batches=sizes))
    assert audit(county).sound


def _entered(entry: Entry) -> Entry:
    """As the journal keeps it: who posted is told of every voucher."""
    return dataclasses.replace(entry, entered_by=entry.entered_by or BATCH.entered_by)


def test_text_of_any_kind_comes_back(county: Path) -> None:
    words = '“引号”"\\ 反斜杠\n换行\t\x00\u2028 🙂 {"hash":"x"}'
    goods = Goods(words, words, 1500, words)
    stated = Batch("import", ENTERED, words, words, "0" * 64, {"rows": 2, "fen": 7}, {"3": words})
    entries = [gift(START, 7, party=words, note=words), goods_in(START, goods, party=words)]
    post(county, entries, stated)
    book = read_book(county)
    assert book.entries["party"].to_list() == [words, words]
    assert book.goods.row(0)[4:] == (words, words, words, 1500, None)
    assert book.batches.select("file", "stated_rows", "stated_fen", "left_out").row(0) == (
        words,
        2,
        7,
        1,
    )


def test_no_journal_is_an_empty_book(county: Path) -> None:
    book = read_book(county)
    assert (book.head, book.lines, book.entries.height) == (NOTHING, 0, 0)
    assert post(county, [], BATCH).lines == 0
    assert read_book(county).lines == 0


def test_only_the_columns_asked_for(county: Path) -> None:
    post(county, [gift(START, 7)], BATCH)
    entries = read_book(county, ["party", "date"]).entries
    assert entries.columns == ["voucher_no", "line", "date", "party"]


def test_numbers_go_on_within_the_year_of_the_date(county: Path) -> None:
    later = START.replace(year=2026)
    first = post(county, [gift(later, 5), gift(START, 5), gift(later, 5)], BATCH)
    second = post(county, [gift(START, 5), gift(later, 5)], BATCH)
    assert first.voucher_nos == ["2026-000001", "2025-000001", "2026-000002"]
    assert second.voucher_nos == ["2025-000002", "2026-000003"]


def test_a_refused_batch_leaves_the_file_as_it_was(county: Path) -> None:
    post(county, [gift(START, 500)], BATCH)
    before = journal_of(county).read_bytes()
    with pytest.raises(Refused) as refused:
        post(county, [gift(START, 5), payout(START, 600), payout(START, 505)], BATCH)
    assert [(one.index, one.code) for one in refused.value.faults] == [
        (1, "account_overdrawn"),
        (1, "pool_overdrawn"),
        (2, "account_overdrawn"),
        (2, "pool_overdrawn"),
    ]
    assert journal_of(county).read_bytes() == before


def test_a_broken_source_leaves_the_file_as_it_was(county: Path) -> None:
    post(county, [gift(START, 500)], BATCH)
    before = journal_of(county).read_bytes()

    def breaking() -> Iterator[Entry]:
        yield gift(START, 5)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        post(county, breaking(), BATCH)
    assert journal_of(county).read_bytes() == before


@pytest.mark.parametrize("torn", ["part of a line", "lines without their batch", "zero bytes"])
def test_what_a_killed_writer_left_is_cut_off(county: Path, torn: str) -> None:
    post(county, [gift(START, 500)], BATCH)
    kept = journal_of(county).read_bytes()
    post(county, [gift(START, 5), gift(START, 6)], BATCH)
    whole = journal_of(county).read_bytes()
    lines = whole.splitlines(keepends=True)
    for part in {
        "part of a line": [whole[:n] for n in range(len(kept), len(whole) - 1, 5)],
        "lines without their batch": [b"".join(lines[:-1]), b"".join(lines[:-2])],
        "zero bytes": [kept + b"\0" * 9, kept + lines[2] + b"\0" * 9, kept + b'{"before\0\0'],
    }[torn]:
        journal_of(county).write_bytes(part)
        book = read_book(county, ["voucher_no"])
        assert (book.lines, book.entries.height, book.postings.height) == (2, 1, 2)
    post(county, [gift(START, 5), gift(START, 6)], BATCH)
    assert journal_of(county).read_bytes() == whole


def test_a_line_end_that_an_editor_took_away_is_put_back(county: Path) -> None:
    post(county, [gift(START, 500)], BATCH)
    whole = journal_of(county).read_bytes()
    journal_of(county).write_bytes(whole[:-1])
    assert read_book(county).entries.height == 1
    post(county, [gift(START, 5)], BATCH)
    assert journal_of(county).read_bytes().startswith(whole)
    assert read_book(county).entries.height == 2


def test_nothing_is_posted_behind_a_damaged_or_shortened_journal(county: Path) -> None:
    post(county, [gift(START, 500)], BATCH)
    posted = post(county, [gift(START, 500)], BATCH)
    keep_head(county, Said(posted.head, posted.lines, "2025-12-31", "love 2025"))
    path = journal_of(county)
    whole = path.read_bytes()
    for broken in (whole.replace(b"500", b"600", 1), b"".join(whole.splitlines(True)[:2]), b""):
        path.write_bytes(broken)
        with pytest.raises(InputError):
            post(county, [gift(START, 5)], BATCH)
        assert path.read_bytes() == broken
    path.unlink()
    with pytest.raises(InputError, match="2025-12-31"):
        read_book(county)


def test_a_writer_waits_for_another_but_not_for_ever(county: Path) -> None:
    lock = lock_of(county)
    with one_at_a_time(lock), pytest.raises(UsageError, match="另一个"):
        started = time.monotonic()
        with one_at_a_time(lock, wait=0.3):
            pytest.fail("two writers")
    assert time.monotonic() - started >= 0.3


def test_a_killed_writer_loses_nothing_that_was_acknowledged(county: Path) -> None:
    chance = random.Random(5)
    acknowledged = 0
    for kill in range(KILLS):
        with posting(county, f"甲{kill}", 10**6) as writer:
            assert writer.stdout
            told = int(writer.stdout.readline())
            time.sleep(chance.random() * 0.4)
            writer.kill()
            rest = writer.stdout.read()
        told += sum(map(int, rest.split()))
        book = read_book(county)
        ours = book.entries.filter(entered_by=f"甲{kill}")
        batches = book.batches.filter(entered_by=f"甲{kill}")
        assert batches["entries"].to_list() == [size_of(n) for n in range(batches.height)]
        assert ours.height == batches["entries"].sum() >= told
        acknowledged += told
    assert read_book(county).entries.height >= acknowledged
    assert audit(county).sound


def test_two_writers_do_not_mix_and_readers_see_whole_batches(county: Path) -> None:
    writers = [posting(county, who, 8) for who in "甲乙"]
    while any(writer.poll() is None for writer in writers):
        book = read_book(county)
        assert book.entries.height == book.batches["entries"].sum()
        assert book.postings.height == 2 * book.entries.height
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    book = read_book(county)
    assert book.batches["entries"].sum() == 2 * sum(map(size_of, range(8)))
    assert book.entries.select("batch", "entered_by").n_unique() == 16
