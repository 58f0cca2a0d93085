"""An attacker looks at a longer period for the month in which few in all were paid."""

import datetime as dt

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from aidkit.disclosure.fund import fund_payouts, fund_summary, tells_beside, tells_of_few
from aidkit.disclosure.fund_months import payouts_by_month, too_few
from aidkit.fund.book import Book
from aidkit.fund.entry import Entry
from aidkit.fund.period import Period
from tests.fund.attacker import CAME, LEAST, paid
from tests.fund.books import book_of

PERIODS = [
    Period(dt.date(2025, first, 1), dt.date(2025, last + 1, 1) - dt.timedelta(1))
    for first in range(2, 8)
    for last in range(first, 8)
]
WHOLE = Period(PERIODS[0].first, PERIODS[-1].last)


def other(book: Book, period: Period) -> int:
    """What 其他资助 says of a period."""
    table = fund_payouts(book, "love", period, LEAST)
    return sum(table.filter(program="other")["fen"])


def test_other_aid_of_a_quarter_is_not_the_money_of_its_month_of_few() -> None:
    """Two got something in March; in February and April many, so that nothing else is hidden."""
    entries = [
        paid(2, "books", *"abcd"),
        paid(3, "hardship", "p1"),
        paid(3, "boarder_aid", "p2"),
        paid(4, "books", *"efgh"),
    ]
    book = book_of([*CAME, *entries])
    few = 1400
    whole = Period(dt.date(2025, 2, 1), dt.date(2025, 4, 30))
    for period in (
        whole,
        Period(whole.first, dt.date(2025, 3, 31)),
        Period(dt.date(2025, 3, 1), whole.last),
    ):
        assert not tells_of_few(book, "love", period, LEAST)
        assert other(book, period) > few
        table = fund_summary(book, "love", period, LEAST)
        assert few not in table.filter(line="program_expense")["fen"].to_list()


def test_the_cover_is_the_same_in_every_statement() -> None:
    """Else the sum that it adds would be the difference of two statements."""
    entries = [
        paid(2, "books", *"abcd"),
        paid(3, "hardship", "p1"),
        paid(5, "books", *"efgh"),
        paid(6, "books", *"ijkl"),
    ]
    book = book_of([*CAME, *entries])
    hidden: dict[tuple[dt.date, str], bool] = {}
    for period in PERIODS:
        for month, program, is_hidden in (
            payouts_by_month(book, "love", period, LEAST)
            .select("month", "program", "hidden")
            .iter_rows()
        ):
            assert hidden.setdefault((month, program), is_hidden) == is_hidden
    assert [month.month for (month, _), one in sorted(hidden.items()) if one] == [2, 3, 5]


payments = st.builds(
    lambda month, program, who, what: paid(month, program, *who, what=what),
    st.sampled_from([2, 3, 4, 5, 6, 7]),
    st.sampled_from(["hardship", "books", "boarder_aid"]),
    st.sampled_from([("p1",), ("p2",), ("p1", "p2"), ("", "", ""), ("",) * 4]),
    st.sampled_from(["money", "money", "money", "old books"]),
)


@settings(max_examples=60)
@given(st.lists(payments, max_size=9), st.sampled_from(PERIODS))
def test_what_is_put_together_is_of_enough_wherever_a_statement_may_be(
    made: list[Entry], one: Period
) -> None:
    """Of each period, and so of the difference of any two: `tells_beside` lets no other stand."""
    book = book_of([*CAME, *sorted(made, key=lambda one: one.date)])
    rows = payouts_by_month(book, "love", WHOLE, LEAST)
    for period in PERIODS:
        within = rows.filter(pl.col("date").is_between(period.first, period.last))
        few = too_few(within.filter(pl.col("fen") != 0), LEAST)
        hidden = within.filter("hidden")
        assert few or not too_few(hidden, LEAST) or not (hidden["fen"] != 0).any()
        if period == one:
            assert tells_of_few(book, "love", period, LEAST) == few
            alone = payouts_by_month(book, "love", period, LEAST)
            assert alone.sort("voucher_no").equals(within.sort("voucher_no"))


def test_two_statements_that_set_a_month_of_few_apart_are_not_both_published() -> None:
    entries = [paid(2, "books", *"abcd"), paid(3, "hardship", "p1"), paid(4, "books", *"efgh")]
    book = book_of([*CAME, *entries])
    one, two = (
        Period(dt.date(2025, 2, 1), last) for last in (dt.date(2025, 2, 28), dt.date(2025, 3, 31))
    )
    assert tells_beside(book, "love", two, [one], LEAST)
