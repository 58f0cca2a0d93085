"""The sample county: clean it raises nothing, dirty every fault is found where it stands."""

import shutil
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl.utils import column_index_from_string

from aidkit.errors import InputError
from aidkit.intake import CheckReport, Intake, check_paths, read_county
from aidkit.intake.returned import REASON, RED, YELLOW
from aidkit.sample import make_county, planted_faults
from aidkit.tables import INPUTS


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean") / "county"
    make_county(folder, size="small")
    return folder


@pytest.fixture(scope="module")
def intake(clean: Path) -> Intake:
    return read_county(clean)


@pytest.fixture(scope="module")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dirty") / "county"
    make_county(folder, size="small", dirty=True)
    return folder


@pytest.fixture(scope="module")
def report(dirty: Path) -> CheckReport:
    return check_paths([dirty], dirty.parent / "returned")


def test_clean_county_raises_no_alarm(intake: Intake) -> None:
    assert intake.problems.rows() == []


def test_every_table_is_found_and_kept_whole(intake: Intake) -> None:
    assert set(intake.tables) == set(INPUTS)
    assert all(rows.height for rows in intake.tables.values())
    kept = {
        name: rows.select("source_file", "source_sheet", "source_row").n_unique()
        for name, rows in intake.tables.items()
    }
    counted = intake.counts.group_by("table").agg(pl.col("good_rows").sum())
    assert kept == dict(counted.iter_rows())


def test_counts_in_are_counts_out(report: CheckReport) -> None:
    parts = pl.sum_horizontal("header_rows", "blank_rows", "total_rows", "good_rows", "bad_rows")
    assert report.counts.filter(pl.col("rows") != parts).is_empty()
    assert report.bad_rows > 25


def test_a_term_is_its_folder_and_the_county_wide_files(clean: Path, intake: Intake) -> None:
    term = read_county(clean, "2026-autumn")
    assert term.problems.is_empty()
    students = intake.tables["students"]
    assert term.tables["students"].equals(students.filter(term="2026-autumn"))
    assert set(students["term"]) == {"2025-autumn", "2026-spring", "2026-autumn"}
    assert term.tables["donations"].equals(intake.tables["donations"])


def test_reading_twice_gives_the_same(clean: Path, intake: Intake) -> None:
    again = read_county(clean)
    assert all(again.tables[name].equals(rows) for name, rows in intake.tables.items())
    assert again.counts.equals(intake.counts)


def test_every_planted_fault_is_found_in_its_cell(report: CheckReport) -> None:
    planted = planted_faults(size="small")
    assert len({fault.code for fault in planted}) >= 25
    found = {
        (p["code"], p["file"], p["sheet"], p["row"], p["column"].partition(" ")[0])
        for p in report.problems.iter_rows(named=True)
    }
    missed = [f for f in planted if (f.code, f.file, f.sheet, f.row, f.letter) not in found]
    assert missed == []


def test_nothing_else_is_found(report: CheckReport) -> None:
    """Only the other row of a pair that is at odds may be named besides."""
    planted = {(f.code, f.file, f.row) for f in planted_faults(size="small")}
    found = set(report.problems.select("code", "file", "row").iter_rows())
    assert {code for code, *_ in found - planted} <= {
        "card_shared",
        "id_twice",
        "student_in_two_schools",
    }


def test_rows_with_an_error_are_set_aside(dirty: Path, report: CheckReport) -> None:
    tables = read_county(dirty).tables
    errors = report.problems.filter(pl.col("severity") == "error").select(
        source_file="file", source_sheet="sheet", source_row="row"
    )
    place = ["source_file", "source_sheet", "source_row"]
    for rows in tables.values():
        assert rows.join(errors, on=place, how="semi").is_empty()
    warned = report.problems.filter(code="bad_phone").row(0, named=True)
    kept = tables["students"].filter(source_file=warned["file"], source_row=warned["row"])
    assert kept["guardian_phone"].to_list() == [warned["value"]]


def test_every_problem_speaks_to_the_clerk(report: CheckReport) -> None:
    for problem in report.problems.iter_rows(named=True):
        assert problem["message"].endswith("。") and problem["remedy"].endswith("。"), problem
        assert "{" not in problem["message"] + problem["remedy"]
        assert "None" not in problem["message"] + problem["value"]


def test_returned_workbooks_are_red_where_it_is_wrong(dirty: Path, report: CheckReport) -> None:
    returned = dirty.parent / "returned"
    colours = {"error": f"00{RED}", "warning": f"00{YELLOW}"}
    marked = 0
    for (file, sheet), problems in report.problems.group_by("file", "sheet", maintain_order=True):
        copy = (returned / str(file)).with_suffix(".问题.xlsx")
        if not sheet:
            assert not copy.exists()
            continue
        page = openpyxl.load_workbook(copy)[str(sheet)]
        expected = {
            (p["row"], column_index_from_string(p["column"].partition(" ")[0])): colours[
                p["severity"]
            ]
            for p in problems.sort("severity", descending=True).iter_rows(named=True)
            if p["column"]
        }
        original = openpyxl.load_workbook(dirty / str(file))[str(sheet)]
        filled = {
            (cell.row, cell.column): cell.fill.fgColor.rgb
            for row in page.iter_rows()
            for cell in row
            if cell.fill.fgColor.rgb in colours.values()
        }
        assert filled == expected
        last = page.max_column
        assert last == original.max_column + 1
        reasons = {row: page.cell(row, last).value for row in range(1, page.max_row + 1)}
        assert sum(str(text).startswith(REASON) for text in reasons.values()) == 1
        for p in problems.iter_rows(named=True):
            assert p["message"] in str(reasons[p["row"] or 1])
        said = {p["row"] or 1 for p in problems.iter_rows(named=True)}
        assert {row for row, text in reasons.items() if text and text != REASON} == said
        for row in original.iter_rows():
            for cell in row:
                kept = page[cell.coordinate]
                assert kept.data_type == cell.data_type
                assert kept.number_format == cell.number_format
                # openpyxl writes a long number as a float, which is what Excel holds.
                if isinstance(cell.value, int) and isinstance(kept.value, float):
                    assert kept.value == float(cell.value)
                else:
                    assert kept.value == cell.value
        marked += len(filled)
    assert marked > 30


def test_returned_workbooks_are_equal_bytes(dirty: Path, report: CheckReport) -> None:
    again = check_paths([dirty], dirty.parent / "again")
    for first, second in zip(report.returned, again.returned, strict=True):
        assert first.read_bytes() == second.read_bytes()


def test_marked_copies_and_lock_files_are_not_input(clean: Path, report: CheckReport) -> None:
    copy = clean / "2026年秋季学期" / "学籍异动表.问题.xlsx"
    lock = clean / "2026年秋季学期" / "~$学籍异动表.xlsx"
    local = clean / "params" / "名额.xlsx"
    local.parent.mkdir(exist_ok=True)
    try:
        for extra in (copy, lock, local):
            extra.write_bytes(b"not a workbook")
        assert read_county(clean, "2026-autumn").problems.is_empty()
    finally:
        for extra in (copy, lock, local):
            extra.unlink()


def test_a_missing_folder_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这个县的文件夹"):
        read_county(tmp_path / "nowhere")
    with pytest.raises(InputError, match="没有这个文件"):
        check_paths([tmp_path / "nothing.xlsx"], tmp_path)


def test_a_lost_roll_makes_no_student_unknown(clean: Path, tmp_path: Path) -> None:
    """One unreadable roll is one problem, not a problem for each of its students elsewhere."""
    folder = tmp_path / "county"
    shutil.copytree(clean, folder)
    roll = next((folder / "2026年秋季学期" / "学生名册").glob("青源小学*"))
    roll.write_bytes(b"PK broken")
    assert read_county(folder).problems["code"].to_list() == ["file_unreadable"]


def test_a_folder_of_a_county_knows_its_term(clean: Path, intake: Intake) -> None:
    part = read_county(clean / "2026年秋季学期" / "学生名册")
    assert part.problems.is_empty()
    whole = intake.tables["students"].filter(term="2026-autumn")
    assert part.tables["students"]["student_no"].equals(whole["student_no"])
    assert set(part.tables["students"]["term"]) == {"2026-autumn"}


def test_csv_is_returned_as_a_workbook_in_which_text_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "捐赠.csv"
    path.write_text("捐赠人,捐赠金额,备注\n甲公司,一百,=1+1\n乙公司,5,0012\n", encoding="gb18030")
    report = check_paths([path], tmp_path / "returned")
    assert not report.clean
    assert (report.files, report.sheets, report.good_rows, report.bad_rows) == (1, 1, 1, 1)
    assert (report.errors, report.warnings, report.passed_over) == (1, 0, 0)
    page = openpyxl.load_workbook(report.returned[0]).worksheets[0]
    assert page["B2"].fill.fgColor.rgb == f"FF{RED}"
    assert page["A2"].fill.fgColor.rgb != f"FF{RED}"
    assert [page["C2"].value, page["C2"].data_type, page["C3"].value] == ["=1+1", "s", "0012"]
    assert page["D1"].value == REASON
    assert "读不成数" in str(page["D2"].value)
    assert page["D3"].value is None


def test_rows_with_an_error_are_set_aside_and_not_lost(dirty: Path) -> None:
    """The gate must know the persons of these rows as well."""
    taken = read_county(dirty)
    bad = int(taken.counts["bad_rows"].sum())
    place = ("source_file", "source_sheet", "source_row")
    aside = {at for rows in taken.aside.values() for at in rows.select(place).iter_rows()}
    kept = {at for rows in taken.tables.values() for at in rows.select(place).iter_rows()}

    # Some of a sheet that cannot be told are no rows of any table.
    assert 0.9 * bad < len(aside) <= bad
    assert aside.isdisjoint(kept)
    assert taken.aside["students"]["name"].drop_nulls().len()
    assert all(rows.columns == taken.tables[name].columns for name, rows in taken.aside.items())
