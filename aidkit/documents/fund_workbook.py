"""A fund's tables as one Excel workbook: a sheet each, values only, no formulas."""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from aidkit.documents.fund_stamp import Stamp
from aidkit.documents.fund_table import Cell, Column, Kind, Row, Table, spanned

MOST_ROWS = 1_000_000
"""Rows of a table on one sheet; Excel holds little more. What is left goes on the next sheet."""

_FORMATS = {
    "text": "@",
    "code": "@",
    "money": "#,##0.00",
    "count": "#,##0",
    "quantity": "General",
    "date": "yyyy-mm-dd",
}
_HEADS = 4
"""Rows above the header: title, fund and period, bank, book."""

_A4 = 9
_LINE = 15
"""Points of a line of text."""

_LAST_NARROW = "\u00ff"
"""Characters after it are as wide as two digits."""

_LANDSCAPE_FROM = 58
"""Sheets wider than so many characters are printed on the long side."""


def workbook(tables: Sequence[Table], stamp: Stamp, title: str) -> bytes:
    """The workbook; equal tables have equal bytes.

    Args:
        tables: One for each sheet; their titles are the names of the sheets.
        stamp: Whose, and of when.
        title: Title of the workbook.
    """
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False})
    made_on = dt.datetime.combine(stamp.period.last, dt.time())
    book.set_properties({"title": title, "author": stamp.publisher, "created": made_on})
    formats = _Formats(book)
    for table in (part for whole in tables for part in _parts(whole)):
        _sheet(book.add_worksheet(table.title), table, stamp, formats)
    book.close()
    return memory.getvalue()


def _parts(table: Table) -> list[Table]:
    """The table, or where no sheet holds it what fits on each of several."""
    starts = range(0, max(len(table.rows), 1), MOST_ROWS)
    if len(starts) == 1:
        return [table]
    return [
        replace(table, title=f"{table.title} {n}", rows=table.rows[at : at + MOST_ROWS])
        for n, at in enumerate(starts, 1)
    ]


class _Formats:
    """Formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}
        plain = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        self.title = book.add_format(
            plain | {"font_size": 16, "bold": True, "font_color": "#C00000"}
        )
        remark = plain | {"text_wrap": True}
        self.remark = book.add_format(remark)
        self.warning = book.add_format(remark | {"bold": True, "font_color": "#C00000"})
        self._plain: dict[str, object] = plain | {"border": 1}

    def header(self) -> Format:
        return self._of(bg_color="#E6E6E6", bold=True, align="center", text_wrap=True)

    def cell(self, column: Column, row: Row, cell: Cell) -> Format:
        numeric = isinstance(cell, int)
        kind = _FORMATS[column.kind] if numeric or not column.numeric else "@"
        more: dict[str, object] = {"num_format": kind, "align": column.side}
        if column.kind == "text":
            more["text_wrap"] = True
        if row.mark != "line":
            more |= {"bold": True, "bg_color": "#F3F3F3"}
        return self._of(**more)

    def _of(self, **more: object) -> Format:
        key = tuple(sorted(more.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(self._plain | more)
        return self._made[key]


def _sheet(sheet: Worksheet, table: Table, stamp: Stamp, formats: _Formats) -> None:
    said = (
        "　".join(filter(None, (stamp.fund.name, table.title, stamp.edition))),
        f"填报单位：{stamp.publisher}　统计期间：{stamp.when}　单位：元　编号：{stamp.number}",
        stamp.of_bank,
        f"{stamp.of_opening}{stamp.of_book}",
    )
    looks = (formats.title, formats.remark, formats.remark, formats.remark)
    width = sum(_width(column) for column in table.columns)
    for place, (text, look) in enumerate(zip(said, looks, strict=True)):
        warns = place == 2 and stamp.warning
        used = formats.warning if warns else look
        sheet.merge_range(place, 0, place, len(table.columns) - 1, text, used)
        sheet.set_row(place, _height(text, width) if place else 26)
    grouped = any(column.group for column in table.columns)
    first = _HEADS + (2 if grouped else 1)
    _header(sheet, table.columns, grouped, formats.header())
    for place, row in enumerate(table.rows, first):
        wide = spanned(row)
        if wide > 1:
            look = formats.cell(replace(table.columns[0], centred=True), row, row.cells[0])
            sheet.merge_range(place, 0, place, wide - 1, str(row.cells[0]), look)
        for at in range(wide if wide > 1 else 0, len(row.cells)):
            look = formats.cell(table.columns[at], row, row.cells[at])
            _write(sheet, (place, at), row.cells[at], table.columns[at].kind, look)
        sheet.set_row(place, _row_height(row, table.columns))
    for place, note in enumerate(table.notes, first + len(table.rows) + 1):
        text = f"注：{note}"
        sheet.merge_range(place, 0, place, len(table.columns) - 1, text, formats.remark)
        sheet.set_row(place, _height(text, width))
    _page(sheet, table, stamp, first)


def _header(sheet: Worksheet, columns: Sequence[Column], grouped: bool, look: Format) -> None:
    top, bottom = _HEADS, _HEADS + (1 if grouped else 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _width(column))
        if not grouped:
            sheet.write_string(top, at, column.title, look)
        elif not column.group:
            sheet.merge_range(top, at, bottom, at, column.title, look)
        else:
            sheet.write_string(bottom, at, column.title, look)
    at = 0
    while at < len(columns):
        end = at + 1
        while end < len(columns) and columns[at].group and columns[end].group == columns[at].group:
            end += 1
        if end - at > 1:
            sheet.merge_range(top, at, top, end - 1, columns[at].group, look)
        elif columns[at].group:
            sheet.write_string(top, at, columns[at].group, look)
        at = end


def _width(column: Column) -> float:
    """In the digits that Excel counts a column's width in."""
    return column.width * 2 + 2


def _row_height(row: Row, columns: Sequence[Column]) -> float:
    texts = zip(row.cells[spanned(row) - 1 :], columns[spanned(row) - 1 :], strict=True)
    tall = (_height(cell, _width(of)) for cell, of in texts if isinstance(cell, str))
    return max(tall, default=_LINE)


def _height(text: str, width: float) -> float:
    """Points that a text takes in a merged cell, which Excel does not fit by itself."""
    digits = sum(2 if character > _LAST_NARROW else 1 for character in text)
    return _LINE * max(1, ceil(digits * 1.05 / width))


def _write(sheet: Worksheet, place: tuple[int, int], cell: Cell, kind: Kind, look: Format) -> None:
    if cell is None:
        sheet.write_blank(*place, None, look)
    elif isinstance(cell, int):
        divisor = {"money": 100, "quantity": 1000}.get(kind)
        # Excel keeps 15 digits: more than the greatest sum of fen has.
        sheet.write_number(*place, cell / divisor if divisor else cell, look)
    elif isinstance(cell, dt.date):
        sheet.write_datetime(*place, dt.datetime.combine(cell, dt.time()), look)
    else:
        sheet.write_string(*place, cell, look)


def _page(sheet: Worksheet, table: Table, stamp: Stamp, first: int) -> None:
    sheet.freeze_panes(first, 0)
    sheet.repeat_rows(_HEADS, first - 1)
    sheet.set_paper(_A4)
    if sum(column.width for column in table.columns) > _LANDSCAPE_FROM:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    # In a footer & begins a code.
    number = stamp.number.replace("&", "&&")
    warning = f" {stamp.warning}" if stamp.warning else ""
    sheet.set_footer(f"&L{number}{warning}&R第 &P 页，共 &N 页")
