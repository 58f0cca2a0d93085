"""Which funds a term reports on, and of which days."""

import datetime as dt
from pathlib import Path

import pytest

from aidkit.calendar import Term
from aidkit.fund.ledger.journal import post
from aidkit.pipeline.fund_reports import fund_ground, fund_reports
from aidkit.pipeline.jobs import term_jobs
from aidkit.project import Project
from tests.fund.county import make_county
from tests.fund.funds import BATCH
from tests.fund.vouchers import gift

AUTUMN = Term.parse("2026-autumn")


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = make_county(tmp_path)
    post(folder, [gift(dt.date(2026, 9, 1), 100)], BATCH)
    return folder


def days(county: Path, published_on: str, term: Term = AUTUMN) -> list[tuple[str, str, str]]:
    reports = fund_reports(county, term, {"published_on": published_on})
    return [(one.fund, str(one.period.first), str(one.period.last)) for one in reports]


@pytest.mark.parametrize(
    ("published_on", "last"),
    [
        ("2026-11-20", "2026-10-31"),
        ("2026-11-30", "2026-10-31"),
        ("2026-11-01", "2026-10-31"),
        ("2027-01-05", "2026-12-31"),
        ("2027-06-01", "2027-02-28"),
    ],
)
def test_it_ends_with_the_last_whole_month_before_publication(
    county: Path, published_on: str, last: str
) -> None:
    assert days(county, published_on) == [
        ("love", "2026-09-01", last),
        ("union", "2026-09-01", last),
    ]


def test_before_a_whole_month_has_passed_there_is_none(county: Path) -> None:
    assert days(county, "2026-09-30") == []
    assert days(county, "2026-10-01") == [
        ("love", "2026-09-01", "2026-09-30"),
        ("union", "2026-09-01", "2026-09-30"),
    ]


def test_a_book_that_begins_within_the_term_is_told_from_its_first_month(county: Path) -> None:
    path = county / "params" / "funds" / "union.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("opened_on = 2025-01-01", "opened_on = 2026-10-12"), "utf-8")
    assert days(county, "2026-12-20")[1] == ("union", "2026-10-01", "2026-11-30")
    assert [fund for fund, *_ in days(county, "2026-10-20")] == ["love"]


def test_a_county_without_a_journal_reports_on_no_fund(tmp_path: Path) -> None:
    make_county(tmp_path)
    assert days(tmp_path, "2026-11-20") == []
    assert fund_ground(tmp_path, AUTUMN, {"published_on": "2026-11-20"}) == {}


def test_each_fund_has_an_internal_and_a_public_report(county: Path) -> None:
    project = Project(county)
    funds = fund_reports(county, AUTUMN, {"published_on": "2026-11-20"})
    jobs = term_jobs(project, county, {"term": "2026-autumn"}, ["9900000001"], funds)
    own = {job.name: job for job in jobs if "fund" in job.name}
    assert [*own] == [
        "internal/fund-love",
        "public/fund-love",
        "internal/fund-union",
        "public/fund-union",
    ]
    assert own["public/fund-love"].parameters == {
        "term": "2026-autumn",
        "fund": "love",
        "first": "2026-09-01",
        "last": "2026-10-31",
    }


def test_what_they_rest_on_is_the_book_the_bank_and_the_days(county: Path) -> None:
    def ground(published_on: str = "2026-11-20") -> dict[str, str]:
        return fund_ground(county, AUTUMN, {"published_on": published_on})

    before = ground()
    assert ground("2026-11-25") == before
    assert ground("2026-12-01") != before
    (county / "fund" / "statements.jsonl").write_text("", encoding="utf-8")
    assert ground() == before
    (county / "fund" / "reconciled.jsonl").write_text("", encoding="utf-8")
    assert ground() != before
    then = ground()
    post(county, [gift(dt.date(2026, 9, 2), 100)], BATCH)
    assert ground() != then
