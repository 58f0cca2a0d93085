"""Whatever is changed in a journal by hand is found, and where; what cannot be found is known."""

from pathlib import Path

import pytest

from aidkit.errors import InputError
from aidkit.fund.ledger.audit import audit
from aidkit.fund.ledger.chain import RESAVED, START, UNLINKED, Chain, linked
from aidkit.fund.ledger.heads import Said, keep_head, said_before, statements_of
from aidkit.fund.ledger.journal import journal_of, post, read_book
from aidkit.fund.ledger.reading import read_journal
from tests.fund.county import make_county
from tests.fund.funds import BATCH
from tests.fund.funds import START as FIRST_DAY
from tests.fund.vouchers import gift, payout


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Two batches: three vouchers, a batch line, one voucher, a batch line."""
    made = make_county(tmp_path / "county")
    post(made, [gift(FIRST_DAY, 900), gift(FIRST_DAY, 5), payout(FIRST_DAY, 7)], BATCH)
    post(made, [gift(FIRST_DAY, 11, party="末笔")], BATCH)
    return made


def lines_of(county: Path) -> list[bytes]:
    return journal_of(county).read_bytes().splitlines(keepends=True)


def rewritten(lines: list[bytes], before: str = START) -> bytes:
    """Lines with a chain that holds, as who knows how would write them."""
    made = []
    for line in lines:
        content = line[77:-76].decode()
        again, before = linked(before, content)
        made.append(again)
    return b"".join(made)


@pytest.mark.parametrize("bit", [0x01, 0x20, 0x80])
def test_every_flipped_byte_is_found_in_its_line(county: Path, bit: int) -> None:
    """In the last line as well; with the last voucher before it."""
    whole = journal_of(county).read_bytes()
    vouchers = ["", "2025-000001", "2025-000002", "2025-000003", "2025-000003", "2025-000004"]
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= bit
        chain = Chain()
        chain.follow(bytes(flipped))
        line = whole[:place].count(b"\n") + 1
        assert chain.damages, place
        assert chain.damages[0].line == line
        assert chain.damages[0].last_good == vouchers[line - 1]


def test_every_byte_that_becomes_a_line_end_is_found(county: Path) -> None:
    whole = journal_of(county).read_bytes()
    for place in range(len(whole) - 1):
        broken = Chain()
        broken.follow(whole[:place] + b"\n" + whole[place + 1 :])
        assert broken.damages or whole[place : place + 1] == b"\n", place


def test_a_damaged_journal_is_not_read_and_says_where(county: Path) -> None:
    whole = journal_of(county).read_bytes()
    journal_of(county).write_bytes(whole.replace(b"bank 5;", b"bank 6;"))
    with pytest.raises(InputError, match="2025-000001") as refused:
        read_book(county)
    assert refused.value.where.endswith("第 2 行")
    found = audit(county)
    assert not found.sound
    assert found.book is None
    assert [(one.code, one.line, one.voucher_no) for one in found.findings] == [
        ("damaged", 2, "2025-000001")
    ]


def test_every_damaged_line_is_told(county: Path) -> None:
    lines = lines_of(county)
    changed = [line.replace(b"love bank", b"love cash") for line in lines]
    journal_of(county).write_bytes(b"".join(changed))
    assert [one.line for one in read_journal(county).damages] == [1, 2, 3, 5]


@pytest.mark.parametrize("case", ["removed", "inserted", "swapped"])
def test_lines_that_are_whole_but_not_there_are_found(county: Path, case: str) -> None:
    one, two, three, *rest = lines_of(county)
    lines = {
        "removed": [one, three, *rest],
        "inserted": [one, two, two, three, *rest],
        "swapped": [one, three, two, *rest],
    }[case]
    journal_of(county).write_bytes(b"".join(lines))
    first = read_journal(county).damages[0]
    assert first.line == (3 if case == "inserted" else 2)
    assert first.what == UNLINKED


def test_a_file_saved_by_another_program_says_so(county: Path) -> None:
    whole = journal_of(county).read_bytes()
    for other in (whole.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + whole):
        journal_of(county).write_bytes(other)
        assert read_journal(county).damages[0].what == RESAVED


def test_a_cut_tail_is_found_by_a_head_and_by_nothing_else(county: Path) -> None:
    lines = lines_of(county)
    stated = read_book(county)
    journal_of(county).write_bytes(b"".join(lines[:4]))
    assert audit(county).sound, "this is what cannot be found"
    keep_head(county, Said(stated.head, stated.lines, "2025-12-31", "love 2025"))
    found = audit(county)
    assert [one.code for one in found.findings] == ["head_missing"]
    assert "先把现在的 fund 文件夹整个另存一份" in found.findings[0].remedy
    assert found.heads == 1
    statements_of(county).unlink()
    assert not audit(county, [stated.head]).sound
    assert not audit(county, [stated.head[:8]]).sound
    assert audit(county, [read_book(county).head[:8].upper()]).sound


def test_a_recomputed_chain_is_found_by_a_head_and_by_nothing_else(county: Path) -> None:
    stated = read_book(county)
    lines = [line.replace("末笔".encode(), "别人".encode()) for line in lines_of(county)]
    journal_of(county).write_bytes(rewritten(lines))
    assert read_book(county).entries["party"][-1] == "别人"
    assert audit(county).sound, "this is what cannot be found"
    assert not audit(county, [stated.head]).sound
    keep_head(county, Said(stated.head, stated.lines, "2025-12-31", "love 2025"))
    assert [one.code for one in audit(county).findings] == ["head_missing"]
    with pytest.raises(InputError, match="love 2025"):
        read_book(county)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"bank 900;", b"bank 901;", "unbalanced"),
        (b'"no":"2025-000002"', b'"no":"2025-000009"', "numbering"),
        (b'"entries":3', b'"entries":4', "batch_count"),
        (b'"kind":"gift"', b'"kind":"gits"', "unknown_kind"),
    ],
)
def test_a_recomputed_chain_that_says_nonsense_is_found(
    county: Path, old: bytes, new: bytes, code: str
) -> None:
    journal_of(county).write_bytes(rewritten([one.replace(old, new) for one in lines_of(county)]))
    found = {one.code: one.voucher_no for one in audit(county).findings}
    assert code in found
    assert found.get("numbering", "2025-000009") == "2025-000009"
    if code != "unknown_kind":
        with pytest.raises(InputError):
            read_book(county)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"bank 900;", b"bank;"),
        (b'"date":"2025-01-01"', b'"date":"2025-02-30"'),
        (b'"entered_on":"2027-12-31"', b'"entered_on":"soon"'),
    ],
)
def test_a_recomputed_chain_that_cannot_be_read_is_found(
    county: Path, old: bytes, new: bytes
) -> None:
    journal_of(county).write_bytes(rewritten([one.replace(old, new) for one in lines_of(county)]))
    assert audit(county).findings[0].code == "damaged"


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (b"bank 5;", b"bank;", [2]),
        (b'"date":"2025-01-01"', b'"date":"2025-02-30"', [1, 2, 3, 5]),
        (b'"no":2', b'"no":"two"', [6]),
        (b'"entered_on":"2027-12-31"', b'"entered_on":"soon"', [4, 6]),
    ],
)
def test_what_cannot_be_read_is_told_with_its_own_line(
    county: Path, old: bytes, new: bytes, lines: list[int]
) -> None:
    journal_of(county).write_bytes(rewritten([one.replace(old, new) for one in lines_of(county)]))
    assert [one.line for one in read_journal(county).damages] == lines


def test_a_head_is_kept_once_and_a_spoilt_record_is_told(county: Path) -> None:
    said = Said("ab" * 32, 4, "2025-12-31", "love 2025")
    keep_head(county, said)
    keep_head(county, said)
    keep_head(county, Said("cd" * 32, 5, "2026-12-31", "love 2026"))
    assert [one.line for one in said_before(county)] == [4, 5]
    statements_of(county).write_text("{", encoding="utf-8")
    with pytest.raises(InputError):
        read_book(county)
    (found,) = audit(county).findings
    assert (found.code, found.severity) == ("heads_unreadable", "error")
    assert "改名留存" in found.remedy


def test_a_head_too_short_proves_nothing(county: Path) -> None:
    for head in ("", read_book(county).head[:7], "0"):
        assert not audit(county, [head]).sound


def test_an_empty_journal_has_the_first_head(tmp_path: Path) -> None:
    assert audit(make_county(tmp_path), [START]).sound
