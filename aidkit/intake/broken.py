"""Cells that calamine shows as empty though they are not: errors and uncalculated formulas.

In xlsx they are found in the sheet's own XML: a cell of type `e`, or with a formula `<f>` and no
value `<v>`. Most sheets hold neither, so the bytes are searched first and parsed only then. In xls
the records are searched for by their bytes and then read with xlrd, which keeps error cells.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

import xlrd  # type: ignore[import-untyped]
from xlrd.biffh import XL_CELL_ERROR, XL_CELL_TEXT, error_text_from_code  # type: ignore[import-untyped]

from aidkit.errors import InputError
from aidkit.intake.values import Broken

Place = tuple[int, int]
"""Row and column from 0."""

_SUSPECT = (b'"e"', b"'e'", b"f>", b"<f ", b"f/>")
"""Bytes without which a sheet holds neither an error cell nor a formula, with any prefix."""
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")
_FILLED = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*(?<!/)>(?!</)")
"""Column and row of a cell that is not plainly empty."""
_FAR = (
    # Within A1:ZZ9999, or within A1:Z99999: at most 7 million cells.
    re.compile(rb"r=[\"'](?:[A-Z]{3}|[A-Z]{1,2}\d{5})"),
    re.compile(rb"r=[\"'](?:[A-Z]{2}|[A-Z]\d{6})"),
)
"""What any sheet holds that spans more: a quick look spares most sheets the exact one."""
_NEAR = 7_100_000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

# BOOLERR with the error flag set; FORMULA whose result is an error or an empty string.
_XLS_SUSPECT = re.compile(
    rb"\x05\x02\x08\x00.{6}.\x01|\x06\x00..{7}[\x02\x03]\x00.\x00\x00\x00\xff\xff", re.DOTALL
)


def broken_in_xlsx(
    archive: zipfile.ZipFile, sheets: Mapping[str, bytes]
) -> dict[str, dict[Place, Broken]]:
    """Sheet name to its cells without a value.

    Args:
        archive: An xlsx file.
        sheets: The XML of its sheets by their names in the archive.
    """
    suspects = {part for part, xml in sheets.items() if _is_suspect(xml)}
    if not suspects:
        return {}
    parts = _sheet_parts(archive)
    return {name: dict(_cells(sheets[part])) for name, part in parts if part in suspects}


def broken_in_xls(content: bytes) -> dict[str, dict[Place, Broken]]:
    """Sheet name to its cells without a value.

    Args:
        content: An xls file.
    """
    return dict(_xls(content)) if _XLS_SUSPECT.search(content) else {}


def _is_suspect(xml: bytes) -> bool:
    start, end = xml.find(b"<sheetData>") + len(b"<sheetData>"), xml.rfind(b"</sheetData>")
    # One letter is found many times faster than several, and most cells hold neither.
    if xml.find(b"e", start, end) < 0 and xml.find(b"f", start, end) < 0:
        return False
    return any(mark in xml for mark in _SUSPECT)


def refuse_far_cells(xml: bytes, most_cells: int) -> None:
    """Two stray cells can span billions: calamine would ask for their memory and be killed.

    Args:
        xml: A sheet of an xlsx file.
        most_cells: Most cells that it may span from A1 to its last one.

    Raises:
        InputError: It spans more.
    """
    if most_cells >= _NEAR and not all(far.search(xml) for far in _FAR):
        return
    filled = _FILLED.findall(xml)
    if not filled:
        return
    last_row = max(int(row) for _, row in filled)
    last = max({letters for letters, _ in filled}, key=lambda letters: (len(letters), letters))
    if last_row * (_place(f"{last.decode()}1", 0, 0)[1] + 1) > most_cells:
        raise InputError(
            f"有内容的格子一直到 {last.decode()} 列、第 {last_row} 行，范围太大；"
            "请先删掉表格以外多余的内容"
        )


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = {
        str(relation.get("Id")): str(relation.get("Target"))
        for relation in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    for element in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if _tag(element) == "sheet":
            target = relations.get(str(element.get(_RELATION)), "")
            yield (
                str(element.get("name")),
                target.lstrip("/") if target.startswith("/") else f"xl/{target}",
            )


def _cells(xml: bytes) -> Iterator[tuple[Place, Broken]]:
    row = column = -1
    for event, element in ElementTree.iterparse(io.BytesIO(xml), events=("start", "end")):
        tag = _tag(element)
        if event == "start":
            if tag == "row":
                row = int(element.get("r") or row + 2) - 1
                column = -1
            elif tag == "c":
                # The reference is optional: without it a cell follows the one before it.
                row, column = _place(element.get("r"), row, column + 1)
            continue
        if tag == "c":
            if broken := _broken(element):
                yield (row, column), broken
            element.clear()


def _broken(cell: ElementTree.Element) -> Broken | None:
    parts: Mapping[str, ElementTree.Element] = {_tag(part): part for part in cell}
    value = parts["v"].text if "v" in parts else None
    kind = cell.get("t", "n")
    if kind == "e":
        return Broken("error_cell", value or "#N/A")
    if "f" in parts and not value and kind != "str" and "is" not in parts:
        return Broken("uncached_formula", f"={parts['f'].text or ''}")
    return None


def _place(reference: str | None, row: int, column: int) -> Place:
    match = _REFERENCE.fullmatch(reference or "")
    if match is None:
        return row, column
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - 64
    return int(match[2]) - 1, number - 1


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _xls(content: bytes) -> Iterator[tuple[str, dict[Place, Broken]]]:
    with xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True) as book:
        for name in book.sheet_names():
            sheet = book.sheet_by_name(name)
            cells: dict[Place, Broken] = {}
            for row in range(sheet.nrows):
                values = sheet.row_values(row)
                for column, kind in enumerate(sheet.row_types(row)):
                    if kind == XL_CELL_ERROR:
                        text = error_text_from_code.get(values[column], "#N/A")
                        cells[row, column] = Broken("error_cell", text)
                    elif kind == XL_CELL_TEXT and values[column] == "":
                        # Only a formula can hold an empty text; xls does not tell "" from nothing.
                        cells[row, column] = Broken("uncached_formula", "=")
            if cells:
                yield name, cells
