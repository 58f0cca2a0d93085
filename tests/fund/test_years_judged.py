"""Which years are judged: the running one, and last year until its report is due."""

import datetime as dt

import pytest

from aidkit.fund.duties.ratios import ratios_due, ratios_of
from aidkit.fund.duties.rules import Rules, read_rules
from aidkit.fund.period import Period
from tests.fund.test_rules import FILE, IN_2025, YUAN, asked, book
from tests.fund.vouchers import gift

FIRST = dt.date(2026, 1, 1)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(FILE)


def test_before_the_year_ends_little_spending_is_no_breach_yet(rules: Rules) -> None:
    of = book("public_foundation", gift(IN_2025, 100 * YUAN))
    assert asked(rules, of, "public_spending", on=dt.date(2026, 12, 31)).result == "not_yet"
    assert asked(rules, of, "public_spending", on=dt.date(2027, 1, 1)).result == "not_met"


def test_a_period_that_ends_with_its_year_is_judged_as_ended(rules: Rules) -> None:
    of = book("public_foundation", gift(IN_2025, 100 * YUAN))
    for last, result in ((dt.date(2026, 12, 30), "not_yet"), (dt.date(2026, 12, 31), "not_met")):
        found = {one.rule.id: one for one in ratios_of(of, "love", rules, Period(FIRST, last))}
        assert found["public_spending"].result == result
        assert found["public_spending"].year == 2026


def test_each_year_that_ends_within_a_period_is_judged_and_the_running_one(rules: Rules) -> None:
    """A breach of the year that ended stands on the report of the school year too."""
    of = book("public_foundation", gift(IN_2025, 100 * YUAN))

    def judged(first: dt.date, last: dt.date) -> list[tuple[int, str]]:
        found = ratios_of(of, "love", rules, Period(first, last))
        return [(one.year, one.result) for one in found if one.rule.id == "public_spending"]

    assert judged(dt.date(2026, 9, 1), dt.date(2027, 8, 31)) == [
        (2026, "not_met"),
        (2027, "cannot_compute"),
    ]
    assert judged(dt.date(2026, 9, 1), dt.date(2026, 12, 31)) == [(2026, "not_met")]
    assert judged(dt.date(2026, 9, 1), dt.date(2026, 10, 31)) == [(2026, "not_yet")]


def test_years_before_the_book_are_not_judged_nor_those_of_whom_nothing_binds(
    rules: Rules,
) -> None:
    of = book("public_foundation", gift(IN_2025, 100 * YUAN))
    early = Period(dt.date(2024, 1, 1), dt.date(2025, 12, 31))
    assert {one.year for one in ratios_of(of, "love", rules, early)} == {2025}
    free, long = book("school_fund"), Period(dt.date(2025, 9, 1), dt.date(2026, 8, 31))
    assert {one.year for one in ratios_of(free, "love", rules, long)} == {2026}


@pytest.mark.parametrize(
    ("on", "judged"),
    [
        (dt.date(2026, 12, 31), [(2026, "not_yet")]),
        (dt.date(2027, 1, 1), [(2026, "not_met"), (2027, "cannot_compute")]),
        (dt.date(2027, 5, 31), [(2026, "not_met"), (2027, "cannot_compute")]),
        (dt.date(2027, 6, 1), [(2027, "cannot_compute")]),
    ],
)
def test_the_year_that_ended_is_judged_until_its_report_is_due(
    rules: Rules, on: dt.date, judged: list[tuple[int, str]]
) -> None:
    of = book("public_foundation", gift(IN_2025, 100 * YUAN))
    found = ratios_due(of, "love", rules, on)
    spending = [one for one in found if one.rule.id == "public_spending"]
    assert [(one.year, one.result) for one in spending] == judged


def test_nothing_is_due_of_last_year_where_nobody_must_report(rules: Rules) -> None:
    found = ratios_due(book("union_fund"), "love", rules, dt.date(2027, 1, 15))
    assert {one.year for one in found} == {2027}
