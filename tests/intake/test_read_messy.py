"""Workbooks as they come from schools: what Excel shows is read, what is unclear is refused."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import PatternFill

from aidkit.intake import Intake, check_paths, read_county, read_workbook
from aidkit.intake.returned import REASON

MakeBook = Callable[..., Path]

GIFTS = ["捐赠日期", "捐赠人", "捐赠金额", "备注"]
A = ["2026-09-01", "甲公司", 100, ""]
B = ["2026-09-02", "乙公司", 200, ""]

ROLL = ["学籍号", "姓名", "监护人", "学校标识码", "年级", "班级"]
FIRST = ["G990101201503081236", "某甲", "某父", "9901010001", "一年级", "1班"]
SECOND = ["G990101201503081244", "某乙", "某母", "9901010001", "一年级", "1班"]

SCHOOLS = [
    ["学校标识码", "学校名称", "学校类型", "办学性质", "城乡类型"],
    ["9901010001", "某小学", "小学", "公办", "镇"],
]


def codes(intake: Intake) -> list[str]:
    return intake.problems["code"].to_list()


def counts(intake: Intake) -> tuple[int, ...]:
    """Rows, header, blank, total, good, bad rows of the first sheet."""
    return intake.counts.row(0)[3:]


@pytest.mark.parametrize(
    "line",
    [
        ["制表人：某某", "", "审核人：某某", "", "填表日期：2026年9月10日", ""],
        ["制表人：", "某某", "", "审核人：", "某某", ""],
        ["", "校长（签字）：", "", "", "经办人：", ""],
        ["第1页，共3页", "", "", "", "", ""],
        ["——以下空白——", "", "", "", "", ""],
        ["（盖章）", "", "", "", "", ""],
    ],
)
def test_words_right_below_the_rows_are_passed_over(make_book: MakeBook, line: list[str]) -> None:
    intake = read_workbook(make_book("a.xlsx", S=[ROLL, FIRST, SECOND, line, ["", "2026年9月"]]))
    assert codes(intake) == []
    assert counts(intake) == (5, 3, 0, 0, 2, 0)


@pytest.mark.parametrize(
    "line",
    [
        ["学籍号：", "G990101201503081244", "姓名：", "某乙", "", ""],
        ["备注：", "某乙", "某母", "9901010001", "一年级", "1班"],
        ["某乙", "", "", "", "", ""],
    ],
)
def test_a_line_that_may_be_a_person_is_not_words(make_book: MakeBook, line: list[str]) -> None:
    intake = read_workbook(make_book("a.xlsx", S=[ROLL, FIRST, line]))
    assert counts(intake) == (3, 1, 0, 0, 1, 1)


def test_subtotals_of_classes_and_their_counts(make_book: MakeBook) -> None:
    rows = [ROLL, FIRST, SECOND, ["一年级1班小计", "2人"], ["合计", "3人"]]
    intake = read_workbook(make_book("a.xlsx", S=rows))
    assert intake.problems.select("code", "row", "column").rows() == [
        ("count_mismatch", 5, "B 姓名")
    ]
    assert counts(intake) == (5, 1, 0, 2, 2, 0)


def test_statistics_below_scores_are_no_students(make_book: MakeBook) -> None:
    rows = [
        ["学籍号", "姓名", "考试名称", "考试日期", "语文"],
        ["G990101201503081236", "某甲", "期中", "2026-11-10", "85.5分"],
        ["五年级平均分", "", "", "", 80],
        ["参考人数", "", "", "", 30],
        ["优秀率", "", "", "", "50%"],
    ]
    intake = read_workbook(make_book("考试成绩表.xlsx", S=rows))
    assert codes(intake) == ["not_a_score"]
    assert counts(intake) == (5, 1, 0, 3, 0, 1)


def test_each_class_with_its_title_and_the_header_again(make_book: MakeBook) -> None:
    rows = [["一年级1班名册"], ROLL, FIRST, ["第1页"], ["一年级2班名册"], ROLL, SECOND]
    intake = read_workbook(make_book("a.xlsx", S=rows))
    assert codes(intake) == []
    assert counts(intake) == (7, 5, 0, 0, 2, 0)


def test_a_second_table_below_is_not_read_by_the_first_ones_columns(make_book: MakeBook) -> None:
    turned = ["学籍号", "监护人", "姓名", "学校标识码", "年级", "班级"]
    rows = [ROLL, FIRST, [], ["一年级2班名册"], turned, SECOND, []]
    intake = read_workbook(make_book("a.xlsx", S=rows))
    assert intake.problems.select("code", "row").rows() == [("second_table", 5)]
    assert intake.tables["students"]["name"].to_list() == ["某甲"]
    assert counts(intake) == (6, 2, 1, 0, 1, 2)


def test_a_header_of_two_lines_printed_on_each_page(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        for top, row in ((0, FIRST), (3, SECOND)):
            for column, header in zip("ABDEF", [*ROLL[:2], *ROLL[3:]], strict=True):
                page.merge_range(f"{column}{top + 1}:{column}{top + 2}", header)
            page.merge_range(top, 6, top, 7, "监护人")
            page.write_row(top + 1, 6, ["姓名", "电话"])
            page.write_row(top + 2, 0, [*row[:2], "", *row[3:], row[2], "13900000000"])
    intake = read_workbook(path)
    assert codes(intake) == []
    assert intake.tables["students"]["guardian"].to_list() == ["某父", "某母"]
    assert counts(intake) == (6, 4, 0, 0, 2, 0)


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """School, class and amount of two rows merged into one cell each, the school over a third."""
    path = tmp_path / "家庭经济情况表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("名册")
        page.write_row(0, 0, ROLL)
        page.write_column(1, 4, ["一年级", "一年级"])
        for row, cells in enumerate((FIRST, SECOND), 1):
            page.write_row(row, 0, cells[:3])
        page.merge_range("D2:D4", "9901010001")
        page.merge_range("F2:F3", "1班")
        page = book.add_worksheet("家庭经济情况表")
        page.write_row(0, 0, ["学籍号", "学生姓名", "家庭人口", "家庭年收入", "困难类型"])
        page.write_row(1, 0, [*FIRST[:2], 4])
        page.write_row(2, 0, [*SECOND[:2], 4])
        page.merge_range("D2:D3", 9000)
        page.merge_range("E2:E3", "低保")
    return path


def test_a_cell_merged_over_rows_is_said_of_each(merged: Path) -> None:
    students = read_workbook(merged).tables["students"]
    assert students.select("school_code", "class_name").rows() == [("9901010001", "1班")] * 2


def test_an_amount_merged_over_rows_is_nobodys(merged: Path) -> None:
    intake = read_workbook(merged)
    assert intake.problems.select("code", "row", "column").rows() == [
        ("merged_number", 2, "D 家庭年收入"),
        ("merged_number", 3, "D 家庭年收入"),
    ]
    assert intake.tables["households"].is_empty()


@pytest.mark.parametrize(
    ("above", "header", "unit"),
    [
        ([], "捐赠金额（千元）", "千元"),
        ([], "捐赠金额\n(百元)", "百元"),
        (["", "", "单位：千元"], "捐赠金额", "千元"),
        (["（金额单位：百万元）"], "捐赠金额", "百万元"),
    ],
)
def test_every_unit_but_yuan_is_refused(
    make_book: MakeBook, above: list[str], header: str, unit: str
) -> None:
    rows = [above, ["捐赠日期", "捐赠人", header], A[:3]]
    intake = read_workbook(make_book("a.xlsx", S=rows if above else rows[1:]))
    assert codes(intake) == ["unit_not_yuan"]
    assert unit in intake.problems["message"][0]


def test_the_unit_in_a_header_of_two_lines(tmp_path: Path) -> None:
    path = tmp_path / "捐赠.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        for column, header in zip("ABC", ["捐赠日期", "捐赠人", "捐赠金额（万元）"], strict=True):
            page.merge_range(f"{column}1:{column}2", header)
        page.merge_range("D1:E1", "说明")
        page.write_row("D2", ["捐赠用途", "备注"])
        page.write_row("A3", A[:3])
    assert codes(read_workbook(path)) == ["unit_not_yuan"]


def test_one_stray_cell_far_away_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(GIFTS)
    book.worksheets[0].append(A)
    book.worksheets[0].cell(900_000, 16_000).fill = PatternFill("solid", fgColor="FFFF00")
    book.save(tmp_path / "formats.xlsx")
    assert codes(read_workbook(tmp_path / "formats.xlsx")) == []
    book.worksheets[0].cell(1_048_576, 16_384).value = "。"
    book.save(tmp_path / "far.xlsx")
    problem = read_workbook(tmp_path / "far.xlsx").problems.row(0, named=True)
    assert problem["code"] == "file_unreadable"
    assert "XFD 列、第 1048576 行" in problem["message"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_with_a_title_and_cells_kept_as_text(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "学生名册.csv"
    cells = [f'="{FIRST[0]}"', FIRST[1], FIRST[2], f"'{FIRST[3]}", *FIRST[4:]]
    lines = ["学生名册", delimiter.join(ROLL), delimiter.join(cells)]
    path.write_text("\r\n".join(lines), encoding="gb18030")
    intake = read_workbook(path)
    assert codes(intake) == []
    assert intake.tables["students"].row(0, named=True)["school_code"] == "9901010001"


def test_a_hidden_sheet_is_read_and_said_so(make_book: MakeBook) -> None:
    path = make_book("捐赠.xlsx", 今年=[GIFTS, A], 去年=[GIFTS, B])
    book = openpyxl.load_workbook(path)
    book["去年"].sheet_state = "hidden"
    book.save(path)
    intake = read_workbook(path)
    assert intake.problems.select("code", "sheet").rows() == [("hidden_sheet", "去年")]
    assert intake.tables["donations"].height == 2


def test_what_is_scribbled_beside_the_table_is_not_lost(make_book: MakeBook) -> None:
    rows = [GIFTS, [*A, "", ""], [*B, "", "退回了"], ["合计", "", 300, "", "", "已核"]]
    intake = read_workbook(make_book("捐赠.xlsx", S=rows))
    assert intake.problems.select("code", "row", "column", "value").rows() == [
        ("unheaded_column", 3, "F", "退回了")
    ]
    assert intake.tables["donations"].height == 2


def test_the_same_person_on_another_sheet_is_named_with_the_sheet(make_book: MakeBook) -> None:
    intake = read_workbook(make_book("a.xlsx", 一班=[ROLL, FIRST], 二班=[ROLL, FIRST]))
    assert codes(intake) == ["duplicate_student"]
    assert "工作表“一班”第 2 行" in intake.problems["message"][0]


def test_a_roll_outside_every_term_is_not_lost_in_silence(
    make_book: MakeBook, tmp_path: Path
) -> None:
    (tmp_path / "county.toml").write_text("", encoding="utf-8")
    make_book("2026-2027学年上学期/名册.xlsx", S=[ROLL, FIRST])
    make_book("学校名单.xlsx", S=SCHOOLS)
    intake = read_county(tmp_path, "2026-autumn")
    assert codes(intake) == ["no_term"]
    assert intake.counts.select("good_rows", "bad_rows").rows() == [(0, 1), (1, 0)]


def test_a_county_without_its_list_of_schools_has_no_rolls(
    make_book: MakeBook, tmp_path: Path
) -> None:
    make_book("2026年秋季学期/名册.xlsx", S=[ROLL, FIRST])
    assert codes(read_county(tmp_path)) == []
    (tmp_path / "county.toml").write_text("", encoding="utf-8")
    assert codes(read_county(tmp_path)) == ["unknown_school"]
    make_book("学校名单.xlsx", S=SCHOOLS)
    assert codes(read_county(tmp_path)) == []


@pytest.mark.parametrize("name", ["名册.zip", "名册.docx", "名册.txt", "名册.wps"])
def test_a_file_that_may_hold_a_table_is_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"...")
    assert codes(read_county(tmp_path)) == ["file_unreadable"]


def test_a_page_of_an_old_system_is_called_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(b"\r\n<html><table></table></html>")
    assert "网页" in read_workbook(tmp_path / "a.xls").problems["message"][0]


def test_the_reasons_stand_beside_the_table_and_not_beyond_its_formats(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(GIFTS)
    page.append(["2026-09-01", "甲公司", "约三百"])
    page.cell(2, 16_384).fill = PatternFill("solid", fgColor="FFFF00")
    book.save(tmp_path / "a.xlsx")
    report = check_paths([tmp_path / "a.xlsx"], tmp_path / "returned")
    marked = openpyxl.load_workbook(report.returned[0]).worksheets[0]
    assert marked.cell(1, 5).value == REASON
    assert "捐赠金额" in str(marked.cell(2, 5).value)


def test_a_workbook_without_a_sheet_to_mark_is_not_handed_back(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    report = check_paths([tmp_path / "empty.xlsx"], tmp_path / "returned")
    assert (report.errors, report.returned) == (1, ())
