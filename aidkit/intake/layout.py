"""Which table a sheet is, and where its header and columns are."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from aidkit.intake.files import named_in
from aidkit.intake.fits import NAMED, SERIAL, Alternatives, Fit, fits, telling
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

_PLAIN = re.compile("[\u4e00-\u9fa5A-Za-z0-9]+")
"""Text that folding leaves as it is, as most headers and words in cells are."""


@dataclass(frozen=True, eq=False)
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

    @cached_property
    def positions(self) -> list[int]:
        """All columns of the table, from left to right."""
        return sorted({*self.columns.values(), *self.spread.values()})

    @cached_property
    def called(self) -> str:
        """JSON: column name, or spread code, to what the column is called for people."""
        called = {
            n: self.place(position) for n, position in {**self.spread, **self.columns}.items()
        }
        return json.dumps(called, ensure_ascii=False)

    @cached_property
    def shape(self) -> tuple[object, ...]:
        """The same for all sheets whose columns stand alike."""
        return self.table, (*self.columns.items(),), (*self.spread.items(),)


@dataclass(frozen=True)
class _Line:
    """A line of a sheet, alone or with the one above, that may be a header.

    Attributes:
        row: Where it stands, from 0.
        headers: What each column's header may stand for.
        paired: Whether it is read together with the line above.
    """

    row: int
    headers: tuple[Alternatives, ...]
    paired: bool = False


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
    above: list[str] = []
    for index, row in enumerate(sheet.rows[: HEADER_WITHIN + 1]):
        if best and best.certain and index > best.line.row + 1:
            break
        texts = [_folded(c) if isinstance(c, str) and 0 < len(c) <= 40 else "" for c in row]
        for line in _lines(sheet, index, above, texts):
            for fit in fits(line.headers):
                candidate = _weigh(fit, line, hint)
                if best is None or candidate.score > best.score:
                    best = candidate
        above = texts
    if best is None:
        return None, None
    layout = _layout(best.fit, best.line.row, _texts(sheet, best.line))
    return (layout, None) if best.certain else (None, layout)


def _texts(sheet: Sheet, line: _Line) -> tuple[str, ...]:
    """The headers of a line as they stand in the sheet."""
    texts = map(shown, sheet.rows[line.row])
    if not line.paired:
        return tuple(texts)
    above = _across(sheet, line.row - 1, [shown(cell) for cell in sheet.rows[line.row - 1]])
    # What is printed keeps the brackets: a unit may stand in them.
    return tuple(top + text for top, text in zip(above, texts, strict=True))


@lru_cache(maxsize=1024)
def _layout(fit: Fit, row: int, texts: tuple[str, ...]) -> Layout:
    """One for all sheets that are alike: what follows from it is found once."""
    return Layout(
        table=fit.table,
        header_row=row,
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


def _lines(sheet: Sheet, index: int, above: list[str], texts: list[str]) -> Iterator[_Line]:
    """A row as a header, together with the row above it and alone."""
    if not lexicon().known.isdisjoint(above):
        top = _across(sheet, index - 1, above)
        if top != above or "" in texts:
            pairs = tuple(_pair(t, b) for t, b in zip(top, texts, strict=True))
            yield _Line(index, pairs, paired=True)
    yield _Line(index, tuple(telling((text,)) if text else () for text in texts))


def _folded(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else plain(text)


def _across(sheet: Sheet, index: int, line: list[str]) -> list[str]:
    """A row with the text of horizontally merged cells in each of their columns."""
    filled = list(line)
    for (top, left), (_, right) in sheet.merged:
        # Cells may be merged with some beyond the last that holds anything.
        end = min(right + 1, len(line))
        if top == index and right > left:
            filled[left:end] = line[left : left + 1] * (end - left)
    return filled


def _pair(top: str, below: str) -> Alternatives:
    if top and below and top != below:
        return telling((top + below, below))
    return telling((top or below,)) if top or below else ()


def _weigh(fit: Fit, line: _Line, hint: str) -> _Candidate:
    """How well a line fits, and whether well enough to believe it."""
    words = lexicon().tables[fit.table]
    named = named_in(hint, words.title) or any(name in hint for name in words.called)
    enough = fit.matched >= _ENOUGH or fit.specific
    missing = len(fit.missing)
    return _Candidate(
        line,
        fit,
        # Of two equal readings the one with a single header line is the plainer.
        score=fit.weight + NAMED * named - line.paired,
        certain=(not missing and (enough or named))
        or (fit.matched >= 2 and named)
        or (fit.matched >= _ENOUGH and 2 * missing <= fit.matched),
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
