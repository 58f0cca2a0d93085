"""The commands on what clerks pass to them: one workbook, a missing folder, a single file."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from aidkit.cli import main
from aidkit.cli.lines import SHOWN, check_lines
from aidkit.intake import CheckReport, check_paths
from aidkit.project import find_project
from aidkit.sample import make_county
from tests.awards.followers import decision, decisions, version

ROLL = ["学籍号", "姓名", "学校标识码", "年级", "班级"]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """A project of its own around the working directory, with the checkout's parameters."""
    root = tmp_path / "project"
    shutil.copytree(find_project().params, root / "params")
    before = Path.cwd()
    os.chdir(root)
    yield root
    os.chdir(before)


def roll(path: Path, rows: int) -> Path:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(ROLL)
    for n in range(rows):
        page.append([f"G99010120150308{n:03d}", "某人", "9901010001", "一年级", "1班"])
    book.save(path)
    return path


def test_the_same_problem_in_a_column_is_told_once(tmp_path: Path) -> None:
    # The numbers lack one digit.
    report = check_paths([roll(tmp_path / "a b 名册.xlsx", 60)], tmp_path / "returned")
    lines = check_lines(report, str)
    assert sum("应是 19 位" in line for line in lines) == 1
    assert "         同样的问题还有 59 处：第 3、4、5、6、7、8、9、10、11、12…… 行" in lines


def test_a_file_that_cannot_be_opened_is_never_below_the_fold(tmp_path: Path) -> None:
    for n in range(SHOWN + 1):
        roll(tmp_path / f"名册{n:02d}.xlsx", 1)
    (tmp_path / "最后的名册.xlsx").write_bytes(b"")
    lines = check_lines(check_paths([tmp_path], tmp_path / "returned"), str)
    assert "最后的名册.xlsx：文件读不出来" in lines[2]


def test_titles_that_no_program_has_are_found_and_counted(project: Path) -> None:
    county = project / "县"
    make_county(county, size="small")
    path = next(county.glob("2026年秋季学期/资助申请汇总表.xlsx"))
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    column = next(c for row in page.iter_rows() for c in row if c.value == "申请项目").column
    page.cell(page.max_row, column).value = "三级自助"
    row = page.max_row
    book.save(path)
    assert main(["check", str(county)]) == 1
    marked = project / "reports" / "check" / "2026年秋季学期" / "资助申请汇总表.问题.xlsx"
    page = openpyxl.load_workbook(marked).worksheets[0]
    assert page.cell(row, column).fill.fgColor.rgb == "00FFC7CE"
    assert "没有哪个资助项目" in str(page.cell(row, page.max_column).value)


def test_exams_are_checked_against_the_roll(project: Path) -> None:
    """A score above full marks, and an exam that most of a grade have under another name."""
    county = project / "县"
    make_county(county, size="small")
    path = next(county.glob("2026年秋季学期/考试成绩/青源小学.xlsx"))
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    header = next(row for row in page.iter_rows() if any(c.value == "学籍号" for c in row))
    places = {str(cell.value): cell.column for cell in header if cell.value}
    exam = next(column for name, column in places.items() if name.startswith("考试名称"))
    rows = range(int(header[0].row or 0) + 1, page.max_row)
    last = [row for row in rows if page.cell(row, exam).value == "期中"]
    page.cell(last[0], exam).value = "期中补考"
    marks = next(column for name, column in places.items() if name.startswith("语文"))
    page.cell(last[1], marks).value = 290
    book.save(path)
    assert main(["check", str(county)]) == 1
    copy = project / "reports" / "check" / "2026年秋季学期" / "考试成绩" / "青源小学.问题.xlsx"
    page = openpyxl.load_workbook(copy).worksheets[0]
    assert page.cell(last[0], exam).fill.fgColor.rgb == "00FFEB9C"
    assert "不到一半，评定进步不用这次考试" in str(page.cell(last[0], page.max_column).value)
    assert page.cell(last[1], marks).fill.fgColor.rgb == "00FFC7CE"


def test_counts_tell_of_rows_that_titles_set_aside(tmp_path: Path) -> None:
    path = roll(tmp_path / "名册.xlsx", 0)
    page = openpyxl.load_workbook(path)
    page.worksheets[0].append(["G990101201503081236", "某甲", "9901010001", "一年级", "1班"])
    page.save(path)
    plain = check_paths([path], tmp_path / "returned")
    assert (plain.good_rows, plain.bad_rows) == (1, 0)
    fault = pl.DataFrame(
        {"file": ["名册.xlsx"], "sheet": ["Sheet"], "row": [2], "column": ["A 学籍号"]}
        | {"value": ["x"], "code": ["unknown_program"], "severity": ["error"]}
        | {"message": ["没有。"], "remedy": ["请写。"]},
        schema=plain.problems.schema,
    )
    report: CheckReport = check_paths(
        [path], tmp_path / "returned", more=lambda folder, intake: fault
    )
    assert (report.good_rows, report.bad_rows, report.errors) == (0, 1, 1)


@pytest.mark.parametrize(
    "words", [["gate"], ["program", "list"], ["build"], ["run", "2026-autumn"], ["why", "G1"]]
)
def test_a_county_that_is_not_there_is_refused(
    project: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "site" / "_site").mkdir(parents=True)
    assert main([*words, "--county", "没有的县"]) == 2
    assert "没有这个县区文件夹" in capsys.readouterr().err


def test_why_begins_with_term_and_county_by_name(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project / "data" / "demo"
    folder.mkdir(parents=True)
    settings = 'name = "青山县"\nregion = "cn/henan"\npublisher = "资助中心"\ncontact = "窗口"\n'
    (folder / "county.toml").write_text(settings, encoding="utf-8")
    tables = project / "reports" / "demo" / "2026-autumn" / "internal" / "tables"
    tables.mkdir(parents=True)
    one = decision("G990101201503080001", version("aid"), 100)
    decisions(one).write_parquet(tables / "decisions.parquet")
    assert main(["why", one["person_no"], "--term", "2026-autumn"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("2026 年秋季学期，青山县（内部资料）\n")


def test_the_gate_does_not_call_a_file_a_clean_folder(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = project / "a.html"
    page.write_text("<p>G990101201503081236</p>", encoding="utf-8")
    assert main(["gate", str(page)]) == 2
    assert "所在的文件夹" in capsys.readouterr().err


def test_what_the_system_refuses_is_no_fault_of_aidkit(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "文件").write_text("", encoding="utf-8")
    assert main(["init", "文件/我县"]) == 3
    said = capsys.readouterr().err
    assert "系统不让读写" in said and "自身" not in said
