"""Sheets of a workbook as a reader sees them: its parts keep words and numbers in other files."""

import io
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook

EXACT = 2**53
"""Below it a float holds every whole number."""

_BROKEN = (CalamineError, OSError, ValueError)


def sheet_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield (sheet, text) of every sheet, hidden ones too: a line a row, tabs between cells.

    What is no table that anybody could open has none; the parts of the file are read anyway.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except _BROKEN:
        return
    for name in book.sheet_names:
        try:
            rows = book.get_sheet_by_name(name).to_python()
        except _BROKEN:
            continue
        lines = ("\t".join(_shown(cell) for cell in row) for row in rows)
        yield f"工作表 {name}", "\n".join(lines)


def _shown(cell: object) -> str:
    """A cell as one word or line; whole numbers without the .0 of a workbook's numbers."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT:
        return f"{cell:.0f}"
    return " ".join(str(cell).split())
