"""Bank against book: what is told of the rest, what is refused, that nothing is lost."""

import datetime as dt
import time
from typing import Any

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from aidkit.errors import InputError, UsageError
from aidkit.fund.book import Book
from aidkit.fund.reconciling.matching import RULES
from aidkit.fund.reconciling.reconcile import reconcile
from tests.fund.bank_and_book import DAY, day, held
from tests.fund.books import book_of, books
from tests.fund.statements_of_banks import line, statement, statement_of
from tests.fund.vouchers import gift


def test_what_is_left_is_listed_with_row_and_voucher() -> None:
    found = held(
        [gift(day(0), 500, party="甲"), gift(day(1), 900, party="乙")],
        [line(day(0), 500, "甲"), line(day(2), -77, "银行", "账户管理费")],
    )
    assert not found.agrees
    assert found.lines.select("row", "fen", "text").rows() == [(3, -77, "账户管理费")]
    assert found.vouchers.select("voucher_no", "fen").rows() == [("2026-000003", 900)]
    assert found.difference_fen == 977
    closing, left = found.refusals
    assert "多 9.77 元" in closing
    assert f"从 {day(1)} 起" in closing
    assert "1 行流水没有凭证，1 张凭证没有流水" in left


def test_equal_balances_do_not_hide_what_cancels_out() -> None:
    found = held(
        [gift(day(0), 500, party="甲"), gift(day(0), 800, party="乙")],
        [line(day(0), 600, "丙"), line(day(0), 700, "丁")],
    )
    assert found.difference_fen == 0
    assert not found.agrees
    assert (found.lines.height, found.vouchers.height) == (2, 2)


def test_an_opening_balance_that_was_counted_as_a_gift_is_found() -> None:
    wrong = book_of([gift(dt.date(2026, 1, 1), 1_000_000, party="上年结余")])
    found = reconcile(
        wrong, "love", statement([line(day(0), 5)], opening=1_000_000), start=dt.date(2026, 1, 1)
    )
    assert not found.agrees
    assert "期初就不一致：2026-01-01 以前账簿比银行少 10,000.00 元" in found.refusals[0]


def test_days_that_nobody_reconciled_are_not_passed_over() -> None:
    rows = [line(day(0), 10, "甲"), line(day(40), 20, "乙")]
    entries = [gift(day(0), 10, party="甲"), gift(day(40), 20, party="乙")]
    with pytest.raises(UsageError, match=f"{day(20)} 至 {day(24)} 还没有与银行核对过") as caught:
        held(entries, rows, start=day(25), due=day(20))
    assert f"--from {day(20)}" in caught.value.remedy
    assert held(entries, rows, start=day(20), due=day(20)).start == day(20)
    assert held(entries, rows).start == dt.date(2025, 1, 1)
    assert held(entries, rows, due=day(30)).start == DAY.replace(day=1)
    assert held(entries, rows[1:], due=day(30)).start == day(30)


def test_a_line_that_is_missing_from_the_statement_is_found() -> None:
    rows = statement([line(day(n), 10) for n in range(5)])
    with pytest.raises(InputError, match=r"余额接不上.*应是 0.40 元.*相差 0.10 元") as caught:
        reconcile(book_of([]), "love", rows.filter(pl.col("source_row") != 5))
    assert "第 6 行" in caught.value.where
    altered = rows.with_columns(
        in_fen=pl.when(pl.col("source_row") == 4).then(11).otherwise("in_fen")
    )
    with pytest.raises(InputError, match="余额接不上"):
        reconcile(book_of([]), "love", altered)


def test_the_statement_may_stand_newest_first() -> None:
    entries = [gift(day(n), 100 + n, party="甲") for n in range(4)]
    lines = [line(day(n), 100 + n, "甲") for n in range(4)]
    straight = reconcile(book_of(entries), "love", statement(lines))
    turned = reconcile(book_of(entries), "love", statement(lines, newest_first=True))
    assert straight.agrees
    assert turned.agrees
    assert turned.daily.equals(straight.daily)


def test_days_outside_the_statement_are_refused() -> None:
    rows = statement([line(day(0), 10), line(day(4), 10)])
    outside: list[dict[str, Any]] = [
        {"start": day(5)},
        {"end": day(-1)},
        {"start": day(3), "end": day(2)},
    ]
    for wrong in outside:
        with pytest.raises(UsageError, match="不能用来核对"):
            reconcile(book_of([]), "love", rows, **wrong)
    quiet = reconcile(book_of([]), "love", rows, start=day(1), end=day(3))
    assert quiet.bank.closing_fen == 10
    assert quiet.passed_over == 2


# Books are slow to shrink; what fails is small enough to read.
few = settings(max_examples=40, phases=[Phase.explicit, Phase.reuse, Phase.generate])


@few
@given(books())
def test_a_bank_that_saw_every_voucher_agrees(book: Book) -> None:
    for fund in ("love", "union"):
        rows = statement_of(book, fund)
        if rows.is_empty():
            continue
        # Random books open whenever they like; a real one on its first day.
        found = reconcile(book, fund, rows, end=dt.date(2100, 1, 1))
        assert found.agrees
        assert found.bank.closing_fen == found.book.closing_fen


@few
@given(books(), st.randoms(use_true_random=False))
def test_nothing_is_lost_and_matches_sum_to_the_same(book: Book, chance: Any) -> None:
    rows = statement_of(book, "love")
    if rows.is_empty():
        return
    lines = [
        line(
            row["booked_on"],
            (row["in_fen"] or 0) - (row["out_fen"] or 0),
            row["counterparty"] or "",
        )
        for row in rows.iter_rows(named=True)
        if chance.random() < 0.8
    ] or [line(day(0), 1)]
    found = reconcile(book, "love", statement(lines))
    again = reconcile(book, "love", statement(lines))
    assert again.links.equals(found.links)
    sums = found.links.group_by("match", "side").agg(pl.col("fen").sum())
    assert (sums.group_by("match").agg(pl.col("fen").n_unique())["fen"] == 1).all()
    assert set(found.links["rule"]) <= set(RULES)
    seen = (
        found.links.filter(pl.col("side") == "bank")["row"].to_list() + found.lines["row"].to_list()
    )
    assert sorted(seen) == list(range(2, 2 + len(lines)))
    told = pl.concat([found.links.filter(pl.col("side") == "book"), found.vouchers])
    assert told["voucher_no"].is_unique().all()
    assert int(told["fen"].sum()) == found.book.in_fen - found.book.out_fen


def test_a_hundred_thousand_lines_take_seconds() -> None:
    many = 100_000
    entries = [
        gift(day(n // 500), 1_000 + n % 700, party=f"捐赠人{n % 5_000}") for n in range(many)
    ]
    lines = [line(day(n // 500), 1_000 + n % 700, f"捐赠人{n % 5_000}") for n in range(many)]
    # A hundred are a day late, a hundred are under another name.
    lines = [
        (when + dt.timedelta(days=1) if n % 1_000 == 499 else when, fen,
         "平台" if n % 1_000 == 7 else party, text, number)
        for n, (when, fen, party, text, number) in enumerate(lines)
    ]  # fmt: skip
    lines.sort(key=lambda one: one[0])
    book, rows = book_of(entries), statement(lines)
    began = time.perf_counter()
    found = reconcile(book, "love", rows)
    took = time.perf_counter() - began
    assert found.agrees
    assert took < 20, took
