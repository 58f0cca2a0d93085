"""Columns that nobody reads, and that say what no officer may pass over.

`--date` is for files that tell no day: where a column tells days under an unknown header, or under
none, it may be the very column. And in what phones export, one column says of a row that money
went out, another that it never came.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

import polars as pl

from aidkit.fund.importing.drafts import REGISTERS
from aidkit.intake.cells import read_cell
from aidkit.intake.faults import ERROR, Problem
from aidkit.intake.files import Source
from aidkit.intake.layout import serial_positions
from aidkit.intake.lexicon import Field, lexicon, polars_schema
from aidkit.intake.sheets import Opened, open_sheet
from aidkit.intake.values import Value, is_blank, shown
from aidkit.intake.workbooks import Sheet
from aidkit.labels import plain
from aidkit.tables import Problems

UNREAD_DATES = "unread_dates"
"""Code of a problem of a whole table."""

_OF_A_YEAR = re.compile(r"\d{1,2}[月./-]\d{1,2}[日号]?(\s.*)?")
"""A day without its year: `9月20日`."""

_NUMBER = re.compile(r"\d{1,7}|\d{9,}|\d*\.\d*")
"""What is no day, though Excel could count to it."""

_SEEN = ("impossible_date", "future_date")
"""Faults of what is a date all the same."""

_WAY = {"donations": "in", "goods_received": "in", "payouts": "out"}
"""Registers to the direction that their rows have."""

_STATE = "状态"
_FAILED = re.compile("退款|关闭|失败|撤销|取消|待付|未付|未支付|处理中")
"""States of a payment that did not come about, in headers that hold `_STATE`."""

_LEAVE = "请删去这一行，或用 --accept {row} 留下不入账。"


def unread(sheets: Iterable[Sheet], file: str) -> pl.DataFrame:
    """What unread columns say that must be decided.

    Args:
        sheets: The file's sheets; of a long one its beginning will do.
        file: Its name.

    Returns:
        `tables.Problems`: of dates one for each sheet at most, at the line of the header; of rows
        that are none of the register's at the row.
    """
    found: list[Problem] = []
    for sheet in sheets:
        opened = open_sheet(sheet, Source(file, None, None))
        if isinstance(opened, Opened) and opened.usable and opened.layout.table in REGISTERS:
            found += _dates(opened)
            found += _no_rows(opened)
    return pl.DataFrame(found, schema=polars_schema(Problems))


def says_of_rows(header: str) -> bool:
    """Whether a column under a header says which way money went, or whether it did."""
    return plain(header) in _directions() or _STATE in header


def _directions() -> set[str]:
    bank = lexicon().tables["bank_statement"]
    return {header for header, column in bank.headers.items() if column == "direction"}


def _dates(opened: Opened) -> Iterator[Problem]:
    layout = opened.layout
    date = next(field for field in opened.words.fields.values() if field.kind == "date")
    rows = [opened.sheet.rows[line] for line in opened.read.lines.data]
    told = layout.columns.get(date.name)
    if told is not None and not all(is_blank(row[told]) for row in rows):
        return
    read = {*layout.positions, *serial_positions(layout)}
    for position in range(len(layout.headers)):
        cells = [row[position] for row in rows if not is_blank(row[position])]
        dates = [cell for cell in cells if _is_date(cell, date)] if position not in read else []
        if 2 * len(dates) > len(cells):
            yield _unread_dates(opened, position, opened.words.standard[date.name], dates[0])
            return


def _is_date(cell: Value, field: Field) -> bool:
    if isinstance(cell, dt.date):
        return True
    if not isinstance(cell, str) or _NUMBER.fullmatch(cell.strip()):
        return False
    reading = read_cell(cell, field, None)
    dated = reading.value is not None or reading.code in _SEEN
    return dated or _OF_A_YEAR.fullmatch(cell.strip()) is not None


def _unread_dates(opened: Opened, position: int, header: str, first: Value) -> Problem:
    letter, _, said = opened.layout.place(position).partition(" ")
    row = opened.layout.first_row
    called = f"，表头“{said}”不认识" if said else "，没有表头"
    message = (
        f"表里没有“{header}”，{letter} 列像是日期（例如 {shown(first)}），却没有读入{called}。"
    )
    remedy = (
        f"如果它就是{header}，请把这一列的表头改成“{header}”；不是的，请删去这一列，"
        f"或用 --accept {row} 说明不用它，日期用 --date 指明。"
    )
    return _problem(opened, (row, position), first, (UNREAD_DATES, message, remedy))


def _no_rows(opened: Opened) -> Iterator[Problem]:
    layout, table = opened.layout, opened.layout.table
    directions = lexicon().tables["bank_statement"].fields["direction"].words
    way = _WAY.get(table, "")
    came = "付出" if way == "out" else "收到"
    for position in layout.unknown:
        header = layout.headers[position]
        for line in opened.read.lines.data if says_of_rows(header) else ():
            cell = opened.sheet.rows[line][position]
            said = plain(cell) if isinstance(cell, str) else ""
            failed = _STATE in header and _FAILED.search(said)
            other = _STATE not in header and way and said and directions.get(said) != way
            if failed or other:
                message = f"“{header}”是“{shown(cell)}”：这一行不是{came}的钱。"
                remedy = _LEAVE.format(row=line + 1)
                told = ("not_of_register", message, remedy)
                yield _problem(opened, (line + 1, position), cell, told)


def _problem(
    opened: Opened, place: tuple[int, int], cell: Value, told: tuple[str, str, str]
) -> Problem:
    """A problem of a cell: its row and column, what it holds; code, message and remedy."""
    code, message, remedy = told
    return Problem(
        file=opened.read.source.file,
        sheet=opened.read.sheet,
        row=place[0],
        column=opened.layout.place(place[1]),
        value=shown(cell),
        code=code,
        severity=ERROR,
        message=message,
        remedy=remedy,
    )
