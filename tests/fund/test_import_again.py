"""A file imported again after something happened: taken back by hand, left out, other words."""

from dataclasses import replace
from pathlib import Path

import pytest

from aidkit.errors import UsageError
from aidkit.fund.book import entries_of
from aidkit.fund.entry import Batch
from aidkit.fund.importing.importing import FileRefusedError
from aidkit.fund.importing.rows import Whole
from aidkit.fund.ledger.journal import journal_of, post, read_book
from aidkit.fund.ledger.standing import standing
from aidkit.fund.making.moves import correction
from tests.fund.registers import ENTERED, GIFTS, A, B, county, register, take_in, tallies

MOVES = "业务日期,业务类别,发生金额,付款账户,资助项目,对方单位或个人,受益人数,事由,同意人,审批人"


def take_back(place: Path, voucher_no: str) -> str:
    """Correct a voucher by hand; the number of the correction."""
    ((_, entry),) = entries_of(read_book(place), [voucher_no])
    back = correction(entry, voucher_no, entry.date, "重复登记")
    back = replace(back, approved_by="审批员")
    posted = post(place, [back], Batch("post", ENTERED, "李会计"))
    return posted.voucher_nos[0]


@pytest.mark.parametrize("more", [(), (("2026-09-05", "丁", "9", "现金"),)])
def test_what_was_taken_back_by_hand_is_not_posted_because_its_file_still_has_it(
    tmp_path: Path, more: tuple[tuple[str, ...], ...]
) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "gifts.csv", GIFTS, A, B))
    number = take_back(place, "2026-000001")
    file = register(tmp_path, "gifts.csv", GIFTS, *more, A, B)
    again = take_in(place, file)
    assert tallies(again) == {"same": 1, "taken_back": 1} | ({"new": 1} if more else {})
    assert (again.posted is None) == (not more)
    row = again.preview.asked.row(0, named=True)
    assert (row["source_row"], row["voucher_no"]) == (2 + len(more), "2026-000001")
    assert row["why"] == f"凭证 2026-000001 已由 {number} 更正冲销。"
    assert standing(read_book(place)).filter(party="甲公司").is_empty()
    posted = take_in(place, file, distinct=[str(row["source_row"])])
    assert posted.posted and len(posted.posted.voucher_nos) == 1
    assert posted.preview.distinct == {str(row["source_row"]): row["why"]}
    assert take_in(place, file).posted is None
    assert standing(read_book(place)).filter(party="甲公司")["fen"].to_list() == [10_000]


def test_of_equal_rows_only_as_many_are_posted_as_were_not_taken_back(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "g.csv", GIFTS, B, B, B))
    take_back(place, "2026-000002")
    assert tallies(take_in(place, tmp_path / "g.csv")) == {"same": 2, "taken_back": 1}
    grown = take_in(place, register(tmp_path, "g.csv", GIFTS, B, B, B, B))
    assert tallies(grown) == {"new": 1, "same": 2, "taken_back": 1}


def test_what_is_put_right_in_the_file_is_posted(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "gifts.csv", GIFTS, A, B))
    take_back(place, "2026-000001")
    right = (*A[:2], "120.00", *A[3:])
    done = take_in(place, register(tmp_path, "gifts.csv", GIFTS, right, B))
    assert tallies(done) == {"new": 1, "same": 1}
    assert done.posted


def test_a_row_that_its_file_took_out_and_has_again_is_posted(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "gifts.csv", GIFTS, A, B))
    take_in(place, register(tmp_path, "gifts.csv", GIFTS, B), correct="误删")
    done = take_in(place, register(tmp_path, "gifts.csv", GIFTS, A, B))
    assert tallies(done) == {"new": 1, "same": 1}
    assert done.posted


def test_a_row_left_out_before_is_told_so_and_not_posted(tmp_path: Path) -> None:
    place = county(tmp_path)
    spent = register(
        tmp_path,
        "paid.csv",
        MOVES,
        ("2026-09-03", "手续费", "1", "银行", "", "", "", "", "", ""),
        ("2026-09-03", "手续费", "500", "银行", "", "", "", "", "", ""),
    )
    take_in(place, register(tmp_path, "gifts.csv", GIFTS, (*A[:4], "不限", *A[5:])))
    first = take_in(place, spent, accept=["3"])
    assert "会少 401.00 元" in first.preview.left_out["3"]
    # Now there is enough; nobody said that the row is wanted after all.
    take_in(place, register(tmp_path, "more.csv", GIFTS, ("2026-09-01", "戊", "900", "银行转账")))
    again = take_in(place, spent)
    assert again.posted is None
    assert tallies(again) == {"same": 1, "left_out": 1}
    assert again.preview.left_out == first.preview.left_out
    done = take_in(place, spent, distinct=["3"])
    assert done.posted and done.preview.distinct == first.preview.left_out
    assert tallies(take_in(place, spent)) == {"same": 2}


def test_bad_rows_and_totals_left_out_before_stay_out(tmp_path: Path) -> None:
    place = county(tmp_path)
    rows = [A, ("2026-09-01", "甲", "-5", "现金"), ("合计", "", "1")]
    file = register(tmp_path, "gifts.csv", GIFTS, *rows)
    take_in(place, file, accept=["3", "4"])
    before = journal_of(place).read_bytes()
    for accept in ([], ["3"]):
        again = take_in(place, file, accept=accept)
        assert again.posted is None
        assert again.preview.errors.is_empty()
        assert "负数" in again.preview.left_out["3"]
        assert "4" in again.preview.left_out
    assert journal_of(place).read_bytes() == before
    with pytest.raises(UsageError, match="没有什么要这样决定的"):
        take_in(place, file, distinct=["2"])


PAID = ("2026-09-03", "发放", "10", "银行", "困难补助", "一小", "3", "冬衣", "", "王主任")


@pytest.mark.parametrize(("column", "said"), [(6, "4"), (7, "棉鞋"), (9, "刘主任")])
def test_persons_reason_and_approver_are_part_of_a_row(
    tmp_path: Path, column: int, said: str
) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "gifts.csv", GIFTS, (*A[:4], "不限", *A[5:])))
    take_in(place, register(tmp_path, "paid.csv", MOVES, PAID))
    other = (*PAID[:column], said, *PAID[column + 1 :])
    file = register(tmp_path, "paid.csv", MOVES, other)
    with pytest.raises(FileRefusedError) as refused:
        take_in(place, file)
    assert tallies(refused.value.preview) == {"changed": 1}
    assert take_in(place, file, correct="写错了").posted
    back = read_book(place).entries.filter(kind="correction").row(0, named=True)
    assert (back["corrects"], back["approved_by"]) == ("2026-000002", other[9])
    assert take_in(place, file).posted is None


def test_an_approver_said_of_the_whole_file_is_no_difference(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "gifts.csv", GIFTS, (*A[:4], "不限", *A[5:])))
    open_ = register(tmp_path, "paid.csv", MOVES, (*PAID[:9], ""))
    assert take_in(place, open_, whole=Whole(approved_by="王主任")).posted
    for whole in (Whole(), Whole(approved_by="刘主任")):
        assert tallies(take_in(place, open_, whole=whole)) == {"same": 1}
    assert tallies(take_in(place, register(tmp_path, "paid.csv", MOVES, PAID))) == {"same": 1}
