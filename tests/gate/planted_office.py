"""Workbooks and Word documents that hold a text where nobody looks."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import xlsxwriter
from docx.shared import Pt

from tests.gate.planted import Plant, png


def _book(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        book.add_worksheet("表").write(0, 0, "学校")
        fill(book)
    return packed.getvalue()


def in_workbook(fill: Callable[[xlsxwriter.Workbook, str], object], name: str) -> Plant:
    """A channel: something that a workbook is filled with."""

    def plant(folder: Path, text: str) -> str:
        (folder / "a.xlsx").write_bytes(_book(lambda book: void(fill(book, text))))
        return "a.xlsx"

    plant.__name__ = f"xlsx_{name}"
    return plant


def void(_: object) -> None:
    """Forget what a call returned."""


def _very_hidden(book: xlsxwriter.Workbook, text: str) -> None:
    sheet = book.add_worksheet("底稿")
    sheet.write_string(0, 0, text)
    sheet.very_hidden()


def _chart(book: xlsxwriter.Workbook, text: str) -> None:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=表!$A$1:$A$2", "name": text})
    book.worksheets()[0].insert_chart("C1", chart)


def _hidden_row(book: xlsxwriter.Workbook, text: str) -> None:
    sheet = book.worksheets()[0]
    sheet.write_string(8, 0, text)
    sheet.set_row(8, None, None, {"hidden": True})


WORKBOOKS = [
    in_workbook(lambda book, text: book.worksheets()[0].write_string(1, 0, text), "cell"),
    in_workbook(_very_hidden, "very_hidden"),
    in_workbook(_hidden_row, "hidden_row"),
    in_workbook(lambda book, text: book.worksheets()[0].write_comment("A1", text), "comment"),
    in_workbook(lambda book, text: book.worksheets()[0].set_header(f"&L{text}"), "header"),
    in_workbook(lambda book, text: book.worksheets()[0].insert_textbox(2, 2, text), "textbox"),
    in_workbook(lambda book, text: book.define_name("名单", f'="{text}"'), "defined_name"),
    in_workbook(lambda book, text: book.set_custom_property("经办", text), "custom_property"),
    in_workbook(
        lambda book, text: book.worksheets()[0].write_formula(3, 0, "=A1", None, text), "cached"
    ),
    in_workbook(
        lambda book, text: book.worksheets()[0].data_validation(
            4, 0, 4, 0, {"validate": "list", "source": ["甲", text]}
        ),
        "choices",
    ),
    in_workbook(_chart, "chart"),
    in_workbook(
        lambda book, text: book.worksheets()[0].insert_image(
            0, 3, "a.png", {"image_data": io.BytesIO(png("好")), "description": text}
        ),
        "alt_text",
    ),
    in_workbook(
        lambda book, text: book.worksheets()[0].insert_image(
            0, 3, "a.png", {"image_data": io.BytesIO(png(text))}
        ),
        "picture",
    ),
]


def in_document(fill: Callable[[docx.document.Document, str], object], name: str) -> Plant:
    """A channel: something that a Word document is filled with."""

    def plant(folder: Path, text: str) -> str:
        document = docx.Document()
        fill(document, text)
        document.save(str(folder / "a.docx"))
        return "a.docx"

    plant.__name__ = f"docx_{name}"
    return plant


def _runs(document: docx.document.Document, text: str) -> None:
    paragraph = document.add_paragraph()
    for char in text:
        paragraph.add_run(char).font.size = Pt(9 + ord(char) % 3)


def _cell(document: docx.document.Document, text: str) -> None:
    document.add_table(1, 2).cell(0, 1).text = text


def _properties(document: docx.document.Document, text: str) -> None:
    document.core_properties.last_modified_by = text


def _hidden_text(document: docx.document.Document, text: str) -> None:
    document.add_paragraph().add_run(text).font.hidden = True


DOCUMENTS = [
    in_document(lambda document, text: document.add_paragraph(f"感谢{text}。"), "body"),
    in_document(_runs, "runs"),
    in_document(_cell, "cell"),
    in_document(_hidden_text, "hidden"),
    in_document(lambda d, text: d.sections[0].header.paragraphs[0].add_run(text), "header"),
    in_document(lambda d, text: d.sections[0].footer.paragraphs[0].add_run(text), "footer"),
    in_document(_properties, "properties"),
    in_document(
        lambda d, text: d.add_comment(d.add_paragraph("好").runs, text=text, author="甲"), "comment"
    ),
]


def with_part(name: str, xml: str) -> Plant:
    """A channel: one more part of a document's archive."""

    def plant(folder: Path, text: str) -> str:
        with zipfile.ZipFile(folder / "b.docx", "w") as archive:
            archive.writestr("word/document.xml", "<w:document><w:p>好</w:p></w:document>")
            archive.writestr(name, xml.format(text))
        return "b.docx"

    plant.__name__ = f"part_{Path(name).stem}"
    return plant


PARTS = [
    with_part("word/footnotes.xml", "<w:footnote><w:p><w:t>{}</w:t></w:p></w:footnote>"),
    with_part("word/deleted.xml", "<w:p><w:del><w:delText>{}</w:delText></w:del></w:p>"),
    with_part("customXml/item1.xml", "<items><item>{}</item></items>"),
    with_part("docProps/app.xml", "<Properties><Manager>{}</Manager></Properties>"),
    with_part("word/settings.json", '{{"who": "{}"}}'),
]
