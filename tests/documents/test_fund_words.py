"""The papers and the site call the same lines the same."""

import pytest

from aidkit.documents.fund_internal import internal_documents
from aidkit.documents.fund_public import public_documents
from aidkit.documents.fund_table import Document
from aidkit.documents.fund_titles import Titles
from aidkit.fund.duties.rules import read_rules
from aidkit.fund.statements.frames import frames
from aidkit.internal.fund_gifts import feedback_section, gifts_section
from aidkit.internal.fund_kept import comparison_section, goods_section
from aidkit.labels import project_labels
from aidkit.project import find_project
from aidkit.show.fund_gifts import public_gifts
from aidkit.show.fund_money import spending_section, summary_section
from aidkit.tables.slices import Audience
from tests.documents.test_fund_tables import stamp
from tests.fund.funds import LOVE
from tests.show.fund_books import COLUMNS, PERIOD, THRESHOLD, small_book, view

PAYOUTS: dict[Audience, tuple[str, ...]] = {
    "public": ("times", "fen"),
    "internal": ("persons", "times", "money_fen", "goods_fen", "fen"),
}
PADDED = "　"


def papers(audience: Audience) -> dict[str, Document]:
    book, titles, of = small_book(), Titles(LOVE, project_labels()), stamp(PERIOD)
    if audience == "public":
        return {one.name: one for one in public_documents(book, of, titles, THRESHOLD, COLUMNS)}
    told = frames(book, "love", PERIOD, THRESHOLD)
    rules = read_rules(find_project().params / "fund_rules.toml")
    made = internal_documents(
        book, told, of, titles, schools={}, rules=rules, events=(), records=()
    )
    return {one.name: one for one in made}


def words(paper: Document, *kinds: str) -> set[str]:
    """Texts of the cells of a paper's first table that are no names, numbers or days."""
    table = paper.tables[0]
    shown = [at for at, column in enumerate(table.columns) if column.title in kinds]
    return {str(row.cells[at]) for row in table.rows for at in shown if row.cells[at]}


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_sections_lines_and_totals_of_the_summary(audience: Audience) -> None:
    site = summary_section(view(audience)).html
    told = words(papers(audience)["收支公示表"], "类别", "项　目", "明　细")
    assert {"本期收入", "期末余额合计", "货币捐赠"} <= told
    assert [word for word in told if word not in site] == []


def test_the_board_and_the_report_compare_the_same_lines() -> None:
    site = comparison_section(view("internal")).html
    told = words(papers("internal")["理事会报告"], "类别", "项　目")
    assert [word for word in told if word not in site] == []


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_columns_of_payouts(audience: Audience) -> None:
    site = spending_section(view(audience), PAYOUTS[audience]).html
    columns = papers(audience)["项目支出"].tables[0].columns
    heads = {one.title for one in columns} | {one.group for one in columns if one.group}
    assert heads - {"序号", "资助项目", "凭证（张）", "备注", f"合{PADDED}计"} <= {
        head for head in heads if f">{head}<" in site
    }


def test_donors_kinds_and_what_nobody_valued() -> None:
    site = public_gifts(view("public")).html
    told = words(papers("public")["捐赠明细"], "捐赠人", "种类", "金　额")
    assert {"（匿名）", "（只公布金额）", "实物捐赠", "未估价"} <= told
    said = {word for word in told if not word.isdecimal() and not word.startswith("合")}
    assert [word for word in said if word not in site] == []


def test_internal_registers() -> None:
    told, site = papers("internal"), view("internal")
    gifts = gifts_section(site).html
    assert [one for one in words(told["捐赠明细"], "用　途") if one not in gifts] == []
    for name, html in (
        ("定向捐赠使用反馈表", feedback_section(site).html),
        ("实物登记", goods_section(site).html),
    ):
        table = told[name].tables[0]
        heads = {one.title for one in table.columns if one.kind in {"money", "quantity"}}
        assert [head for head in heads if f">{head}<" not in html] == [], name
