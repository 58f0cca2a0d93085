"""A spot check handed back: what was found, and every row that cannot be taken as it stands."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import polars as pl

from aidkit.calendar import date_of_serial, date_of_text
from aidkit.errors import InputError
from aidkit.intake.faults import ERROR, Problem, problems_frame
from aidkit.intake.values import Value, bare, column_letter, is_blank, shown
from aidkit.intake.workbooks import Sheet
from aidkit.money import fen_of_number, yuan
from aidkit.review.spot_check import (
    ALIKE,
    CHECKER,
    DAY,
    FINDING,
    HEADERS,
    NOTE,
    UNLIKE,
    Row,
)

NUMBER: Final = re.compile(r"抽查编号：([0-9a-z-]+)")
"""How the sheet says which sample it is."""

_AMOUNT = HEADERS.index("金额（元）")
_COLUMNS = (*HEADERS, FINDING, NOTE, CHECKER, DAY)

_TELLS: Final[Mapping[str, tuple[str, str]]] = {
    "row_unknown": ("抽查表里没有这个序号。", "请删去这一行；另外查的人不能算在这次抽查里。"),
    "row_twice": ("这个序号已在第 {other} 行。", "请删去多余的一行。"),
    "row_missing": ("抽中的第 {no} 号（{name}）不在表里。", "抽中的都要查；请把这一行补回来。"),
    "row_altered": ("这里原来是“{expected}”，被改过。", "请改回原来的；登记有错的，写在说明里。"),
    "no_finding": ("没有填相符还是不符。", "请从下拉框选择；查不到人的选不符，说明里写清楚。"),
    "bad_finding": ("应是“相符”或“不符”。", "请从下拉框选择。"),
    "no_note": ("不符的没有写说明。", "请写哪里不符、凭什么。"),
    "no_checker": ("没有写核查人。", "请写谁去核查的。"),
    "bad_day": ("没有核查日期，或者看不懂。", "请写成 2026-11-25 这样的日期。"),
    "day_outside": ("核查日期不在 {first} 到 {last} 之间。", "请写核查的那天，不早于抽样的日子。"),
}


class Finding(NamedTuple):
    """What was found about a drawn award."""

    row: Row
    alike: bool
    note: str
    checker: str
    day: dt.date


@dataclass(frozen=True)
class Findings:
    """What a sheet says.

    Attributes:
        found: By number; all of the sample where there is no problem.
        problems: `tables.Problems`.
    """

    found: tuple[Finding, ...]
    problems: pl.DataFrame

    @property
    def unlike(self) -> tuple[Finding, ...]:
        """Those that are not as they should be."""
        return tuple(one for one in self.found if not one.alike)


@dataclass(frozen=True)
class _Place:
    """A row of the file: where it stands and its cells by header."""

    file: str
    sheet: str
    row: int
    cells: Mapping[str, Value]
    at: Mapping[str, int]

    def text(self, header: str) -> str:
        return "" if is_blank(self.cells[header]) else shown(self.cells[header])

    def tell(self, code: str, header: str, **words: str) -> Problem:
        column = f"{column_letter(self.at[header])} {header}"
        where = (self.file, self.sheet, self.row)
        return _problem(code, where, column, self.text(header), **words)


def number_in(sheets: Sequence[Sheet], file: str) -> str:
    """The number of the sample that a file is about.

    Raises:
        InputError: It names none.
    """
    cells = (cell for sheet in sheets for row in sheet.rows[:5] for cell in row)
    for cell in cells:
        if isinstance(cell, str) and (match := NUMBER.search(cell)):
            return match[1]
    raise InputError(
        "这个文件里没有抽查编号，不是抽查表，或者表头被删了。",
        where=file,
        remedy="请交 aidkit audit sample 写出的那份表，填好后原样保存。",
    )


def findings_in(
    sheets: Sequence[Sheet], rows: Sequence[Row], file: str, first: dt.date, last: dt.date
) -> Findings:
    """Read back a sheet; its rows may stand in any order.

    Args:
        sheets: Of the file.
        rows: What was drawn.
        file: Name of the file, for problems.
        first: The day of the drawing.
        last: The day on which it is handed in.

    Raises:
        InputError: No sheet has all columns.
    """
    drawn = {row.no: row for row in rows}
    sheet, places = _places(sheets, file)
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    found: list[Finding] = []
    for place in places:
        number = place.text(HEADERS[0])
        if number not in drawn:
            problems.append(place.tell("row_unknown", HEADERS[0]))
        elif number in seen:
            problems.append(place.tell("row_twice", HEADERS[0], other=str(seen[number])))
        else:
            seen[number] = place.row
            faults = [*_altered(place, drawn[number]), *_unfilled(place, first, last)]
            problems += faults
            if not faults:
                found.append(_finding(place, drawn[number]))
    for number in drawn.keys() - seen.keys():
        words = {"no": number, "name": drawn[number].name}
        problems.append(_problem("row_missing", (file, sheet, None), "", number, **words))
    ordered = sorted(found, key=lambda one: int(one.row.no))
    return Findings(tuple(ordered), problems_frame(problems))


def _places(sheets: Sequence[Sheet], file: str) -> tuple[str, list[_Place]]:
    for sheet in sheets:
        for top, header in enumerate(sheet.rows):
            at = {bare(text): n for n, text in enumerate(header) if isinstance(text, str)}
            if set(_COLUMNS) <= at.keys():
                rows = enumerate(sheet.rows[top + 1 :], top + 2)
                filled = ((n, row) for n, row in rows if not all(map(is_blank, row)))
                return sheet.name, [
                    _Place(file, sheet.name, n, {name: row[at[name]] for name in _COLUMNS}, at)
                    for n, row in filled
                ]
    raise InputError(
        f"找不到抽查表的表头（{'、'.join(_COLUMNS)}）。",
        where=file,
        remedy="表头和列不能改；请交 aidkit audit sample 写出的那份表。",
    )


def _altered(place: _Place, row: Row) -> Iterator[Problem]:
    for n, (header, expected) in enumerate(zip(HEADERS, row, strict=True)):
        cell = place.cells[header]
        if _plain(cell, money=n == _AMOUNT) != _plain(expected):
            yield place.tell("row_altered", header, expected=expected)


def _unfilled(place: _Place, first: dt.date, last: dt.date) -> Iterator[Problem]:
    finding = place.text(FINDING)
    if finding not in {ALIKE, UNLIKE}:
        yield place.tell("bad_finding" if finding else "no_finding", FINDING)
    if finding == UNLIKE and not place.text(NOTE):
        yield place.tell("no_note", NOTE)
    if not place.text(CHECKER):
        yield place.tell("no_checker", CHECKER)
    if (day := _day(place.cells[DAY])) is None:
        yield place.tell("bad_day", DAY)
    elif not first <= day <= last:
        yield place.tell("day_outside", DAY, first=str(first), last=str(last))


def _finding(place: _Place, row: Row) -> Finding:
    day = _day(place.cells[DAY])
    assert day is not None, "a row without a day is a problem"
    alike = place.text(FINDING) == ALIKE
    return Finding(row, alike, place.text(NOTE), place.text(CHECKER), day)


def _plain(cell: Value, *, money: bool = False) -> str:
    """A cell as what it says: line ends differ between Excel, WPS and LibreOffice."""
    if money and isinstance(cell, int | float):
        try:
            return yuan(fen_of_number(cell))
        except ValueError:
            return shown(cell)
    return "".join(cell.split()) if isinstance(cell, str) else shown(cell)


def _day(cell: Value) -> dt.date | None:
    try:
        if isinstance(cell, dt.datetime):
            return cell.date()
        if isinstance(cell, dt.date):
            return cell
        if isinstance(cell, str):
            return date_of_text(cell)
        return date_of_serial(cell) if isinstance(cell, int | float) else None
    except ValueError:
        return None


def _problem(
    code: str, place: tuple[str, str, int | None], column: str, value: str, **words: str
) -> Problem:
    message, remedy = _TELLS[code]
    file, sheet, row = place
    return Problem(
        file=file,
        sheet=sheet,
        row=row,
        column=column,
        value=value,
        code=code,
        severity=ERROR,
        message=message.format(**words),
        remedy=remedy,
    )
