"""A long journal is read by pieces, its chain ahead of its tables, and nothing differs for it."""

import dataclasses
import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from aidkit.fund.book import Book
from aidkit.fund.entry import Goods
from aidkit.fund.ledger import reading, repeats
from aidkit.fund.ledger.audit import audit
from aidkit.fund.ledger.chain import START, Chain, linked, pieces
from aidkit.fund.ledger.journal import journal_of, post
from aidkit.fund.ledger.lines import tables
from aidkit.fund.ledger.reading import Journal, read_journal
from aidkit.fund.ledger.repeats import Repeats
from aidkit.fund.ledger.runs import of_postings, runs
from aidkit.fund.ledger.wholeness import misadded, unbalanced
from tests.fund.books import books, entries
from tests.fund.county import make_county
from tests.fund.funds import BATCH
from tests.fund.funds import START as FIRST_DAY
from tests.fund.vouchers import gift, goods_in


@given(st.lists(st.binary(max_size=5)).map(b"\n".join) | st.binary(), st.integers(1, 30))
def test_pieces_are_the_file_cut_behind_line_ends(content: bytes, size: int) -> None:
    made = list(pieces(io.BytesIO(content), size))
    assert b"".join(made) == content
    assert all(one.endswith(b"\n") for one in made[:-1])
    assert all(one for one in made)


@settings(max_examples=20)
@given(st.data())
def test_a_journal_read_by_many_pieces_is_the_same(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        county = make_county(Path(folder))
        for batch in (data.draw(entries(8)), [gift(FIRST_DAY, 5), gift(FIRST_DAY, 7)]):
            post(county, batch, BATCH)
        with journal_of(county).open("ab") as file:
            file.write(data.draw(st.sampled_from([b"", b'{"before":"', b"\0\0"])))
        whole = read_journal(county)
        patch.setattr(reading, "pieces", _by(data.draw(st.integers(200, 2000))))
        patch.setattr(repeats, "_FEWEST", data.draw(st.integers(0, 3)))
        _same(read_journal(county), whole)
        one = journal_of(county).read_bytes().rpartition(b"\n")[0] + b"\n"
        assert_frame_equal(whole.tables.entries, tables(one, 0, 0).entries)


def _by(size: int) -> Callable[[BinaryIO], Iterator[bytes]]:
    def cut(file: BinaryIO) -> Iterator[bytes]:
        return pieces(file, size)

    return cut


def _same(one: Journal, other: Journal) -> None:
    for name in ("entries", "postings", "goods"):
        assert_frame_equal(getattr(one.tables, name), getattr(other.tables, name))
    assert_frame_equal(one.batches, other.batches)
    for name in ("head", "lines", "end", "unclosed", "ended", "damages"):
        assert getattr(one, name) == getattr(other, name), name


def test_damage_in_a_later_piece_is_found_with_the_last_voucher_of_an_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county = make_county(tmp_path)
    post(county, [gift(FIRST_DAY, fen) for fen in range(1, 40)], BATCH)
    whole = journal_of(county).read_bytes()
    journal_of(county).write_bytes(whole.replace(b"love bank 30;", b"love bank 31;"))
    monkeypatch.setattr(reading, "pieces", _by(500))
    told = [(one.line, one.last_good) for one in read_journal(county).damages]
    assert told == [(30, "2025-000029")]


def test_a_file_damaged_throughout_is_told_in_time() -> None:
    """What was good before a damage is not looked for in copies of the piece."""
    line = linked(START, '"type":"entry","no":"2025-000001"')[0].replace(b'"type"', b'"typo"')
    chain = Chain()
    chain.follow(line * 50_000)
    assert len(chain.damages) == 100
    assert chain.lines == 50_000


@given(st.lists(st.tuples(*[st.sampled_from(["", "甲", None])] * 2, st.integers(0, 1)), max_size=6))
def test_what_a_column_repeats_is_the_same_text(rows: list[tuple[str | None, ...]]) -> None:
    table = pl.DataFrame(rows, schema={"a": pl.String, "b": pl.String, "n": pl.Int64}, orient="row")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repeats, "_FEWEST", 0)
        shared = Repeats()
        for made in (shared.once(table), shared.once(table)):
            assert_frame_equal(made.with_columns(pl.col("a", "b").fill_null("")), _filled(table))


def _filled(table: pl.DataFrame) -> pl.DataFrame:
    return table.with_columns(pl.col("a", "b").fill_null(""))


def test_columns_that_say_one_thing_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def repeat(value: str, rows: int, **more: Any) -> pl.Series:
        made.append(value)
        column: pl.Series = pl.repeat(value, rows, **more)
        return column

    monkeypatch.setattr(repeats, "repeat", repeat)
    shared = Repeats()
    empty = pl.Series("a", [None] * 5000, dtype=pl.String)
    for rows in (4000, 5000):
        table = pl.DataFrame({"a": empty.head(rows), "b": ["录入员"] * rows})
        assert shared.once(table).unique().rows() == [("", "录入员")]
    assert made == ["", "录入员"]


@given(books())
def test_what_is_said_of_postings_by_their_order_is_what_a_join_says(book: Book) -> None:
    asked = book.postings.select("voucher_no").join(
        book.entries.select("voucher_no", "line"), on="voucher_no", maintain_order="left"
    )
    told = of_postings(book.entries, book.postings, runs(book.postings), "line")
    assert told.to_list() == asked["line"].to_list()


def test_two_vouchers_with_one_number_in_a_row_mix_up_no_other() -> None:
    heads = pl.DataFrame({"voucher_no": ["1", "2", "2", "3"], "line": [1, 2, 3, 4]})
    money = pl.DataFrame({"voucher_no": ["1", "1", "2", "2", "2", "2", "3", "3"]})
    told = of_postings(heads, money, runs(money), "line")
    assert told.to_list() == [1, 1, 2, 2, 2, 2, 4, 4]


_POSTING = st.tuples(st.sampled_from(["1", "2"]), st.sampled_from(["a", "b"]), st.integers(-2, 2))
_OPPOSITES: tuple[dict[str, str], ...] = ({}, {"a": "a", "b": "b"}, {"a": "b", "b": "a"})
"""Of none, of the same fund, of the other fund: the last balances only over both."""


@given(st.lists(_POSTING, max_size=8), st.sampled_from(_OPPOSITES))
def test_what_does_not_balance_is_what_does_not_sum_to_zero(
    rows: list[tuple[str, str, int]], opposite: dict[str, str]
) -> None:
    """Also where one fund's postings do not stand together."""
    rows = rows + [(no, opposite[fund], -fen) for no, fund, fen in rows if opposite]
    rows.sort(key=lambda one: one[0])
    schema = {"voucher_no": pl.String, "fund": pl.String, "fen": pl.Int64}
    sums: dict[tuple[str, str], int] = {}
    for number, fund, fen in rows:
        sums[number, fund] = sums.get((number, fund), 0) + fen
    wrong = sorted({number for (number, _), fen in sums.items() if fen})
    assert unbalanced(pl.DataFrame(rows, schema=schema, orient="row")).to_list() == wrong


def test_sums_of_batches_are_right_where_vouchers_have_no_money(tmp_path: Path) -> None:
    """Goods without a value come first, so that places and numbers differ."""
    county = make_county(tmp_path)
    unvalued = goods_in(FIRST_DAY, Goods("棉衣", "件", 1000))
    post(county, [unvalued, gift(FIRST_DAY, 9)], BATCH)
    post(county, [gift(FIRST_DAY, 11), unvalued, gift(FIRST_DAY, 13)], BATCH)
    journal = read_journal(county)
    assert misadded(journal) == []
    assert audit(county).sound
    odd = dataclasses.replace(journal, batches=journal.batches.with_columns(debit_fen=9))
    assert misadded(odd) == ["第 7 行：第 2 批写着借方合计 0.09 元，各凭证相加是 0.24 元"]
