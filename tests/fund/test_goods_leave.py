"""Goods that go back to their donor, and goods that are spoilt or lost, on every statement."""

import datetime as dt
from typing import Any

from aidkit.fund.book import Book
from aidkit.fund.duties.figures import figure
from aidkit.fund.entry import Entry, Goods
from aidkit.fund.ledger.beancount import beancount_text
from aidkit.fund.ledger.checks import faults
from aidkit.fund.period import Period
from aidkit.fund.statements import (
    activity,
    consents,
    gifts,
    goods_register,
    goods_taken,
    receipts,
    summary,
)
from aidkit.fund.statements.feedback import feedback, uses
from tests.fund import vouchers as v
from tests.fund.books import book_of
from tests.fund.funds import ENTERED

YEAR = Period.year(2025)
FIRM: dict[str, Any] = {"party": "甲公司", "donor_class": "firm", "consent": "named"}


def day(month: int) -> dt.date:
    return dt.date(2025, month, 1)


def coats(count: int, fen: int | None = None) -> Goods:
    return Goods("棉衣", "件", count * 1000, "L", fen)


def books(count: int, fen: int | None = None) -> Goods:
    return Goods("图书", "册", count * 1000, "", fen)


ENTRIES: list[Entry] = [
    v.gift(day(1), 500, purpose="reading", **FIRM),
    v.goods_in(day(1), coats(10, 1000), purpose="reading", **FIRM),
    v.goods_in(day(1), books(5, 200), purpose="reading", **FIRM),
    v.goods_in(day(1), books(5, 300), purpose="reading", party="乙先生", consent="amount_only"),
    v.goods_in(day(1), Goods("书包", "个", 4000), **FIRM),
    v.goods_returned(day(3), books(-2, 120), purpose="reading", party="乙先生"),
    v.goods_returned(day(3), Goods("书包", "个", -1000), party="甲公司"),
    v.goods_written_off(day(4), coats(-3, 300), purpose="reading"),
    v.payout(day(5), 100, program="books"),
]


def told() -> Book:
    assert faults(book_of([]), ENTRIES, ENTERED) == []
    return book_of(ENTRIES)


def test_the_register_tells_how_goods_left() -> None:
    table = goods_register(told(), "love", YEAR)
    ways = ("item", "came", "went", "returned", "written_off", "closing", "closing_fen")
    assert table.select(ways).rows() == [
        ("书包", 4_000, 0, 1_000, 0, 3_000, None),
        ("图书", 10_000, 0, 2_000, 0, 8_000, 380),
        ("棉衣", 10_000, 0, 0, 3_000, 7_000, 700),
    ]


def test_sums_tell_them_apart_from_what_was_given_on() -> None:
    book = told()
    lines = summary(book, "love", YEAR).select("line", "group", "fen").rows()
    assert ("goods_returned", "", -120) in lines
    assert ("goods_loss", "", 300) in lines
    assert ("program_expense", "books", 100) in lines
    forms = dict(activity(book, "love", YEAR).select("line", "fen").iter_rows())
    assert (forms["donations"], forms["management_cost"], forms["program_cost"]) == (1880, 300, 100)
    spent = figure(book, "love", "program_expense", 2025, until=YEAR.last)
    managed = figure(book, "love", "management_expense", 2025, until=YEAR.last)
    assert (spent.fen, managed.fen) == (100, 300)
    assert "Expenses:Love:Goods-loss:Unrestricted  3.00 CNY" in beancount_text(book)


def test_what_goes_back_is_of_whom_it_came_from() -> None:
    book = told()
    back = gifts(book, "love", YEAR).filter(kind="goods_returned")
    assert back.select("party", "consent", "donor_class", "fen").rows() == [
        ("乙先生", "amount_only", "", -120),
        ("甲公司", "named", "firm", 0),
    ]
    counts = consents(book, "love", YEAR).filter(donor_class="firm")
    assert counts.select("gifts", "fen").rows() == [(4, 1700)]
    status = dict(receipts(book, "love", YEAR).select("voucher_no", "status").iter_rows())
    assert [*status.values()] == ["valid", "valid", "valid", "partly_returned", "partly_returned"]


def test_all_of_it_back_is_a_returned_receipt() -> None:
    rest = [
        v.goods_returned(day(6), books(-3, 180), purpose="reading", party="乙先生"),
        v.goods_returned(day(6), Goods("书包", "个", -3000), party="甲公司"),
    ]
    book = book_of([*ENTRIES, *rest])
    assert [*receipts(book, "love", YEAR)["status"]][-2:] == ["returned", "returned"]
    wrong = v.correction(day(7), "2025-000011", rest[1])
    corrected = book_of([*ENTRIES, *rest, wrong])
    assert [*receipts(corrected, "love", YEAR)["status"]][-2:] == ["returned", "partly_returned"]


def test_the_donor_of_the_thing_is_told_that_it_was_lost_and_nobody_else() -> None:
    """Money of the same purpose came first; it is not said to have bought what went."""
    table = feedback(told(), "love", YEAR)
    became = table.select("party", "fen", "spent_fen", "returned_fen", "lost_fen", "left_fen")
    assert sorted(became.rows()) == [
        ("乙先生", 300, 0, 120, 0, 180),
        ("甲公司", 200, 0, 0, 0, 200),
        ("甲公司", 500, 100, 0, 0, 400),
        ("甲公司", 1000, 0, 0, 300, 700),
    ]
    assert uses(told(), "love", YEAR, 5)["fen"].to_list() == [100]


def test_more_than_the_donor_gave_does_not_go_back_whoever_else_gave_such() -> None:
    before = book_of(ENTRIES)
    more = v.goods_returned(day(6), books(-4, 240), purpose="reading", party="乙先生")
    codes = [one.code for one in faults(before, [more], ENTERED)]
    assert codes == ["goods_overreturned", "goods_pool_overreturned", "goods_value_overreturned"]
    other = v.goods_returned(day(6), books(-1, 40), purpose="reading", party="乙先生")
    assert [one.code for one in faults(before, [other], ENTERED)] == ["goods_mispriced"]
    uncounted = v.goods_returned(day(6), Goods("书包", "个", -4000), party="甲公司")
    (found, *_) = faults(before, [uncounted], ENTERED)
    assert "少 1 个" in found.message


def test_a_gift_that_went_back_is_not_corrected_before_its_return_is() -> None:
    before = book_of(ENTRIES)
    wrong = v.correction(day(6), "2025-000004", ENTRIES[3])
    back = v.correction(day(6), "2025-000006", ENTRIES[5])
    codes = [one.code for one in faults(before, [wrong], ENTERED)]
    assert "goods_overreturned" in codes
    assert faults(before, [back, wrong], ENTERED) == []


def test_why_goods_left_and_who_stood_by_it_is_told_one_by_one() -> None:
    book = book_of([*ENTRIES, v.correction(day(8), "2025-000008", ENTRIES[7])])
    table = goods_taken(book, "love", YEAR)
    columns = ("voucher_no", "kind", "item", "thousandths", "fen", "reason", "witness")
    assert table.select(columns).rows() == [
        ("2025-000006", "goods_returned", "图书", 2_000, 120, "质量不合格", ""),
        ("2025-000007", "goods_returned", "书包", 1_000, None, "质量不合格", ""),
        ("2025-000008", "goods_written_off", "棉衣", 3_000, 300, "受潮霉变", "保管员"),
        ("2025-000010", "goods_written_off", "棉衣", -3_000, -300, "录入有误", "保管员"),
    ]
