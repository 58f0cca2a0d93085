"""How a fund's statement lies on its pages, and what the board is told of days that bind nobody."""

import dataclasses
import re

import pytest

from aidkit.documents.fund_internal import SUMMARY, internal_documents
from aidkit.documents.fund_pdf import document_pdf
from aidkit.documents.fund_table import Column, Document, Row, Table
from aidkit.documents.fund_titles import Titles
from aidkit.fund.duties.rules import read_rules
from aidkit.fund.period import Period
from aidkit.gate.pdf import pdf_texts
from aidkit.labels import project_labels
from aidkit.project import find_project
from tests.documents.test_fund_tables import stamp
from tests.fund.books import book_of
from tests.fund.vouchers import LOVE

COLUMNS = (
    Column("类别", "text", 5, centred=True),
    Column("项　目", "text", 9),
    Column("明　细", "text", 12),
    Column("金　额", "money", 9),
)


def pages(rows: int) -> list[str]:
    """The pages of a statement of so many rows, the last its total, without blanks."""
    lines = [
        Row(("收入" if n < rows / 2 else "支出", f"甲{n}乙", "银行", 5)) for n in range(1, rows)
    ]
    total = Row(("期末余额合计", None, None, 5), "total")
    notes = ("期初余额＋本期收入－本期支出＝期末余额；建账结转不是收入。", "本期更正凭证 0 张。")
    table = Table(SUMMARY, COLUMNS, (*lines, total), merged=True)
    data = document_pdf(Document(SUMMARY, (table,), notes), stamp(contact="办公室，0000-0000000"))
    texts = [re.sub(r"\s", "", text) for _, text in pdf_texts(data)]
    numbered = {found[1]: text for text in texts if (found := re.search(r"第(\d+)页[,，]共", text))}
    return [numbered[number] for number in sorted(numbered)]


@pytest.mark.parametrize("rows", [5, 28, 30, 32, 34])
def test_a_summary_is_one_page(rows: int) -> None:
    (page,) = pages(rows)
    assert "单位负责人" in page
    assert f"甲{rows - 1}乙" in page


@pytest.mark.parametrize("rows", range(35, 44))
def test_signatures_stand_below_rows(rows: int) -> None:
    *_, last = pages(rows)
    assert "单位负责人" in last
    assert "期末余额合计" in last


def test_the_board_is_told_why_no_day_binds_the_fund() -> None:
    rules = read_rules(find_project().params / "fund_rules.toml")
    told = {}
    for org_type in ("school_fund", "public_foundation"):
        fund = dataclasses.replace(LOVE, org_type=org_type)
        documents = internal_documents(
            book_of([], funds={"love": fund}),
            stamp(Period.year(2026), fund=fund),
            Titles(fund, project_labels()),
            schools={},
            threshold=5,
            rules=rules,
            events=(),
        )
        board = documents[-1]
        told[org_type] = board.tables[-1]
    assert told["school_fund"].notes == (
        f"法定的公开和报告期限不适用：{rules.exempt['school_fund']}。",
    )
    assert told["public_foundation"].rows
    assert told["public_foundation"].notes == ()
