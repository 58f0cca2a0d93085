"""Terms in order, dates as clerks write them."""

import datetime as dt

import pytest

from aidkit.calendar import Term, date_of_serial, date_of_text


@pytest.mark.parametrize("text", ["2026-autumn", "2026年秋季学期", "2026秋", "2026年秋季"])
def test_term_spellings(text: str) -> None:
    term = Term.parse(text)
    assert (term.code, term.label, term.school_year) == ("2026-autumn", "2026 年秋季学期", 2026)


def test_terms_follow_each_other() -> None:
    term = Term.parse("2026-autumn")
    assert term.previous().code == "2026-spring"
    assert term.previous().previous().code == "2025-autumn"
    assert term.previous().school_year == 2025
    assert term.next().previous() == term
    assert term.ends == dt.date(2027, 2, 28)
    assert Term.parse("2026-spring") < term


@pytest.mark.parametrize("text", ["2026", "2026-summer", "autumn-2026", "2026-9"])
def test_term_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        Term.parse(text)


@pytest.mark.parametrize(
    "text", ["2026年9月1日", "2026.9.1", "2026-09-01", "2026/9/1", "20260901", "2026 年 9 月 1 日"]
)
def test_date_spellings(text: str) -> None:
    assert date_of_text(text) == dt.date(2026, 9, 1)


@pytest.mark.parametrize("text", ["2026年2月30日", "2026.9", "9月1日", "26-9-1", "", "明天"])
def test_date_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        date_of_text(text)


def test_serials() -> None:
    assert date_of_serial(46266) == dt.date(2026, 9, 1)
    with pytest.raises(ValueError, match="2026"):
        date_of_serial(2026)
