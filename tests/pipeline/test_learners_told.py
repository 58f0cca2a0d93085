"""What learners' tables tell: the county in public, a school what was left out of its scores."""

import openpyxl
import polars as pl
import pytest

from aidkit.public import open_public
from aidkit.tables.learner_slices import OF_PUBLIC
from tests.conftest import COUNTY
from tests.pipeline.learner_county import AUTUMN, Made


def test_of_too_few_schools_the_public_slice_holds_no_row(made: Made) -> None:
    """It is there all the same: the county's report finds out that there is nothing to show."""
    assert made.scopes("public_progress") == ["county"]
    held = made.slice("public_progress", "county")
    assert {name: tuple(frame.columns) for name, frame in held.items()} == dict(OF_PUBLIC)
    assert held["progress"].is_empty()
    assert pl.read_parquet(made.folder / "public" / "progress.parquet").is_empty()


def test_the_county_s_public_report_shows_how_pupils_moved(
    other: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The small county has few schools: here one is enough."""
    monkeypatch.setattr("aidkit.disclosure.progress.LEAST_SCHOOLS", 1)
    other.learners()
    measured, table = other.table("progress"), other.slice("public_progress", "county")["progress"]
    assert table.filter(stage="all")["of"].unique().to_list() == [measured.height]
    assert table.equals(pl.read_parquet(other.folder / "public" / "progress.parquet"))
    assert {"public/progress.parquet", "slices/public_progress/county.parquet"} <= {*other.names}
    names = {*pl.read_parquet(other.folder / "internal/tables/students.parquet")["name"]}
    packed = (other.folder / "slices/public_progress/county.parquet").read_bytes()
    held = b"".join(dict(pl.read_parquet(packed).iter_rows()).values())
    assert not any(name.encode() in held for name in names)
    monkeypatch.chdir(other.project.root)
    dates = {"published_on": "2026-11-20", "next_update": "2027-03-05"}
    said = open_public(AUTUMN.code, COUNTY, **dates).change().markdown
    assert f"{measured.height} 名学生参加学习进步评定" in said
    school = open_public(AUTUMN.code, COUNTY, other.scopes("progress")[0], **dates)
    assert "learning" not in school.change().markdown


def test_what_was_left_out_stands_on_the_school_s_report_whatever_the_file_is_called(
    other: Made,
) -> None:
    """Rows that could not be read, and a score above full marks."""
    folder = other.county / "2026年秋季学期" / "考试成绩"
    path = folder / "青源小学.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    header = next(row for row in sheet.iter_rows() if any(c.value == "学籍号" for c in row))
    column = max(cell.column for cell in header if cell.value is not None)
    first = int(header[0].row or 0) + 1
    while not str(sheet.cell(first, 1).value or "").startswith(("G", "J", "L")) and first < 30:
        first += 1
    sheet.cell(first, column, "十分好")
    sheet.cell(first + 1, column, 149)
    book.save(path)
    path.rename(folder / "期末成绩汇总.xlsx")
    other.tables()
    other.learners()
    schools = pl.read_parquet(other.folder / "internal" / "tables" / "schools.parquet")
    (code,) = schools.filter(school_name="青源小学")["school_code"]
    told = other.slice("progress", code)["problems"]
    assert told["row"].sort().to_list() == [first, first + 1]
    assert {*told["file"]} == {"2026年秋季学期/考试成绩/期末成绩汇总.xlsx"}
    for scope in set(other.scopes("progress")) - {code}:
        assert other.slice("progress", scope)["problems"].is_empty()


def test_one_pupil_s_other_exam_unassesses_nobody_else(other: Made) -> None:
    """It is told on the school's report, as is a class that the roll does not have."""
    path = other.county / "2026年秋季学期" / "考试成绩" / "青源小学.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    header = next(row for row in sheet.iter_rows() if any(c.value == "学籍号" for c in row))
    exam, where, day = (
        next(int(c.column or 0) for c in header if str(c.value) in names)
        for names in ({"考试名称", "考试"}, {"班级", "班"}, {"考试日期", "考试时间"})
    )
    rows = range(int(header[0].row or 0) + 1, sheet.max_row)
    first = next(row for row in rows if sheet.cell(row, exam).value == "期中")
    sheet.cell(first, exam, "期中补考")
    sheet.cell(first, day, "2026-11-19")
    sheet.cell(first, where, "99班")
    book.save(path)
    before = other.table("progress")
    other.tables()
    other.learners()
    assert other.table("progress").filter(reason="no_outcome").height <= (
        before.filter(reason="no_outcome").height + 1
    )
    roles = other.table("exams").filter(exam="期中补考")
    assert roles["role"].to_list() == ["other"]
    told = other.slice("progress", str(roles["school_code"][0]))["problems"]
    assert {*told["code"]} == {"exam_of_few", "unknown_class"}
    assert {*told["severity"]} == {"warning"}
    assert told["row"].to_list() == [first, first]
