"""Rows and cells of a table, from markup or from lines."""

import csv
import re

TABLE = re.compile(r"(?is)<(?:table|w:tbl)\b.*?(?:</(?:table|w:tbl)\s*>|\Z)")
"""A table of a page or of a Word document."""

DELIMITERS = ",\t|│┆;，"
"""What stands between the cells of a line."""

_ROW = re.compile(r"(?is)<(?:w:)?tr\b.*?(?=<(?:w:)?tr\b|\Z)")
_CELL = re.compile(
    r"(?is)<(?:w:)?t[hdc]\b([^<>]*)>(.*?)(?=</?(?:w:)?t[hdcr]\b|</(?:table|w:tbl|thead|tbody)\b|\Z)"
)
_TAG = re.compile(r"<[^<>]*>")
_WIDE = re.compile(r"colspan=\W*(\d{1,2})")
_WIDE_IN_WORD = re.compile(r"<w:gridSpan w:val=\"(\d{1,2})\"")
_TALL = re.compile(r"rowspan=\W*(\d{1,3})")


def grid(table: str) -> list[list[str]]:
    """Rows of cells of a table's markup; what spans several places stands in each."""
    rows: list[list[str]] = []
    hanging: dict[int, tuple[str, int]] = {}  # place to words from above, and rows still to go
    for row in _ROW.findall(table):
        cells: list[str] = []
        below: dict[int, tuple[str, int]] = {}
        for attributes, content in [*_CELL.findall(row), ("", None)]:
            while len(cells) in hanging:
                words, left = hanging.pop(len(cells))
                below[len(cells)] = (words, left - 1)
                cells.append(words)
            if content is None:
                break
            wide = _WIDE.search(attributes) or _WIDE_IN_WORD.search(content)
            tall = _TALL.search(attributes)
            words = untagged(content).strip()
            for _ in range(int(wide[1]) if wide else 1):
                below[len(cells)] = (words, int(tall[1]) - 1 if tall else 0)
                cells.append(words)
        hanging = {place: (words, left) for place, (words, left) in below.items() if left > 0}
        rows.append(cells)
    return rows


def untagged(markup: str) -> str:
    """Markup without its tags."""
    return _TAG.sub("", markup)


def split(line: str, delimiter: str) -> list[str]:
    """Cells of a line."""
    if delimiter in ",\t;":
        try:
            parts = next(csv.reader([line.strip("\r\n")], delimiter=delimiter), [])
        except csv.Error:
            parts = line.split(delimiter)
    else:
        parts = line.split(delimiter)
    return [part.strip(" \t\r\n\"',*│|") for part in parts]
