"""Files into sheets: xlsx, xls and CSV, each cell with its type and its true position."""

import csv
import io
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import cast

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from aidkit.errors import InputError
from aidkit.intake.archive import ranges_first, sheet_parts
from aidkit.intake.broken import Place, broken_in_xls, broken_in_xlsx, refuse_far_cells
from aidkit.intake.files import TEXTS, WORKBOOKS
from aidkit.intake.values import Broken, Value

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LARGEST = 400_000_000
"""Bytes of one file, packed or unpacked; a larger one is a mistake or an attack."""
_MOST_CELLS = 10_000_000
"""Cells of one sheet between its first and last: two stray cells can span billions."""
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"\s*')
_WIDE = 200
"""Columns that no table has."""

Range = tuple[Place, Place]


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[r][c]` is the cell in Excel's row r + 1 and column c + 1.

    Attributes:
        name: Name of the sheet; empty for CSV.
        rows: All rows from the first of the sheet, equally long.
        merged: Merged ranges, first and last cell, from 0.
        hidden: Whether the clerk does not see it.
    """

    name: str
    rows: list[list[Value]]
    merged: tuple[Range, ...] = ()
    hidden: bool = False


def open_sheets(path: Path) -> list[Sheet]:
    """Read every sheet of a workbook or CSV file.

    Raises:
        InputError: The file cannot be read at all; the message is the reason.
    """
    return sheets_in(content_of(path), path.name)


def content_of(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        InputError: It is too large or the system does not give it; the message is the reason.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError("文件太大", where=path.name)
        return path.read_bytes()
    except OSError as fault:
        raise InputError(f"系统不让读（{fault.strerror}）", where=path.name) from None


def sheets_in(content: bytes, name: str) -> list[Sheet]:
    """Every sheet of a workbook or CSV file with this content and name.

    Raises:
        InputError: It cannot be read at all; the message is the reason.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in TEXTS:
        return [Sheet("", _text_rows(content, name))]
    if suffix not in WORKBOOKS:
        raise InputError(f"不认识“{suffix}”这种文件", where=name)
    if not content:
        raise InputError("文件是空的", where=name)
    if not content.startswith((_ZIP, _OLE)):
        raise InputError(_impostor(content), where=name)
    return _workbook_sheets(content, name)


def _impostor(content: bytes) -> str:
    """What a file is that only calls itself a workbook: older systems export such ones."""
    start = content[:1000].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").replace(b"\0", b"").lower()
    if start.startswith(b"<?xml"):
        return "内容其实是 XML，不是 Excel 工作簿"
    if start.startswith(b"<"):
        return "内容其实是网页，不是 Excel 工作簿"
    return "内容不是 Excel 工作簿"


def _workbook_sheets(content: bytes, name: str) -> list[Sheet]:
    with _refusing(name), _unheard():
        broken, content = _searched(content)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = []
        for meta in workbook.sheets_metadata:
            if meta.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(meta.name)
            if sheet.total_height * sheet.total_width > _MOST_CELLS:
                raise InputError(f"工作表“{meta.name}”的范围太大", where=name)
            rows = cast(list[list[Value]], sheet.to_python(skip_empty_area=False))
            for (row, column), cell in broken.get(meta.name, {}).items():
                _put(rows, row, column, cell)
            hidden = meta.visible is not SheetVisibleEnum.Visible
            merged = tuple(sheet.merged_cell_ranges or ())
            sheets.append(Sheet(meta.name, _squared(rows), merged, hidden))
        return sheets


def _searched(content: bytes) -> tuple[dict[str, dict[Place, Broken]], bytes]:
    """What calamine does not show of a workbook, and the workbook as calamine reads it fastest."""
    if not content.startswith(_ZIP):
        return broken_in_xls(content), content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = {}
        for part, xml in sheet_parts(archive, _LARGEST):
            refuse_far_cells(xml, _MOST_CELLS)
            sheets[part] = xml
        return broken_in_xlsx(archive, sheets), ranges_first(content, archive, sheets)


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Turn whatever a broken file makes the readers raise into an `InputError`."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, InputError):
        raise
    except PasswordError:
        raise InputError("文件加了密码", where=name) from None
    except BaseException as fault:
        # A panic of calamine's Rust code derives from BaseException, not from Exception.
        if not isinstance(fault, Exception) and type(fault).__name__ != "PanicException":
            raise
        raise InputError("文件已损坏或不是 Excel 工作簿", where=name) from None


@contextmanager
def _unheard() -> Iterator[None]:
    """Keep the reports of panics, which Rust writes past Python, off the clerk's screen."""
    sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - not a path of ours
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _put(rows: list[list[Value]], row: int, column: int, cell: Value) -> None:
    # calamine leaves these cells out, so they may lie beyond its last row or column.
    while len(rows) <= row:
        rows.append([])
    line = rows[row]
    line.extend([""] * (column + 1 - len(line)))
    line[column] = cell


def _squared(rows: list[list[Value]]) -> list[list[Value]]:
    width = max(map(len, rows), default=0)
    if width > _WIDE:
        # Formats or a slip of the pen far out to the right make thousands of empty columns.
        width = max(_used(row) for row in rows)
        rows = [row[:width] for row in rows]
    return [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]


def _used(row: list[Value]) -> int:
    return next((i for i in range(len(row), 0, -1) if row[i - 1] != ""), 0)


def _text_rows(content: bytes, name: str) -> list[list[Value]]:
    text = _decoded(content, name)
    delimiter = max(",\t;", key=text[:4000].count)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows: list[list[Value]] = [[_unquoted(cell) for cell in line] for line in lines]
    except csv.Error as fault:
        raise InputError(f"CSV 格式不对（{fault}）", where=name) from None
    return _squared(rows)


def _unquoted(cell: str) -> str:
    """A cell without the `="…"` by which systems keep Excel from turning digits to a number."""
    match = _KEPT_AS_TEXT.fullmatch(cell)
    return match[1] if match else cell


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InputError("文字编码既不是 UTF-8 也不是 GB18030", where=name)
