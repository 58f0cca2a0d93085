"""A fund's tables as people read them: the same for PDF, Word and Excel."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from aidkit.money import yuan

Cell = str | int | dt.date | None
"""Money is integer fen; None stands for nothing to tell. A text may stand in any column."""

Kind = Literal["text", "code", "money", "count", "quantity", "date"]
"""`code` is a number that is a text, as that of a receipt; `money` fen; `quantity` thousandths."""

Mark = Literal["line", "subtotal", "total"]

Side = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        title: Its header.
        kind: What its cells are.
        width: How wide it is, in Chinese characters.
        group: Header above that of this column and its neighbours of the same group.
        centred: Whether texts stand in the middle.
    """

    title: str
    kind: Kind
    width: float
    group: str = ""
    centred: bool = False

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers that can be compared and added."""
        return self.kind in {"money", "count", "quantity"}

    @property
    def side(self) -> Side:
        """Where its cells stand."""
        return "center" if self.centred else "right" if self.numeric else "left"


@dataclass(frozen=True)
class Row:
    """One row; subtotals and totals are set apart.

    Attributes:
        cells: One for each column.
        mark: What it is.
    """

    cells: tuple[Cell, ...]
    mark: Mark = "line"


@dataclass(frozen=True)
class Table:
    """One table of a document, one sheet of a workbook.

    Attributes:
        title: Name of the sheet, at most 31 characters; heading where a document has several.
        columns: Its columns.
        rows: Its rows.
        notes: Remarks below it.
        merged: Whether neighbouring equal cells of the first column are one.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    merged: bool = False


@dataclass(frozen=True)
class Document:
    """What is one file on paper.

    Attributes:
        name: Name of the file without its end; says what it is.
        tables: Its tables, in order.
        notes: Remarks on the whole, numbered when printed below.
        lead: What is said before the tables, a paragraph each.
        landscape: Whether the paper lies on its long side.
        of_day: Whether it tells of the last day alone, as a balance sheet does.
    """

    name: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    landscape: bool = False
    of_day: bool = False


def printed(cell: Cell, kind: Kind) -> str:
    """A cell as paper shows it: money in yuan with two decimals, days as `2026-07-01`."""
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, str):
        return cell
    if kind == "money":
        return yuan(cell)
    if kind == "quantity":
        whole, part = divmod(abs(cell), 1000)
        decimals = f".{part:03d}".rstrip("0").rstrip(".")
        return f"{'-' if cell < 0 else ''}{whole:,}{decimals}"
    return f"{cell:,}"


def printed_row(row: Row, columns: Sequence[Column]) -> list[str]:
    """The cells of a row as paper shows them."""
    return [printed(cell, of.kind) for cell, of in zip(row.cells, columns, strict=True)]


def spans(table: Table) -> list[int]:
    """How many rows the first cell of each row takes: 0 where it is within the one above."""
    lengths = [1] * len(table.rows)
    if not table.merged:
        return lengths
    first = 0
    for place, row in enumerate(table.rows[1:], 1):
        above = table.rows[first]
        if row.mark == above.mark == "line" and row.cells[0] == above.cells[0]:
            lengths[first] += 1
            lengths[place] = 0
        else:
            first = place
    return lengths


def spanned(row: Row) -> int:
    """How many columns the first cell of a row takes: in totals also the empty ones after it."""
    if row.mark == "line":
        return 1
    after = (place for place, cell in enumerate(row.cells) if place and cell is not None)
    return next(after, len(row.cells))


def chinese_day(day: dt.date) -> str:
    """`2026 年 7 月 1 日`."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
