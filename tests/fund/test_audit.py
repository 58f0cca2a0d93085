"""An audit looks at every rule again, and at what posting does not refuse."""

import dataclasses
from pathlib import Path

import pytest

from aidkit.fund.ledger import journal
from aidkit.fund.ledger.audit import audit
from aidkit.fund.ledger.journal import post
from tests.fund.county import make_county
from tests.fund.vouchers import BATCH, START, correction, gift, payout


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return make_county(tmp_path / "county")


def test_a_sound_book_is_told_with_its_size(county: Path) -> None:
    posted = post(county, [gift(START, 900), payout(START, 7)], BATCH)
    found = audit(county, [posted.head])
    assert found.sound
    assert not found.findings
    assert (found.vouchers, found.batches, found.heads, found.lines) == (2, 1, 1, 3)
    assert found.book
    assert found.book.postings["fen"].sum() == 0


def test_what_was_posted_past_the_rules_is_found(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(journal, "check", lambda *_: [])
        post(county, [gift(START, 5, purpose="boarders"), payout(START, 6)], BATCH)
    found = audit(county)
    assert [(one.code, one.line, one.voucher_no) for one in found.findings] == [
        ("account_overdrawn", 2, "2025-000002"),
        ("pool_overdrawn", 2, "2025-000002"),
    ]
    assert not found.sound


def test_the_same_paper_twice_is_a_warning(county: Path) -> None:
    numbered = gift(START, 5, reference="R1")
    row = gift(START, 5, source_file="一月.xlsx", source_sheet="捐赠", source_row=3)
    other = dataclasses.replace(row, source_row=4)
    plain = gift(START, 5)
    post(county, [numbered, row, other, plain], BATCH)
    assert not audit(county).findings
    post(county, [numbered, row, plain, gift(START, 6, reference="R1")], BATCH)
    found = audit(county)
    assert found.sound
    assert [(one.code, one.voucher_no) for one in found.findings] == [
        ("duplicate", "2025-000005"),
        ("duplicate", "2025-000006"),
    ]
    taken_back = [correction(START, f"2025-00000{n}", e) for n, e in ((5, numbered), (6, row))]
    post(county, taken_back, BATCH)
    assert not audit(county).findings
