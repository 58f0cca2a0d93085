"""What each line of a sheet is: data, blank, a total, or words around the table.

Only these rules pass a line over, and each line passed over is counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from aidkit.intake.layout import Layout, serial_positions
from aidkit.intake.lexicon import TableWords
from aidkit.intake.values import Value, is_blank
from aidkit.intake.workbooks import Sheet
from aidkit.labels import plain

TOTAL = re.compile(
    r"(本页|本表|本校|本班|全校|全班|全县|以上)?"
    r"(小计|合计|总计|共计|总额|总金额|累计|平均分?|平均值|最高分|最低分|及格率|优秀率)"
    r"(金额|人数)?:?[\d,.]*(人次|人|笔|名|户|条|所|元)?"
)
"""A total line's label, folded; a count may be claimed in it, e.g. `共计2856人次`."""

NOTE = re.compile(
    r"(单位|注|备注|说明|填|制表|审核|复核|负责人|联系|经办|盖章|打印)\w{0,6}:|以上|截[止至]"
)
"""How words around a table begin; they pass only where nothing else stands in the line."""

_FIRST = frozenset("小合总共累本全平最及优单注备说填制审复负联经盖打以截/\\-—\u200b\u200c\ufeff")
"""First characters of these and of blanks, so that most lines need no closer look."""

_IDENTITY = frozenset({"student_no", "id_number", "school_code", "card_no", "code", "phone"})
"""Kinds of columns that a total line leaves empty."""


@dataclass
class Lines:
    """The lines of a sheet by what they are; numbers count from 0 at the top of the sheet.

    Attributes:
        data: Lines with a row of the table.
        totals: 小计, 合计 and the like.
        blank: Lines without any content.
        around: Titles, header, notes.
        first: First line that holds anything.
        end: One past the last line.
    """

    data: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    around: list[int] = field(default_factory=list)
    first: int = 0
    end: int = 0


def sort_lines(sheet: Sheet, layout: Layout, words: TableWords) -> Lines:
    """Say of every line of a sheet with a known layout what it is."""
    rows = sheet.rows
    lines = Lines(first=_first_used(rows), end=len(rows))
    for index in range(lines.first, layout.first_row):
        (lines.blank if _empty(rows[index]) else lines.around).append(index)
    judge = _LineJudge(sheet, layout, words)
    alone: list[int] = []
    for index in range(layout.first_row, len(rows)):
        kind = judge.kind(rows[index])
        getattr(lines, kind if kind != "alone" else "data").append(index)
        if kind == "alone":
            alone.append(index)
    _release_signature(lines, alone)
    return lines


def all_around(sheet: Sheet) -> Lines:
    """Every line of a sheet that holds no table: blank, or words."""
    lines = Lines(first=_first_used(sheet.rows), end=len(sheet.rows))
    for index in range(lines.first, lines.end):
        (lines.blank if _empty(sheet.rows[index]) else lines.around).append(index)
    return lines


def claimed_count(row: Sequence[Value]) -> tuple[int, int, str] | None:
    """A number of rows claimed in a total line: position, count, the words."""
    for position, cell in enumerate(row):
        if isinstance(cell, str) and (match := TOTAL.fullmatch(plain(cell))):
            counted = re.search(r"([\d,]{1,12})(人次|人|笔|名|户|条|所)$", match[0])
            if counted:
                return position, int(counted[1].replace(",", "") or 0), match[0]
    return None


class _LineJudge:
    """Tells the kind of a line below the header."""

    def __init__(self, sheet: Sheet, layout: Layout, words: TableWords) -> None:
        self.table = sorted({*layout.columns.values(), *layout.spread.values()})
        self.identity = [
            position
            for name, position in layout.columns.items()
            if words.fields[name].kind in _IDENTITY
        ]
        self.serial = serial_positions(layout)
        # Where the table has one required column, a line with one cell is an ordinary line.
        self.lone_is_odd = len(words.required) > 1
        line = sheet.rows[layout.header_row]
        self.header = [_folded(cell) for cell in line]
        self.first = frozenset(cell for cell in line if isinstance(cell, str))

    def kind(self, row: Sequence[Value]) -> str:
        texts = [cell for cell in row if cell.__class__ is str and cell]
        if not any(text[0] in _FIRST or text[0].isspace() for text in texts[:3]) and (
            len(texts) > 2 or sum(row[place] != "" for place in self.table) > 1
        ):
            # Most lines; a repeated header begins like the first one.
            return "around" if texts and texts[0] in self.first and self._repeats(row) else "data"
        said = [
            position
            for position, cell in enumerate(row)
            if not is_blank(cell) and not (position in self.serial and _is_number(cell))
        ]
        if not said:
            return "blank"
        folded = [_folded(row[p]) for p in said]
        if any(TOTAL.fullmatch(text) for text in folded[:3]) and all(
            is_blank(row[p]) or TOTAL.fullmatch(_folded(row[p])) for p in self.identity
        ):
            return "totals"
        if self._repeats(row):
            return "around"
        if len(said) == 1 and self.lone_is_odd:
            return "around" if NOTE.match(folded[0]) else "alone"
        return "data"

    def _repeats(self, row: Sequence[Value]) -> bool:
        return all(_folded(row[place]) == self.header[place] for place in self.table)


def _release_signature(lines: Lines, alone: list[int]) -> None:
    """Lone cells after the last row, set off by an empty or total line, are words, not data."""
    lonely = set(alone)
    last = max((i for i in lines.data if i not in lonely), default=None)
    if last is None:
        return
    gaps = [i for i in (*lines.blank, *lines.totals) if i > last]
    words = [i for i in alone if gaps and i > min(gaps)]
    lines.around.extend(words)
    lines.data = [i for i in lines.data if i not in set(words)]


def _first_used(rows: Sequence[Sequence[Value]]) -> int:
    return next((i for i, row in enumerate(rows) if not _empty(row)), len(rows))


def _empty(row: Sequence[Value]) -> bool:
    return all(is_blank(cell) for cell in row)


def _is_number(cell: Value) -> bool:
    return not isinstance(cell, str) or cell.strip().isdecimal()


def _folded(cell: Value) -> str:
    return plain(cell) if isinstance(cell, str) and 0 < len(cell) <= 60 else ""
