"""The journal held against what runs and statements recorded of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from aidkit import __version__
from aidkit.digests import file_digest, files_below
from aidkit.fund.ledger.heads import Said, keep_head, statement_name
from aidkit.fund.ledger.journal import Posted, post, read_book
from aidkit.fund.period import Period
from aidkit.fund.statements.frames import digests, frames
from aidkit.pipeline.fund_audit import TITLES, audit_county
from aidkit.project import Project
from tests.fund.county import make_county
from tests.fund.funds import BATCH, START
from tests.fund.vouchers import gift

YEAR = Period.year(2025)


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return make_county(tmp_path / "data" / "demo")


@pytest.fixture
def posted(county: Path) -> Posted:
    return post(county, [gift(START, 500)], BATCH)


def codes(county: Path) -> list[tuple[str, str]]:
    found = audit_county(Project(county.parents[1]), county)
    return [(one.code, one.severity) for one in found.findings]


def record(posted: Posted, **other: Any) -> dict[str, Any]:
    days = {"first": "2025-01-01", "last": "2025-12-31"}
    of = {"fund": "love", **days, "head": posted.head, "lines": posted.lines}
    return of | {"totals": {"income": 500}} | other


def run(posted: Posted, **_: Any) -> dict[str, Any]:
    said = {"head": posted.head, "line": posted.lines, "date": "2025-12-31"}
    return {"statements": [said | {"statement": "love 2025-01-01 2025-12-31"}]}


def keep(county: Path, name: str, text: str) -> None:
    path = county.parents[1] / "reports" / county.name / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


RUN = "2025-autumn/run.json"
STATEMENTS = "fund/love/2025-01-01_2025-12-31/record.json"


def test_what_was_recorded_is_worked_out_again(county: Path, posted: Posted) -> None:
    keep(county, RUN, json.dumps(run(posted)))
    keep(county, STATEMENTS, json.dumps(record(posted)))
    assert codes(county) == []
    for totals in ({"income": 501}, {"a section of another version": 5}):
        keep(county, STATEMENTS, json.dumps(record(posted, totals=totals)))
        assert codes(county) == [("stated_otherwise", "error")]


@pytest.mark.parametrize("name", [RUN, STATEMENTS])
@pytest.mark.parametrize("text", ["{", "[]", '{"statements": [{}]}', '{"statements": [5]}'])
def test_a_record_that_cannot_be_read_is_named(
    county: Path, posted: Posted, name: str, text: str
) -> None:
    keep(county, name, text)
    found = audit_county(Project(county.parents[1]), county)
    assert found.sound
    (one,) = found.findings
    assert (one.code, one.severity) == ("record_unreadable", "warning")
    assert f"reports/demo/{name}" in one.message


@pytest.mark.parametrize("missing", ["fund", "first", "last", "head", "lines"])
def test_a_record_without_a_part_is_named(county: Path, posted: Posted, missing: str) -> None:
    whole = record(posted)
    del whole[missing]
    keep(county, STATEMENTS, json.dumps(whole))
    assert codes(county) == [("record_unreadable", "warning")]


def test_an_unreadable_record_is_told_of_a_damaged_journal_too(
    county: Path, posted: Posted
) -> None:
    keep(county, RUN, "{")
    journal = county / "fund" / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"500", b"600", 1))
    assert codes(county) == [("damaged", "error"), ("record_unreadable", "warning")]


def test_registers_of_receipts_are_records_too(county: Path, posted: Posted) -> None:
    cut = record(posted, head="a" * 64)
    del cut["totals"]
    keep(county, "fund/love/receipts/2025-01-01_2025-12-31/record.json", json.dumps(cut))
    assert codes(county) == [("head_missing", "error")]


def test_a_file_that_is_not_the_one_that_was_made_is_named(county: Path, posted: Posted) -> None:
    folder = STATEMENTS.rsplit("/", 1)[0]
    for name in ("public/表.pdf", "internal/表.xlsx", "internal/别的.pdf"):
        keep(county, f"{folder}/{name}", name)
    reports = county.parents[1] / "reports" / "demo" / folder
    files = {name: file_digest(reports / name) for name in files_below(reports)}
    keep(county, STATEMENTS, json.dumps(record(posted, files=files)))
    assert codes(county) == []
    keep(county, f"{folder}/public/表.pdf", "another")
    (reports / "internal" / "别的.pdf").unlink()
    found = audit_county(Project(county.parents[1]), county)
    assert found.sound
    assert {(one.code, one.message.partition(" ")[0]) for one in found.findings} == {
        ("statement_altered", f"reports/demo/{folder}/public/表.pdf"),
        ("statement_missing", f"reports/demo/{folder}/internal/别的.pdf"),
    }


def test_every_table_on_record_is_worked_out_again(county: Path, posted: Posted) -> None:
    told = digests(frames(read_book(county), "love", YEAR, 5))
    assert {*told} == {*TITLES}
    kept = record(posted, tables=told, threshold=5, aidkit=__version__)
    keep(county, STATEMENTS, json.dumps(kept))
    assert codes(county) == []
    for name in told:
        wrong = kept | {"tables": told | {name: "0" * 64}}
        keep(county, STATEMENTS, json.dumps(wrong))
        assert codes(county) == [("stated_otherwise", "error")], name
    # Another version may tell the same in another way, or a table that this one does not know.
    keep(county, STATEMENTS, json.dumps(kept | {"aidkit": "0.0.1", "tables": {"a table": "0"}}))
    assert codes(county) == [("stated_otherwise", "warning")]


@pytest.mark.parametrize("name", [RUN, STATEMENTS])
def test_what_was_dated_into_a_stated_period_since_is_told(
    county: Path, posted: Posted, name: str
) -> None:
    made = {RUN: run, STATEMENTS: record}[name]
    keep(county, name, json.dumps(made(posted)))
    post(county, [gift(START.replace(year=2026), 7)], BATCH)
    assert codes(county) == []
    later = post(county, [gift(START, 100)], BATCH)
    found = audit_county(Project(county.parents[1]), county)
    assert found.sound
    (one,) = found.findings
    assert (one.code, one.severity, one.line) == ("stated_since_changed", "warning", posted.lines)
    assert "本期收入原 5.00 元，现 6.00 元" in one.message
    assert "aidkit fund statement 2025-01-01..2025-12-31 --fund love" in one.remedy
    keep(county, name, json.dumps(made(later, totals={"income": 600})))
    assert codes(county) == []


def test_a_statement_whose_record_is_gone_is_told_of_too(county: Path, posted: Posted) -> None:
    keep_head(county, Said(posted.head, posted.lines, "2025-12-31", statement_name("love", YEAR)))
    post(county, [gift(START, 100)], BATCH)
    assert codes(county) == [("stated_since_changed", "warning")]


def test_a_record_of_a_fund_that_has_no_file_is_named(county: Path, posted: Posted) -> None:
    keep(county, STATEMENTS, json.dumps(record(posted, fund="gone", totals={"income": 0})))
    assert codes(county) == [("record_unreadable", "warning")]
