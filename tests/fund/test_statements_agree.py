"""Statements of random books chain, agree with each other, and depend on no order."""

import datetime as dt
from collections.abc import Iterable

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from aidkit.fund.book import Book
from aidkit.fund.entry import OF_DONORS, Entry
from aidkit.fund.period import Period
from aidkit.fund.statements import (
    activity,
    balance_sheet,
    comparison,
    consents,
    gifts,
    goods_register,
    goods_taken,
    payouts,
    receipts,
    summary,
    totals,
)
from tests.fund.books import book_of, books, entries

WAYS = ("opening", "came", "went", "returned", "written_off", "closing")
DAYS = st.dates(dt.date(2024, 12, 1), dt.date(2028, 6, 30))


@settings(max_examples=50)
@given(
    books(), st.lists(DAYS, min_size=3, max_size=3, unique=True), st.sampled_from(["love", "union"])
)
def test_statements_of_adjoining_periods_chain(book: Book, days: list[dt.date], fund: str) -> None:
    start, middle, end = sorted(days)
    first, second = (
        Period(start, middle),
        Period(middle + dt.timedelta(1), max(end, middle + dt.timedelta(1))),
    )
    whole = Period(first.first, second.last)
    one, two, both = (totals(summary(book, fund, period)) for period in (first, second, whole))
    assert one["closing"] == two["opening"]
    assert (both["opening"], both["closing"]) == (one["opening"], two["closing"])
    for section in ("carried_in", "income", "expense"):
        assert one[section] + two[section] == both[section]
    for line in ("section", "line", "group"), ("section", "line"):
        flows = pl.col("section").is_in(["carried_in", "income", "expense"])
        parts = pl.concat([summary(book, fund, period).filter(flows) for period in (first, second)])
        added = parts.group_by(line).agg(pl.sum("fen")).filter(pl.col("fen") != 0).sort(line)
        told = summary(book, fund, whole).filter(flows).group_by(line).agg(pl.sum("fen"))
        assert added.equals(told.filter(pl.col("fen") != 0).sort(line))
    closing, opening = (
        summary(book, fund, period)
        .filter(pl.col("section") == section, pl.col("fen") != 0)
        .select("line", "fen")
        for period, section in ((first, "closing"), (second, "opening"))
    )
    assert closing.equals(opening)


@settings(max_examples=50)
@given(books(), DAYS, DAYS, st.sampled_from(["love", "union"]))
def test_statements_agree_with_each_other(
    book: Book, one: dt.date, two: dt.date, fund: str
) -> None:
    period = Period(*sorted([one, two]))
    total = totals(summary(book, fund, period))
    lines = summary(book, fund, period)
    given_fen = lines.filter(pl.col("line").is_in(OF_DONORS))["fen"].sum()
    assert gifts(book, fund, period)["fen"].sum() == given_fen
    assert consents(book, fund, period)["fen"].sum() == given_fen
    spent = lines.filter(pl.col("line") == "program_expense")["fen"].sum()
    told = payouts(book, fund, period)
    assert told["fen"].to_list()[-1] == spent == told["fen"][:-1].sum()
    assert told["times"].to_list()[-1] == told["times"][:-1].sum()
    form = {
        line: (free, bound, both)
        for _, line, free, bound, both in activity(book, fund, period).iter_rows()
    }
    assert form["income"][2] == total["income"]
    assert form["expense"][2] == total["expense"]
    assert form["released"][2] == 0
    sheets = [balance_sheet(book, fund, at) for at in (period.first - dt.timedelta(1), period.last)]
    for sheet in sheets:
        both_sides = sheet.filter(pl.col("line") == "total")["fen"]
        assert both_sides.n_unique() == 1
    free, bound = (pool_sums(sheets[1])[n] - pool_sums(sheets[0])[n] for n in (0, 1))
    carried = carried_in(book, fund, period)
    assert (free, bound) == tuple(form["change"][n] + carried[n] for n in (0, 1))
    register = goods_register(book, fund, period)
    held = sheets[1].filter(pl.col("side") == "assets", pl.col("line") == "goods")["fen"].sum()
    assert register["closing_fen"].sum() == held
    for unit in ("", "_fen"):
        way = {name: register[f"{name}{unit}"].fill_null(0) for name in WAYS}
        left = way["went"] + way["returned"] + way["written_off"]
        assert (way["opening"] + way["came"] - left).equals(way["closing"], check_names=False)
    # What went back or was lost is told one by one to the same sum.
    gone = goods_taken(book, fund, period)
    taken = register.select(pl.col("returned_fen", "written_off_fen").sum()).row(0)
    assert gone["fen"].sum() == sum(taken)
    lost = lines.filter(pl.col("line") == "goods_loss")["fen"].sum()
    assert taken[1] == lost


def pool_sums(sheet: pl.DataFrame) -> tuple[int, int]:
    pools = sheet.filter(pl.col("side") == "net_assets", pl.col("line") != "total")
    free = sum(pools.filter(pl.col("line") == "unrestricted")["fen"].to_list())
    return free, sum(pools["fen"].to_list()) - free


def carried_in(book: Book, fund: str, period: Period) -> tuple[int, int]:
    rows = book.postings.filter(
        pl.col("account") == "opening_net",
        pl.col("fund") == fund,
        pl.col("date").is_between(period.first, period.last),
    )
    free = sum(rows.filter(pl.col("purpose") == "")["fen"].to_list())
    return -free, free - sum(rows["fen"].to_list())


def tables(made: Iterable[Entry], fund: str) -> list[pl.DataFrame]:
    book = book_of(list(made))
    period = Period(dt.date(2025, 2, 1), dt.date(2026, 3, 3))
    numbers = ("voucher_no", "corrects")
    shown = [
        summary(book, fund, period),
        gifts(book, fund, period),
        consents(book, fund, period),
        payouts(book, fund, period),
        activity(book, fund, period),
        balance_sheet(book, fund, period.last),
        goods_register(book, fund, period),
        receipts(book, fund, period),
        comparison(book, fund, period),
    ]
    return [
        table.drop(*numbers, strict=False).sort(pl.all().exclude(*numbers), nulls_last=True)
        for table in shown
    ]


@settings(max_examples=20)
@given(st.data())
def test_no_statement_depends_on_the_order_of_entries(data: st.DataObject) -> None:
    made = [one for one in data.draw(entries()) if one.kind != "correction"]
    shuffled = data.draw(st.permutations(made))
    for fund in ("love", "union"):
        for one, other in zip(tables(made, fund), tables(shuffled, fund), strict=True):
            assert one.equals(other)
