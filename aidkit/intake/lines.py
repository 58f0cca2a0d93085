"""What each line of a sheet is: data, blank, a total, words around the table, or another table.

Only these rules and those of `line_judge` pass a line over, and each line passed over is counted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aidkit.intake.layout import Layout
from aidkit.intake.lexicon import TableWords
from aidkit.intake.line_judge import LineJudge
from aidkit.intake.values import Value, is_blank, shown
from aidkit.intake.workbooks import Sheet

_TITLE = re.compile("[班级校园表册单]")
"""What a line of words right above a header that is repeated speaks of."""

_BLOCK = 64
"""So many lines are looked at together; nearly always all of them are plainly data."""


@dataclass
class Lines:
    """The lines of a sheet by what they are; numbers count from 0 at the top of the sheet.

    Attributes:
        data: Lines with a row of the table.
        totals: 小计, 合计 and the like.
        blank: Lines without any content.
        around: Titles, header, notes.
        beyond: From a second header on: another table, of which nothing is read.
        first: First line that holds anything.
        end: One past the last line.
    """

    data: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    around: list[int] = field(default_factory=list)
    beyond: list[int] = field(default_factory=list)
    first: int = 0
    end: int = 0


def sort_lines(sheet: Sheet, layout: Layout, words: TableWords, headers: frozenset[str]) -> Lines:
    """Say of every line of a sheet with a known layout what it is.

    Args:
        sheet: The sheet.
        layout: Where its table stands.
        words: Its table.
        headers: Headers of any table: a line of them is where another table begins.
    """
    rows = sheet.rows
    lines = Lines(first=_first_used(rows), end=len(rows))
    for index in range(lines.first, layout.first_row):
        (lines.blank if _empty(rows[index]) else lines.around).append(index)
    judge = LineJudge(sheet, layout, words, headers)
    alone: list[int] = []
    for index in _doubtful(sheet, layout, judge, lines):
        row = rows[index]
        kind = judge.kind(row)
        if kind in ("repeated", "beyond"):
            _release_titles(sheet, lines, alone)
        if kind == "beyond":
            rest = range(index, len(rows))
            lines.beyond.extend(i for i in rest if not _empty(rows[i]))
            lines.blank.extend(i for i in rest if _empty(rows[i]))
            break
        if kind == "alone":
            alone.append(index)
        getattr(lines, {"alone": "data", "repeated": "around"}.get(kind, kind)).append(index)
    _release_signature(lines, alone)
    return lines


def _doubtful(sheet: Sheet, layout: Layout, judge: LineJudge, lines: Lines) -> Iterator[int]:
    """The lines below the header that need a closer look; those before each are put to the data."""
    for start in range(layout.first_row, len(sheet.rows), _BLOCK):
        block = sheet.rows[start : start + _BLOCK]
        if judge.all_plainly_data(block):
            lines.data.extend(range(start, start + len(block)))
            continue
        for index, row in enumerate(block, start):
            if judge.plainly_data(row):
                lines.data.append(index)
            else:
                yield index


def all_around(sheet: Sheet) -> Lines:
    """Every line of a sheet that holds no table: blank, or words."""
    lines = Lines(first=_first_used(sheet.rows), end=len(sheet.rows))
    for index in range(lines.first, lines.end):
        (lines.blank if _empty(sheet.rows[index]) else lines.around).append(index)
    return lines


def _release_titles(sheet: Sheet, lines: Lines, alone: list[int]) -> None:
    """Lone cells right above another header that read like a title are words, not data."""
    while lines.data and alone and lines.data[-1] == alone[-1]:
        said = "".join(shown(cell) for cell in sheet.rows[alone[-1]])
        if not _TITLE.search(said):
            break
        lines.around.append(lines.data.pop())
        alone.pop()


def _release_signature(lines: Lines, alone: list[int]) -> None:
    """Lone cells after the last row, set off from it by another line, are words, not data."""
    lonely = set(alone)
    last = max((i for i in lines.data if i not in lonely), default=None)
    if last is None:
        return
    gaps = [i for i in (*lines.blank, *lines.totals, *lines.around) if i > last]
    words = [i for i in alone if gaps and i > min(gaps)]
    lines.around.extend(words)
    lines.data = [i for i in lines.data if i not in set(words)]


def _first_used(rows: Sequence[Sequence[Value]]) -> int:
    return next((i for i, row in enumerate(rows) if not _empty(row)), len(rows))


def _empty(row: Sequence[Value]) -> bool:
    return all(is_blank(cell) for cell in row)
