"""How a fund's statement lies on its pages, and what the board is told of days that bind nobody."""

import dataclasses
import re

import pytest

from aidkit.documents.fund_internal import internal_documents
from aidkit.documents.fund_pdf import document_pdf, title_of
from aidkit.documents.fund_sums import SUMMARY
from aidkit.documents.fund_table import Column, Document, Row, Table
from aidkit.documents.fund_titles import Titles
from aidkit.fund.duties.rules import read_rules
from aidkit.fund.period import Period
from aidkit.fund.statements.frames import frames
from aidkit.gate.pdf import pdf_texts
from aidkit.labels import project_labels
from aidkit.project import find_project
from tests.documents.test_fund_tables import stamp
from tests.fund.books import book_of
from tests.fund.funds import LOVE

COLUMNS = (
    Column("类别", "text", 5, centred=True),
    Column("项　目", "text", 9),
    Column("明　细", "text", 12),
    Column("金　额", "money", 9),
)


def document(rows: int, *, landscape: bool = False, before: int = 0) -> Document:
    """A statement of so many rows, the last its total; of so many more in a table before."""
    lines = [
        Row(("收入" if n < rows / 2 else "支出", f"甲{n}乙", "银行", 5)) for n in range(1, rows)
    ]
    total = Row(("期末余额合计", None, None, 5), "total")
    notes = ("期初余额＋本期收入－本期支出＝期末余额；建账结转不是收入。", "本期更正凭证 0 张。")
    first = Table("前表", COLUMNS, (Row(("收入", "前表一行", "银行", 5)),) * before)
    table = Table(SUMMARY, COLUMNS, (*lines, total), ("本表的注。",), merged=True)
    tables = (first, table) if before else (table,)
    return Document(SUMMARY, tables, notes, landscape=landscape)


def pages(data: bytes) -> list[str]:
    """The pages of a statement, without blanks."""
    texts = [re.sub(r"\s", "", text) for _, text in pdf_texts(data)]
    numbered = {found[1]: text for text in texts if (found := re.search(r"第(\d+)页[,，]共", text))}
    return [numbered[number] for number in sorted(numbered, key=int)]


STAMP = stamp(contact="办公室，0000-0000000")


@pytest.mark.parametrize("rows", [5, 28, 30, 32, 34])
def test_a_summary_is_one_page(rows: int) -> None:
    (page,) = pages(document_pdf(document(rows), STAMP))
    assert "单位负责人" in page
    assert f"甲{rows - 1}乙" in page


@pytest.mark.parametrize(
    ("landscape", "before", "step"), [(False, 0, 1), (True, 0, 4), (False, 9, 4), (True, 70, 4)]
)
def test_signatures_stand_below_the_last_two_rows(landscape: bool, before: int, step: int) -> None:
    for rows in range(20, 61, step):
        *_, last = pages(document_pdf(document(rows, landscape=landscape, before=before), STAMP))
        assert "单位负责人" in last, rows
        assert "本表的注。" in last, rows
        assert "期末余额合计" in last, rows
        assert f"甲{rows - 1}乙" in last, rows
        assert "类别" in last, rows


def test_the_board_is_told_why_no_day_binds_the_fund() -> None:
    rules = read_rules(find_project().params / "fund_rules.toml")
    told = {}
    for org_type in ("school_fund", "public_foundation"):
        fund = dataclasses.replace(LOVE, org_type=org_type)
        book, year = book_of([], funds={"love": fund}), Period.year(2026)
        documents = internal_documents(
            book,
            frames(book, "love", year, 5),
            stamp(year, fund=fund),
            Titles(fund, project_labels()),
            schools={},
            rules=rules,
            events=(),
            records=(),
        )
        board = documents[-1]
        told[org_type] = board.tables[-1]
    assert told["school_fund"].notes == (
        f"法定的公开和报告期限不适用：{rules.exempt['school_fund']}。",
    )
    assert told["public_foundation"].rows
    assert told["public_foundation"].notes == ()


def test_what_replaces_another_says_so_below_its_title() -> None:
    (page,) = pages(document_pdf(document(5), stamp(replaces="3f9c01ab77e2d0aa" + "0" * 48)))
    assert "2026年度收支公示表更正版(代替链首3f9c01ab77e2d0aa的报表)" in page.replace(
        "（", "("
    ).replace("）", ")")


def test_a_balance_sheet_is_of_a_day() -> None:
    paper = dataclasses.replace(document(5), name="资产负债表", of_day=True)
    assert title_of(paper, STAMP) == "2026 年 12 月 31 日资产负债表"
