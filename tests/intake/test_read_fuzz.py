"""Whatever lies in a file: problems or a clear error, never a traceback."""

import io
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from aidkit.errors import AidkitError
from aidkit.intake import Intake, check_paths, read_workbook
from aidkit.intake.batches import judge_sheets
from aidkit.intake.files import Source
from aidkit.intake.found import SHEETS, found_in
from aidkit.intake.lexicon import lexicon
from aidkit.intake.sheets import Opened, open_sheet
from aidkit.intake.workbooks import Sheet

ONE_FOLDER = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
HEADERS = sorted(lexicon().known)
ROWS: list[list[str | float]] = [
    ["捐赠日期", "捐赠人", "捐赠金额"],
    ["2026-09-01", "甲公司", 12.5],
    ["合计", "", 12.5],
]


def xlsx() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        for r, row in enumerate(ROWS):
            page.write_row(r, 0, row)
        page.write_formula(1, 3, "=1/0", None, "#DIV/0!")
    return buffer.getvalue()


def xls() -> bytes:
    buffer = io.BytesIO()
    book = xlwt.Workbook()
    page = book.add_sheet("S")
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            page.write(r, c, value)
    page.row(1).set_cell_error(3, "#DIV/0!")
    book.save(buffer)
    return buffer.getvalue()


CSV = "\n".join(",".join(map(str, row)) for row in ROWS).encode()
WHOLE = {"xlsx": xlsx(), "xls": xls(), "csv": CSV}


def accounted(intake: Intake) -> None:
    parts = pl.sum_horizontal("header_rows", "blank_rows", "total_rows", "good_rows", "bad_rows")
    assert intake.counts.filter(pl.col("rows") != parts).is_empty()


def check(folder: Path, suffix: str, content: bytes) -> None:
    path = folder / f"fuzz.{suffix}"
    path.write_bytes(content)
    try:
        accounted(read_workbook(path))
        check_paths([path], folder / "returned")
    except AidkitError as error:
        assert error.message


@pytest.mark.parametrize("suffix", WHOLE)
def test_the_whole_file_is_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"捐赠.{suffix}"
    path.write_bytes(WHOLE[suffix])
    intake = read_workbook(path)
    assert intake.tables["donations"].height == 1, intake.problems


@ONE_FOLDER
@given(st.sampled_from(sorted(WHOLE)), st.binary(max_size=400))
def test_any_bytes(tmp_path: Path, suffix: str, content: bytes) -> None:
    magic = {"xlsx": b"PK\x03\x04", "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "csv": b""}
    check(tmp_path, suffix, magic[suffix] + content)


@ONE_FOLDER
@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12),
    st.floats(0, 1),
)
@example("xls", [], 0.5)
@example("xlsx", [], 0.99)
def test_damaged_files(
    tmp_path: Path, suffix: str, changes: list[tuple[float, int]], cut: float
) -> None:
    content = bytearray(WHOLE[suffix])
    for place, byte in changes:
        content[int(place * len(content))] = byte
    check(tmp_path, suffix, bytes(content[: int(len(content) * cut) if cut < 1 else None]))


ODD: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        [*HEADERS, "合计", "共计5人", "", " ", "=1+1", "总金额12.5", "共计" + "9" * 40]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.timedeltas(),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(ODD, min_size=4, max_size=4), max_size=8),
    st.lists(st.sampled_from(HEADERS), min_size=4, max_size=4),
    st.integers(0, 3),
)
def test_any_cells_are_accounted_for(rows: list[list[Any]], header: list[str], above: int) -> None:
    rows = [*rows[:above], header, *rows[above:]]
    source = Source("捐赠/学生名册/a.xlsx", "2026-autumn")
    opened = open_sheet(Sheet("S", rows), source)
    read = opened.read if isinstance(opened, Opened) else opened
    judged = judge_sheets([opened] if isinstance(opened, Opened) else [])
    sheet = found_in([], [read], judged, [])[SHEETS].row(0, named=True)
    assert sheet["rows"] == read.lines.end - read.lines.first
    assert read.table is not None or read.problems


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(ODD, min_size=3, max_size=3), max_size=6))
def test_any_cells_in_a_returned_csv(tmp_path: Path, rows: list[list[Any]]) -> None:
    lines = [["捐赠日期", "捐赠人", "捐赠金额"], *rows]
    text = "\n".join(",".join(str(v).replace(",", "") for v in line) for line in lines)
    check(tmp_path, "csv", text.encode())
