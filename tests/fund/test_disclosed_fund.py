"""Public statements: equal totals, and nothing that tells of one person."""

import datetime as dt

import polars as pl
import pytest

from aidkit.disclosure.fund import (
    TOTAL,
    fund_activity,
    fund_gifts,
    fund_payouts,
    fund_summary,
)
from aidkit.errors import UsageError
from aidkit.fund.entry import Entry, Goods
from aidkit.fund.period import Period
from aidkit.fund.statements import activity
from aidkit.tables.disclosed_notes import OTHER
from tests.fund import vouchers as v
from tests.fund.books import book_of

YEAR = Period.year(2025)
LEAST = 3


def day(month: int, number: int = 1) -> dt.date:
    return dt.date(2025, month, number)


def paid(month: int, program: str, *people: str) -> list[Entry]:
    return [
        v.payout(day(month, 5), 100_00, program=program, purpose="", person_no=one, party=one)
        for one in people
    ]


def rows(made: list[Entry], period: Period = YEAR) -> dict[str, tuple[int | None, int, bool]]:
    table = fund_payouts(book_of([v.gift(day(1), 9_000_00), *made]), "love", period, LEAST)
    return {program: tuple(rest) for program, *rest in table.drop("unvalued").iter_rows()}


def test_a_program_of_few_goes_with_the_next_smallest() -> None:
    made = [
        *paid(2, "books", "a"),
        *paid(2, "hardship", "b", "c", "d"),
        *paid(2, "boarder_aid", "e", "f", "g", "h"),
    ]
    assert rows(made) == {
        "boarder_aid": (4, 400_00, True),
        OTHER: (4, 400_00, True),
        TOTAL: (8, 800_00, True),
    }


def test_the_smallest_sum_of_enough_people_hides_the_few() -> None:
    made = [
        *paid(2, "books", "a"),
        *(v.payout(day(2), 900_00, purpose="", person_no=one) for one in "bcd"),
        *paid(2, "boarder_aid", "e", "f", "g", "h"),
    ]
    assert rows(made) == {
        "hardship": (3, 2700_00, True),
        OTHER: (5, 500_00, True),
        TOTAL: (8, 3200_00, True),
    }


def test_the_summary_tells_which_programs_it_tells_in_part() -> None:
    made = [*paid(1, "books", *"abc"), *paid(2, "books", "a"), *paid(2, "hardship", *"bcd")]
    book = book_of([v.gift(day(1), 9_000_00), *made])
    table = fund_summary(book, "love", YEAR, LEAST)
    whole = dict(table.filter(line="program_expense").select("group", "whole").iter_rows())
    assert whole == {"books": False, OTHER: True}
    assert table.filter(pl.col("line") != "program_expense")["whole"].null_count() > 0


def test_goods_that_nobody_valued_are_no_money_of_nought() -> None:
    old = Goods("旧书", "本", -1_000)
    out = [v.goods_out(day(2, 5), old, program="books", person_no=one) for one in "abc"]
    book = book_of([v.gift(day(1), 9_000_00), *out, *paid(2, "hardship", *"abc")])
    table = fund_payouts(book, "love", YEAR, LEAST)
    assert table.select("program", "fen", "unvalued").rows() == [
        ("books", 0, True),
        ("hardship", 300_00, False),
        (TOTAL, 300_00, True),
    ]


def test_few_and_few_are_enough_together() -> None:
    made = [*paid(2, "books", "a", "b"), *paid(2, "hardship", "c"), *paid(2, "boarder_aid", *"def")]
    assert rows(made)[OTHER] == (3, 300_00, True)
    assert rows(made)["boarder_aid"] == (3, 300_00, True)


def test_the_same_person_in_two_programs_is_one() -> None:
    made = [*paid(2, "books", "a", "b"), *paid(2, "hardship", "a"), *paid(2, "boarder_aid", *"def")]
    assert list(rows(made)) == [OTHER, TOTAL]


def test_five_payouts_to_one_person_are_of_one_person() -> None:
    assert list(rows(paid(2, "books", *"aaaaa"))) == [OTHER, TOTAL]


def test_how_often_is_withheld_where_a_month_has_few_in_all() -> None:
    """The one child of March is neither counted alone nor by what the year has more."""
    made = [
        *paid(2, "books", *"abc"),
        *paid(2, "boarder_aid", *"abcd"),
        *paid(3, "hardship", "d"),
    ]
    assert rows(made) == {
        "boarder_aid": (4, 400_00, True),
        OTHER: (None, 400_00, True),
        TOTAL: (None, 800_00, True),
    }


def test_where_nobody_counted_them_they_are_few() -> None:
    assert list(rows([v.payout(day(2), 100, persons=0)])) == [OTHER, TOTAL]
    assert list(rows([v.payout(day(2), 100, persons=LEAST)])) == ["hardship", TOTAL]
    # Two payments to a class of two may be to the same two.
    assert list(rows([v.payout(day(2), 100, persons=2)] * 2)) == [OTHER, TOTAL]


def test_a_longer_period_tells_no_more_than_its_months() -> None:
    """January and February less January would be the one payout of February."""
    made = [*paid(1, "books", *"abc"), *paid(2, "books", "a"), *paid(2, "hardship", *"bcd")]
    assert rows(made) == {
        "books": (3, 300_00, False),
        OTHER: (4, 400_00, True),
        TOTAL: (7, 700_00, True),
    }


def test_only_whole_months_and_years_are_published() -> None:
    book = book_of([])
    part, months = Period(day(1), day(2, 27)), Period(day(1), day(2, 28))
    with pytest.raises(UsageError, match="整月"):
        fund_payouts(book, "love", part, LEAST)
    with pytest.raises(UsageError, match="整月"):
        fund_gifts(book, "love", part)
    with pytest.raises(UsageError, match="整月"):
        fund_summary(book, "love", part, LEAST)
    with pytest.raises(UsageError, match="整年"):
        fund_activity(book, "love", months, LEAST)


def test_donors_are_named_only_where_they_agreed() -> None:
    book = book_of(
        [
            v.gift(day(1), 5, party="甲", consent="named", note="电话 13900000000"),
            v.gift(day(2), 4, party="乙", consent="anonymous"),
            v.gift(day(3), 3, party="丙", consent=""),
            v.gift(day(4), 2, party="丁", consent="amount_only"),
            v.gift(day(5), 1, party="", consent="named"),
            v.gift(day(6), 6, party="己", consent="named", donor_class="student"),
        ]
    )
    table = fund_gifts(book, "love", YEAR).drop("number", "kind")
    assert table.rows() == [
        ("named", "甲", day(1), 5),
        ("anonymous", "", day(2), 4),
        ("anonymous", "", day(3), 3),
        ("anonymous", "", day(5), 1),
        ("anonymous", "", day(6), 6),
        ("amount_only", "", None, 2),
    ]


def test_a_corrected_gift_is_the_donors_as_he_agreed() -> None:
    wrong = v.gift(day(1), 5, party="乙", consent="anonymous")
    slip = v.correction(day(2), "2025-000001", wrong, consent="named")
    table = fund_gifts(book_of([wrong, slip]), "love", Period(day(2), day(2, 28)))
    assert table.select("consent", "donor", "amount_fen").rows() == [("anonymous", "", -5)]


def restricted(month: int, *people: str) -> list[Entry]:
    return [v.payout(day(month, 5), 100_00, program="boarder_aid", person_no=one) for one in people]


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        (restricted(2, *"abc"), True),
        # What is all of one side tells no more there than in the total.
        (restricted(2, "a"), True),
        ([*restricted(2, "a"), *paid(2, "hardship", *"bcd")], False),
        ([*restricted(2, *"abc"), *paid(2, "hardship", "d")], False),
        (paid(2, "hardship", "d"), True),
    ],
)  # fmt: skip
def test_columns_that_would_tell_of_few_are_withheld(made: list[Entry], shown: bool) -> None:
    start = [v.gift(day(1), 9_000_00), v.gift(day(1), 9_000_00, purpose="boarders")]
    book = book_of([*start, *made])
    table = fund_activity(book, "love", YEAR, LEAST)
    assert table["restricted_fen"].is_not_null().all() == shown
    assert table["unrestricted_fen"].is_not_null().all() == shown
    assert table["fen"].equals(activity(book, "love", YEAR)["fen"])
