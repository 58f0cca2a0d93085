"""Pledges by post: expected against received, and nobody who did not give."""

import datetime as dt
import inspect
from typing import Any

from hypothesis import given, settings

from aidkit.fund.book import Book
from aidkit.fund.duties import pledges
from aidkit.fund.duties.pledges import pledge_report, whole_years
from tests.fund.books import book_of, books
from tests.fund.vouchers import correction, gift, gift_returned

D = dt.date
YEAR = (D(2026, 1, 1), D(2026, 12, 31))
DAY = D(2026, 3, 10)


def staff(fen: int, party: str, consent: str = "named", **more: Any) -> Any:
    return gift(DAY, fen, party=party, donor_class="staff", consent=consent, **more)


def test_stated_and_derived_sums_both_stand() -> None:
    report = pledge_report(book_of([]), "love", *YEAR)
    assert report.stated_fen == 10 * 120_00 + 200 * 40_00
    assert report.derived_fen == 10 * 120_00 + 200 * 30_00
    assert report.contradictions == ("teacher",)


def test_yearly_sums_are_not_divided_by_days() -> None:
    report = pledge_report(book_of([]), "love", D(2026, 1, 1), D(2026, 6, 30))
    assert (report.years, report.stated_fen, report.derived_fen) == (0, None, None)
    school_year = pledge_report(book_of([]), "love", D(2025, 9, 1), D(2026, 8, 31))
    assert school_year.years == 1
    assert whole_years(D(2024, 3, 1), D(2026, 2, 28)) == 2


def test_donors_are_told_by_consent() -> None:
    wrong = staff(7_00, "错录")
    book = book_of(
        [
            staff(40_00, "甲"),
            staff(20_00, "甲"),
            staff(90_00, "乙", "amount_only"),
            staff(30_00, "丙", "anonymous"),
            staff(10_00, "丁", ""),
            gift(DAY, 999_00, party="某公司", donor_class="firm", consent="named"),
            wrong,
            correction(DAY, "2026-000007", wrong),
            gift_returned(DAY, 5_00, party="甲", donor_class="staff", consent="named"),
        ]
    )
    report = pledge_report(book, "love", *YEAR)
    assert report.donors.rows() == [("甲", 55_00)]
    assert report.amounts.rows() == [(90_00,)]
    assert report.anonymous_fen == 40_00
    assert report.received_fen == 185_00
    before = pledge_report(book, "love", D(2025, 1, 1), D(2025, 12, 31))
    assert (before.received_fen, before.donors.height) == (0, 0)


@settings(max_examples=30)
@given(books())
def test_parts_are_the_whole(book: Book) -> None:
    report = pledge_report(book, "love", D(2025, 1, 1), D(2030, 12, 31))
    parts = (
        int(report.donors["fen"].sum()) + int(report.amounts["fen"].sum()) + report.anonymous_fen
    )
    assert parts == report.received_fen
    named = set(book.entries.filter(consent="named")["party"])
    assert set(report.donors["party"]) <= named


def test_no_roll_of_staff_is_read() -> None:
    assert list(inspect.signature(pledge_report).parameters) == ["book", "fund", "start", "end"]
    assert "intake" not in inspect.getsource(pledges)
