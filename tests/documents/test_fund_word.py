"""A fund's statement as a Word file: nothing of the library's, rows beside the signatures."""

import io
import zipfile
from pathlib import Path

import docx
from docx.document import Document as Word

from aidkit.documents.fund_files import MOST_IN_WORD, write_documents
from aidkit.documents.fund_word import document_docx
from tests.documents.test_fund_pages import STAMP, document
from tests.documents.test_fund_tables import stamp

LONG = 60


def word(rows: int) -> Word:
    return docx.Document(io.BytesIO(document_docx(document(rows), STAMP)))


def test_nothing_of_the_library_is_in_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(document_docx(document(5), STAMP))) as packed:
        texts = {name: packed.read(name).decode() for name in packed.namelist()}
    assert not [name for name, text in texts.items() if "python-docx" in text]
    assert "Macintosh" not in texts["docProps/app.xml"]
    assert "<Application>aidkit</Application>" in texts["docProps/app.xml"]
    about = word(5).core_properties
    assert (about.author, about.last_modified_by) == (STAMP.publisher, STAMP.publisher)
    assert about.title == "2026 年度收支公示表"


def test_the_last_rows_stand_with_the_signatures() -> None:
    made = word(LONG)
    (table,) = made.tables
    free = "./w:tc/w:p[not(w:pPr/w:keepNext)]"
    kept = [not row._tr.xpath(free) for row in table.rows]
    assert kept == [False] * (LONG - 1) + [True, True]
    said = [one.text for one in made.paragraphs]
    first, signed = (
        next(n for n, text in enumerate(said) if one in text) for one in ("本表的注", "单位负责人")
    )
    assert all(one.paragraph_format.keep_with_next for one in made.paragraphs[first : signed + 1])


def test_a_header_is_repeated_and_no_row_is_torn() -> None:
    (table,) = word(LONG).tables
    head, *rows = table.rows
    assert head._tr.xpath("./w:trPr/w:tblHeader")
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in rows)


def test_what_replaces_another_says_so_below_its_title() -> None:
    data = document_docx(document(5), stamp(replaces="3f9c01ab77e2d0aa" + "0" * 48))
    said = [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]
    title = said.index("2026 年度收支公示表")
    assert said[title + 1] == "更正版（代替链首 3f9c01ab77e2d0aa 的报表）"
    assert not any("更正版" in one.text for one in word(5).paragraphs)


def test_a_long_register_is_left_to_the_others(tmp_path: Path) -> None:
    remarks = [*write_documents(tmp_path, [document(MOST_IN_WORD + 1)], STAMP)]
    assert remarks == ["收支公示表有 501 行，没有做 Word，请用 PDF 或 基金报表.xlsx。"]
    assert {path.name for path in tmp_path.iterdir()} == {"收支公示表.pdf", "基金报表.xlsx"}
