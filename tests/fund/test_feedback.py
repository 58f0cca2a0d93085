"""Where each gift went: first in, first out, to the fen."""

import datetime as dt
from collections import defaultdict
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aidkit.errors import InvariantError
from aidkit.fund.accounts import ASSETS
from aidkit.fund.book import Book
from aidkit.fund.entry import RETURNED, Entry
from aidkit.fund.period import Period
from aidkit.fund.statements.feedback import feedback, uses
from aidkit.fund.statements.fifo import matched
from tests.fund import vouchers as v
from tests.fund.books import book_of, books, entries
from tests.fund.moves import release

YEAR = Period.year(2025)
DAYS = st.dates(dt.date(2024, 12, 1), dt.date(2028, 6, 30))
PARTS = ("spent_before_fen", "spent_fen", "returned_fen", "redesignated_fen", "left_fen")


def day(month: int, number: int = 1) -> dt.date:
    return dt.date(2025, month, number)


def boarders(month: int, fen: int, who: str = "", **more: Any) -> Entry:
    return v.payout(day(month), fen, program="boarder_aid", person_no=who, **more)


def given_to(month: int, fen: int, party: str, purpose: str = "boarders", **more: Any) -> Entry:
    return v.gift(day(month), fen, party=party, purpose=purpose, **more)


def became(book: Book, period: Period = YEAR) -> list[tuple[object, ...]]:
    return feedback(book, "love", period).select("party", "purpose", "fen", *PARTS).rows()


def test_the_first_gift_is_spent_first() -> None:
    book = book_of(
        [
            given_to(2, 100, "乙"),
            given_to(1, 100, "甲"),
            boarders(3, 60, "p1", school_code="s1"),
            boarders(4, 60, "p2", school_code="s1"),
        ]
    )
    assert became(book) == [
        ("甲", "boarders", 100, 0, 100, 0, 0, 0),
        ("乙", "boarders", 100, 0, 20, 0, 0, 80),
    ]
    told = uses(book, "love", YEAR, 2).drop("voucher_no", "purpose").sort("fen")
    assert told.rows() == [
        ("program", "boarder_aid", 20, 1, []),
        ("program", "boarder_aid", 100, 2, ["s1"]),
    ]
    later = Period(day(4), day(12))
    assert became(book, later)[0] == ("甲", "boarders", 100, 60, 40, 0, 0, 0)
    assert uses(book, "love", later, 2)["fen"].to_list() == [20, 40]


def test_gifts_of_one_day_are_spent_in_one_order_however_they_were_posted() -> None:
    gifts = [given_to(1, fen, party) for party in ("乙", "甲") for fen in (30, 20)]
    told = {
        tuple(became(book_of([*order, boarders(2, 35)])))
        for order in (gifts, gifts[::-1], [gifts[n] for n in (1, 3, 0, 2)])
    }
    assert len(told) == 1


def test_pools_do_not_mix() -> None:
    book = book_of([given_to(1, 100, "甲"), given_to(1, 100, "甲", ""), v.payout(day(2), 30)])
    assert became(book) == [
        ("甲", "", 100, 0, 30, 0, 0, 70),
        ("甲", "boarders", 100, 0, 0, 0, 0, 100),
    ]


def test_what_is_given_back_is_the_donors_own() -> None:
    book = book_of(
        [
            given_to(1, 100, "甲"),
            given_to(2, 100, "乙"),
            v.gift_returned(day(3), 70, party="乙", purpose="boarders"),
            boarders(4, 50),
        ]
    )
    assert became(book) == [
        ("甲", "boarders", 100, 0, 50, 0, 0, 50),
        ("乙", "boarders", 100, 0, 0, 70, 0, 30),
    ]


def test_another_purpose_is_the_consenting_donors_and_goes_on() -> None:
    book = book_of(
        [
            given_to(1, 100, "甲"),
            given_to(2, 100, "乙"),
            release(day(3), 80, "boarders", "reading", consent_of="乙"),
            v.payout(day(4), 50, program="books"),
        ]
    )
    assert became(book) == [
        ("甲", "boarders", 100, 0, 0, 0, 0, 100),
        ("乙", "boarders", 100, 0, 0, 0, 80, 20),
        ("乙", "reading", 80, 0, 50, 0, 0, 30),
    ]


def test_a_returned_payout_spent_nothing() -> None:
    book = book_of(
        [
            given_to(1, 100, "甲"),
            boarders(2, 40, "p1"),
            boarders(2, 40, "p2"),
            boarders(3, 40, "p1", kind="payout_returned"),
        ]
    )
    assert became(book) == [("甲", "boarders", 100, 0, 40, 0, 0, 60)]
    assert uses(book, "love", YEAR, 5)["persons"].to_list() == [1]


def test_a_corrected_gift_never_was() -> None:
    wrong = given_to(1, 100, "甲")
    book = book_of(
        [
            wrong,
            given_to(2, 50, "乙"),
            boarders(3, 30),
            v.correction(day(5), "2025-000001", wrong),
        ]
    )
    assert became(book, Period(day(1), day(4))) == [
        ("甲", "boarders", 100, 0, 30, 0, 0, 70),
        ("乙", "boarders", 50, 0, 0, 0, 0, 50),
    ]
    assert became(book) == [("乙", "boarders", 50, 0, 30, 0, 0, 20)]


def test_costs_paid_from_a_purpose_are_told() -> None:
    book = book_of([given_to(1, 100, "甲"), v.cost("management", day(2), 5, purpose="boarders")])
    assert uses(book, "love", YEAR, 5).select("use", "program", "fen", "persons").rows() == [
        ("management", "", 5, 0)
    ]


def test_an_overspent_pool_silences_the_book() -> None:
    with pytest.raises(InvariantError, match="支出多于收入"):
        feedback(book_of([given_to(1, 10, "甲"), boarders(2, 11)]), "love", YEAR)


# Random books.


@settings(max_examples=60)
@given(books(), DAYS, DAYS, st.sampled_from(["love", "union"]))
def test_money_in_is_money_out_and_what_is_left(
    book: Book, one: dt.date, two: dt.date, fund: str
) -> None:
    period = Period(*sorted([one, two]))
    table = feedback(book, fund, period)
    assert (table["fen"] == table.select(pl.sum_horizontal(*PARTS, "lost_fen")).to_series()).all()
    assert table.filter(pl.any_horizontal(pl.col(*PARTS, "lost_fen") < 0)).is_empty()
    # Per pool what is left is the balance of the pool.
    left = dict(table.group_by("purpose").agg(pl.sum("left_fen")).iter_rows())
    postings = book.postings.filter(
        pl.col("fund") == fund, ~pl.col("account").is_in(ASSETS), pl.col("date") <= period.last
    )
    held = dict(postings.group_by("purpose").agg(-pl.sum("fen")).iter_rows())
    assert {pool: fen for pool, fen in left.items() if fen} == {
        pool: fen for pool, fen in held.items() if fen
    }
    # Per donor the gifts are those of the book that no correction took back.
    mine = table.filter(pl.col("origin").is_in(["gift", "goods_in"]))
    gifts = book.postings.filter(
        pl.col("fund") == fund,
        pl.col("date") <= period.last,
        pl.col("account").is_in(["gift_income", "goods_income"]),
        pl.col("kind").is_in(["gift", "goods_in", "correction"]),
    )
    told = book.entries.select("voucher_no", "party", "corrects")
    kinds = book.entries.select(corrects="voucher_no", was="kind")
    by_donor = (
        gifts.join(told, on="voucher_no")
        .join(kinds, on="corrects", how="left")
        .filter(pl.col("was").is_null() | ~pl.col("was").is_in(RETURNED))
        .group_by("party")
        .agg(fen=-pl.sum("fen"))
        .filter(pl.col("fen") != 0)
    )
    assert dict(mine.group_by("party").agg(pl.sum("fen")).iter_rows()) == dict(by_donor.iter_rows())
    spent = uses(book, fund, period, 5).group_by("voucher_no", "purpose").agg(pl.sum("fen"))
    kept = table.filter(pl.col("spent_fen") != 0).select("voucher_no", "purpose", "spent_fen")
    assert sorted(spent.rows()) == sorted(kept.rows())


@settings(max_examples=20)
@given(st.data())
def test_what_gifts_became_does_not_depend_on_the_order_of_entries(data: st.DataObject) -> None:
    made = [one for one in data.draw(entries()) if one.kind != "correction"]
    shuffled = data.draw(st.permutations(made))
    period = Period(day(3), dt.date(2026, 5, 5))
    for fund in ("love", "union"):
        one, two = (
            feedback(book_of(each), fund, period).drop("voucher_no") for each in (made, shuffled)
        )
        assert one.sort(pl.all()).equals(two.sort(pl.all()))


FEN = st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 30)), max_size=12)


@given(FEN, FEN)
def test_matching_is_first_in_first_out(
    came: list[tuple[str, int]], went: list[tuple[str, int]]
) -> None:
    """Against an oracle that walks fen by fen."""
    sides = [
        pl.DataFrame(side, schema={"pool": pl.String, "fen": pl.Int64}, orient="row")
        for side in (came, went)
    ]
    shared: dict[tuple[int | None, int | None], int] = defaultdict(int)
    for pool in "ab":
        ins, outs = (
            [n for n, (of, fen) in enumerate(side) if of == pool for _ in range(fen)]
            for side in (came, went)
        )
        for at in range(max(len(ins), len(outs))):
            pair = (ins[at] if at < len(ins) else None, outs[at] if at < len(outs) else None)
            shared[pair] += 1
    told = matched(sides[0], sides[1], ["pool"])
    assert told.group_by("came", "went").agg(pl.len()).filter(pl.col("len") > 1).height <= 2
    summed = told.group_by("came", "went").agg(pl.sum("fen"))
    assert {(c, w): fen for c, w, fen in summed.iter_rows()} == dict(shared)
