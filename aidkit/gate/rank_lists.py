"""Finding lists of learners by rank, total or as 学困生, also without any name or number.

Whoever knows a class knows who is third of it, so a list of places needs no names to tell.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aidkit.gate.rank_words import HINT, in_sentences, is_header, is_list, names_learners

_TABLE = re.compile(r"(?is)<(?:table|w:tbl)\b.*?(?:</(?:table|w:tbl)\s*>|\Z)")
_ROW = re.compile(r"(?is)<(?:w:)?tr\b.*?(?=<(?:w:)?tr\b|\Z)")
_CELL = re.compile(
    r"(?is)<(?:w:)?t[hdc]\b([^<>]*)>(.*?)(?=</?(?:w:)?t[hdcr]\b|</(?:table|w:tbl|thead|tbody)\b|\Z)"
)
_TAG = re.compile(r"<[^<>]*>")
_WIDE = re.compile(r"colspan=\W*(\d{1,2})")
_WIDE_IN_WORD = re.compile(r"<w:gridSpan w:val=\"(\d{1,2})\"")
_TALL = re.compile(r"rowspan=\W*(\d{1,3})")

_DELIMITERS = ",\t|│┆;，"
_RECORD = re.compile(
    r"\\*\"([^\"\\\n]{1,20})\\*\"\s*:\s*(?:([\[{])([^\[\]{}]*)|\\*\"?([^\",\\\[\]{}\n]{1,12}))"
)
_ITEM = re.compile(r"(?:^|[,\[{:])\s*\\*\"?([^\",:\\]+?)\\*\"?\s*(?=,|$)")

BEFORE = 120
"""Characters before a table that may say whose it is."""

ROWS = 400
"""Rows below a header that are looked at."""

PIECES, LEAST_PIECES = 8, 5
"""Where only the order of pieces makes a column: those looked at, those that must differ."""

MOST_COLUMNS = 16
"""Columns of a table whose cells are only pieces of text."""

Found = tuple[int, str, str]


def find_rank_lists(text: str) -> Iterator[Found]:
    """Yield (position, kind, value) of lists; the value is what stands above the column.

    Args:
        text: Folded text: markup, a table, pieces as a PDF has them, records of a script.
    """
    if not HINT.search(text):
        return
    text = text.replace("\\n", "\n ")  # lines of a string in a notebook or script
    seen = set()
    for position, words in (
        *_in_tables(text),
        *_in_lines(text),
        *_in_records(text),
        *_in_pieces(text),
        *in_sentences(text),
    ):
        if words not in seen:
            seen.add(words)
            yield position, "rank_list", words


def _in_tables(text: str) -> Iterator[tuple[int, str]]:
    """Lists in one table, or with a class in each of several."""
    together: dict[str, list[str]] = defaultdict(list)
    for table in _TABLE.finditer(text):
        before = _TAG.sub("", text[max(0, table.start() - BEFORE) : table.start()])
        if HINT.search(table[0]) or HINT.search(before):
            for column in _columns(_grid(table[0])):
                together[column.header] += column.cells
                if column.is_list(before) or is_list(column.header, together[column.header]):
                    yield table.start(), column.header


def _grid(table: str) -> list[list[str]]:
    """Rows of cells; what spans several places stands in each."""
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
            words = _TAG.sub("", content).strip()
            for _ in range(int(wide[1]) if wide else 1):
                below[len(cells)] = (words, int(tall[1]) - 1 if tall else 0)
                cells.append(words)
        hanging = {place: (words, left) for place, (words, left) in below.items() if left > 0}
        rows.append(cells)
    return rows


class _Column(NamedTuple):
    """Cells and what stands above them, or before them in their row."""

    header: str
    cells: Sequence[str]
    row: Sequence[str]
    """The header's row."""

    def is_list(self, around: str = "") -> bool:
        """Whether it is one of learners; `around` are words near the table."""
        return is_list(self.header, self.cells) or names_learners(
            self.header, self.cells, " ".join((around, *self.row))
        )


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[_Column]:
    for number, row in enumerate(rows):
        for place, header in enumerate(row):
            if is_header(header):
                below = rows[number + 1 :][:ROWS]
                yield _Column(header, [each[place] for each in below if len(each) > place], row)
                if place == 0:
                    yield _Column(header, row[1:], row)


def _in_lines(text: str) -> Iterator[tuple[int, str]]:
    """Tables of lines: CSV, sheets, Markdown, what a notebook prints; a title may stand above."""
    done = -1
    for hint in HINT.finditer(text):
        if hint.start() < done:
            continue
        start = text.rfind("\n", 0, hint.start()) + 1
        done = max(text.find("\n", hint.start()), hint.end())
        lines = text[start:].split("\n", ROWS)[:ROWS]
        for delimiter in (each for each in _DELIMITERS if any(each in top for top in lines[:2])):
            if any(is_header(cell) for top in lines[:2] for cell in _split(top, delimiter)):
                for column in _columns([_split(line, delimiter) for line in lines]):
                    if column.is_list(lines[0]):
                        yield start, column.header


def _split(line: str, delimiter: str) -> list[str]:
    if delimiter in ",\t;":
        try:
            parts = next(csv.reader([line.strip("\r\n")], delimiter=delimiter), [])
        except csv.Error:
            parts = line.split(delimiter)
    else:
        parts = line.split(delimiter)
    return [part.strip(" \t\r\n\"'*│|") for part in parts]


def _in_records(text: str) -> Iterator[tuple[int, str]]:
    """Records and columns of data in scripts: a key with each value, or with all of them."""
    values: dict[str, list[str]] = defaultdict(list)
    places: dict[str, int] = {}
    for match in _RECORD.finditer(text):
        key = match[1]
        if not is_header(key):
            continue
        places.setdefault(key, match.start())
        if match[2]:
            values[key] += _ITEM.findall(match[3])
        else:
            values[key].append(match[4].strip())
    for key, found in values.items():
        if is_list(key, found):
            yield places[key], key


def _in_pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cells without a table around them: every so many pieces after its header one of a column."""
    for pattern in (r"[^\n]+", r"\S+"):
        pieces = [(match.start(), match[0].strip()) for match in re.finditer(pattern, text)]
        words = [word for _, word in pieces]
        for number, (position, header) in enumerate(pieces):
            if len(header) > MOST_COLUMNS or not is_header(header):
                continue
            for step in range(1, MOST_COLUMNS + 1):
                column = words[number + step :: step][:PIECES]
                if is_list(header, column, LEAST_PIECES):
                    yield position, header
                    break
