"""A fund's documents as PDF."""

from collections.abc import Sequence

from aidkit.documents.fund_stamp import Stamp
from aidkit.documents.fund_table import (
    Column,
    Document,
    Row,
    Table,
    chinese_day,
    printed_row,
    spanned,
    spans,
)
from aidkit.documents.typesetting import SERIF, typeset

_SIZE, _SMALL = 9.5, 8.5
_FITTING = 56
"""Widths of columns in characters that a page holds at `_SIZE`."""


def title_of(document: Document, stamp: Stamp) -> str:
    """What stands in large letters: `2026 年第三季度收支公示表`, `2026 年 9 月 30 日资产负债表`."""
    when = chinese_day(stamp.period.last) if document.of_day else stamp.lasting
    return f"{when}{document.name}"


def notes_of(document: Document, stamp: Stamp) -> list[str]:
    """Remarks on the whole: the document's own, the opening, the bank, the book, whom to ask."""
    asking = [f"咨询、监督：{stamp.contact}。"] if stamp.contact else []
    opening = [stamp.of_opening] if stamp.of_opening else []
    return [*document.notes, *opening, stamp.of_bank, stamp.of_book, *asking]


def document_pdf(document: Document, stamp: Stamp) -> bytes:
    """One document as PDF.

    Raises:
        NoFontError: The machine has no Chinese font.
    """
    widest = max(sum(column.width for column in one.columns) for one in document.tables)
    room = _FITTING * (1.45 if document.landscape else 1)
    data = {
        **_about(stamp),
        "title": title_of(document, stamp),
        "landscape": document.landscape,
        "size": _SIZE if widest <= room else _SMALL,
        "lead": document.lead,
        "tables": [_table(one) for one in document.tables],
        "notes": notes_of(document, stamp),
    }
    return typeset("fund_statement", data, stamp.period.last, first=SERIF)


def feedback_pdf(pages: Sequence[dict[str, object]], stamp: Stamp) -> bytes:
    """Letters to donors, a page for each gift.

    Args:
        pages: `fund_feedback.feedback_pages`.
        stamp: Whose, and of when.

    Raises:
        NoFontError: The machine has no Chinese font.
    """
    data = {
        **_about(stamp),
        "title": f"{stamp.lasting}定向捐赠使用反馈",
        "contact": stamp.contact,
        "notes": [stamp.of_bank, stamp.of_book],
        "pages": pages,
    }
    return typeset("fund_feedback", data, stamp.period.last, first=SERIF)


def _about(stamp: Stamp) -> dict[str, object]:
    """What stands on every paper."""
    return {
        "head": stamp.fund.name,
        "publisher": stamp.publisher,
        "number": stamp.number,
        "period": stamp.when,
        "edition": stamp.edition,
        "warning": stamp.warning,
    }


def _table(table: Table) -> dict[str, object]:
    rows = zip(table.rows, spans(table), strict=True)
    return {
        "title": table.title,
        "notes": table.notes,
        "columns": [
            {"title": one.title, "group": one.group, "width": one.width, "side": one.side}
            for one in table.columns
        ],
        "rows": [_row(row, table.columns, tall) for row, tall in rows],
    }


def _row(row: Row, columns: Sequence[Column], tall: int) -> dict[str, object]:
    cells = printed_row(row, columns)
    return {"cells": cells, "mark": row.mark, "wide": spanned(row), "tall": tall}
