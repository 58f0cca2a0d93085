"""Workbooks made for one test: rows in, a file out."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

Cell = str | int | float | dt.date | None
MakeBook = Callable[..., Path]


def write_sheet(
    page: xlsxwriter.worksheet.Worksheet, rows: Sequence[Sequence[Cell]], day: object
) -> None:
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, dt.date):
                page.write_datetime(r, c, value, day)
            elif isinstance(value, str):
                page.write_string(r, c, value)
            elif value is not None:
                page.write_number(r, c, value)


@pytest.fixture
def make_book(tmp_path: Path) -> MakeBook:
    """Write sheets of rows to an xlsx file below the test's folder."""

    def make(name: str, **sheets: Sequence[Sequence[Cell]]) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(path) as book:
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            for title, rows in sheets.items():
                write_sheet(book.add_worksheet(title), rows, day)
        return path

    return make
