"""A fund's documents as files of a folder: PDF and Word each, one workbook."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from aidkit.documents.fund_certificates import Certificate, certificates_pdf
from aidkit.documents.fund_pdf import document_pdf, feedback_pdf
from aidkit.documents.fund_stamp import Stamp
from aidkit.documents.fund_table import Document
from aidkit.documents.fund_word import document_docx
from aidkit.documents.fund_workbook import workbook
from aidkit.documents.typesetting import NoFontError

MOST_PRINTED = 3_000
"""Rows that a PDF may have: 100 pages, half a GiB of memory; the workbook holds them all."""

MOST_IN_WORD = 500
"""Rows that a Word file may have: each takes 3 ms to write, and twenty pages are not edited."""

MOST_PAGES = 1_000
"""Letters or certificates in one file; more are several files."""

FEEDBACK = "定向捐赠使用反馈"
CERTIFICATES = "捐赠证书"
"""The folder of the certificates, and the file of all in one."""

_Page = TypeVar("_Page")


def write_documents(folder: Path, documents: Sequence[Document], stamp: Stamp) -> Iterator[str]:
    """Write documents into a folder: PDF and Word each, all tables in one workbook.

    Yields:
        What was left out and why, Chinese.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = [table for document in documents for table in document.tables]
    name = f"{stamp.fund.name}{stamp.lasting}"
    (folder / "基金报表.xlsx").write_bytes(workbook(tables, stamp, name))
    for document in documents:
        if (rows := _rows(document)) > MOST_IN_WORD:
            instead = "PDF 或 基金报表.xlsx" if rows <= MOST_PRINTED else "基金报表.xlsx"
            yield f"{document.name}有 {rows:,} 行，没有做 Word，请用 {instead}。"
            continue
        (folder / f"{document.name}.docx").write_bytes(document_docx(document, stamp))
    try:
        for document in documents:
            if (rows := _rows(document)) > MOST_PRINTED:
                yield f"{document.name}有 {rows:,} 行，没有做 PDF，请用 基金报表.xlsx。"
                continue
            (folder / f"{document.name}.pdf").write_bytes(document_pdf(document, stamp))
    except NoFontError as fault:
        yield without_pdf(fault)


def _rows(document: Document) -> int:
    return sum(len(table.rows) for table in document.tables)


def write_feedback(folder: Path, pages: Sequence[dict[str, object]], stamp: Stamp) -> Iterator[str]:
    """Write the letters to donors into one PDF.

    Args:
        folder: Where.
        pages: `fund_feedback.feedback_pages`.
        stamp: Whose, and of when.

    Yields:
        Why there is none, Chinese.
    """
    if not pages:
        yield "没有署名的定向捐赠在本期使用或结余，不出定向捐赠使用反馈。"
        return
    try:
        for name, some in _parts(FEEDBACK, pages):
            (folder / name).write_bytes(feedback_pdf(some, stamp))
    except NoFontError:
        # The other documents have said so.
        return


def write_certificates(
    folder: Path, certificates: Sequence[Certificate], stamp: Stamp
) -> Iterator[str]:
    """Write a PDF for each certificate, named by its voucher, and one of all.

    Yields:
        Why there are none, Chinese.
    """
    if not certificates:
        yield "本期没有可以出证书的捐赠。"
        return
    each = folder / CERTIFICATES
    each.mkdir(parents=True, exist_ok=True)
    try:
        for name, some in _parts(CERTIFICATES, certificates):
            (folder / name).write_bytes(certificates_pdf(some, stamp))
        for one in certificates:
            (each / f"{one.voucher}.pdf").write_bytes(certificates_pdf([one], stamp))
    except NoFontError as fault:
        each.rmdir()
        yield without_pdf(fault)


def _parts(name: str, pages: Sequence[_Page]) -> Iterator[tuple[str, Sequence[_Page]]]:
    """All pages in one file, or where they are too many in several, with their names."""
    starts = range(0, len(pages), MOST_PAGES)
    for number, start in enumerate(starts, 1):
        which = f" {number}" if len(starts) > 1 else ""
        yield f"{name}{which}.pdf", pages[start : start + MOST_PAGES]


def without_pdf(fault: NoFontError) -> str:
    """That there is no PDF and how to get one."""
    return f"{fault.message}{fault.remedy}Word 和 Excel 已做好。"
