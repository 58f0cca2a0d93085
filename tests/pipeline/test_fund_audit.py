"""The journal held against what runs and statements recorded of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from aidkit.fund.ledger.journal import Posted, post
from aidkit.pipeline.fund_audit import audit_county
from aidkit.project import Project
from tests.fund.county import make_county
from tests.fund.vouchers import BATCH, START, gift


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


def run(posted: Posted) -> dict[str, Any]:
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
