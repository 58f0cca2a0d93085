"""Lay sheets out and write them to files: the same sheets give the same bytes."""

import csv
import datetime as dt
import io
from collections.abc import Iterable
from pathlib import Path

from aidkit.calendar import EXCEL_EPOCH
from aidkit.project import replacing
from aidkit.sample.sheets import Book, Cell, DateStyle, Formula, Sheet, day_as
from aidkit.sample.spreadsheet import DATE, HEADER, NOTE, PLAIN, TEXT, TITLE, Page, Spreadsheet
from aidkit.tables import INPUTS
from aidkit.tables.columns import kind_of

AS_TEXT = frozenset({"student_no", "id_number", "school_code", "card_no", "code", "phone"})
"""Kinds of columns that clerks set to Excel's text format."""

_WIDE = frozenset({"student_no", "id_number", "card_no", "address"})


def write_book(folder: Path, book: Book) -> None:
    """Write a workbook (.xlsx) or a CSV in GB18030, by the file's suffix."""
    with replacing(folder / book.path) as file:
        if book.raw is not None:
            file.write(book.raw)
        elif book.path.endswith(".csv"):
            (sheet,) = book.sheets
            file.write(_csv(sheet).encode("gb18030"))
        else:
            file.write(_xlsx(book.sheets))


def _xlsx(sheets: list[Sheet]) -> bytes:
    workbook = Spreadsheet()
    for sheet in sheets:
        _lay_out(workbook.page(sheet.name), sheet)
    return workbook.to_bytes()


def _lay_out(page: Page, sheet: Sheet) -> None:
    letters = [sheet.letter(column) for column in sheet.columns]
    looks = _columns(page, sheet)
    row = sheet.style.origin[0]
    for n, line in enumerate(sheet.lines):
        row += 1
        page.row(row, [page.text(f"{letters[0]}{row}", line, NOTE if n else TITLE)])
        if n == 0 and len(letters) > 1:
            page.merge(f"{letters[0]}{row}", f"{letters[-1]}{row}")
    _header(page, sheet, letters)
    dates = sheet.style.dates
    for index, cells in enumerate(sheet.rows):
        row = sheet.excel_row(index)
        page.row(row, _cells(page, row, zip(letters, looks, cells, strict=True), dates))
    row = sheet.total_row
    if sheet.total is not None:
        page.row(row, _cells(page, row, zip(letters, looks, sheet.total, strict=True), dates))
        row += 1
    if sheet.footer:
        page.row(row, [page.text(f"{letters[0]}{row}", sheet.footer, NOTE)])


def _columns(page: Page, sheet: Sheet) -> list[int]:
    """Set the columns' widths and looks, and return the looks."""
    schema = INPUTS[sheet.table].columns()
    looks = []
    for n, name in enumerate(sheet.columns, start=sheet.style.origin[1] + 1):
        kind = kind_of(schema[name]) if name in schema else ""
        looks.append(TEXT if kind in AS_TEXT else PLAIN)
        page.column(n, looks[-1], 22 if kind in _WIDE else 12)
    return looks


def _header(page: Page, sheet: Sheet, letters: list[str]) -> None:
    lowest = sheet.header_row
    page.freeze(lowest)
    texts = [sheet.header(column) for column in sheet.columns]
    if sheet.style.group is None:
        pairs = zip(letters, texts, strict=True)
        page.row(lowest, [page.text(f"{letter}{lowest}", text, HEADER) for letter, text in pairs])
        return
    over, first, last = sheet.style.group
    left, right = sheet.columns.index(first), sheet.columns.index(last)
    upper, lower = [], []
    for n, (letter, text) in enumerate(zip(letters, texts, strict=True)):
        if left <= n <= right:
            lower.append(page.text(f"{letter}{lowest}", text, HEADER))
        else:
            upper.append(page.text(f"{letter}{lowest - 1}", text, HEADER))
            page.merge(f"{letter}{lowest - 1}", f"{letter}{lowest}")
        if n == left:
            upper.append(page.text(f"{letter}{lowest - 1}", over, HEADER))
    page.merge(f"{letters[left]}{lowest - 1}", f"{letters[right]}{lowest - 1}")
    page.row(lowest - 1, upper)
    page.row(lowest, lower)


def _cells(
    page: Page, row: int, cells: Iterable[tuple[str, int, Cell]], dates: DateStyle
) -> list[str]:
    written = []
    for letter, look, cell in cells:
        place = f"{letter}{row}"
        if cell is None or cell == "":
            continue
        if isinstance(cell, str):
            written.append(page.text(place, cell, look))
        elif isinstance(cell, dt.date):
            if dates == "excel":
                written.append(page.number(place, (cell - EXCEL_EPOCH).days, DATE))
            else:
                written.append(page.text(place, day_as(dates, cell)))
        elif isinstance(cell, Formula):
            written.append(page.formula(place, cell.text, cell.value))
        else:
            written.append(page.number(place, cell))
    return written


def _csv(sheet: Sheet) -> str:
    memory = io.StringIO(newline="")
    writer = csv.writer(memory, lineterminator="\r\n")
    for line in sheet.lines:
        writer.writerow([line])
    writer.writerow([sheet.header(column) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_as_text(cell, sheet) for cell in row])
    return memory.getvalue()


def _as_text(cell: Cell, sheet: Sheet) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return day_as(sheet.style.dates, cell)
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)
