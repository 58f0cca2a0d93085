"""Sheets of scores: full marks where they are stated, faults with their rows, earlier terms."""

import shutil
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from aidkit.intake import read_county, read_workbook, reading
from aidkit.intake.earlier import read_earlier
from aidkit.intake.workbooks import content_of
from aidkit.sample import make_county
from tests.intake.conftest import Cell, MakeBook

HEADER = ["学籍号", "姓名", "班级", "考试", "考试日期"]
BOOK = "2026年秋季学期/考试成绩/某校.xlsx"
NOW, SPRING = "2026年秋季学期", "2026年春季学期"


def row(pupil: int, *marks: Cell) -> list[Cell]:
    return [f"G99010120150308{pupil:04d}", f"某{pupil}", "1班", "期中", "2026-11-10", *marks]


def full(rows: pl.DataFrame) -> dict[str, float | None]:
    return dict(rows.select("subject", "full_score").unique().iter_rows())


@pytest.mark.parametrize(
    "header", ["数学（120分）", "数学(满分120)", "数学（满分：120分）", "数学 (120 分)"]
)
def test_full_marks_in_a_header(make_book: MakeBook, header: str) -> None:
    rows = [[*HEADER, "语文", header], row(1, 80, 120), row(2, 80, 120.5)]
    intake = read_workbook(make_book(BOOK, S=rows))
    assert full(intake.tables["scores"]) == {"chinese": None, "mathematics": 120.0}
    problems = intake.problems.select("code", "row", "column", "value", "message")
    assert problems.rows() == [
        ("score_out_of_range", 3, f"G {header}", "120.5", "分数应在 0 到 120 之间。")
    ]
    assert intake.counts.select("good_rows", "bad_rows").row(0) == (1, 1)


@pytest.mark.parametrize("header", ["数学（1）", "数学（2班）", "数学（实考人数120）"])
def test_other_remarks_are_no_full_marks(make_book: MakeBook, header: str) -> None:
    intake = read_workbook(make_book(BOOK, S=[[*HEADER, header], row(1, 80)]))
    assert full(intake.tables["scores"]) == {"mathematics": None}
    assert intake.problems.is_empty()


@pytest.mark.parametrize("place", [0, 1, 3])
@pytest.mark.parametrize("label", ["满分", "满 分", "满分："])
def test_full_marks_in_a_row_of_their_own(make_book: MakeBook, place: int, label: str) -> None:
    pupils: list[list[Cell]] = [row(n, 95, "病假", 70) for n in (1, 2, 3)]
    line: list[Cell] = ["", label, "", "", "", 100, 150, ""]
    rows = [[*HEADER, "语文", "数学", "英语"], *pupils[:place], line, *pupils[place:]]
    intake = read_workbook(make_book(BOOK, S=rows))
    assert intake.problems.is_empty()
    scores = intake.tables["scores"]
    assert full(scores) == {"chinese": 100.0, "mathematics": 150.0, "english": None}
    assert scores.height == 9
    assert intake.counts.select("good_rows", "total_rows").row(0) == (3, 1)


def test_each_sheet_states_its_own(make_book: MakeBook) -> None:
    """Sheets whose columns stand alike are judged together."""
    junior = [[*HEADER, "语文（120分）"], row(1, 110)]
    primary = [[*HEADER, "语文（100分）"], row(2, 110)]
    silent = [[*HEADER, "语文"], row(3, 110)]
    intake = read_workbook(make_book(BOOK, A=junior, B=primary, C=silent))
    assert intake.problems.select("sheet", "code").rows() == [("B", "score_out_of_range")]
    assert intake.tables["scores"].select("source_sheet", "full_score").rows() == [
        ("A", 120.0),
        ("C", None),
    ]


@pytest.mark.parametrize(
    ("stated", "line"), [("语文（120分）", 100), ("语文", "一百"), ("语文", 301)]
)
def test_full_marks_that_cannot_be_believed_are_not_used(
    make_book: MakeBook, stated: str, line: Cell
) -> None:
    rows = [[*HEADER, stated], row(1, 110), ["", "满分", "", "", "", line]]
    intake = read_workbook(make_book(BOOK, S=rows))
    assert intake.problems.select("code", "severity", "row", "column").rows() == [
        ("bad_full_score", "warning", 3, f"F {stated}")
    ]
    assert intake.tables["scores"].select("score", "full_score").rows() == [(110.0, None)]


def test_a_score_below_zero_is_told_the_full_marks_of_its_sheet(make_book: MakeBook) -> None:
    rows = [[*HEADER, "语文（120分）", "数学"], row(1, -3, 80), row(2, 301, 80), row(3, 80, -3)]
    intake = read_workbook(make_book(BOOK, S=rows))
    assert intake.problems.select("row", "message").rows() == [
        (2, "分数应在 0 到 120 之间。"),
        (3, "分数应在 0 到 120 之间。"),
        (4, "分数应在 0 到 300 之间。"),
    ]


def test_faults_of_a_sheet_stand_with_their_rows(make_book: MakeBook) -> None:
    rows = [
        [*HEADER, "语文", "数学"],
        row(1, 80, "八十"),
        row(2, 80, 90),
        row(2, 81, 90),
        row(3, -1, 90),
        row(4, 80, 90),
    ]
    intake = read_workbook(make_book(BOOK, S=rows))
    assert intake.problems.select("row", "code").rows() == [
        (2, "not_a_score"),
        (3, "exam_twice"),
        (4, "exam_twice"),
        (5, "score_out_of_range"),
    ]
    assert sorted(set(intake.tables["scores"]["source_row"])) == [6]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean") / "county"
    make_county(folder, size="tiny")
    return folder


@pytest.fixture
def county(clean: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(clean, tmp_path / "county"))


def change(path: Path, column: str, value: str, rows: slice) -> list[int | None]:
    """Write a value into a column of some rows of data; the rows' numbers."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    header = next(cell for line in page.iter_rows() for cell in line if cell.value == column)
    pupils = [
        line[header.column - 1]
        for line in page.iter_rows(min_row=header.row + 1)
        if line[header.column - 1].value
    ]
    for cell in pupils[rows]:
        cell.value = value
    book.save(path)
    return [cell.row for cell in pupils[rows]]


def test_a_class_that_the_grade_does_not_have_is_told_once(county: Path) -> None:
    path = next((county / NOW / "考试成绩").iterdir())
    rows = change(path, "班级", "99班", slice(2, 5))
    before = read_county(county, "2026-autumn")
    problems = before.problems.filter(pl.col("code") == "unknown_class")
    assert problems.select("severity", "row", "value").rows() == [("warning", rows[0], "99班")]
    kept = before.tables["scores"].filter(pl.col("class_name") == "99班")
    assert kept["source_row"].n_unique() == 3


def test_earlier_terms_are_read_as_in_their_own_term(clean: Path) -> None:
    every = read_county(clean).tables
    for term, earlier in (
        ("2025-autumn", []),
        ("2026-spring", ["2025-autumn"]),
        ("2026-autumn", ["2025-autumn", "2026-spring"]),
    ):
        read = read_earlier(clean, term, ("students", "scores"))
        assert sorted(read) == ["scores", "students"]
        for table, rows in read.items():
            expected = every[table].filter(pl.col("term").is_in(earlier))
            assert_frame_equal(rows, expected, check_row_order=False)
            assert rows.is_empty() == (not earlier)


def test_a_row_that_its_own_term_set_aside_counts_nowhere(county: Path) -> None:
    path = next((county / SPRING / "考试成绩").iterdir())
    changed = change(path, "姓名", "别人", slice(0, 2))
    read = read_earlier(county, "2026-autumn", ("students", "scores"))
    file = path.relative_to(county).as_posix()
    sheet = openpyxl.load_workbook(path).worksheets[0].title
    kept = read["scores"].filter(source_file=file, source_sheet=sheet)
    assert kept.height
    assert not set(kept["source_row"]) & set(changed)


def test_earlier_workbooks_are_opened_once(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def noted(path: Path) -> bytes:
        opened.append(path.parent.name)
        return content_of(path)

    monkeypatch.setattr(reading, "content_of", noted)
    monkeypatch.setattr("aidkit.intake.kept.package_digest", lambda: "this code")
    tables = ("students", "scores")
    first = read_earlier(county, "2026-autumn", tables, store=tmp_path)
    # Other tables of these terms, such as the fees taken, are left closed.
    assert set(opened) == {"学生名册", "考试成绩"}
    opened.clear()
    again = read_earlier(county, "2026-autumn", tables, store=tmp_path)
    assert not opened
    for table in tables:
        assert_frame_equal(first[table], again[table])
    path = next((county / SPRING / "考试成绩").iterdir())
    change(path, "姓名", "别人", slice(0, 1))
    changed = read_earlier(county, "2026-autumn", tables, store=tmp_path)
    assert opened == ["考试成绩"]
    assert changed["scores"].height < first["scores"].height
