"""An attacker who knows every voucher but its sum, and all public statements.

Statements are linear in the sums of payouts: a figure can be worked out from them exactly where it
is a combination of theirs. So every sum is raised by one fen to see which figures follow it.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aidkit.disclosure.fund import fund_activity, fund_payouts, fund_summary, tells_of_few
from aidkit.fund.book import Book
from aidkit.fund.entry import Entry, Goods
from aidkit.fund.period import Period
from tests.fund import vouchers as v
from tests.fund.books import book_of, numbered
from tests.fund.funds import START

LEAST = 3
YEAR = Period.year(2025)
MONTHS = [*YEAR.months()][1:3]
BOTH = Period(MONTHS[0].first, MONTHS[1].last)
CAME = [
    v.gift(START, 9_000_00),
    *(v.gift(START, 9_000_00, purpose=purpose) for purpose in ("boarders", "reading")),
    v.goods_in(START, Goods("棉衣", "件", 900_000, fen=9_000_00)),
]
UNVALUED = Goods("旧书", "本", -1_000)

Row = list[Fraction]


def paid(month: int, program: str, *people: str, what: str = "money") -> Entry:
    """Something for people in one voucher; for one person by number."""
    day = dt.date(2025, month, 5)
    if what == "money":
        made = v.payout(day, 700, program=program)
    else:
        goods = Goods("棉衣", "件", -1_000, fen=700) if what == "coats" else UNVALUED
        made = v.goods_out(day, goods, program=program, purpose="")
    who = people[0] if len(people) == 1 else ""
    return dataclasses.replace(made, persons=len(people), person_no=who)


def unlike(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, no two sums of some of them alike: one fen more changes no order of sums."""
    made = []
    for place, entry in enumerate(entries):
        more = 10 << place
        postings = tuple(
            dataclasses.replace(line, fen=line.fen + (more if line.fen > 0 else -more))
            for line in entry.postings
        )
        made.append(dataclasses.replace(entry, postings=postings))
    return made


def raised(entries: Sequence[Entry], place: int) -> list[Entry]:
    """The entries, one sum a fen higher; a correction of it follows."""
    number = numbered([*CAME, *entries])[len(CAME) + place]
    made = list(entries)
    for at, entry in enumerate(entries):
        if at == place or entry.corrects == number:
            postings = tuple(
                dataclasses.replace(line, fen=line.fen + (1 if line.fen > 0 else -1))
                for line in entry.postings
            )
            made[at] = dataclasses.replace(entry, postings=postings)
    return made


def public(book: Book) -> Row:
    """Every figure of every public statement, in one order whatever the figures are."""
    tables = [
        *(fund_summary(book, "love", one, LEAST) for one in (*MONTHS, BOTH)),
        *(fund_payouts(book, "love", one, LEAST) for one in (*MONTHS, BOTH)),
        fund_activity(book, "love", YEAR, LEAST),
    ]
    return [
        Fraction(number or 0)
        for table in tables
        for name, kind in table.schema.items()
        if kind == pl.Int64
        for number in table[name]
    ]


def follows(book: Book, entries: Sequence[Entry]) -> list[Row]:
    """Of each sum, what every public figure changes with one fen more."""
    before = public(book)
    after = [public(book_of([*CAME, *raised(entries, at)])) for at in range(len(entries))]
    return [[b - a for a, b in zip(before, row, strict=True)] for row in after]


def can_tell(figures: Iterable[Row], wanted: Row) -> bool:
    """Whether a figure is a combination of others, each as a row of sums."""
    rows: list[tuple[int, Row]] = []

    def reduced(row: Row) -> Row:
        for place, base in rows:
            if row[place]:
                row = [a - row[place] * b for a, b in zip(row, base, strict=True)]
        return row

    for figure in figures:
        left = reduced(figure)
        place = next((at for at, value in enumerate(left) if value), None)
        if place is not None:
            rows.append((place, [value / left[place] for value in left]))
    return not any(reduced(wanted))


def least(entries: Iterable[Entry]) -> int:
    made = list(entries)
    named = {one.person_no for one in made if one.person_no}
    return max([len(named), *(one.persons for one in made if not one.person_no)])


def few(entries: Sequence[Entry]) -> list[list[int]]:
    """Places of the vouchers of each program of few in a month, and of all these together."""
    found = []
    for month in MONTHS:
        dated = [n for n, one in enumerate(entries) if month.first <= one.date <= month.last]
        here = [n for n in dated if entries[n].postings]
        if not here or least(entries[n] for n in here) < LEAST:
            continue
        programs = {entries[n].program for n in here}
        cells = [[n for n in here if entries[n].program == name] for name in sorted(programs)]
        small = [cell for cell in cells if least(entries[n] for n in cell) < LEAST]
        together = [n for cell in small for n in cell]
        found += small
        if together and least(entries[n] for n in together) < LEAST:
            found.append(together)
    return found


people = st.sampled_from([("p1",), ("p2",), ("p3",), ("p1", "p2"), ("", "", ""), ("",) * 4])
payments = st.builds(
    lambda month, program, who, what: paid(month, program, *who, what=what),
    st.sampled_from([2, 3]),
    st.sampled_from(["hardship", "books", "boarder_aid"]),
    people,
    st.sampled_from(["money", "money", "coats", "old books"]),
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


@settings(max_examples=25)
@example(IN_MONEY_BEHIND_GOODS)
@example([paid(3, "books", "p1", what="coats"), paid(3, "hardship", *"abc")])
@example(BEHIND_OLD_BOOKS)
@given(st.lists(payments, min_size=2, max_size=6))
def test_what_few_got_is_no_combination_of_what_is_published(made: list[Entry]) -> None:
    entries = unlike(sorted(made, key=lambda one: one.date))
    columns = follows(book_of([*CAME, *entries]), entries)
    figures = [list(row) for row in zip(*columns, strict=True)]
    for cell in few(entries):
        wanted = [Fraction(at in cell) for at in range(len(entries))]
        assert not can_tell(figures, wanted)
    february = [bool(one.postings) and one.date <= MONTHS[0].last for one in entries]
    assert can_tell(figures, list(map(Fraction, february)))


def test_the_attacker_finds_what_is_told() -> None:
    one, two, three = ([Fraction(n) for n in row] for row in ((1, 1, 0), (0, 1, 0), (0, 1, 1)))
    assert can_tell([one, two], [Fraction(1), Fraction(0), Fraction(0)])
    assert can_tell([three, one, two], [Fraction(0), Fraction(0), Fraction(1)])
    assert not can_tell([one, three], [Fraction(1), Fraction(0), Fraction(0)])


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
