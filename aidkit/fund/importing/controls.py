"""What the total lines of a file claim, held against every row whose amount could be read.

Bad rows count: a total is wrong or right before anybody decides to leave a row out. Where an amount
could not be read a total proves nothing, and that is a problem of its own.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import polars as pl

from aidkit.fund.importing.drafts import REGISTERS
from aidkit.intake.cells import read_cell
from aidkit.intake.columns import Judged, judge
from aidkit.intake.faults import ERROR, Problem
from aidkit.intake.files import Source
from aidkit.intake.lexicon import polars_schema
from aidkit.intake.line_judge import claimed_count
from aidkit.intake.sheets import Opened, open_sheet
from aidkit.intake.totals import claims
from aidkit.intake.workbooks import Sheet
from aidkit.money import yuan
from aidkit.tables import Problems
from aidkit.tables.fund_import import FundControls

_TOLD = 5
"""Rows that a message names."""


def controls_of(sheets: Iterable[Sheet], file: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What the sheets of a file claim.

    Args:
        sheets: Its sheets.
        file: Its name.

    Returns:
        `FundControls`, and `tables.Problems` of the totals that nobody can prove.
    """
    found = [one for sheet in sheets for one in _of_sheet(sheet, file)]
    return (
        pl.DataFrame(
            [claim for claim, _ in found], schema=polars_schema(FundControls), orient="row"
        ),
        pl.DataFrame([fault for _, fault in found if fault], schema=polars_schema(Problems)),
    )


class _Claim(NamedTuple):
    """A row of `FundControls`."""

    sheet: str
    row: int
    measure: str
    column: str
    claimed: int
    actual: int
    agrees: bool | None


def _of_sheet(sheet: Sheet, file: str) -> Iterator[tuple[_Claim, Problem | None]]:
    opened = open_sheet(sheet, Source(file, None, None))
    if not isinstance(opened, Opened) or opened.layout.table not in REGISTERS:
        return
    lines, words = opened.read.lines, opened.words
    # Of a table that is not used nobody knows what its sums are of.
    if not lines.totals or not opened.usable:
        return
    money = [
        (words.fields[name], position)
        for name, position in opened.layout.columns.items()
        if words.fields[name].kind == "money"
    ]
    rows = [opened.sheet.rows[line] for line in lines.data]
    cells = {column.name: [row[position] for row in rows] for column, position in money}
    amounts = {
        name: _Amounts(lines.data, judged)
        for name, judged in judge(cells, words.fields, None).items()
    }
    before = opened.layout.header_row
    for total in lines.totals:
        row, starts = sheet.rows[total], (0, before + 1)
        if claim := claimed_count(row):
            counts = [bisect(lines.data, total) - bisect(lines.data, start - 1) for start in starts]
            right = claim[1] in counts
            counted = claim[1] if right else counts[0]
            yield _Claim(sheet.name, total + 1, "rows", "", claim[1], counted, right), None
        for position, cell, column in claims(row, money):
            claimed = read_cell(cell, column, None).value
            if not isinstance(claimed, int):
                continue
            actual, agrees, unread = amounts[column.name].against(claimed, starts, total)
            header = words.standard[column.name]
            made = _Claim(sheet.name, total + 1, "fen", header, claimed, actual, agrees)
            name = opened.layout.place(position)
            yield made, _unprovable(made, file, name, unread) if agrees is None else None
        before = total


class _Amounts:
    """A column of money: what was read, and the lines of which nothing was."""

    def __init__(self, lines: Sequence[int], judged: Judged) -> None:
        self._lines = lines
        self._values = judged.values
        # What is blank adds nothing.
        self._unread = [
            lines[at]
            for at, reading in judged.faults
            if reading.value is None and reading.code != "missing_value"
        ]

    def against(
        self, claimed: int, starts: Sequence[int], end: int
    ) -> tuple[int, bool | None, list[int]]:
        """A claimed sum of the lines before `end`, from one of some lines on.

        Returns:
            What these lines come to; whether that is claimed, None where it cannot be said; the
            lines that could not be read.
        """
        sums = []
        for start in starts:
            first, last = bisect(self._lines, start - 1), bisect(self._lines, end)
            unread = [line for line in self._unread if start <= line < end]
            sums.append((int(self._values[first:last].sum()), unread))
        if any(fen == claimed and not unread for fen, unread in sums):
            return claimed, True, []
        fen, unread = sums[0]
        return fen, None if unread else False, unread


def _unprovable(claim: _Claim, file: str, column: str, unread: Sequence[int]) -> Problem:
    rows = "、".join(str(line + 1) for line in unread[:_TOLD])
    more = "等" if len(unread) > _TOLD else ""
    return Problem(
        file=file,
        sheet=claim.sheet,
        row=claim.row,
        column=column,
        value=yuan(claim.claimed),
        code="total_unprovable",
        severity=ERROR,
        message=f"合计 {yuan(claim.claimed)} 元无法核对：第 {rows} 行{more}的金额读不出来。",
        remedy="请先改正那些金额；改不了的，合计这一行也要用 --accept 留下。",
    )
