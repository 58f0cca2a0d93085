"""The calendar of duties: who must do what by when."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from aidkit.errors import ParamsError
from aidkit.fund.duties.duties import (
    EVENTS_FILE,
    Event,
    due_soon,
    duties,
    duties_after,
    months_after,
    read_events,
)
from aidkit.fund.duties.rules import Rules, read_rules
from aidkit.project import find_project
from tests.fund.funds import LOVE

D = dt.date
YEAR = {"start": D(2026, 1, 1), "end": D(2026, 12, 31)}


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(find_project().params / "fund_rules.toml")


def dated(rules: Rules, *events: Event, org_type: str = "public_foundation") -> list[tuple[str, D]]:
    fund = replace(LOVE, org_type=org_type)
    found = duties(fund, rules, events, **YEAR)
    return [(duty.rule.id, duty.due) for duty in found if duty.due]


def test_reports_are_due_by_the_end_of_may_and_told_of_before(rules: Rules) -> None:
    found = duties(LOVE, rules, (), **YEAR)
    assert [(duty.rule.id, duty.about, duty.due, duty.alert) for duty in found] == [
        ("annual_report", "2025 年度", D(2026, 5, 31), D(2026, 5, 1)),
        ("related_parties", "2025 年度", D(2026, 5, 31), D(2026, 5, 1)),
    ]
    assert "major_projects" in dict(dated(rules, org_type="service"))
    assert due_soon(LOVE, rules, (), on=D(2026, 4, 30)) == []
    assert len(due_soon(LOVE, rules, (), on=D(2026, 5, 1))) == 2
    assert len(due_soon(LOVE, rules, (), on=D(2026, 5, 31))) == 2
    assert due_soon(LOVE, rules, (), on=D(2026, 6, 1)) == []


def test_nothing_is_due_before_the_rule_was_in_force(rules: Rules) -> None:
    assert duties(LOVE, rules, (), start=D(2025, 1, 1), end=D(2025, 12, 31)) == []


def test_a_long_fundraising_reports_every_three_months_and_at_its_end(rules: Rules) -> None:
    long = Event("love", "public_fundraising", "冬衣募捐", D(2026, 1, 31), D(2026, 8, 31))
    assert [due for rule, due in dated(rules, long) if rule == "fundraising_progress"] == [
        D(2026, 4, 30),
        D(2026, 7, 31),
    ]
    assert ("fundraising_end", D(2026, 11, 30)) in dated(rules, long)
    half = replace(long, until=D(2026, 7, 31))
    assert "fundraising_progress" not in dict(dated(rules, half))
    open_end = replace(long, until=None)
    assert [due for rule, due in dated(rules, open_end) if rule == "fundraising_progress"] == [
        D(2026, 4, 30),
        D(2026, 7, 31),
        D(2026, 10, 31),
    ]
    assert "fundraising_end" not in dict(dated(rules, open_end))


def test_thirty_days_after_a_major_change(rules: Rules) -> None:
    for kind, rule in (("major_change", "asset_change"), ("related_dealing", "related_dealing")):
        event = Event("love", kind, "购房", D(2026, 3, 10), None)
        assert (rule, D(2026, 4, 9)) in dated(rules, event, org_type="association")
        other = replace(event, fund="other")
        assert rule not in dict(dated(rules, other))


def test_a_union_has_what_its_own_papers_say_without_a_date(rules: Rules) -> None:
    found = duties(replace(LOVE, org_type="union_fund"), rules, (), **YEAR)
    assert [(duty.rule.id, duty.due) for duty in found] == [("regular_publication", None)]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (D(2026, 1, 31), 1, D(2026, 2, 28)),
        (D(2027, 11, 30), 3, D(2028, 2, 29)),
        (D(2026, 12, 1), 1, D(2027, 1, 1)),
        (D(2026, 5, 31), 12, D(2027, 5, 31)),
    ],
)
def test_months_after(day: D, months: int, later: D) -> None:
    assert months_after(day, months) == later


def test_events_are_read_by_day_and_wrong_ones_named(tmp_path: Path) -> None:
    assert read_events(tmp_path) == ()
    path = tmp_path / EVENTS_FILE
    path.parent.mkdir()
    text = '[[event]]\nfund = "love"\nkind = "project"\ntitle = "图书角"\non = 2026-03-01\n'
    path.write_text(text + "until = 2026-02-01\n", encoding="utf-8")
    with pytest.raises(ParamsError, match="结束的日子早于开始的日子"):
        read_events(tmp_path)
    path.write_text(text, encoding="utf-8")
    assert read_events(tmp_path) == (Event("love", "project", "图书角", D(2026, 3, 1), None),)


def test_reports_list_what_is_due_within_a_year_of_their_last_day(rules: Rules) -> None:
    for last in (D(2026, 5, 30), D(2026, 5, 31)):
        found = duties_after(LOVE, rules, (), last)
        year = 2026 if last == D(2026, 5, 30) else 2027
        assert {duty.due for duty in found} == {D(year, 5, 31)}
