"""The same gift or payment told in other words: by another file, by hand, in the journal."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aidkit.errors import InputError, UsageError
from aidkit.fund.entry import Entry, Goods
from aidkit.fund.importing.alike import decided, like_standing
from aidkit.fund.importing.importing import FileRefusedError
from aidkit.fund.ledger.duplicates import duplicates
from aidkit.fund.ledger.lines import Tables
from tests.fund.books import book_of
from tests.fund.funds import START
from tests.fund.registers import GIFTS, Row, county, register, take_in, tallies
from tests.fund.vouchers import correction, gift, goods_in, payout

HEADER = GIFTS + ",票据号"
DAY = dt.timedelta(days=1)

FIRST = ("2026-09-01", "ABC 公司", "100.00", "银行转账", "图书角", "实名", "T1", "")
OTHER_WORDS: dict[str, tuple[Row, str]] = {
    "no number": (FIRST[:6], "流水号"),
    "a receipt": ((*FIRST[:6], "", "P1"), "流水号、票据号"),
    "a name in another case": (("2026-09-01", "abc公司", *FIRST[2:6]), "名称的写法、流水号"),
    "another channel": ((*FIRST[:3], "现金", *FIRST[4:6]), "流水号、收付方式"),
    "no purpose": ((*FIRST[:4], "", *FIRST[5:6]), "流水号、用途"),
    "all of it": (
        ("2026-09-01", "abc公司", "100", "现金", "", "", "", "P1"),
        "名称的写法、流水号、票据号、收付方式、用途",
    ),
}
OTHER_GIFTS: dict[str, Row] = {
    "another number": (*FIRST[:6], "T2"),
    "another day": ("2026-09-02", *FIRST[1:6], ""),
    "another sum": (*FIRST[:2], "100.01", *FIRST[3:6], ""),
    "another donor": ("2026-09-01", "甲公司工会", *FIRST[2:6], ""),
    "another purpose": (*FIRST[:4], "寄宿生", "", ""),
}


@pytest.mark.parametrize("case", OTHER_WORDS)
def test_a_row_of_another_document_in_other_words_must_be_decided(
    tmp_path: Path, case: str
) -> None:
    row, differs = OTHER_WORDS[case]
    place = county(tmp_path)
    take_in(place, register(tmp_path, "bank.csv", HEADER, FIRST))
    file = register(tmp_path, "receipts.csv", HEADER, row, ("2026-09-03", "丙", "7", "现金"))
    with pytest.raises(FileRefusedError, match="可能是") as refused:
        take_in(place, file)
    told = refused.value.preview.asked.select("source_row", "voucher_no", "why").rows()
    why = f"与 bank.csv 已入账的 2026-000001 日期、对方和金额都相同，只是{differs}不一样。"
    assert told == [(2, "2026-000001", why)]
    left = take_in(place, file, accept=["2"])
    assert left.preview.left_out == {"2": why}
    assert take_in(place, file).posted is None
    assert take_in(place, file, distinct=["2"]).posted
    assert tallies(take_in(place, file)) == {"same": 2}


@pytest.mark.parametrize("case", OTHER_GIFTS)
def test_what_differs_in_what_both_say_is_another_gift(tmp_path: Path, case: str) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "bank.csv", HEADER, FIRST))
    assert take_in(place, register(tmp_path, "more.csv", HEADER, OTHER_GIFTS[case])).posted


def test_two_rows_of_one_document_are_two(tmp_path: Path) -> None:
    place = county(tmp_path)
    file = register(tmp_path, "bank.csv", HEADER, FIRST, OTHER_WORDS["no number"][0])
    assert take_in(place, file).posted
    grown = register(tmp_path, "bank.csv", HEADER, FIRST, *[OTHER_WORDS["no number"][0]] * 2)
    assert tallies(take_in(place, grown)) == {"new": 1, "same": 2}


def test_a_row_that_its_own_document_words_anew_is_changed(tmp_path: Path) -> None:
    """Though another document has its like too, which was decided to be another gift."""
    place = county(tmp_path)
    take_in(place, register(tmp_path, "bank.csv", HEADER, FIRST))
    mine = OTHER_WORDS["no number"][0]
    take_in(place, register(tmp_path, "mine.csv", HEADER, mine), distinct=["2"])
    anew = register(tmp_path, "mine.csv", HEADER, (*mine, "", "P7"))
    with pytest.raises(FileRefusedError, match="--correct"):
        take_in(place, anew)
    assert tallies(take_in(place, anew, correct="补票据号")) == {"changed": 1}


def test_what_was_corrected_is_like_nothing(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "bank.csv", HEADER, FIRST))
    take_in(place, register(tmp_path, "bank.csv", HEADER), correct="退回了")
    row = OTHER_WORDS["no number"][0]
    assert tallies(take_in(place, register(tmp_path, "mine.csv", HEADER, row))) == {"new": 1}


COATS = Goods("棉衣", "件", 10_000)
BY_HAND: dict[str, tuple[Entry, Entry, bool]] = {
    "a gift": (gift(START, 5, reference="R"), gift(START, 5), True),
    "of another number": (gift(START, 5, reference="R"), gift(START, 5, reference="S"), False),
    "a payment": (
        payout(START, 5, party="李 四"),
        payout(START, 5, party="李四", reference="R"),
        True,
    ),
    "of a namesake": (payout(START, 5, person_no="1"), payout(START, 5, person_no="2"), False),
    "what came back": (payout(START, 5), payout(START, 5, kind="payout_returned"), False),
    "for another program": (payout(START, 5), payout(START, 5, program="books"), False),
    "goods": (goods_in(START, COATS), goods_in(START, COATS, receipt_no="P"), True),
    "other goods": (
        goods_in(START, COATS),
        goods_in(START, dataclasses.replace(COATS, thousandths=9_000)),
        False,
    ),
    "goods of another size": (
        goods_in(START, dataclasses.replace(COATS, spec="大")),
        goods_in(START, dataclasses.replace(COATS, spec="小")),
        False,
    ),
}


@pytest.mark.parametrize("case", BY_HAND)
def test_a_voucher_by_hand_in_other_words_must_be_decided(case: str) -> None:
    first, second, asked = BY_HAND[case]
    for before, entry in ((first, second), (second, first)):
        book = book_of([before, gift(START + DAY, 5)], batches=[1, 1])
        assert len(like_standing(book, entry)) == asked
        if not asked:
            assert decided(book, entry, distinct=False) == {}
            with pytest.raises(UsageError, match="没有与它相像的"):
                decided(book, entry, distinct=True)
            continue
        with pytest.raises(InputError, match="与 手工登记的 2025-000001 日期") as refused:
            decided(book, entry, distinct=False)
        assert "--distinct" in refused.value.remedy
        assert decided(book, entry, distinct=True) == {"手工登记": like_standing(book, entry)[0]}
    taken_back = book_of([first, correction(START, "2025-000001", first)], batches=[1, 1])
    assert like_standing(taken_back, second) == []


def found(entries: Iterable[Entry], batches: list[int]) -> list[tuple[str, ...]]:
    book = book_of([*entries], batches=batches)
    made = Tables(book.entries, book.postings, book.goods)
    return [one.voucher_nos for one in duplicates(made) if "可能是同一笔" in one.why]


@pytest.mark.parametrize("case", BY_HAND)
def test_an_audit_warns_of_them(case: str) -> None:
    first, second, asked = BY_HAND[case]
    both = [("2025-000001", "2025-000002")]
    assert found([first, second], [1, 1]) == (both if asked else [])
    files = [dataclasses.replace(one, source_file="一.xlsx") for one in (first, second)]
    assert found(files, [1, 1]) == []
    assert found([files[0], second], [2]) == (both if asked else [])
    back = correction(START, "2025-000001", first)
    assert found([first, back, second], [1, 1, 1]) == []


def test_a_group_is_told_once() -> None:
    several = [gift(START, 5, reference=number) for number in ("R", "", "R", "S")]
    assert found(several, [1, 1, 1, 1]) == [tuple(f"2025-00000{n}" for n in range(1, 5))]


SAYS = st.builds(
    lambda *said: gift(
        START,
        said[0],
        party=said[1],
        reference=said[2],
        receipt_no=said[3],
        purpose=said[4],
        source_file=said[5],
    ),
    st.integers(5, 6),
    st.sampled_from(["甲", "甲 ", "乙"]),
    st.sampled_from(["", "R", "S"]),
    st.sampled_from(["", "P", "Q"]),
    st.sampled_from(["", "reading"]),
    st.sampled_from(["", "一.xlsx", "二.xlsx"]),
)


def may_be_one(a: Entry, b: Entry) -> bool:
    """The rule, said for two."""
    said = (
        (a.reference, b.reference),
        (a.receipt_no, b.receipt_no),
        (a.postings[1].purpose, b.postings[1].purpose),
    )
    other_document = a.source_file != b.source_file or not a.source_file
    return (
        other_document
        and a.postings[0].fen == b.postings[0].fen
        and a.party.strip() == b.party.strip()
        and all(not one or not other or one == other for one, other in said)
    )


@settings(max_examples=60)
@given(st.lists(SAYS, min_size=1, max_size=7))
def test_exactly_those_are_found_that_may_be_one(entries: list[Entry]) -> None:
    expected = {
        f"2025-{n:06d}"
        for n, entry in enumerate(entries, 1)
        if any(may_be_one(entry, other) for m, other in enumerate(entries, 1) if m != n)
    }
    assert {number for group in found(entries, [1] * len(entries)) for number in group} == expected
    *before, last = entries
    if before:
        book = book_of(before, batches=[1] * len(before))
        by_hand = dataclasses.replace(last, source_file="")
        asked = any(may_be_one(by_hand, other) for other in before)
        assert bool(like_standing(book, by_hand)) == asked
