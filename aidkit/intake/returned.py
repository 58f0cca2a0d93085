"""The clerk's own workbook handed back: faulty cells red, the reasons in a column at the end."""

import datetime as dt
import io
import math
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import polars as pl
import xlsxwriter
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from aidkit.errors import InputError
from aidkit.intake.faults import ERROR
from aidkit.intake.files import TEXTS
from aidkit.intake.layout import HEADER_WITHIN
from aidkit.intake.values import Value, shown
from aidkit.intake.workbooks import Sheet, open_sheets
from aidkit.project import replacing

REASON = "问题说明"
"""Header of the column that says what is wrong in a row."""

RED = "FFC7CE"
YELLOW = "FFEB9C"
"""Fills of cells with an error and with a warning."""

_REASON_WIDTH = 60
_SAME_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass
class Marks:
    """What to mark on one sheet; rows and columns count from 1.

    Attributes:
        fills: Colour by row and column.
        reasons: What is wrong, by row.
        headers: Header by column, to find the header row.
    """

    fills: dict[tuple[int, int], str] = field(default_factory=dict)
    reasons: dict[int, list[str]] = field(default_factory=dict)
    headers: dict[int, str] = field(default_factory=dict)

    def header_row(self, rows: Sequence[Sequence[object]]) -> int:
        """The row whose cells are the headers of the faulty columns; 1 where none is."""
        for number, row in enumerate(rows[:HEADER_WITHIN], start=1):
            for column, header in self.headers.items():
                cell = row[column - 1] if column <= len(row) else ""
                if isinstance(cell, str) and header and shown(cell) == header:
                    return number
        return 1

    def texts(self, header_row: int) -> dict[int, str]:
        """What to write into the column of reasons."""
        written = {row: "；".join(reasons) for row, reasons in self.reasons.items()}
        own = written.get(header_row)
        return {**written, header_row: f"{REASON}：{own}" if own else REASON}


def return_workbook(original: Path, problems: pl.DataFrame, copy: Path) -> bool:
    """Write a copy of a workbook with its problems marked; xlsx keeps the clerk's formatting.

    Args:
        original: The workbook or CSV file.
        problems: Its rows of `tables.Problems`.
        copy: Where the copy goes, an xlsx file.

    Returns:
        False where nothing can be marked: the file cannot be opened, or holds no faulty sheet.
    """
    try:
        sheets = open_sheets(original)
    except InputError:
        return False
    marks = _marks(problems)
    if not any(sheet.name in marks for sheet in sheets):
        return False
    content = None if original.suffix.lower() in TEXTS else _marked(original, sheets, marks)
    with replacing(copy) as file:
        file.write(_timeless(content or _rebuilt(sheets, marks)))
    return True


def _marks(problems: pl.DataFrame) -> dict[str, Marks]:
    marks: dict[str, Marks] = {}
    for found in problems.iter_rows(named=True):
        on_sheet = marks.setdefault(found["sheet"], Marks())
        row = found["row"] or 1
        letter, _, header = found["column"].partition(" ")
        where = ""
        if letter:
            place = row, column_index_from_string(letter)
            # An error outranks a warning of the same cell.
            if on_sheet.fills.get(place) != RED:
                on_sheet.fills[place] = RED if found["severity"] == ERROR else YELLOW
            on_sheet.headers[place[1]] = header
            where = f"【{header or letter}】"
        on_sheet.reasons.setdefault(row, []).append(f"{where}{found['message']}{found['remedy']}")
    return marks


def _marked(original: Path, sheets: Sequence[Sheet], marks: Mapping[str, Marks]) -> bytes | None:
    """The copy made with openpyxl; None where openpyxl cannot open what calamine can."""
    with warnings.catch_warnings():
        # openpyxl warns of drop-downs and styles that it leaves out of the copy.
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(original)
            for sheet in sheets:
                if sheet.name in marks:
                    _mark_sheet(book[sheet.name], marks[sheet.name], _width(sheet))
            buffer = io.BytesIO()
            book.save(buffer)
        except Exception:
            return None
    return buffer.getvalue()


def _width(sheet: Sheet) -> int:
    """Columns up to the last that holds anything; formats reach further than anybody looks."""
    return max((i for row in sheet.rows for i, cell in enumerate(row, 1) if cell != ""), default=0)


def _mark_sheet(sheet: Worksheet, marks: Marks, width: int) -> None:
    # A cell inside a merged range cannot hold the reason.
    last = max([width, *(span.max_col for span in sheet.merged_cells.ranges)]) + 1
    owner = {
        place: (span.min_row, span.min_col)
        for span in sheet.merged_cells.ranges
        for place in span.cells
    }
    for place, colour in marks.fills.items():
        row, column = owner.get(place, place)
        sheet.cell(row, column).fill = PatternFill("solid", fgColor=colour)
    top = list(sheet.iter_rows(max_row=HEADER_WITHIN, values_only=True))
    for row, text in marks.texts(marks.header_row(top)).items():
        cell = sheet.cell(row, last)
        if isinstance(cell, Cell):
            cell.value = text
            cell.data_type = "s"
            cell.font = Font(color="9C0006")
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(last)].width = _REASON_WIDTH


def _rebuilt(sheets: list[Sheet], marks: Mapping[str, Marks]) -> bytes:
    """A copy from values alone: xls and CSV cannot be marked in place."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": dt.datetime(2000, 1, 1)})
        reason = book.add_format({"font_color": "#9C0006", "text_wrap": True, "valign": "top"})
        formats = {
            (colour, number): book.add_format(
                {"num_format": number} | ({"bg_color": f"#{colour}"} if colour else {})
            )
            for colour in ("", RED, YELLOW)
            for number in ("@", "yyyy-mm-dd", "General")
        }
        for index, sheet in enumerate(sheets, start=1):
            page = book.add_worksheet(_sheet_name(sheet.name, index, sheets))
            on_sheet = marks.get(sheet.name, Marks())
            for r, row in enumerate(sheet.rows):
                for c, value in enumerate(row):
                    if value != "" or (r + 1, c + 1) in on_sheet.fills:
                        colour = on_sheet.fills.get((r + 1, c + 1), "")
                        cell, number = _written(value)
                        if isinstance(cell, str):
                            # `write` would make a formula of text that begins with "=".
                            page.write_string(r, c, cell, formats[colour, number])
                        else:
                            page.write(r, c, cell, formats[colour, number])
            if on_sheet.reasons:
                last = _width(sheet)
                header_row = on_sheet.header_row(sheet.rows)
                for r, text in on_sheet.texts(header_row).items():
                    page.write_string(r - 1, last, text, reason)
                page.set_column(last, last, _REASON_WIDTH)
    return buffer.getvalue()


def _written(value: Value) -> tuple[str | float | dt.date | dt.time, str]:
    """A cell as it goes into a rebuilt copy, and its number format; text stays text."""
    if isinstance(value, bool):
        return str(value).upper(), "@"
    if isinstance(value, dt.date) and value.year >= 1900:
        return value, "yyyy-mm-dd"
    if isinstance(value, int | float) and math.isfinite(value):
        return value, "General"
    text = value if isinstance(value, str) else shown(value)
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)[:32_767], "@"


def _sheet_name(name: str, index: int, sheets: list[Sheet]) -> str:
    """The sheet's own name, or a plain one where Excel would refuse it."""
    names = [sheet.name.casefold() for sheet in sheets]
    fit = 0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]|^'|'$", name)
    return name if fit and names.count(name.casefold()) == 1 else f"Sheet{index}"


def _timeless(content: bytes) -> bytes:
    """The same workbook without the time of its making, so that equal input gives equal bytes."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = re.sub(
                    rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*",
                    rb"\g<1>2000-01-01T00:00:00Z",
                    part,
                )
            target.writestr(zipfile.ZipInfo(name, _SAME_TIME), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
