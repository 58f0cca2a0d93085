"""What is told in part, together or not at all in money: the same on paper, site and download."""

import datetime as dt
import io
import zipfile
from dataclasses import replace

import polars as pl
import pytest
from openpyxl import load_workbook

from aidkit.disclosure.fund import fund_payouts, fund_summary
from aidkit.documents.fund_public import public_documents
from aidkit.documents.fund_sums import payouts_table
from aidkit.documents.fund_table import Document
from aidkit.documents.fund_titles import Titles
from aidkit.documents.fund_word import document_docx
from aidkit.documents.fund_workbook import workbook
from aidkit.fund.book import Book
from aidkit.fund.entry import Entry, Goods
from aidkit.fund.period import Period
from aidkit.fund.statements import payouts
from aidkit.labels import project_labels
from aidkit.show.fund_money import spending_section, summary_section
from aidkit.staging.fund_pages import HEADERS, csv_of
from tests.documents.test_fund_tables import stamp
from tests.fund import vouchers as v
from tests.fund.books import book_of
from tests.fund.funds import LOVE
from tests.show.fund_books import COLUMNS, view

YEAR, LEAST = Period.year(2025), 3
WHY = (
    "“其他资助”是一个月里不足 3 人的项目，合在一起公布；"
    "合起来还不足的，连同当月够人数的项目里金额最小的一个。"
)
PARTLY = "有的月份并入了“其他资助”"
UNVALUED = "没有估价的实物只记数量，不在金额里"
TITLES = Titles(LOVE, project_labels())


def book() -> Book:
    """Books: whole in January, in 其他资助 in February; hardship: old books that nobody valued."""

    def paid(month: int, program: str, people: str) -> list[Entry]:
        day = dt.date(2025, month, 5)
        return [v.payout(day, 100_00, program=program, purpose="", person_no=one) for one in people]

    old = Goods("旧书", "本", -1_000)
    out = [
        v.goods_out(dt.date(2025, 3, 5), old, program="hardship", person_no=one) for one in "abc"
    ]
    gift = v.gift(dt.date(2025, 1, 1), 9_000_00)
    few = [*paid(2, "books", "a"), *paid(2, "boarder_aid", "bcd")]
    return book_of([gift, *paid(1, "books", "abc"), *few, *out])


@pytest.fixture(scope="module")
def papers() -> dict[str, Document]:
    made = public_documents(book(), stamp(YEAR), TITLES, LEAST, COLUMNS)
    return {one.name: one for one in made}


def title(program: str) -> str:
    return TITLES.program(program)


def test_the_paper_marks_what_it_tells_in_part(papers: dict[str, Document]) -> None:
    (table,) = papers["收支公示表"].tables
    assert f"{title('books')}（部分月份）" in {row.cells[3] for row in table.rows}
    assert WHY in table.notes
    assert any(PARTLY in note for note in table.notes)
    assert WHY in papers["项目支出"].tables[0].notes


def test_so_do_word_and_excel(papers: dict[str, Document]) -> None:
    paper = papers["收支公示表"]
    word = document_docx(paper, stamp(YEAR))
    sheet = load_workbook(io.BytesIO(workbook(paper.tables, stamp(YEAR), "题")))["收支公示表"]
    cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert f"{title('books')}（部分月份）" in cells
    assert f"注：{WHY}" in cells
    with zipfile.ZipFile(io.BytesIO(word)) as packed:
        text = packed.read("word/document.xml").decode("utf-8")
    assert f"{title('books')}（部分月份）" in text
    assert f"注：{WHY}" in text


def site() -> tuple[pl.DataFrame, pl.DataFrame]:
    told = book(), "love", YEAR, LEAST
    return fund_summary(*told), fund_payouts(*told)


def test_so_do_the_site_and_its_downloads() -> None:
    summary, spent = site()
    base = view("public")
    frames = {**base.frames, "fund_summary": summary, "fund_payouts": spent}
    seen = replace(base, frames=frames, threshold=LEAST)
    for part in (summary_section(seen), spending_section(seen, ("times", "fen"))):
        assert f"{seen.program('books')}（部分月份）" in part.html
        assert WHY in part.markdown
        assert PARTLY in part.markdown
    assert "未估价" in spending_section(seen, ("times", "fen")).html
    for name in ("summary", "payouts"):
        text = csv_of(seen, name, HEADERS[name]).decode("utf-8-sig")
        assert "备注" in text
        assert "部分月份：" in text
        assert WHY in text
    assert "未估价" in text


def test_goods_that_nobody_valued_are_not_nought(papers: dict[str, Document]) -> None:
    (public,) = papers["项目支出"].tables
    (row,) = [row for row in public.rows if row.cells[1] == title("hardship")]
    assert row.cells[3] == "未估价"
    assert any(UNVALUED in note for note in public.notes)
    internal = payouts_table(payouts(book(), "love", YEAR), TITLES)
    (row,) = [row for row in internal.rows if row.cells[1] == title("hardship")]
    assert row.cells[4:7] == (0, "未估价", "未估价")
    assert internal.rows[-1].cells[5] == "未估价"
    assert any(UNVALUED in note for note in internal.notes)
