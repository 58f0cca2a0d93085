"""Finding lists of persons by what heads a column: ranks, numbers, birth dates, reasons for aid.

Whoever knows a class knows who is third of it, so a list of places needs no names to tell.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from aidkit.gate.grids import DELIMITERS, TABLE, grid, split, untagged
from aidkit.gate.headers import LONGEST, hints_in, is_header, leak_below
from aidkit.gate.learner_lists import in_named_sentences, in_titled_lines
from aidkit.gate.learner_words import names_learners
from aidkit.gate.rank_words import in_sentences
from aidkit.gate.reasons import reason_in_rows, reasons_in_records
from aidkit.gate.strangers import names_in_rows

_RECORD = re.compile(
    r"\\*\"([^\"\\\n]{1,20})\\*\"\s*:\s*(?:([\[{])([^\[\]{}]*)|\\*\"?([^\",\\\[\]{}\n]{1,40}))"
)
_ITEM = re.compile(r"(?:^|[,\[{:])\s*\\*\"?([^\",:\\]+?)\\*\"?\s*(?=,|$)")
_LINE, _WORD = re.compile(r"[^\n]+"), re.compile(r"\S+")

BEFORE = 120
"""Characters before a table that may say whose it is."""

ROWS = 400
"""Rows below a header that are looked at."""

PIECES, LEAST_PIECES = 8, 5
"""Where only the order of pieces makes a column: those looked at, those that must differ."""

MOST_COLUMNS = 16
"""Columns of a table whose cells are only pieces of text."""

Found = tuple[int, str, str]
"""Position, kind and what stands above the column; of a name the name."""


def find_lists(text: str) -> Iterator[Found]:
    """Yield (position, kind, value) of lists; the value is what stands above the column.

    Args:
        text: Folded text: markup, a table, pieces as a PDF has them, records of a script.
    """
    if "\\n" in text:
        text = text.replace("\\n", "\n ")  # lines of a string in a notebook or script
    hints = hints_in(text)
    for said in (in_sentences, in_titled_lines, in_named_sentences):
        yield from ((position, "rank_list", words) for position, words in said(text))
    if not hints:
        return
    seen = set()
    for position, kind, words in (
        *_in_tables(text, hints),
        *_in_lines(text, hints),
        *_in_records(text),
        *_in_pieces(text, hints),
    ):
        if (kind, words) not in seen:
            seen.add((kind, words))
            yield position, kind, words


def _in_tables(text: str, hints: Sequence[int]) -> Iterator[Found]:
    """Lists in one table, or with a class in each of several."""
    together: dict[str, list[str]] = defaultdict(list)
    for table in TABLE.finditer(text):
        start = max(0, table.start() - BEFORE)
        if bisect_left(hints, start) < bisect_left(hints, table.end()):
            before = untagged(text[start : table.start()])
            rows = grid(table[0])
            for column in _columns(rows):
                together[column.header] += column.cells
                kind = column.leak(before) or leak_below(
                    column.header, together[column.header], column.table
                )
                if kind:
                    yield table.start(), kind, column.header
            yield from ((table.start(), kind, words) for kind, words in _of_persons(rows))


class _Column(NamedTuple):
    """Cells and what stands above them, or before them in their row."""

    header: str
    cells: Sequence[str]
    table: Sequence[Sequence[str]]
    """The header's row and those below."""

    def leak(self, around: str = "") -> str:
        """What it leaks; `around` are words near the table."""
        if kind := leak_below(self.header, self.cells, self.table):
            return kind
        learners = names_learners(self.header, self.cells, self.table[0], around)
        return "rank_list" if learners else ""


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[_Column]:
    for number, row in enumerate(rows):
        for place, header in enumerate(row):
            if is_header(header):
                below = rows[number + 1 :][:ROWS]
                cells = [each[place] for each in below if len(each) > place]
                yield _Column(header, cells, (row, *below))
                if place == 0:
                    yield _Column(header, row[1:], (row, *below))


def _of_persons(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    if words := reason_in_rows(rows):
        yield "hardship_reason", words
    yield from (("person_name", name) for name in names_in_rows(rows))


def _in_lines(text: str, hints: Sequence[int]) -> Iterator[Found]:
    """Tables of lines: CSV, sheets, Markdown, what a notebook prints; a title may stand above."""
    done = -1
    for hint in hints:
        if hint < done:
            continue
        start = text.rfind("\n", 0, hint) + 1
        end = text.find("\n", hint)
        done = end if end >= 0 else len(text)
        after = text.find("\n", end + 1) if end >= 0 else -1
        tops = (
            text[start:done],
            text[end + 1 : after] if after > 0 else "",
        )
        for delimiter in (each for each in DELIMITERS if any(each in top for top in tops)):
            if any(is_header(cell) for top in tops for cell in split(top, delimiter)):
                lines = text[start:].split("\n", ROWS)[:ROWS]
                rows = [split(line, delimiter) for line in lines]
                for column in _columns(rows):
                    if kind := column.leak(lines[0]):
                        yield start, kind, column.header
                yield from ((start, kind, words) for kind, words in _of_persons(rows))


def _in_records(text: str) -> Iterator[Found]:
    """Records and columns of data in scripts: a key with each value, or with all of them."""
    values: dict[str, list[str]] = defaultdict(list)
    places: dict[str, int] = {}
    table: list[str] = []
    for match in _RECORD.finditer(text):
        key = match[1]
        table += (key, *(_ITEM.findall(match[3]) if match[2] else (match[4].strip(),)))
        if not is_header(key):
            continue
        places.setdefault(key, match.start())
        if match[2]:
            values[key] += _ITEM.findall(match[3])
        else:
            values[key].append(match[4].strip())
    for key, found in values.items():
        if kind := leak_below(key, found, [table]):
            yield places[key], kind, key
    for position, words in reasons_in_records(text):
        yield position, "hardship_reason", words


def _in_pieces(text: str, hints: Sequence[int]) -> Iterator[Found]:
    """Cells without a table around them: every so many pieces after its header one of a column."""
    headers: set[tuple[int, int]] = set()
    for hint in hints:
        for piece in (_LINE, _WORD):
            start, end = _piece_around(text, hint, piece)
            header = text[start:end].strip()
            if (start, end) in headers or len(header) > LONGEST or not is_header(header):
                continue
            headers.add((start, end))
            following = piece.finditer(text, end)
            words = [each[0].strip() for each in islice(following, MOST_COLUMNS * PIECES)]
            near = [each[0].strip() for each in piece.finditer(text, max(0, start - BEFORE), start)]
            for step in range(1, MOST_COLUMNS + 1):
                column = words[step - 1 :: step][:PIECES]
                table = [(*near[len(near) - step + 1 :], header, *words[: step * PIECES])]
                if kind := leak_below(header, column, table, LEAST_PIECES):
                    yield start, kind, header
                    break


def _piece_around(text: str, hint: int, piece: re.Pattern[str]) -> tuple[int, int]:
    """Where the piece begins and ends in which a hint stands; cut where it is no header."""
    for each in piece.finditer(text, max(0, hint - LONGEST - 1), hint + 2 * LONGEST):
        if each.start() <= hint < each.end():
            return each.start(), each.end()
    return hint, hint
