"""Sheets as clerks keep them, before they are written: rows, words, layout."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from aidkit.labels import project_labels

DateStyle = Literal["excel", "iso", "chinese", "dotted", "compact", "wide"]


@dataclass(frozen=True)
class Formula:
    """A cell with a formula (without `=`); `value` is what Excel last computed, empty for never."""

    text: str
    value: str = ""


Cell = str | int | float | dt.date | Formula | None


@dataclass(frozen=True)
class Style:
    """How one clerk lays out a sheet.

    Attributes:
        dates: How dates are written.
        wording: 0 for standard headers and words, 1 for the first synonym where there is one.
        origin: Rows and columns left free above and to the left.
        group: A merged header over neighbouring columns: text, first and last column name.
        blank_every: Rows after which a blank one follows; 0 for none.
    """

    dates: DateStyle = "excel"
    wording: int = 0
    origin: tuple[int, int] = (0, 0)
    group: tuple[str, str, str] | None = None
    blank_every: int = 0


@dataclass
class Sheet:
    """One table on one sheet.

    Attributes:
        columns: Column names of the table, in the sheet's order.
        rows: Cells in that order.
        lines: Title and notes above the header.
        total: A 合计 row below, or None.
        footer: A line below everything, or empty.
        headers: Header texts that differ from what the style says.
    """

    name: str
    table: str
    columns: list[str]
    rows: list[list[Cell]]
    lines: list[str]
    style: Style = Style()
    total: list[Cell] | None = None
    footer: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def header(self, column: str) -> str:
        """The text of a column's header."""
        if column in self.headers:
            return self.headers[column]
        labels = project_labels()
        if label := labels.columns[self.table].get(column):
            words = (label.header, *label.synonyms)
            return words[min(self.style.wording, len(words) - 1)]
        return labels.label("subject", column)

    @property
    def header_row(self) -> int:
        """Excel row of the lowest header line, from 1."""
        return self.style.origin[0] + len(self.lines) + (2 if self.style.group else 1)

    def excel_row(self, index: int) -> int:
        """Excel row of a row of `rows`, from 1."""
        every = self.style.blank_every
        return self.header_row + 1 + index + (index // every if every else 0)

    @property
    def total_row(self) -> int:
        """Excel row of the 合计 row, from 1."""
        return self.excel_row(len(self.rows) - 1) + 1

    def letter(self, column: str) -> str:
        """Excel letter of a column."""
        place = self.style.origin[1] + self.columns.index(column)
        return chr(ord("A") + place)


@dataclass
class Book:
    """A file of the county: a workbook, or a CSV of one sheet; `raw` is content that is neither."""

    path: str
    sheets: list[Sheet]
    raw: bytes | None = None


def word(vocabulary: str, code: str | None, wording: int = 0) -> str | None:
    """The Chinese of a code in a clerk's wording; None stays a blank cell."""
    if code is None:
        return None
    label, synonyms = project_labels().vocabularies[vocabulary][code]
    return (label, *synonyms)[min(wording, len(synonyms))]


def yes_no(answer: bool | None) -> str | None:
    """是, 否, or a blank cell for unknown."""
    return None if answer is None else "是" if answer else "否"


def day_as(style: DateStyle, day: dt.date) -> str:
    """A date as text."""
    if style == "chinese":
        return f"{day.year}年{day.month}月{day.day}日"
    if style == "dotted":
        return f"{day.year}.{day.month}.{day.day}"
    if style == "compact":
        return f"{day:%Y%m%d}"
    if style == "wide":
        return wide(f"{day.year}-{day.month}-{day.day}")
    return day.isoformat()


def wide(text: str) -> str:
    """ASCII digits and signs at full width, as some input methods type them."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
