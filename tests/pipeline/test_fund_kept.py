"""The papers and the journal held against what statements and reconciliations kept of them."""

import datetime as dt
import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from aidkit.digests import file_digest
from aidkit.fund.ledger.heads import (
    Said,
    keep_head,
    said_before,
    statement_name,
    statements_of,
)
from aidkit.fund.ledger.journal import Posted, post
from aidkit.fund.reconciling.record import ByHandRow, Reconciled
from aidkit.pipeline.fund_audit import audit_county
from aidkit.project import Project
from tests.fund.county import make_county
from tests.fund.funds import BATCH, START
from tests.fund.vouchers import gift
from tests.pipeline.test_fund_audit import STATEMENTS, YEAR, codes, keep, record


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return make_county(tmp_path / "data" / "demo")


@pytest.fixture
def posted(county: Path) -> Posted:
    return post(county, [gift(START, 500)], BATCH)


@pytest.mark.parametrize("register", ["", "票据登记"])
def test_a_record_is_the_one_that_was_made_with_its_statement(
    county: Path, posted: Posted, register: str
) -> None:
    """Who alters a paper and writes its new digest into the record is found all the same."""
    name = STATEMENTS.replace("love/", "love/receipts/") if register else STATEMENTS
    folder = county.parents[1] / "reports" / "demo" / name.rsplit("/", 1)[0]
    of: dict[str, Any] = {"totals": {}} if register else {}

    def made(paper: str) -> None:
        keep(county, f"{name.rsplit('/', 1)[0]}/public/表.pdf", paper)
        files = {"public/表.pdf": file_digest(folder / "public" / "表.pdf")}
        keep(county, name, json.dumps(record(posted, files=files, **of)))

    def stated() -> None:
        title = statement_name("love", YEAR, register)
        digest = file_digest(folder / "record.json")
        keep_head(county, Said(posted.head, posted.lines, "2025-12-31", title, digest))

    made("one")
    stated()
    assert codes(county) == []
    made("another")
    assert codes(county) == [("statement_altered", "warning")]
    stated()
    assert codes(county) == []
    (folder / "record.json").unlink()
    assert codes(county) == [("statement_missing", "warning")]
    shutil.rmtree(folder)
    assert codes(county) == [("statement_missing", "warning")]


def test_a_head_that_was_kept_without_a_record_is_read_as_before(
    county: Path, posted: Posted
) -> None:
    said = Said(posted.head, posted.lines, "2025-12-31", statement_name("love", YEAR))
    keep_head(county, said)
    assert "record" not in statements_of(county).read_text(encoding="utf-8")
    assert codes(county) == []
    keep_head(county, replace(said, record="a" * 64))
    assert [one.record for one in said_before(county)] == ["", "a" * 64]


def test_the_heads_that_the_bank_was_reconciled_with_are_compared(
    county: Path, posted: Posted
) -> None:
    day = dt.date(2025, 12, 31)
    kept = Reconciled("love", day, day, 3, "b.csv", "d", "李", posted.head, 0, 0, 0, 0, 0, {}, ())
    path = county / "fund" / "reconciled.jsonl"

    def write(head: str) -> None:
        line = json.dumps(asdict(replace(kept, head=head)), default=str)
        path.write_text(line + "\n", encoding="utf-8")

    write(posted.head)
    assert codes(county) == []
    write("b" * 64)
    found = audit_county(Project(county.parents[1]), county).findings
    assert [one.code for one in found] == ["head_missing"]
    assert "银行对账（love 2025-12-31..2025-12-31）上的链首" in found[0].message
    path.write_text("{\n", encoding="utf-8")
    assert codes(county) == [("record_unreadable", "warning")]


def test_what_was_matched_by_hand_is_told(county: Path, posted: Posted) -> None:
    day = dt.date(2025, 12, 31)
    rows = (
        ByHandRow(1, day, -50_000_00, "B7", 12, ""),
        ByHandRow(1, day, -50_000_00, "", 0, "2025-000001"),
    )
    none = Reconciled("love", day, day, 3, "b.csv", "d", "李", posted.head, 0, 0, 0, 0, 0, {}, ())
    kept = replace(none, by_hand=rows, reason="银行错汇", approved_by="王")
    line = json.dumps(asdict(kept), default=str)
    (county / "fund" / "reconciled.jsonl").write_text(line + "\n", encoding="utf-8")
    (found,) = audit_county(Project(county.parents[1]), county).findings
    assert (found.code, found.severity) == ("matched_by_hand", "warning")
    assert "流水第 12 行 2025-12-31 -50,000.00 元 B7；2025-000001" in found.message
    assert "原因：银行错汇，批准人 王" in found.message
