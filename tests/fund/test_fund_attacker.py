"""An attacker who knows every voucher but its sum, and all public statements that there may be.

Statements are linear in the sums of payouts: what can be worked out from them exactly is a
combination of theirs, and none may be of few people alone. Every sum is a power of one base, so
that the digits of a figure are what it takes of each.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import gcd

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aidkit.disclosure.fund import (
    fund_activity,
    fund_payouts,
    fund_summary,
    tells_beside,
    tells_of_few,
)
from aidkit.fund.book import Book
from aidkit.fund.entry import Entry, Goods
from aidkit.fund.period import Period
from tests.fund import vouchers as v
from tests.fund.books import book_of, numbered
from tests.fund.funds import START

LEAST = 3
YEAR = Period.year(2025)
MONTHS = [*YEAR.months()][1:4]
BOTH = Period(MONTHS[0].first, MONTHS[1].last)
PERIODS = [
    *MONTHS,
    BOTH,
    Period(MONTHS[1].first, MONTHS[2].last),
    Period(MONTHS[0].first, MONTHS[2].last),
    YEAR,
]
BASE = 16
CAME = [
    v.gift(START, 1),
    *(v.gift(START, 1, purpose=purpose) for purpose in ("boarders", "reading")),
    v.goods_in(START, Goods("棉衣", "件", 900_000, fen=1)),
]
"""What came in, all of one sum, which is the first that nobody knows."""
UNVALUED = Goods("旧书", "本", -1_000)

Row = tuple[int, ...]


def paid(
    month: int, program: str, *people: str, what: str = "money", purpose: str | None = None
) -> Entry:
    """Something for people in one voucher; for one person by number."""
    day = dt.date(2025, month, 5)
    if what == "money":
        made = v.payout(day, 700, program=program, purpose=purpose)
    else:
        goods = Goods("棉衣", "件", -1_000, fen=700) if what == "coats" else UNVALUED
        made = v.goods_out(day, goods, program=program, purpose="")
    who = people[0] if len(people) == 1 else ""
    return dataclasses.replace(made, persons=len(people), person_no=who)


def sized(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, the sum of each the next power of `BASE`."""
    made = []
    for power, entry in enumerate(entries, start=1):
        fen = BASE**power
        postings = tuple(
            dataclasses.replace(line, fen=fen if line.fen > 0 else -fen) for line in entry.postings
        )
        made.append(dataclasses.replace(entry, postings=postings))
    return made


def published(book: Book, periods: Iterable[Period]) -> list[Period]:
    """Those of which there are public statements, asked for in this order."""
    told: list[Period] = []
    for one in periods:
        few = tells_of_few(book, "love", one, LEAST)
        if not few and not tells_beside(book, "love", one, told, LEAST):
            told.append(one)
    return told


def sums(book: Book, period: Period) -> set[int]:
    """Every sum in the public statements of a period."""
    tables = [of(book, "love", period, LEAST) for of in (fund_summary, fund_payouts)]
    if period.whole_years:
        tables.append(fund_activity(book, "love", period, LEAST))
    columns = [table[name] for table in tables for name in table.columns if name.endswith("fen")]
    return {fen for column in columns for fen in column if fen}


def digits(fen: int, entries: int) -> Row:
    """How often a figure has the sum of each entry, and at last that of what came in."""
    found = []
    for _ in range(entries + 1):
        digit = (fen + BASE // 2) % BASE - BASE // 2
        found.append(digit)
        fen = (fen - digit) // BASE
    return (*found[1:], found[0])


def rank(figures: Iterable[Row]) -> int:
    """How many of the figures are no combination of others."""
    rows: list[tuple[int, Row]] = []
    for figure in figures:
        row = figure
        for at, base in rows:
            if row[at]:
                row = tuple(base[at] * a - row[at] * b for a, b in zip(row, base, strict=True))
        if common := gcd(*row):
            row = tuple(one // common for one in row)
            rows.append((next(at for at, one in enumerate(row) if one), row))
    return len(rows)


def can_tell(figures: Iterable[Row], places: Iterable[int]) -> bool:
    """Whether some combination of figures is of nothing but the sums of these places."""
    rows, of = [*figures], {*places}
    rest = [tuple(n for at, n in enumerate(row) if at not in of) for row in rows]
    return rank(rest) < rank(rows)


def least(entries: Iterable[Entry]) -> int:
    made = list(entries)
    named = {one.person_no for one in made if one.person_no}
    return max([len(named), *(one.persons for one in made if not one.person_no)])


def few(entries: Sequence[Entry]) -> list[set[int]]:
    """Places of vouchers with sums that are of few people together, and of no more such."""
    paid = [at for at, one in enumerate(entries) if one.postings]
    found: list[set[int]] = []
    for size in range(len(paid), 0, -1):
        for some in map(set, combinations(paid, size)):
            small = least(entries[at] for at in some) < LEAST
            if small and not any(some < more for more in found):
                found.append(some)
    return found


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


@settings(max_examples=25)
@example(IN_MONEY_BEHIND_GOODS, PERIODS)
@example([paid(3, "books", "p1", what="coats"), paid(3, "hardship", *"abc")], PERIODS)
@example(BEHIND_OLD_BOOKS, PERIODS)
@example(RESTRICTED_IN_ONE_MONTH, PERIODS)
@example(RESTRICTED_IN_A_PROGRAM, PERIODS)
@given(
    st.lists(payments, min_size=2, max_size=7),
    st.permutations(PERIODS).map(lambda every: every[:4]),
)
def test_what_few_got_is_no_combination_of_what_is_published(
    made: list[Entry], asked: list[Period]
) -> None:
    entries = sized(made)
    book = book_of([*CAME, *entries])
    told = published(book, asked)
    figures = sorted({digits(fen, len(made)) for one in told for fen in sums(book, one)})
    for places in few(entries):
        assert not can_tell(figures, places)
    for period in told:
        paid_then = [one.postings and period.first <= one.date <= period.last for one in entries]
        total = (*(int(bool(one)) for one in paid_then), 0)
        assert rank([*figures, total]) == rank(figures)


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


def test_a_period_of_few_in_all_tells_of_them() -> None:
    def of(*entries: Entry) -> bool:
        return tells_of_few(book_of([*CAME, *entries]), "love", BOTH, LEAST)

    assert not of()
    assert of(paid(2, "hardship", "p1"), paid(3, "hardship", "p2"))
    assert not of(paid(2, "hardship", "p1"), paid(3, "books", *"abc"))
    free = v.goods_out(dt.date(2025, 2, 5), UNVALUED, person_no="p1")
    assert not of(free)
    assert of(free, paid(3, "hardship", "p2"))
