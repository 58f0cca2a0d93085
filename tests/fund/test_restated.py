"""What was stated is known again, and what has changed since is told."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from aidkit.fund.book import Book
from aidkit.fund.ledger.heads import (
    Said,
    as_of,
    changed_by,
    keep_head,
    latest,
    stated_until,
    statement_name,
)
from aidkit.fund.period import Period
from aidkit.fund.statements import summary, totals
from aidkit.fund.statements.frames import TABLES, digests, frames
from aidkit.fund.statements.restated import Restated, restated
from tests.fund import vouchers as v
from tests.fund.books import book_of, books, entries

YEAR = Period.year(2025)
QUARTER = Period(dt.date(2025, 1, 1), dt.date(2025, 3, 31))
DAYS = st.dates(dt.date(2024, 12, 1), dt.date(2028, 6, 30))


def day(month: int, number: int = 1) -> dt.date:
    return dt.date(2025, month, number)


@settings(max_examples=30)
@given(st.data())
def test_a_book_as_of_a_line_is_the_book_of_that_time(data: st.DataObject) -> None:
    made = data.draw(entries())
    sizes: list[int] = []
    while sum(sizes) < len(made):
        sizes.append(data.draw(st.integers(1, len(made) - sum(sizes))))
    number = data.draw(st.integers(0, len(sizes)))
    count = sum(sizes[:number])
    then = book_of(made[:count], batches=sizes[:number])
    again = as_of(book_of(made, batches=sizes), count + number)
    for name in ("entries", "postings", "goods", "batches"):
        assert_frame_equal(getattr(again, name), getattr(then, name))
    assert (again.lines, again.head) == (then.lines, then.head)


@settings(max_examples=30)
@given(books(), DAYS, DAYS, st.integers(0, 30), st.sampled_from(["love", "union"]))
def test_what_changed_is_the_difference_to_the_fen(
    book: Book, one: dt.date, two: dt.date, line: int, fund: str
) -> None:
    """All is told, also where the dates of what came later are looked at first."""
    period = Period(*sorted([one, two]))
    then, now = (summary(of, fund, period) for of in (as_of(book, line), book))
    found = {one.section: one for one in restated(book, fund, period, line)}
    assert bool(found) == (not then.equals(now))
    before, after = totals(then), totals(now)
    for section in before:
        changed = found.get(section, Restated(section, before[section], before[section]))
        assert (changed.before, changed.now) == (before[section], after[section])


def test_what_is_dated_behind_a_statement_changes_nothing_of_it() -> None:
    made = [v.gift(day(1), 500), v.gift(day(6), 700)]
    book = book_of(made, batches=[1, 1])
    assert restated(book, "love", QUARTER, 2) == []
    assert restated(book, "love", QUARTER, 4) == []
    assert restated(book, "love", YEAR, 2) == [
        Restated("income", 500, 1200),
        Restated("closing", 500, 1200),
    ]


def test_a_sum_that_stays_the_same_is_told_where_its_lines_change() -> None:
    wrong = v.gift(day(1), 500, party="甲公司")
    made = [
        wrong,
        v.correction(day(1), "2025-000001", wrong),
        v.gift(day(1), 500, party="乙公司"),
    ]
    book = book_of(made, batches=[1, 2])
    assert restated(book, "love", QUARTER, 2) == [
        Restated("income", 500, 500),
        Restated("corrections", 0, 1),
    ]


def test_the_last_statement_of_each_fund_and_period_counts(tmp_path: Path) -> None:
    county = tmp_path / "county"
    love, union = (statement_name(fund, YEAR) for fund in ("love", "union"))
    for number, name in enumerate(
        [
            love,
            union,
            statement_name("love", QUARTER),
            love,
            statement_name("love", YEAR, "票据登记"),
        ]
    ):
        keep_head(county, Said(f"{number:064x}", number + 1, "2025-12-31", name))
    assert stated_until(county) == {"love": YEAR.last, "union": YEAR.last}
    assert changed_by(county, {"love": day(2)}) == [("love", QUARTER), ("love", YEAR)]
    assert changed_by(county, {"love": day(4), "union": day(12)}) == [
        ("love", YEAR),
        ("union", YEAR),
    ]
    assert changed_by(county, {"love": dt.date(2026, 1, 1)}) == []
    # What is dated before a statement changes what it opened with.
    assert len(changed_by(county, {"love": dt.date(2024, 6, 1)})) == 2
    said = [
        Said("a" * 64, line, "", name) for line, name in ((9, love), (3, love), (5, "love 2025"))
    ]
    assert latest([*said, Said("b" * 64)]) == {("love", YEAR): said[0]}
    assert Said("a", 1, "", "love 2025-13-01 2025-12-31").told is None


@settings(max_examples=20)
@given(books(), st.sampled_from(["love", "union"]))
def test_a_digest_is_of_what_is_told_and_of_no_order(book: Book, fund: str) -> None:
    told = frames(book, fund, YEAR, 2)
    assert {*told} == {*TABLES}
    assert digests({name: table.reverse() for name, table in told.items()}) == digests(told)
    assert frames(book, fund, YEAR, 2, ["gifts", "no table"]).keys() == {"gifts"}


@pytest.mark.parametrize("column", ["party", "fen", "date"])
def test_a_digest_changes_with_any_cell(column: str) -> None:
    told = frames(book_of([v.gift(day(1), 500)]), "love", YEAR, 2)
    other = {"party": pl.lit("别人"), "fen": pl.lit(501), "date": pl.lit(day(2))}[column]
    changed = told["gifts"].with_columns(other.alias(column))
    assert digests({"gifts": changed}) != digests({"gifts": told["gifts"]})
