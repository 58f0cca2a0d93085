"""Finding tables in sheets as clerks lay them out, and accounting for every line."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter
import xlwt

from aidkit.intake import Intake, read_workbook
from aidkit.sample import make_county

MakeBook = Callable[..., Path]

GIFTS = ["捐赠日期", "捐赠人", "捐赠金额（元）", "备注"]
ROWS = [["2026-09-01", "甲公司", 100.5, ""], ["2026-09-02", "乙公司", 200, "转账"]]


def codes(intake: Intake) -> list[str]:
    return intake.problems["code"].to_list()


def counts(intake: Intake) -> tuple[int, ...]:
    """Rows, header, blank, total, good, bad rows of the first sheet."""
    return intake.counts.row(0)[3:]


def test_titles_blanks_totals_and_signatures_are_passed_over(make_book: MakeBook) -> None:
    rows = [
        ["爱心基金捐赠收入登记表"],
        ["填报单位：资助中心", "", "单位：元"],
        [],
        ["序号", *GIFTS],
        [1, *ROWS[0]],
        [2, *ROWS[1]],
        ["", "", "小 计", 300.5],
        [3, "2026.9.3", "丙公司", "１，０００．００", ""],
        ["", "", "小计", 1000],
        [4],
        ["", "合计（元）", "", 1300.5],
        ["", "注：现金与转账合并"],
        [],
        ["制表人：某某"],
        ["", "资助中心"],
    ]
    intake = read_workbook(make_book("a.xlsx", S=rows))
    assert codes(intake) == []
    assert intake.tables["donations"]["amount_fen"].to_list() == [10_050, 20_000, 100_000]
    assert intake.tables["donations"]["source_row"].to_list() == [5, 6, 8]
    assert counts(intake) == (15, 6, 3, 3, 3, 0)


def test_a_table_that_does_not_start_at_a1_keeps_excels_addresses(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        for r, row in enumerate([GIFTS, ["2026-09-01", "甲公司", "一百元"]]):
            for c, value in enumerate(row):
                page.write_string(r + 6, c + 2, value)
    problem = read_workbook(path).problems.row(0, named=True)
    assert (problem["code"], problem["row"], problem["column"]) == (
        "text_in_amount",
        8,
        "E 捐赠金额（元）",
    )


def test_merged_headers_of_two_lines(tmp_path: Path) -> None:
    path = tmp_path / "学生名册.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.merge_range("A1:G1", "某小学学生名册")
        for column, header in zip("ABCD", ["学籍号", "姓名", "学校代码", "年级"], strict=True):
            page.merge_range(f"{column}2:{column}3", header)
        page.write("E2", "班级")
        page.merge_range("F2:G2", "监护人")
        page.write_row("F3", ["姓名", "电话"])
        page.write_row("A4", ["G990101201503081236", "某某", "9901010001", "小学一年级", "1班"])
        page.write_row("F4", ["某父", "13900000000"])
    intake = read_workbook(path)
    assert codes(intake) == []
    row = intake.tables["students"].row(0, named=True)
    assert (row["guardian"], row["guardian_phone"]) == ("某父", "13900000000")
    assert (row["name"], row["grade"], row["boarder"]) == ("某某", "p1", None)


def test_headers_written_differently(make_book: MakeBook) -> None:
    rows = [
        ["捐 款 日 期", "捐款人：", "＊到账金额(元)", "用　途\u200b"],
        [46266, "甲公司", 5, "助学"],
    ]
    intake = read_workbook(make_book("c.xlsx", S=rows))
    assert codes(intake) == []
    row = intake.tables["donations"].row(0, named=True)
    assert (str(row["donated_on"]), row["amount_fen"], row["purpose"]) == (
        "2026-09-01",
        500,
        "助学",
    )


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([GIFTS, *ROWS, ["合计", "", 300.51]], "total_mismatch"),
        ([GIFTS, *ROWS, ["共计3笔", "", 300.5]], "count_mismatch"),
        ([[*GIFTS, "备注"], *ROWS], "duplicate_header"),
        ([[*GIFTS, "民族"], *ROWS], "unknown_column"),
        ([["捐赠日期", "捐赠人", "捐赠金额（万元）"], *ROWS], "unit_not_yuan"),
        ([["单位：万元"], GIFTS, *ROWS], "unit_not_yuan"),
        ([["捐赠日期", "捐赠人", "捐赠方式"], ["2026-09-01", "甲", "现金"]], "missing_column"),
        ([["品名", "规格"], ["书", "本"]], "unknown_sheet"),
    ],
)  # fmt: skip
def test_faults_of_a_sheet(make_book: MakeBook, rows: list[list[object]], code: str) -> None:
    assert codes(read_workbook(make_book("d.xlsx", S=rows))) == [code]


def test_a_total_is_not_judged_before_the_amounts_are(make_book: MakeBook) -> None:
    rows = [GIFTS, *ROWS, ["2026-09-03", "丙", "约三百", ""], ["合计", "", 600.5]]
    assert codes(read_workbook(make_book("e.xlsx", S=rows))) == ["text_in_amount"]


def test_a_sheet_set_aside_as_a_whole_keeps_no_row(make_book: MakeBook) -> None:
    intake = read_workbook(make_book("f.xlsx", S=[[*GIFTS, "备注"], *ROWS]))
    assert intake.tables["donations"].is_empty()
    assert counts(intake) == (3, 1, 0, 0, 0, 2)


def test_notes_for_people_and_empty_sheets_are_no_faults(make_book: MakeBook) -> None:
    intake = read_workbook(
        make_book("g.xlsx", 填写说明=[["请用文本格式"]], S=[GIFTS, *ROWS], Sheet3=[])
    )
    assert codes(intake) == []
    assert intake.counts["rows"].to_list() == [1, 3, 0]


def test_a_workbook_without_any_table_is_a_fault(make_book: MakeBook) -> None:
    assert codes(read_workbook(make_book("h.xlsx", Sheet1=[], Sheet2=[]))) == ["unknown_sheet"]


def test_a_names_and_amounts_list_is_not_taken_for_gifts(make_book: MakeBook) -> None:
    rows = [["姓名", "金额"], ["某某", 30]]
    intake = read_workbook(make_book("伙食费.xlsx", S=rows))
    assert codes(intake) == ["unknown_sheet"]
    assert counts(intake) == (2, 0, 0, 0, 0, 2)


def test_errors_and_uncalculated_formulas_are_not_blanks(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(GIFTS)
    page.append(["2026-09-01", "甲公司", "#DIV/0!", "=1+1"])
    page.append(["2026-09-01", "乙公司", "=100*2", ""])
    page.append(["2026-09-01", "丙公司", 5, "=1+1"])
    book.save(tmp_path / "i.xlsx")
    found = read_workbook(tmp_path / "i.xlsx").problems.select("code", "row", "column", "value")
    assert found.rows() == [
        ("error_cell", 2, "C 捐赠金额（元）", "#DIV/0!"),
        ("uncached_formula", 2, "D 备注", "=1+1"),
        ("uncached_formula", 3, "C 捐赠金额（元）", "=100*2"),
        ("uncached_formula", 4, "D 备注", "=1+1"),
    ]


def test_calculated_formulas_count_as_their_values(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "j.xlsx") as book:
        page = book.add_worksheet()
        page.write_row(0, 0, GIFTS)
        page.write_row(1, 0, ["2026-09-01", "甲公司"])
        page.write_formula(1, 2, "=100*2", None, 200)
        page.write_formula(1, 3, '=A2&"x"', None, "2026-09-01x")
    intake = read_workbook(tmp_path / "j.xlsx")
    assert intake.tables["donations"]["note"].to_list() == ["2026-09-01x"]
    assert intake.tables["donations"]["amount_fen"].to_list() == [20_000]


def test_a_formula_that_gave_an_empty_text_is_a_blank(tmp_path: Path) -> None:
    """Excel marks its result as text; without the mark the formula was never calculated."""
    with xlsxwriter.Workbook(tmp_path / "l.xlsx") as book:
        page = book.add_worksheet()
        page.write_row(0, 0, GIFTS)
        page.write_row(1, 0, ["2026-09-01", "甲公司", 5])
        page.write_formula(1, 3, '=""', None, "")
    assert codes(read_workbook(tmp_path / "l.xlsx")) == ["uncached_formula"]
    with (
        zipfile.ZipFile(tmp_path / "l.xlsx") as source,
        zipfile.ZipFile(tmp_path / "m.xlsx", "w") as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'"D2"><f>', b'"D2" t="str"><f>'))
    assert codes(read_workbook(tmp_path / "m.xlsx")) == []


def test_a_line_with_one_cell_among_the_rows_is_no_note(make_book: MakeBook) -> None:
    rows = [GIFTS, ROWS[0], ["", "注册会计师协会"], ROWS[1]]
    intake = read_workbook(make_book("n.xlsx", S=rows))
    assert codes(intake) == ["missing_value"]
    assert counts(intake) == (4, 1, 0, 0, 2, 1)


def test_xls_errors_are_found_too(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("S")
    for c, header in enumerate(GIFTS):
        page.write(0, c, header)
    page.write(1, 1, "甲公司")
    page.row(1).set_cell_error(2, "#DIV/0!")
    page.write(2, 1, "乙公司")
    page.write(2, 2, xlwt.Formula("1+1"))
    page.write(3, 1, "丙公司")
    page.write(3, 2, 12.5)
    book.save(str(tmp_path / "k.xls"))
    intake = read_workbook(tmp_path / "k.xls")
    assert intake.problems.select("code", "row").rows() == [
        ("error_cell", 2),
        ("uncached_formula", 3),
    ]
    assert intake.tables["donations"]["amount_fen"].to_list() == [1_250]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "捐赠.csv"
    path.write_text(
        '捐赠日期,捐赠人,捐赠金额,备注\n2026年9月1日,甲公司,"1,234.50",㐂\n\n2026/9/2,乙,3,\n合计,,1237.5\n',
        encoding=encoding,
    )
    intake = read_workbook(path)
    assert codes(intake) == []
    assert intake.tables["donations"]["amount_fen"].to_list() == [123_450, 300]
    assert intake.tables["donations"]["source_row"].to_list() == [2, 4]
    assert counts(intake) == (5, 1, 1, 1, 2, 0)


def test_a_long_number_in_csv_has_lost_its_digits(tmp_path: Path) -> None:
    path = tmp_path / "残联持证人员名单.csv"
    path.write_text("姓名,身份证号,残疾人证号\n某某,9.90101E+17,9.90101E+19\n", encoding="utf-8")
    assert codes(read_workbook(path)) == ["numeric_id", "numeric_code"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b""),
        ("a.xls", b"<html><table></table></html>"),
        ("a.xlsx", b"PK\x03\x04" + bytes(50)),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.csv", b"\xff\xfe\xfd"),
        ("a.csv", b"\x80\x81\xff\xff\x00"),
        ("a.et", b"whatever"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert codes(read_workbook(tmp_path / name)) == ["file_unreadable"]


def test_scores_are_unpivoted_and_absence_is_no_zero(make_book: MakeBook) -> None:
    rows = [
        ["2026年秋季学期期中考试成绩表"],
        ["学籍号", "姓名", "考试", "考试日期", "语文", "数学", "英语"],
        ["G990101201503081236", "某甲", "期中", "2026-11-10", 95.5, 0, ""],
        ["G990101201503081244", "某乙", "期中", "2026-11-10", "病假", "缺考", "88"],
        ["G990101201503081252", "某丙", "期中", "2026-11-10", 301, 60, 70],
        ["", "平均分", "", "", 95.5, 30, 79],
    ]
    intake = read_workbook(make_book("2026年秋季学期/考试成绩/某校.xlsx", S=rows))
    assert intake.problems.select("code", "row", "column").rows() == [
        ("score_out_of_range", 5, "E 语文")
    ]
    scores = (
        intake.tables["scores"]
        .select("source_row", "subject", "score", "absence")
        .sort("source_row", "subject")
    )
    assert scores.rows() == [
        (3, "chinese", 95.5, None),
        (3, "mathematics", 0.0, None),
        (4, "chinese", None, "sick"),
        (4, "english", 88.0, None),
        (4, "mathematics", None, "unstated"),
    ]
    assert counts(intake) == (6, 2, 0, 1, 2, 1)


def test_scores_without_a_subject_are_a_fault_of_the_sheet(make_book: MakeBook) -> None:
    rows = [["学籍号", "姓名", "考试", "考试日期"], ["G1", "某甲", "期中", "2026-11-10"]]
    intake = read_workbook(make_book("2026年秋季学期/考试成绩表.xlsx", S=rows))
    assert intake.problems["code"].to_list() == ["missing_column"]
    assert intake.counts.select("good_rows", "bad_rows").row(0) == (0, 1)
    assert intake.tables["scores"].is_empty()


def test_dates_are_held_against_the_end_of_the_term(make_book: MakeBook) -> None:
    rows = [
        ["学籍号", "姓名", "学校代码", "异动类别", "异动日期"],
        ["G990101201503081236", "某甲", "9901010001", "转入", "2027-02-28"],
        ["G990101201503081244", "某乙", "9901010001", "转入", "2027-03-01"],
    ]
    autumn = read_workbook(make_book("2026年秋季学期/学籍异动表.xlsx", S=rows))
    assert autumn.problems.select("code", "row").rows() == [("future_date", 3)]
    assert codes(read_workbook(make_book("学籍异动表.xlsx", S=rows))) == []


def test_sheets_in_other_formats_read_alike(tmp_path: Path) -> None:
    """The sample's donations as xls and CSV give the same gifts as the xlsx."""
    make_county(tmp_path / "c", size="small")
    original = tmp_path / "c" / "基金" / "捐赠收入登记表.xlsx"
    page = openpyxl.load_workbook(original).worksheets[0]
    rows = [["" if v is None else v for v in row] for row in page.iter_rows(values_only=True)]
    old = xlwt.Workbook()
    sheet = old.add_sheet("S")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    old.save(str(tmp_path / "捐赠.xls"))
    lines = "\n".join(",".join(str(v).replace(",", "") for v in row) for row in rows)
    (tmp_path / "捐赠.csv").write_text(lines, encoding="gb18030")
    content = [c for c in read_workbook(original).tables["donations"].columns if "source" not in c]
    first = read_workbook(original).tables["donations"].select(content)
    assert first.height > 50
    for other in ("捐赠.xls", "捐赠.csv"):
        intake = read_workbook(tmp_path / other)
        assert codes(intake) == []
        assert intake.tables["donations"].select(content).equals(first), other
    assert first.filter(pl.col("amount_fen") <= 0).is_empty()
