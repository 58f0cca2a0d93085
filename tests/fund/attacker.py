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
from tests.fund.books import numbered
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
Back = tuple[int, int, str]
"""Place of what was wrong, in which month it was undone, and how."""


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


def taken_back(entries: Sequence[Entry], backs: Iterable[Back]) -> list[Entry]:
    """All vouchers: what came in, the entries, and what was taken back of them, each once."""
    every = [*CAME, *entries]
    once = {place % len(entries): (month, kind) for place, month, kind in backs}
    for place, (month, kind) in once.items():
        wrong = entries[place]
        day = dt.date(2025, max(month, wrong.date.month), 25)
        number = numbered(every)[len(CAME) + place]
        undone = v.correction(day, number, wrong)
        if kind != "correction" and wrong.kind == "payout":
            people = wrong.persons if kind == "not_returned" else 0
            undone = dataclasses.replace(
                undone, kind="payout_returned", corrects="", persons=people
            )
        every.append(undone)
        if undone.kind != "correction" and kind == "not_returned":
            later = dt.date(2025, min(day.month + 1, 4), 26)
            every.append(v.correction(later, numbered(every)[-1], undone))
    return every


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
