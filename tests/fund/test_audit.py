"""An audit looks at every rule again, and at what posting does not refuse."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from aidkit.cli.fund_lines import audit_lines
from aidkit.fund.entry import Entry
from aidkit.fund.ledger import journal
from aidkit.fund.ledger.audit import audit
from aidkit.fund.ledger.journal import post
from tests.fund.county import make_county
from tests.fund.funds import BATCH, ENTERED, START
from tests.fund.test_chain import lines_of, rewritten
from tests.fund.vouchers import correction, gift, payout

DAY = dt.timedelta(days=1)


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


@pytest.mark.parametrize("typed", ["3f9c01ab77e2", "3f9c"])
def test_a_head_that_was_typed_is_first_held_against_its_paper(county: Path, typed: str) -> None:
    """A slip of the finger must not send anybody to the backup."""
    head = post(county, [gift(START, 900)], BATCH).head
    found = audit(county, [typed])
    assert not found.sound
    (one,) = found.findings
    assert (one.code, one.severity) == ("head_unknown", "error")
    assert one.message == f"给出的链首 {typed} 在账簿里找不到。"
    steps = ("核对有没有抄错", "是不是这个县区", "截短或整个重写", "另存", "备份")
    places = [one.remedy.index(step) for step in steps]
    assert places == sorted(places)
    *_, last = audit_lines(found)
    assert last == "给出的链首没有核对上，先查清再出报表。"
    groups = f"{head[:8].upper()} {head[8:16]}"
    assert audit(county, [groups]).sound


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
    plain = gift(START, 5, party="别人")
    row, other = (dataclasses.replace(one, party="第三人") for one in (row, other))
    post(county, [numbered, row, other, plain], BATCH)
    assert not audit(county).findings
    post(county, [numbered, row], BATCH)
    found = audit(county)
    assert found.sound
    assert [(one.code, one.voucher_no) for one in found.findings] == [
        ("duplicate", "2025-000005"),
        ("duplicate", "2025-000006"),
    ]
    taken_back = [correction(START, f"2025-00000{n}", e) for n, e in ((5, numbered), (6, row))]
    post(county, taken_back, BATCH)
    assert not audit(county).findings


PAPERS: dict[str, tuple[list[Entry], int]] = {
    "one bank number, two names": (
        [gift(START, 5, reference="R"), gift(START, 5, reference="R", party="别人")],
        1,
    ),
    "one bank number, two sums": (
        [gift(START, 5, reference="R"), gift(START, 6, reference="R")],
        1,
    ),
    "one bank number of two banks": (
        [gift(START, 5, reference="R"), gift(START, 6, reference="R", channel="cash")],
        0,
    ),
    "one transfer that pays many": (
        [payout(START, 5, reference="R"), payout(START, 6, reference="R", party="别人")],
        0,
    ),
    "one transfer on two days": (
        [payout(START, 5, reference="R"), payout(START + DAY, 5, reference="R")],
        1,
    ),
    "paid and came back": (
        [payout(START, 5, reference="R"), payout(START, 5, reference="R", kind="payout_returned")],
        0,
    ),
    "rows of one receipt": ([gift(START, 5, receipt_no="P"), gift(START, 6, receipt_no="P")], 0),
    "one receipt of two donors": (
        [gift(START, 5, receipt_no="P"), gift(START, 6, receipt_no="P", party="别人")],
        1,
    ),
}


@pytest.mark.parametrize("case", PAPERS)
def test_one_number_on_different_papers_is_a_warning(county: Path, case: str) -> None:
    papers, warnings = PAPERS[case]
    post(county, [gift(START, 900), *papers], BATCH)
    found = audit(county)
    assert [(one.code, one.voucher_no) for one in found.findings] == [
        ("duplicate", "2025-000003")
    ] * warnings
    assert found.sound


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'"date":"2025-01-01"', b'"date":"2024-01-01"', "numbering"),
        (b'"entered_on":"2027-12-31"', b'"entered_on":"2024-12-31"', "future_date"),
        (b'"debit_fen":905', b'"debit_fen":904', "batch_count"),
    ],
)
def test_what_no_journal_of_ours_can_say_is_found(
    county: Path, old: bytes, new: bytes, code: str
) -> None:
    post(county, [gift(START, 900), gift(START, 5)], BATCH)
    assert audit(county).sound
    lines = [line.replace(old, new) for line in lines_of(county)]
    journal.journal_of(county).write_bytes(rewritten(lines))
    found = audit(county)
    assert code in {one.code for one in found.findings if one.severity == "error"}


def test_a_batch_that_was_entered_before_the_one_before_is_a_warning(county: Path) -> None:
    for fen, on in enumerate((ENTERED, ENTERED, ENTERED - DAY), 5):
        post(county, [gift(START, fen)], dataclasses.replace(BATCH, entered_on=on))
    found = audit(county)
    assert found.sound
    assert [(one.code, one.line) for one in found.findings] == [("entered_before", 6)]


@pytest.mark.parametrize(("kept", "lines"), [(3, 2), (2, 1), (1, 0), (1.5, 1), (2.5, 2), (3.5, 3)])
def test_what_a_batch_left_without_its_end_is_told(county: Path, kept: float, lines: int) -> None:
    """The first batch has a line and its end; of the second so many lines are there."""
    post(county, [gift(START, 5)], BATCH)
    post(county, [gift(START, 6), gift(START, 7)], BATCH)
    whole = lines_of(county)
    half = whole[int(kept) + 1][:20] if kept % 1 else b""
    journal.journal_of(county).write_bytes(b"".join(whole[: int(kept) + 1]) + half)
    found = audit(county)
    assert found.sound
    told = [(one.code, one.line) for one in found.findings]
    assert told == ([("unclosed_tail", 3)] if lines else [])
    assert not lines or f"末尾有 {lines} 行" in found.findings[0].message
