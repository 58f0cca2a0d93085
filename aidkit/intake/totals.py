"""Control lines: a total is held against the sum of the rows to the fen, a count against them."""

import re
from collections.abc import Iterator, Sequence
from typing import cast

import polars as pl

from aidkit.intake.cells import read_cell
from aidkit.intake.faults import Problem, problem
from aidkit.intake.layout import Layout
from aidkit.intake.lexicon import Field, TableWords
from aidkit.intake.line_judge import TOTAL, claimed_count
from aidkit.intake.lines import Lines
from aidkit.intake.values import Value, is_blank, shown
from aidkit.intake.workbooks import Sheet
from aidkit.labels import plain
from aidkit.money import yuan
from aidkit.tables.columns import MONEY

_AMOUNT_IN_WORDS = re.compile(r"(?:总金额|总额|合计金额|金额|合计|共计|总计)[::]?([\d,]+\.?\d*)元?")
_NOT_ADDED = frozenset({"balance_fen", "moved_fen"})
"""A balance is a level, and what came in and went out in one column adds up to neither."""

_STATISTIC = re.compile("满分|平均|最[高低]|率|[应实参缺]考|及格|优秀")


def check_totals(
    file: str, sheet: Sheet, layout: Layout, *, lines: Lines, words: TableWords, rows: pl.DataFrame
) -> Iterator[Problem]:
    """Compare every total line of a sheet with the rows above it.

    小计 counts from the total line before it, the others from the top; a line that agrees either
    way agrees. Nothing is compared with a column in which an amount could not be read: the total
    is judged when the amounts are right.

    Args:
        file: The sheet's file.
        sheet: Its cells.
        layout: Where its columns are.
        lines: What its lines are.
        words: Its table.
        rows: Its judged rows.

    Yields:
        A problem for each total or count that disagrees or cannot be read.
    """
    money = [
        (words.fields[name], position)
        for name, position in layout.columns.items()
        if words.fields[name].kind in MONEY and name not in _NOT_ADDED
    ]
    before = layout.header_row
    for total in lines.totals:
        row = sheet.rows[total]
        label = _label(row)
        if _STATISTIC.search(label):
            continue
        if (claim := claimed_count(row)) and not _counted(lines, before, total, claim[1]):
            actual = sum(line < total for line in lines.data)
            yield problem(
                "count_mismatch",
                file,
                sheet=sheet.name,
                row=total + 1,
                column=layout.place(claim[0]),
                value=shown(row[claim[0]]),
                claimed=claim[2].removeprefix("共计").removeprefix("共"),
                actual=str(actual),
            )
        for position, cell, column in claims(row, money):
            reading = read_cell(cell, column, None)
            details: dict[str, str] = {}
            if reading.code:
                code = reading.code
            else:
                blanks = {
                    i for i in lines.data if is_blank(sheet.rows[i][layout.columns[column.name]])
                }
                sums = _sums(rows, column.name, blanks, range(before + 1, total))
                claimed = cast(int, reading.value)
                if not sums or claimed in sums:
                    continue
                code = "total_mismatch"
                details = {
                    "header": words.standard[column.name],
                    "label": label,
                    "claimed": yuan(claimed),
                    "actual": yuan(sums[0]),
                    "difference": yuan(claimed - sums[0]),
                }
            yield problem(
                code,
                file,
                sheet=sheet.name,
                row=total + 1,
                column=layout.place(position),
                value=shown(row[position]),
                **details,
            )
        before = total


def _label(row: Sequence[Value]) -> str:
    for cell in row:
        if isinstance(cell, str) and (match := TOTAL.fullmatch(plain(cell))):
            return str(match[0]).rstrip("0123456789.,元")
    return "合计"


def _counted(lines: Lines, before: int, total: int, claimed: int) -> bool:
    since = sum(before < line < total for line in lines.data)
    return claimed in (since, sum(line < total for line in lines.data))


def claims(
    row: Sequence[Value], money: Sequence[tuple[Field, int]]
) -> Iterator[tuple[int, Value, Field]]:
    """Claimed sums of a total line: under their columns, or an amount written in words.

    Args:
        row: The line.
        money: Columns of money and their positions.

    Yields:
        The position, what stands there, and the column that it sums.
    """
    for column, position in money:
        cell = row[position]
        if is_blank(cell):
            continue
        in_words = _in_words(cell)
        yield position, in_words or cell, column
    if money and not any(not is_blank(row[position]) for _, position in money):
        for position, cell in enumerate(row):
            if in_words := _in_words(cell):
                yield position, in_words, money[0][0]


def _in_words(cell: Value) -> str:
    if not isinstance(cell, str):
        return ""
    match = _AMOUNT_IN_WORDS.fullmatch(plain(cell))
    return match[1] if match else ""


def _sums(rows: pl.DataFrame, column: str, blanks: set[int], part: range) -> list[int]:
    """The sum from the top and the sum of the part; none where an amount was not readable."""
    above = rows.filter(pl.col("source_row") <= part.stop).select("source_row", column)
    unread = above.filter(pl.col(column).is_null())["source_row"].to_list()
    if any(row - 1 not in blanks for row in unread):
        return []
    since = above.filter(pl.col("source_row") > part.start)
    return [int(above[column].sum()), int(since[column].sum())]
