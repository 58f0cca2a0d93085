"""A fund's documents: complete, the same every time, tied to the book, and discreet in public."""

import json
import re
import shutil
from pathlib import Path
from unicodedata import normalize

import docx
import pytest

from aidkit.digests import file_digest
from aidkit.fund.accounts import ASSETS, GIVEN
from aidkit.fund.ledger.audit import audit
from aidkit.fund.ledger.heads import said_before
from aidkit.fund.ledger.journal import journal_of, read_book
from aidkit.fund.period import Period
from aidkit.gate.pdf import pdf_texts
from aidkit.money import fen_of_number
from aidkit.pipeline.fund import Made, make_statements
from aidkit.project import Project
from tests.documents.fund_county import (
    FUND,
    NAMED,
    PUPIL,
    SHY,
    UNSAID,
    YEAR,
    day,
    make_fund_county,
    vouchers,
)
from tests.documents.fund_papers import names, pdf_text, sheet, texts_of


def test_every_document_is_there(made: Made) -> None:
    public = {"收支公示表", "捐赠明细", "项目支出", "业务活动表"}
    more = {"资产负债表", "定向捐赠使用反馈", "定向捐赠使用反馈表", "票据登记", "实物登记"}
    rooms = {"public": public, "internal": public | more | {"理事会报告"}}
    told = {f"{room}/{name}.pdf" for room, every in rooms.items() for name in every}
    told |= {f"{room}/{name}.docx" for room, every in rooms.items() for name in every}
    # Letters to donors are sent, not edited.
    told -= {"internal/定向捐赠使用反馈.docx"}
    told |= {f"{room}/基金报表.xlsx" for room in rooms}
    assert names(made) == told | {"record.json"}
    assert made.remarks == ()


def test_every_statement_says_which_book_it_is_from(
    made: Made, county: tuple[Project, Path]
) -> None:
    book = read_book(county[1])
    for path in made.files:
        if path.suffix in {".pdf", ".docx", ".xlsx"}:
            text = texts_of(path)
            assert book.head in text, path.name
            assert "未与银行核对" in text, path.name
    said = said_before(county[1])
    assert (book.head, book.lines, f"{FUND} 2026-01-01 2026-12-31") in {
        (one.head, one.line, one.statement) for one in said
    }
    record = json.loads((made.folder / "record.json").read_text(encoding="utf-8"))
    assert record["head"] == book.head
    assert record["files"] == {
        name: file_digest(made.folder / name) for name in names(made) - {"record.json"}
    }


def test_a_cut_journal_contradicts_the_statement(
    tmp_path: Path, made: Made, county: tuple[Project, Path]
) -> None:
    copy = tmp_path / "county"
    shutil.copytree(county[1], copy)
    assert audit(copy).sound
    journal = journal_of(copy)
    journal.write_bytes(b"")
    assert "head_missing" in {one.code for one in audit(copy).findings}


def test_a_long_table_repeats_its_header(made: Made) -> None:
    data = (made.folder / "internal" / "捐赠明细.pdf").read_bytes()
    texts = [re.sub(r"\s", "", text) for part, text in pdf_texts(data)]
    # Every page is shown twice: in one piece, and piece by piece.
    pages = [text for text in texts if re.search(r"第\d+页,?，?共\d+页", text)]
    rows = [text for text in pages if re.search(r"2026-0000\d\d", text)]
    assert len(rows) >= 4
    assert all("捐赠人" in text and "公开意愿" in text for text in rows)


def test_fonts_are_embedded(made: Made) -> None:
    for path in made.files:
        if path.suffix == ".pdf":
            data = path.read_bytes()
            assert data.count(b"CIDFontType0C") + data.count(b"/OpenType") >= 1, path.name


def test_the_same_book_gives_the_same_bytes(made: Made, tmp_path: Path) -> None:
    again = make_statements(*make_fund_county(tmp_path / "again"), FUND, YEAR, unreconciled=True)
    assert names(again) == names(made)
    for name in sorted(names(made)):
        assert (again.folder / name).read_bytes() == (made.folder / name).read_bytes(), name


def test_public_documents_name_only_who_agreed(made: Made) -> None:
    files = [path for path in made.files if path.parent.name == "public"]
    texts = {path.name: texts_of(path) for path in files}
    assert NAMED in texts["捐赠明细.pdf"]
    assert NAMED in texts["基金报表.xlsx"]
    for name, text in texts.items():
        for hidden in (SHY, UNSAID, PUPIL, "录入员", "批准人", "2026-0000"):
            assert hidden not in text, (name, hidden)
    # One pupil got 临时困难补助: it is told of by itself nowhere.
    assert not any("临时困难补助" in text for text in texts.values())


@pytest.mark.parametrize(
    ("name", "header", "accounts", "sign"),
    [
        ("收支公示表", "金　额", ASSETS, 1),
        ("捐赠明细", "金　额", GIVEN, -1),
        ("项目支出", "支出金额", ("program_expense",), 1),
    ],
)
def test_public_and_internal_totals_are_those_of_the_book(
    made: Made, name: str, header: str, accounts: tuple[str, ...], sign: int
) -> None:
    # Balances are of all days, the rest is of the year.
    lines = [
        line
        for entry in vouchers()
        for line in entry.postings
        if line.account in accounts and (accounts == ASSETS or entry.date.year == 2026)
    ]
    fen = sign * sum(line.fen for line in lines)
    for room in ("internal", "public"):
        rows = list(sheet(made.folder / room / "基金报表.xlsx", name))
        place = next(
            row.index(head, 1) for head in ("合　计", header) for row in rows if head in row[1:]
        )
        *_, total = (row for row in rows if str(row[0]).replace("　", "").endswith("合计"))
        assert fen_of_number(float(str(total[place]))) == fen, room


def test_the_word_file_is_the_statement(made: Made) -> None:
    word = docx.Document(str(made.folder / "public" / "收支公示表.docx"))
    said = "".join(paragraph.text for paragraph in word.paragraphs)
    assert "2026 年度收支公示表" in said
    assert "单位负责人：" in said
    assert "制表人：" in said
    cells = [cell.text for row in word.tables[0].rows for cell in row.cells]
    rows = sheet(made.folder / "public" / "基金报表.xlsx", "收支公示表")
    *_, total = (row for row in rows if row[4] is not None)
    assert f"{total[4]:,.2f}" in cells
    assert word.core_properties.author == "青山县教育基金会"
    assert word.core_properties.created.date() == YEAR.last
    header = word.tables[0].rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert header


@pytest.mark.parametrize("name", ["捐赠明细", "资产负债表", "票据登记", "理事会报告"])
def test_every_statement_can_be_edited_in_word(made: Made, name: str) -> None:
    word = docx.Document(str(made.folder / "internal" / f"{name}.docx"))
    cells = [[cell.text for cell in row.cells] for one in word.tables for row in one.rows]
    printed = pdf_text(made.folder / "internal" / f"{name}.pdf")
    assert cells
    for text in (re.sub(r"\s", "", text) for row in cells for text in row):
        assert normalize("NFKC", text) in normalize("NFKC", printed)


def test_letters_to_donors_name_no_pupil(made: Made) -> None:
    text = pdf_text(made.folder / "internal" / "定向捐赠使用反馈.pdf")
    assert NAMED in text
    assert "寄宿生生活补助" in text
    assert PUPIL not in text
    assert "G9901" not in text


def test_only_whole_months_are_published(county: tuple[Project, Path]) -> None:
    made = make_statements(*county, FUND, Period(day(10, 5), day(12, 31)), unreconciled=True)
    assert not any(name.startswith("public") for name in names(made))
    assert any("公开" in remark for remark in made.remarks)
    quarter = make_statements(*county, FUND, Period(day(10, 1), day(12, 31)), unreconciled=True)
    assert "public/收支公示表.pdf" in names(quarter)
    assert "public/业务活动表.pdf" not in names(quarter)


def test_a_registered_foundation_states_in_its_own_name(tmp_path: Path) -> None:
    project, county = make_fund_county(tmp_path / "project")
    (file,) = (county / "params" / "funds").glob(f"{FUND}.toml")
    own = 'unit = "某某助学基金会"\ncontact = "秘书处，0000-1234567"\n'
    file.write_text(own + file.read_text(encoding="utf-8"), encoding="utf-8")
    made = make_statements(project, county, FUND, YEAR, unreconciled=True)
    for path in made.files:
        if path.suffix in {".pdf", ".docx"}:
            text = texts_of(path)
            assert "某某助学基金会" in text, path.name
            assert "0000-1234567" in text, path.name
            assert "青山县教育基金会" not in text, path.name
