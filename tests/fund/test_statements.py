"""Statements say what a small book says."""

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest

from aidkit.errors import InvariantError, UsageError
from aidkit.fund.book import Book
from aidkit.fund.entry import Goods
from aidkit.fund.period import Period
from aidkit.fund.statements import (
    activity,
    comparison,
    consents,
    corrections,
    gifts,
    goods_register,
    largest_gifts,
    payouts,
    receipts,
    summary,
    totals,
)
from tests.fund import vouchers as v
from tests.fund.books import book_of
from tests.fund.funds import ENTERED, LOVE

YEAR = Period.year(2025)


def day(month: int, number: int = 1) -> dt.date:
    return dt.date(2025, month, number)


def small_book() -> Book:
    wrong = v.gift(day(2), 900_00, party="乙先生", donor_class="person", consent="anonymous")
    made = [
        v.income("opening", day(1), 1_000_00),
        v.gift(
            day(1, 5),
            500_00,
            party="甲公司",
            donor_class="firm",
            consent="named",
            purpose="boarders",
            reference="票1",
        ),
        wrong,
        v.payout(day(3), 200_00, program="boarder_aid", person_no="p1", school_code="s1"),
        v.payout(day(3), 150_00, program="boarder_aid", person_no="p2", school_code="s1"),
        v.payout(day(3, 2), 100_00, program="hardship", persons=4, party="一年级"),
        v.payout(day(3, 9), 150_00, program="boarder_aid", person_no="p2", kind="payout_returned"),
        v.cost("bank_fee", day(4), 5_00),
        v.correction(day(4, 2), "2025-000003", wrong),
        v.gift_returned(day(5), 50_00, party="甲公司", purpose="boarders", donor_class="firm"),
    ]
    return book_of(made)


def test_summary_says_what_happened() -> None:
    table = summary(small_book(), "love", YEAR)
    assert [tuple(row) for row in table.iter_rows()] == [
        ("opening", "bank", "", 0, 0),
        ("opening", "total", "", 0, 0),
        ("carried_in", "opening_net", "", 1_000_00, 1),
        ("carried_in", "total", "", 1_000_00, 1),
        ("income", "gift", "firm", 500_00, 1),
        ("income", "gift", "person", 0, 2),
        ("income", "gift_returned", "firm", -50_00, 1),
        ("income", "total", "", 450_00, 4),
        ("expense", "program_expense", "boarder_aid", 200_00, 3),
        ("expense", "program_expense", "hardship", 100_00, 1),
        ("expense", "bank_fee", "", 5_00, 1),
        ("expense", "total", "", 305_00, 5),
        ("closing", "bank", "", 1_145_00, 0),
        ("closing", "total", "", 1_145_00, 0),
        ("corrections", "total", "", None, 1),
    ]


def test_an_opening_balance_is_never_a_gift() -> None:
    assert totals(summary(small_book(), "love", YEAR))["income"] == 450_00
    assert gifts(small_book(), "love", YEAR).filter(pl.col("kind") == "opening").is_empty()


def test_a_voucher_that_does_not_balance_silences_the_book() -> None:
    book = small_book()
    first = pl.int_range(pl.len()) == 0
    bent = pl.when(first).then(pl.col("fen") + 1).otherwise("fen")
    object.__setattr__(book, "postings", book.postings.with_columns(fen=bent))
    with pytest.raises(InvariantError, match="账不平"):
        summary(book, "love", YEAR)


def test_payouts_count_people_once_and_payouts_each() -> None:
    rows = payouts(small_book(), "love", YEAR).select("program", "persons", "times", "fen")
    assert rows.rows() == [
        ("boarder_aid", 1, 1, 200_00),
        ("hardship", 4, 4, 100_00),
        ("total", 5, 5, 300_00),
    ]
    again = [v.payout(day(n), 1_00, purpose="", person_no="p1") for n in (2, 3)]
    both = payouts(book_of(again), "love", YEAR)
    assert both.select("persons", "times").rows() == [(1, 2), (1, 2)]


def test_payouts_of_an_empty_period_are_a_zero_total() -> None:
    assert payouts(small_book(), "union", YEAR).rows() == [("total", 0, 0, 0, 0, 0, 0, 0)]


def test_gifts_without_a_word_on_consent_are_anonymous() -> None:
    told = book_of([v.gift(day(1), 10_00, consent="")])
    assert gifts(told, "love", YEAR)["consent"].to_list() == ["anonymous"]
    assert consents(told, "love", YEAR).rows() == [("anonymous", "", 1, 10_00)]


def test_a_correction_counts_on_its_own_day() -> None:
    book = small_book()
    first, second = Period(day(1), day(3, 31)), Period(day(4), day(12, 31))
    assert gifts(book, "love", YEAR)["voucher_no"].to_list() == ["2025-000002", "2025-000010"]
    assert gifts(book, "love", first)["fen"].sum() == 1_400_00
    later = gifts(book, "love", second).filter(pl.col("kind") == "gift")
    assert later.select("voucher_no", "date", "fen", "corrections").rows() == [
        ("2025-000003", day(4, 2), -900_00, 1)
    ]
    told = corrections(book, "love", second)
    assert told.select("corrects", "kind", "fen").rows() == [("2025-000003", "gift", 900_00)]
    assert corrections(book, "love", first).is_empty()
    # Entered in a period, it stands there too: else one dated into days stated before is told of
    # by nobody.
    assert corrections(book, "love", Period(ENTERED, ENTERED)).equals(told)


def test_receipts_keep_every_number_and_say_which_hold() -> None:
    table = receipts(small_book(), "love", YEAR)
    assert table.select("voucher_no", "reference", "donor", "fen", "status").rows() == [
        ("2025-000002", "票1", "甲公司", 500_00, "partly_returned"),
        ("2025-000003", "", "乙先生", 900_00, "void"),
    ]
    assert table["in_words"].to_list() == ["伍佰元整", "玖佰元整"]
    before = receipts(small_book(), "love", Period(day(1), day(3, 31)))
    assert before["status"].to_list() == ["valid", "valid"]


def test_goods_without_a_value_have_a_receipt_and_no_sum() -> None:
    goods = Goods("棉衣", "件", 12_500, "L")
    book = book_of(
        [
            v.goods_in(day(1), goods),
            v.goods_in(day(1, 2), Goods("书包", "个", 3_000, fen=90_00)),
            v.goods_out(day(2), Goods("棉衣", "件", -2_000, "L"), program="hardship"),
        ]
    )
    table = receipts(book, "love", YEAR).select("what", "goods", "fen", "in_words")
    assert table.rows() == [
        ("goods", "棉衣（L） 12.5件", None, ""),
        ("goods", "书包 3个", 90_00, "玖拾元整"),
    ]
    register = goods_register(book, "love", Period(day(1, 2), day(2, 1)))
    assert register.rows() == [
        ("书包", "", "个", True, 0, 3_000, 0, 0, 0, 3_000, 0, 90_00, 0, 0, 0, 90_00),
        ("棉衣", "L", "件", False, 12_500, 0, 2_000, 0, 0, 10_500, *[None] * 6),
    ]


def test_goods_that_never_came_are_taken_off_what_came() -> None:
    wrong = v.goods_in(day(1), Goods("书包", "个", 3_000, fen=90_00))
    book = book_of([wrong, v.correction(day(2), "2025-000001", wrong)])
    register = goods_register(book, "love", YEAR).drop("item", "spec", "unit", "valued")
    assert register.rows() == [(0,) * 12]


def test_activity_puts_restricted_and_unrestricted_side_by_side() -> None:
    table = activity(small_book(), "love", YEAR)
    shown = {line: rest for _, line, *rest in table.iter_rows() if any(rest)}
    assert shown == {
        "donations": [0, 450_00, 450_00],
        "income": [0, 450_00, 450_00],
        "program_cost": [300_00, 0, 300_00],
        "management_cost": [5_00, 0, 5_00],
        "expense": [305_00, 0, 305_00],
        "released": [200_00, -200_00, 0],
        "change": [-105_00, 250_00, 145_00],
    }
    assert table["row"].to_list() == [1, 2, 3, 4, 5, 6, 9, 11, 12, 21, 24, 28, 35, 40, 45]


def test_board_figures_compare_with_as_many_months_before() -> None:
    quarter = Period(day(4), day(6, 30))
    table = comparison(small_book(), "love", quarter)
    boarders = table.filter(pl.col("group") == "boarder_aid")
    assert boarders.select("fen", "before_fen", "change_fen").rows() == [(0, 200_00, -200_00)]
    largest = largest_gifts(small_book(), "love", quarter.before, 1)
    assert largest.select("donor_class", "party").rows() == [
        ("firm", "甲公司"),
        ("person", "乙先生"),
    ]


def test_programs_stand_as_the_fund_s_file_lists_them() -> None:
    turned = replace(LOVE, programs=dict(reversed([*LOVE.programs.items()])))
    assert [*turned.programs] == ["hardship", "reading_day", "books", "boarder_aid"]
    told = replace(small_book(), funds={"love": turned})
    assert payouts(told, "love", YEAR)["program"].to_list() == ["hardship", "boarder_aid", "total"]
    for table in (summary(told, "love", YEAR), comparison(told, "love", YEAR)):
        spent = table.filter(line="program_expense")["group"].to_list()
        assert spent == ["hardship", "boarder_aid"]
    bare = replace(told, funds={"love": replace(turned, programs={})})
    assert payouts(bare, "love", YEAR)["program"].to_list() == ["boarder_aid", "hardship", "total"]


def test_before_the_book_was_opened_there_is_nothing_to_compare_with() -> None:
    table = comparison(small_book(), "love", Period(day(1), day(6, 30)))
    assert table.select("before_fen", "change_fen").null_count().row(0) == (table.height,) * 2
    assert table.filter(section="income", line="total")["fen"].item() == 450_00
    later = comparison(small_book(), "love", Period(day(3, 2), day(4, 30)))
    assert not later["before_fen"].has_nulls()


def test_periods() -> None:
    assert Period(day(3), day(5, 31)).before == Period(dt.date(2024, 12, 1), day(2, 28))
    assert Period(day(3, 2), day(3, 5)).before == Period(day(2, 26), day(3, 1))
    assert YEAR.whole_years and YEAR.whole_months and len(list(YEAR.months())) == 12
    assert not Period(day(1), day(2, 27)).whole_months
    parts = list(Period(day(1, 9), day(3, 3)).months())
    assert parts == [
        Period(day(1, 9), day(1, 31)),
        Period(day(2), day(2, 28)),
        Period(day(3), day(3, 3)),
    ]
    with pytest.raises(UsageError):
        Period(day(2), day(1))
