"""The board is told what people said is the same money: how many, how much, by whom, and why."""

import dataclasses
import datetime as dt

from aidkit.documents.fund_internal import internal_documents
from aidkit.documents.fund_table import Document
from aidkit.documents.fund_titles import Titles
from aidkit.fund.duties.rules import read_rules
from aidkit.fund.period import Period
from aidkit.fund.reconciling.record import ByHandRow, Reconciled
from aidkit.fund.statements.frames import frames
from aidkit.labels import project_labels
from aidkit.project import find_project
from tests.documents.test_fund_tables import stamp
from tests.fund.books import book_of
from tests.fund.funds import LOVE

YEAR = Period.year(2026)


def row(match: int, day: dt.date, fen: int, line: int = 0, voucher: str = "") -> ByHandRow:
    return ByHandRow(match, day, fen, "", line, voucher)


RECORD = Reconciled(
    fund="love",
    start=dt.date(2026, 1, 1),
    end=dt.date(2026, 12, 31),
    days=3,
    statement="银行流水.csv",
    statement_digest="0" * 64,
    by="李会计",
    head="0" * 64,
    opening_fen=0,
    in_fen=0,
    out_fen=0,
    closing_fen=0,
    lines=4,
    rules={"by_hand": 3},
    daily=(),
    by_hand=(
        row(1, dt.date(2026, 3, 1), -70_00, line=5),
        row(1, dt.date(2026, 3, 1), -30_00, voucher="2026-000004"),
        row(1, dt.date(2026, 3, 1), -40_00, voucher="2026-000005"),
        row(2, dt.date(2026, 4, 1), 9_00, line=7),
        row(2, dt.date(2026, 4, 2), -9_00, line=8),
        row(3, dt.date(2027, 1, 5), 1_00, line=9),
        row(3, dt.date(2027, 1, 5), 1_00, voucher="2027-000001"),
    ),
    reason="银行错账次日退回",
    approved_by="资助中心主任",
)


def board(*records: Reconciled) -> Document:
    rules = read_rules(find_project().params / "fund_rules.toml")
    book = book_of([])
    return internal_documents(
        book,
        frames(book, "love", YEAR, 5),
        stamp(YEAR, fund=LOVE),
        Titles(LOVE, project_labels()),
        schools={},
        rules=rules,
        events=(),
        records=records,
    )[-1]


def test_matches_by_hand_stand_on_the_report_with_who_and_why() -> None:
    told = board(RECORD, dataclasses.replace(RECORD, fund="union"))
    assert "与银行对账有 2 组是人工指定的，共 88.00 元，核对人 李会计，见下表。" in told.lead
    (table,) = (one for one in told.tables if one.title == "人工指定的对账")
    first, second, total = (one.cells for one in table.rows)
    assert first[0] == "第 5 行 2026-03-01 -70.00"
    assert first[1] == "2026-000004 2026-03-01 -30.00；2026-000005 2026-03-01 -40.00"
    assert first[2:] == (70_00, "李会计", "银行错账次日退回", "资助中心主任")
    assert (second[1], second[2]) == ("没有", 18_00)
    assert total[2] == 88_00


def test_what_was_reconciled_again_is_told_once() -> None:
    again = dataclasses.replace(RECORD, by="王会计")
    assert "共 88.00 元，核对人 王会计" in "".join(board(RECORD, again).lead)


def test_a_report_without_them_says_so() -> None:
    old = dataclasses.replace(RECORD, by_hand=())
    none = dataclasses.replace(old, rules={"reference": 4})
    assert "与银行对账没有人工指定。" in board(none).lead
    assert "另有 3 组是旧版做的对账，没有留下明细" in "".join(board(old).lead)
