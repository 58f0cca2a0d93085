"""Which table a sheet is, and where its header and columns are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aidkit.intake.lexicon import Lexicon, TableWords
from aidkit.intake.values import Value, column_letter, shown
from aidkit.intake.workbooks import Sheet
from aidkit.labels import plain

HEADER_WITHIN = 60
"""Rows of title and prose that may stand above a header."""

_ENOUGH = 3
"""Matched headers that tell a table without any other sign."""

_SERIAL = frozenset({"序号", "编号", "行号", "no", "no.", "顺序号"})
"""Headers of columns that only number the rows."""

Alternatives = tuple[str, ...]
"""Folded texts that the header of one column may stand for, best first."""


@dataclass(frozen=True)
class Layout:
    """Where a sheet's table stands.

    Attributes:
        table: Table name.
        header_row: Last line of the header, from 0.
        header_lines: One, or two where headers are merged over sub-headers.
        columns: Column name to position, from 0.
        spread: Code of the spread vocabulary to position.
        headers: Header of each position as it stands in the sheet.
        missing: Required columns that the sheet does not have.
        doubled: Positions of a header that stands there a second time.
        unknown: Positions with a header that the table does not know.
    """

    table: str
    header_row: int
    header_lines: int
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
        for table, table_words in words.tables.items():
            candidate = _match(table, table_words, header_row, lines, headers, hint, words)
            if candidate and (best is None or candidate.score > best.score):
                best = candidate
        if best and best.certain and header_row > best.layout.header_row + 1:
            break
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
    """Rows that hold known headers, alone and together with the row below."""
    folded: list[list[str]] = []
    for row in sheet.rows[: HEADER_WITHIN + 1]:
        folded.append([plain(c) if isinstance(c, str) and len(c) <= 40 else "" for c in row])
    for index, line in enumerate(folded[:HEADER_WITHIN]):
        if any(header in words.known for header in line):
            row = sheet.rows[index]
            yield index, 1, [(shown(c), (h,) if h else ()) for c, h in zip(row, line, strict=True)]
        if index + 1 < len(folded):
            top, below = _across(sheet, index, line), folded[index + 1]
            if top != line or "" in below:
                yield index + 1, 2, [_pair(t, b) for t, b in zip(top, below, strict=True)]


def _across(sheet: Sheet, index: int, line: list[str]) -> list[str]:
    """A row with the text of horizontally merged cells in each of their columns."""
    filled = list(line)
    for (top, left), (_, right) in sheet.merged:
        if top == index and right > left:
            filled[left : right + 1] = [line[left]] * (right + 1 - left)
    return filled


def _pair(top: str, below: str) -> tuple[str, Alternatives]:
    if top and below and top != below:
        return top + below, (top + below, below)
    return top or below, (top or below,) if top or below else ()


def _match(
    table: str,
    words: TableWords,
    header_row: int,
    lines: int,
    headers: list[tuple[str, Alternatives]],
    hint: str,
    lexicon: Lexicon,
) -> _Candidate | None:
    columns: dict[str, int] = {}
    spread: dict[str, int] = {}
    doubled: list[int] = []
    unknown: list[int] = []
    matched_as: dict[str, str] = {}
    for position, (_, alternatives) in enumerate(headers):
        spelling = next((a for a in alternatives if a in words.headers or a in words.spread), None)
        if spelling is None:
            if alternatives and alternatives[-1].lower() not in _SERIAL:
                unknown.append(position)
            continue
        found, name = (
            (columns, words.headers[spelling])
            if spelling in words.headers
            else (spread, words.spread[spelling])
        )
        if name not in found:
            found[name] = position
            matched_as[name] = spelling
        elif matched_as[name] == spelling:
            doubled.append(position)
        elif spelling == words.standard.get(name):
            # The standard header is the column; what only sounds like it is another one.
            unknown.append(found[name])
            found[name], matched_as[name] = position, spelling
        else:
            unknown.append(position)
    if not columns:
        return None
    missing = tuple(name for name in words.required if name not in columns)
    if words.spread and not spread:
        missing = (*missing, "subject")
    hinted = _named(words.title, hint)
    matched = len(columns) + len(spread)
    telling = matched >= _ENOUGH or any(s in lexicon.specific for s in matched_as.values())
    layout = Layout(
        table, header_row, lines, columns, spread, [text for text, _ in headers],
        missing, tuple(doubled), tuple(unknown),
    )  # fmt: skip
    return _Candidate(
        layout,
        score=2 * (matched - len(missing) + 3 * hinted) - (lines - 1),
        certain=(not missing and (telling or hinted))
        or (matched >= 2 and hinted)
        or (matched >= _ENOUGH and 2 * len(missing) <= matched),
    )


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


def unit_of_money(sheet: Sheet, layout: Layout, money: Sequence[int]) -> tuple[int, str] | None:
    """The position and unit of the first money column that is not in yuan, e.g. `万元`."""
    for position in money:
        if "万元" in _flat(layout.headers[position]):
            return position, "万元"
    for row in sheet.rows[: layout.header_row]:
        if money and any("单位:万元" in _flat(cell) for cell in row):
            return money[0], "万元"
    return None


def _flat(cell: Value) -> str:
    if not isinstance(cell, str):
        return ""
    return "".join(cell.split()).replace("：", ":")
