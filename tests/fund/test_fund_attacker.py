"""Nothing of few people alone can be worked out from what is published of a fund."""

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aidkit.disclosure.fund import fund_payouts, tells_of_few
from aidkit.fund.entry import Entry
from aidkit.fund.period import Period
from tests.fund import vouchers as v
from tests.fund.attacker import (
    BASE,
    BOTH,
    CAME,
    LEAST,
    MONTHS,
    PERIODS,
    UNVALUED,
    YEAR,
    Back,
    can_tell,
    digits,
    few,
    paid,
    published,
    rank,
    sized,
    sums,
    taken_back,
)
from tests.fund.books import book_of, numbered

people = st.sampled_from([("p1",), ("p2",), ("p3",), ("p1", "p2"), ("", "", ""), ("",) * 4])
payments = st.builds(
    lambda month, program, who, what, purpose: paid(
        month, program, *who, what=what, purpose=purpose
    ),
    st.sampled_from([2, 3, 4]),
    st.sampled_from(["hardship", "books", "boarder_aid"]),
    people,
    st.sampled_from(["money", "money", "coats", "old books"]),
    st.sampled_from([None, None, ""]),
)
backs = st.tuples(
    st.integers(0, 6),
    st.sampled_from([2, 3, 4]),
    st.sampled_from(["correction", "payout_returned", "not_returned"]),
)
IN_MONEY_BEHIND_GOODS = [
    paid(2, "hardship", "p1"),
    paid(2, "books", *"abc", what="coats"),
    paid(2, "boarder_aid", *"abcd"),
]

BEHIND_OLD_BOOKS = [
    paid(2, "hardship", "p1"),
    paid(2, "books", *"abc", what="old books"),
    paid(2, "boarder_aid", *"abcd"),
]
RESTRICTED_IN_ONE_MONTH = [
    paid(2, "books", "p1"),
    paid(2, "boarder_aid", *"abc"),
    paid(3, "hardship", *"abc"),
    paid(3, "books", "p1"),
]
"""What the year has of restricted less all of February is the second that p1 got."""

RESTRICTED_IN_A_PROGRAM = [paid(2, "books", *"abcd"), paid(2, "books", "p1", purpose="")]
"""A program of enough people, one of whom alone was paid from other money."""

TAKEN_BACK = [paid(2, "hardship", *"abc"), paid(2, "hardship", "p1"), paid(3, "books", *"abcd")]
"""Of the program in both months nothing is left but what p1 got, if the first is taken back."""

COVER_TAKEN_BACK = [
    paid(2, "hardship", "p1"),
    paid(3, "books", *"abc"),
    paid(3, "hardship", *"abc"),
]
"""What hides the month of p1 is taken back in April."""

PAID_AFTER_ALL = [
    paid(2, "hardship", *"abc"),
    paid(3, "books", *"abcdefg"),
    paid(4, "hardship", "p1"),
    paid(4, "books", *"abcd"),
]
"""What came back in March did not: in April it is what it was in February."""

RESTRICTED_BESIDE_WHAT_IS_TAKEN_BACK = [
    paid(2, "hardship", "p1"),
    paid(3, "hardship", *"abc"),
    paid(3, "books", *"abc"),
]
RESTRICTED_BESIDE_ITS_COVER = [paid(2, "hardship", *"abcd"), paid(3, "books", "p1")]


EACH = [*MONTHS, YEAR]


@settings(max_examples=20)
@example(IN_MONEY_BEHIND_GOODS, [], EACH)
@example([paid(3, "books", "p1", what="coats"), paid(3, "hardship", *"abc")], [], EACH)
@example(BEHIND_OLD_BOOKS, [], EACH)
@example(RESTRICTED_IN_ONE_MONTH, [], EACH)
@example(RESTRICTED_IN_A_PROGRAM, [], EACH)
@example(TAKEN_BACK, [(0, 3, "correction")], EACH)
@example(TAKEN_BACK, [(0, 3, "payout_returned")], EACH)
@example(TAKEN_BACK, [(0, 2, "payout_returned")], EACH)
@example(PAID_AFTER_ALL, [(0, 3, "not_returned")], EACH)
@example(RESTRICTED_BESIDE_ITS_COVER, [], [YEAR])
@example(RESTRICTED_BESIDE_WHAT_IS_TAKEN_BACK, [(1, 4, "correction")], [YEAR])
@example(COVER_TAKEN_BACK, [(1, 4, "correction")], PERIODS[-2:])
@given(
    st.lists(payments, min_size=2, max_size=7),
    st.lists(backs, max_size=3),
    st.permutations(PERIODS).map(lambda every: every[:3]),
)
def test_what_few_got_is_no_combination_of_what_is_published(
    made: list[Entry], undone: list[Back], asked: list[Period]
) -> None:
    entries = sized(made)
    every = taken_back(entries, undone)
    book = book_of(every)
    told = published(book, asked)
    figures = sorted({digits(fen, len(made)) for one in told for fen in sums(book, one)})
    for places in few(entries):
        assert not can_tell(figures, places)
    for period in told:
        within = [one for one in every if period.first <= one.date <= period.last]
        spent = sum(
            line.fen for one in within for line in one.postings if line.account == "program_expense"
        )
        assert rank([*figures, digits(spent, len(made))]) == rank(figures)


def test_the_attacker_finds_what_is_told() -> None:
    one, two, three = (1, 1, 0), (0, 1, 0), (0, 1, 1)
    assert can_tell([one, two], [0])
    assert can_tell([three, one, two], [2])
    assert not can_tell([one, three], [0])
    assert can_tell([one, three], [0, 2])
    assert digits(3 - BASE + BASE**2, 3) == (-1, 1, 0, 3)


@pytest.mark.parametrize("nothing", ["goods", "back", "wrong"])
def test_who_got_no_money_hides_nobody_s(nothing: str) -> None:
    """Who got old books, or whose money came back, does not stand behind the one who was paid."""
    entries = [paid(2, "hardship", "p0"), paid(2, "books", *"abcd")]
    for number in range(1, 4):
        one = paid(2, "hardship", f"p{number}")
        if nothing == "goods":
            one = v.goods_out(one.date, UNVALUED, program="hardship", person_no=f"p{number}")
        entries.append(one)
        if nothing == "back":
            back = v.payout(one.date, 700, kind="payout_returned", person_no=one.person_no)
            entries.append(back)
        if nothing == "wrong":
            place = numbered([*CAME, *entries])[-1]
            entries.append(v.correction(one.date, place, one))
    table = fund_payouts(book_of([*CAME, *entries]), "love", MONTHS[0], LEAST)
    assert "hardship" not in {*table["program"]}


def test_of_a_class_who_gave_back_is_no_more() -> None:
    """Three got the money of one voucher, and one of them, by number, gave his back."""
    entries = [paid(2, "hardship", *"abc"), paid(2, "books", *"abcd")]
    back = v.payout(dt.date(2025, 2, 6), 200, kind="payout_returned", person_no="p1")
    table = fund_payouts(book_of([*CAME, *entries]), "love", MONTHS[0], LEAST)
    assert "hardship" in {*table["program"]}
    table = fund_payouts(book_of([*CAME, *entries, back]), "love", MONTHS[0], LEAST)
    assert "hardship" not in {*table["program"]}


def test_a_period_of_few_in_all_tells_of_them() -> None:
    def of(*entries: Entry) -> bool:
        return tells_of_few(book_of([*CAME, *entries]), "love", BOTH, LEAST)

    assert not of()
    assert of(paid(2, "hardship", "p1"), paid(3, "hardship", "p2"))
    assert not of(paid(2, "hardship", "p1"), paid(3, "books", *"abc"))
    free = v.goods_out(dt.date(2025, 2, 5), UNVALUED, person_no="p1")
    assert not of(free)
    assert of(free, paid(3, "hardship", "p2"))
