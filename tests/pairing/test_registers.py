"""The registers of help as workbooks: read, held against rolls, staff and schools."""

import datetime as dt
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from aidkit.intake import read_county
from aidkit.sample import make_county

TERM = "2026年秋季学期"
HELP = (
    "help_logs",
    "peer_pairs",
    "conduct_pairs",
    "care_pairs",
    "household_pairs",
    "class_screening",
    "school_pairs",
    "school_help",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("help") / "small"
    make_county(folder, size="small")
    return folder


@pytest.mark.parametrize(
    ("file", "column", "value", "code"),
    [
        ("帮扶记录表", "帮扶人工号", "999999999", "unknown_teacher"),
        ("帮扶记录表", "学籍号", "G990101201301013336", "unknown_student"),
        ("领导包扶问题生登记表", "包扶领导", "某某", "name_mismatch"),
        ("领导包扶问题生登记表", "学籍号", "G990101201301013336", "unknown_student"),
        ("包保到生登记表", "包保教师工号", "999999999", "unknown_teacher"),
        ("包保到户登记表", "包保教师工号", "999999999", "unknown_teacher"),
        ("包保到户登记表", "包保学校标识码", "9901019999", "unknown_school"),
        ("学生互助结对表", "学籍号", "G990101201301013336", "unknown_student"),
        ("班级排查登记表", "学校标识码", "9901019999", "unknown_school"),
        ("班级排查登记表", "排查类别", "贪玩", "unknown_word"),
        ("校际结对名单", "被帮扶学校标识码", "9901019999", "unknown_school"),
        ("校际帮扶活动登记表", "帮扶学校标识码", "9901019999", "unknown_school"),
        ("校际帮扶活动登记表", "活动类别", "聚餐", "unknown_word"),
        ("校际帮扶活动登记表", "活动日期", dt.date(2036, 1, 1), "future_date"),
    ],
)
def test_a_wrong_cell_is_a_problem_in_its_row(
    made: Path, file: str, column: str, value: str | dt.date, code: str
) -> None:
    path = made / TERM / f"{file}.xlsx"
    content = path.read_bytes()
    try:
        book = openpyxl.load_workbook(path)
        page = book.worksheets[0]
        header = next(
            cell for row in page.iter_rows(max_row=5) for cell in row if cell.value == column
        )
        page.cell(header.row + 1, header.column).value = value
        book.save(path)
        intake = read_county(made, "2026-autumn")
    finally:
        path.write_bytes(content)
    found = intake.problems.filter(file=f"{TERM}/{file}.xlsx")
    place = found.select("code", "row", pl.col("column").str.split(" ").list.last()).rows()
    assert place == [(code, header.row + 1, column)]


def test_a_class_without_findings_hands_in_a_line_without_a_pupil(made: Path) -> None:
    rows = read_county(made, "2026-autumn").tables["class_screening"]
    nothing = rows.filter(pl.col("student_no").is_null())
    assert nothing.height > 5
    assert set(nothing["findings"].list.len()) == {0}
    assert rows.filter(pl.col("findings").list.len() > 0)["name"].null_count() == 0


def test_registers_of_the_sample_are_full_and_say_what_each_asks(made: Path) -> None:
    tables = read_county(made, "2026-autumn").tables
    assert not [name for name in HELP if tables[name].is_empty()]
    learners = set(tables["tutor_pairs"]["student_no"])
    assert not learners & set(tables["conduct_pairs"]["student_no"])
    assert set(tables["peer_pairs"]["student_no"]) <= learners
    assert not learners & set(tables["peer_pairs"]["helper_no"])
    assert tables["help_logs"]["next_step"].drop_nulls().len() > 0


def test_pairs_of_the_sample_last_and_helpers_have_two_pupils_at_most(made: Path) -> None:
    pairs = read_county(made).tables["tutor_pairs"]
    per = pairs.group_by("term", "teacher_no").agg(pl.col("student_no").n_unique())
    assert per["student_no"].max() == 2
    now = pairs.filter(term="2026-autumn")
    old = now.filter(pl.col("paired_on") < dt.date(2026, 9, 1))
    assert 0 < old.height < now.height
    before = pairs.filter(pl.col("term") != "2026-autumn").select("teacher_no", "student_no")
    assert old.join(before, on=["teacher_no", "student_no"], how="anti").is_empty()
