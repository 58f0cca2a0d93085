"""Which table a sheet is, and where its header and columns are."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aidkit.intake.files import named_in
from aidkit.intake.fits import SERIAL, Alternatives, Fit, fits
from aidkit.intake.lexicon import lexicon
from aidkit.intake.values import Value, column_letter, is_blank, shown
from aidkit.intake.workbooks import Sheet
from aidkit.labels import plain

HEADER_WITHIN = 60
"""Rows of title and prose that may stand above a header."""

_ENOUGH = 3
"""Matched headers that tell a table without any other sign."""

_NOT_YUAN = re.compile("[十百千万亿]+元")
_UNIT_NOT_YUAN = re.compile(r"(?:单位:?|\()\(?([十百千万亿]+元)")

_folded = lru_cache(maxsize=10_000)(plain)
"""Headers are the same in many sheets."""


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
class _Line:
    """A line of a sheet, alone or with the one above, that may be a header.

    Attributes:
        row: Where it stands, from 0.
        headers: What each column's header may stand for.
        above: Texts of the line above, where both are read together.
    """

    row: int
    headers: tuple[Alternatives, ...]
    above: Sequence[str] | None = None


@dataclass(frozen=True)
class _Candidate:
    line: _Line
    fit: Fit
    score: int
    certain: bool


def find_layout(sheet: Sheet, hint: str) -> tuple[Layout | None, Layout | None]:
    """Find the header that fits a table best.

    Args:
        sheet: The sheet.
        hint: Folder, file and sheet name: they decide between tables that fit alike.

    Returns:
        The layout, or None where no table fits; then the nearest one, if any, for the message.
    """
    best: _Candidate | None = None
    hint = plain(hint + "".join(_titles(sheet)))
    for line in _lines(sheet):
        if best and best.certain and line.row > best.line.row + 1:
            break
        for fit in fits(line.headers):
            candidate = _weigh(fit, line, hint)
            if best is None or candidate.score > best.score:
                best = candidate
    if best is None:
        return None, None
    layout = _layout(sheet, best)
    return (layout, None) if best.certain else (None, layout)


def _layout(sheet: Sheet, found: _Candidate) -> Layout:
    texts = [shown(cell) for cell in sheet.rows[found.line.row]]
    if found.line.above is not None:
        # What is printed keeps the brackets: a unit may stand in them.
        texts = [above + text for above, text in zip(found.line.above, texts, strict=True)]
    fit = found.fit
    return Layout(
        table=fit.table,
        header_row=found.line.row,
        columns=fit.columns,
        spread=fit.spread,
        headers=texts,
        missing=fit.missing,
        doubled=fit.doubled,
        unknown=fit.unknown,
    )


def _titles(sheet: Sheet) -> Iterator[str]:
    for row in sheet.rows[:4]:
        texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        if len(texts) == 1:
            yield texts[0]


def _lines(sheet: Sheet) -> Iterator[_Line]:
    """Each row as a header, together with the row above it and alone."""
    known = lexicon().known
    above: list[str] = []
    for index, row in enumerate(sheet.rows[: HEADER_WITHIN + 1]):
        line = [_folded(c) if isinstance(c, str) and 0 < len(c) <= 40 else "" for c in row]
        if not known.isdisjoint(above):
            top = _across(sheet, index - 1, above)
            if top != above or "" in line:
                texts = _across(sheet, index - 1, [shown(c) for c in sheet.rows[index - 1]])
                pairs = tuple(_pair(t, b) for t, b in zip(top, line, strict=True))
                yield _Line(index, pairs, above=texts)
        yield _Line(index, tuple((header,) if header else () for header in line))
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


def _weigh(fit: Fit, line: _Line, hint: str) -> _Candidate:
    """How well a line fits, and whether well enough to believe it."""
    named = named_in(hint, lexicon().tables[fit.table].title)
    matched = len(fit.columns) + len(fit.spread)
    telling = matched >= _ENOUGH or fit.specific
    missing = len(fit.missing)
    return _Candidate(
        line,
        fit,
        # Of two equal readings the one with a single header line is the plainer.
        score=2 * (matched - missing + 3 * named) - (line.above is not None),
        certain=(not missing and (telling or named))
        or (matched >= 2 and named)
        or (matched >= _ENOUGH and 2 * missing <= matched),
    )


def serial_positions(layout: Layout) -> frozenset[int]:
    """Columns that only number the rows."""
    return frozenset(
        position
        for position, header in enumerate(layout.headers)
        if plain(header).lower() in SERIAL
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
