"""Which table a sheet is, and where its header and columns are."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aidkit.intake.lexicon import Lexicon, TableWords, lexicon
from aidkit.intake.values import Value, column_letter, is_blank, shown
from aidkit.intake.workbooks import Sheet
from aidkit.labels import plain

HEADER_WITHIN = 60
"""Rows of title and prose that may stand above a header."""

_ENOUGH = 3
"""Matched headers that tell a table without any other sign."""

_SERIAL = frozenset({"序号", "编号", "行号", "no", "no.", "顺序号"})
"""Headers of columns that only number the rows."""

_NOT_YUAN = re.compile("[十百千万亿]+元")
_UNIT_NOT_YUAN = re.compile(r"(?:单位:?|\()\(?([十百千万亿]+元)")

Alternatives = tuple[str, ...]
"""Folded texts that the header of one column may stand for, best first."""


@dataclass(frozen=True)
class Layout:
    """Where a sheet's table stands.

    Attributes:
        table: Table name.
        header_row: Last line of the header, from 0.
        columns: Column name to position, from 0.
        spread: Code of the spread vocabulary to position.
        headers: Header of each position as it stands in the sheet.
        missing: Required columns that the sheet does not have.
        doubled: Positions of a header that stands there a second time.
        unknown: Positions with a header that the table does not know.
    """

    table: str
    header_row: int
    columns: Mapping[str, int]
    spread: Mapping[str, int]
    headers: Sequence[str]
    missing: tuple[str, ...]
    doubled: tuple[int, ...]
    unknown: tuple[int, ...]

    @property
    def usable(self) -> bool:
        """Whether rows can be read: every required column is there, and once."""
        return not self.missing and not self.doubled

    @property
    def first_row(self) -> int:
        """First line below the header, from 0."""
        return self.header_row + 1

    def place(self, position: int) -> str:
        """A column for people: `C 身份证号`."""
        return f"{column_letter(position)} {self.headers[position]}".rstrip()


@dataclass(frozen=True)
class _Candidate:
    layout: Layout
    score: int
    certain: bool


def find_layout(sheet: Sheet, hint: str, words: Lexicon) -> tuple[Layout | None, Layout | None]:
    """Find the header that fits a table best.

    Args:
        sheet: The sheet.
        hint: Folder, file and sheet name: they decide between tables that fit alike.
        words: Headers of all tables.

    Returns:
        The layout, or None where no table fits; then the nearest one, if any, for the message.
    """
    best: _Candidate | None = None
    hint = plain(hint + "".join(_titles(sheet)))
    for header_row, lines, headers in _candidates(sheet, words):
        if best and best.certain and header_row > best.layout.header_row + 1:
            break
        spellings = {spelling for _, alternatives in headers for spelling in alternatives}
        for table, table_words in words.tables.items():
            if spellings.isdisjoint(table_words.headers):
                continue
            layout, matched_as = _match(table, table_words, header_row, headers)
            if layout is None:
                continue
            candidate = _weigh(layout, table_words, lines, hint, matched_as & words.specific)
            if candidate and (best is None or candidate.score > best.score):
                best = candidate
    if best is None:
        return None, None
    return (best.layout, None) if best.certain else (None, best.layout)


def _titles(sheet: Sheet) -> Iterator[str]:
    for row in sheet.rows[:4]:
        texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        if len(texts) == 1:
            yield texts[0]


def _candidates(
    sheet: Sheet, words: Lexicon
) -> Iterator[tuple[int, int, list[tuple[str, Alternatives]]]]:
    """Each row as a header, together with the row above it and alone."""
    above: list[str] = []
    for index, row in enumerate(sheet.rows[: HEADER_WITHIN + 1]):
        line = [plain(c) if isinstance(c, str) and 0 < len(c) <= 40 else "" for c in row]
        if not words.known.isdisjoint(above):
            top = _across(sheet, index - 1, above)
            if top != above or "" in line:
                # What is printed keeps the brackets: a unit may stand in them.
                texts = _across(sheet, index - 1, [shown(c) for c in sheet.rows[index - 1]])
                printed = [t + shown(c) for t, c in zip(texts, row, strict=True)]
                pairs = [_pair(t, b) for t, b in zip(top, line, strict=True)]
                yield index, 2, list(zip(printed, pairs, strict=True))
        yield index, 1, [(shown(c), (h,) if h else ()) for c, h in zip(row, line, strict=True)]
        above = line


def _across(sheet: Sheet, index: int, line: list[str]) -> list[str]:
    """A row with the text of horizontally merged cells in each of their columns."""
    filled = list(line)
    for (top, left), (_, right) in sheet.merged:
        if top == index and right > left:
            filled[left : right + 1] = [line[left]] * (right + 1 - left)
    return filled


def _pair(top: str, below: str) -> Alternatives:
    if top and below and top != below:
        return top + below, below
    return (top or below,) if top or below else ()


def _match(
    table: str, words: TableWords, header_row: int, headers: list[tuple[str, Alternatives]]
) -> tuple[Layout | None, frozenset[str]]:
    """Read a line as the header of a table: the layout, and the spellings that fitted."""
    columns: dict[str, int] = {}
    spread: dict[str, int] = {}
    doubled: list[int] = []
    unknown: list[int] = []
    fitted: dict[str, str] = {}
    for position, (_, alternatives) in enumerate(headers):
        spelling = next((a for a in alternatives if a in words.headers or a in words.spread), None)
        if spelling is None:
            if alternatives and alternatives[-1].lower() not in _SERIAL:
                unknown.append(position)
            continue
        if spelling in words.headers:
            found, name = columns, words.headers[spelling]
        else:
            found, name = spread, words.spread[spelling]
        if name not in found:
            found[name], fitted[name] = position, spelling
        elif fitted[name] == spelling:
            doubled.append(position)
        elif spelling == words.standard.get(name):
            # The standard header is the column; what only sounds like it is another one.
            unknown.append(found[name])
            found[name], fitted[name] = position, spelling
        else:
            unknown.append(position)
    if not columns:
        return None, frozenset()
    missing = [name for name in words.required if name not in columns]
    if words.spread and not spread:
        missing.append("subject")
    layout = Layout(
        table=table,
        header_row=header_row,
        columns=columns,
        spread=spread,
        headers=[text for text, _ in headers],
        missing=tuple(missing),
        doubled=tuple(doubled),
        unknown=tuple(unknown),
    )
    return layout, frozenset(fitted.values())


def _weigh(
    layout: Layout, words: TableWords, lines: int, hint: str, specific: frozenset[str]
) -> _Candidate:
    """How well a layout fits, and whether well enough to believe it."""
    named = _named(words.title, hint)
    matched = len(layout.columns) + len(layout.spread)
    telling = matched >= _ENOUGH or bool(specific)
    missing = len(layout.missing)
    return _Candidate(
        layout,
        # Of two equal readings the one with a single header line is the plainer.
        score=2 * (matched - missing + 3 * named) - (lines - 1),
        certain=(not missing and (telling or named))
        or (matched >= 2 and named)
        or (matched >= _ENOUGH and 2 * missing <= matched),
    )


def may_hold(table: str, path: str) -> bool:
    """Whether a file may hold a table: not if its path names others and not this one."""
    hint = plain(path)
    named = {name for name, words in lexicon().tables.items() if _named(words.title, hint)}
    return table in named or not named


def _named(title: str, hint: str) -> bool:
    """Whether a folder, file, sheet or title line names the table."""
    return title in hint or title.removesuffix("表").removesuffix("登记") in hint


def serial_positions(layout: Layout) -> frozenset[int]:
    """Columns that only number the rows."""
    return frozenset(
        position
        for position, header in enumerate(layout.headers)
        if plain(header).lower() in _SERIAL
    )


def unheaded_positions(sheet: Sheet, layout: Layout) -> list[int]:
    """Columns without any header, nor one in the line above, where merged headers stand."""
    above = sheet.rows[max(layout.header_row - 1, 0)]
    return [p for p, header in enumerate(layout.headers) if not header and is_blank(above[p])]


def unit_of_money(sheet: Sheet, layout: Layout, money: Sequence[int]) -> tuple[int, str] | None:
    """The position and unit of the first money column that is not in yuan, e.g. `万元`."""
    for position in money:
        if unit := _NOT_YUAN.search(_flat(layout.headers[position])):
            return position, unit[0]
    for row in sheet.rows[: layout.header_row]:
        for cell in row if money else ():
            if unit := _UNIT_NOT_YUAN.search(_flat(cell)):
                return money[0], unit[1]
    return None


def _flat(cell: Value) -> str:
    if not isinstance(cell, str):
        return ""
    return "".join(unicodedata.normalize("NFKC", cell).split())
