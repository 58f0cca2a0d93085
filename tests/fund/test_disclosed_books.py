"""Public statements of random books: equal totals, sums of their months, nothing of few people."""

import dataclasses
from collections import Counter

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from aidkit.disclosure.fund import (
    TOTAL,
    fund_activity,
    fund_gifts,
    fund_payouts,
    fund_summary,
)
from aidkit.fund.book import Book
from aidkit.fund.entry import Entry
from aidkit.fund.period import Period
from aidkit.fund.statements import gifts, payouts, summary
from aidkit.tables.disclosed_notes import OTHER
from tests.fund.books import book_of, entries, numbered
from tests.fund.funds import START

YEAR = Period.year(2025)
LEAST = 3
TOLD = "person_no", "persons", "kind"
MONTHS = [month for year in (2025, 2026) for month in Period.year(year).months()]
BALANCES = pl.col("section").is_in(["opening", "closing"]) & (pl.col("line") != TOTAL)


@st.composite
def books(draw: st.DrawFn) -> Book:
    """Random books in which some payouts are to pupils who are told apart, close in time."""
    made = draw(entries(40))
    people = st.sampled_from(["", "p1", "p2", "p3", "p4", "p5"])
    before = numbered(made)

    def told(entry: Entry) -> Entry:
        date = START + (entry.date - START) // 8
        if entry.kind != "payout":
            return dataclasses.replace(entry, date=date)
        who = draw(people)
        return dataclasses.replace(entry, date=date, person_no=who, persons=1 if who else 4)

    after = [told(entry) for entry in made]
    number = dict(zip(before, numbered(after), strict=True))
    return book_of(
        [dataclasses.replace(one, corrects=number.get(one.corrects, "")) for one in after]
    )


@settings(max_examples=50)
@given(books(), st.integers(0, 23), st.integers(0, 23), st.integers(3, 5))
def test_totals_are_the_internal_ones(book: Book, one: int, two: int, threshold: int) -> None:
    start, end = sorted([one, two])
    period = Period(MONTHS[start].first, MONTHS[end].last)
    for fund in ("love", "union"):
        public, internal = fund_payouts(book, fund, period, threshold), payouts(book, fund, period)
        program, times, fen, *_ = public.row(-1)
        assert (program, fen) == internal.select("program", "fen").row(-1)
        assert public["fen"][:-1].sum() == fen
        if times is not None:
            assert times == internal["times"][-1] == public["times"][:-1].sum()
        exact = dict(internal.select("program", "fen").iter_rows())
        given_fen = gifts(book, fund, period)["fen"].sum()
        whole = public.filter(pl.col("whole"), pl.col("program") != OTHER)
        assert all(exact[name] == fen for name, fen in whole.select("program", "fen").iter_rows())
        assert fund_gifts(book, fund, period)["amount_fen"].sum() == given_fen
        sums, shown = summary(book, fund, period), fund_summary(book, fund, period, threshold)
        others = pl.col("line") != "program_expense"
        same = ["section", "line", "group", "fen"]
        assert shown.filter(others).select(same).equals(sums.filter(others, ~BALANCES).select(same))
        assert shown.filter(~others)["fen"].sum() == sums.filter(~others)["fen"].sum()
        assert shown["number"][-1] == sums["vouchers"][-1]


@settings(max_examples=50)
@given(books(), st.integers(0, 23), st.integers(0, 23))
def test_every_statement_is_the_sum_of_its_months(book: Book, one: int, two: int) -> None:
    start, end = sorted([one, two])
    period = Period(MONTHS[start].first, MONTHS[end].last)
    months = pl.concat([fund_payouts(book, "love", month, LEAST) for month in period.months()])
    # A sum in which a number is withheld is withheld itself.
    times = pl.when(pl.col("times").is_not_null().all()).then(pl.sum("times"))
    added = months.group_by("program").agg(times, pl.sum("fen")).sort("program")
    nonzero = (pl.col("fen") != 0) | pl.col("times").ne_missing(0)
    told = fund_payouts(book, "love", period, LEAST).drop("whole", "unvalued").sort("program")
    assert added.filter(nonzero).equals(told.filter(nonzero))


@settings(max_examples=50)
@given(books(), st.integers(0, 23))
def test_a_month_shows_no_program_of_few(book: Book, number: int) -> None:
    month = MONTHS[number]
    table = fund_payouts(book, "love", month, LEAST)
    out = book.entries.filter(
        pl.col("fund") == "love",
        pl.col("date").is_between(month.first, month.last),
        pl.col("kind").is_in(["payout", "payout_returned", "goods_out"])
        | ((pl.col("kind") == "correction") & (pl.col("program") != "")),
    )
    shown = [program for program in table["program"] if program not in (OTHER, TOTAL)]
    for program in shown:
        there = least(out.filter(pl.col("program") == program), book)
        assert there is None or there >= LEAST
    rest = out.filter(~pl.col("program").is_in(shown))
    hidden = least(rest, book)
    assert hidden is None or not shown or hidden >= LEAST


def least(out: pl.DataFrame, book: Book) -> int | None:
    """How many people vouchers are of, at least, of those whom a sum is of; None: of nobody."""
    root = {number: one for number, *one in book.entries.select("voucher_no", *TOLD).iter_rows()}
    spent = book.postings.filter(pl.col("account") == "program_expense")
    money = dict(spent.group_by("voucher_no").agg(pl.col("fen").sum()).iter_rows())
    fen: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for number, wrong in out.select("voucher_no", "corrects").iter_rows():
        who, persons, kind = root[wrong or number]
        key = f"named {who}" if who else wrong or number
        fen[key] += money.get(number, 0)
        way = (-1 if wrong else 1) * (-1 if kind == "payout_returned" else 1)
        people[key] += way * (1 if who else persons)
    paid = [key for key in fen if fen[key]] or [key for key in people if people[key]]
    named = [key for key in paid if key.startswith("named")]
    unnamed = [abs(people[key]) for key in paid if key not in named]
    return max([len(named), *unnamed]) if paid else None


@settings(max_examples=50)
@given(books())
def test_no_text_leaves_the_room(book: Book) -> None:
    texts = {
        "fund": "love",
        "note": "秘密",
        "reason": "秘密",
        "reference": "秘密",
        "school_code": "秘密",
    }
    marked = book.entries.with_columns(pl.lit("秘密").alias(name) for name in list(texts)[1:])
    bent = dataclasses.replace(book, entries=marked)
    tables = [
        fund_summary(bent, "love", YEAR, LEAST),
        fund_payouts(bent, "love", YEAR, LEAST),
        fund_gifts(bent, "love", YEAR),
        fund_activity(bent, "love", YEAR, LEAST),
    ]
    for table in tables:
        said = "".join(table.write_csv())
        assert "秘密" not in said
        assert not any(f"p{n}" in said for n in range(1, 6))
