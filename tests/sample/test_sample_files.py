"""The sample county's files: equal bytes, real workbooks, clerks' manners."""

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from aidkit.errors import UsageError
from aidkit.intake import read_county
from aidkit.sample import make_county
from aidkit.sample.rolls import TERMS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("county") / "small"
    make_county(made, size="small")
    return made


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """In another process, where sets of text have another order, at another time."""
    code = "import sys, pathlib; from aidkit.sample import make_county as make;"
    code += "make(pathlib.Path(sys.argv[1]), size='small')"
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "again")],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        check=True,
    )
    assert contents(tmp_path / "again") == contents(folder)


def test_another_seed_gives_another_county(folder: Path, tmp_path: Path) -> None:
    make_county(tmp_path / "other", size="small", seed=7)
    roll = f"{TERMS[0].label.replace(' ', '')}/学生名册/云岭中学.xlsx"
    assert contents(tmp_path / "other")[roll] != contents(folder)[roll]


def test_a_second_call_writes_over_its_own_county_only(tmp_path: Path) -> None:
    make_county(tmp_path / "a", size="small")
    before = contents(tmp_path / "a")
    make_county(tmp_path / "a", size="small")
    assert contents(tmp_path / "a") == before
    with pytest.raises(UsageError):
        make_county(tmp_path / "a", size="small", seed=1)
    assert contents(tmp_path / "a") == before


def test_a_folder_with_other_content_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError):
        make_county(tmp_path, size="small")
    assert contents(tmp_path) == {"notes.txt": b"mine"}


def test_intake_finds_no_problem_in_the_clean_county(folder: Path) -> None:
    intake = read_county(folder)
    assert intake.problems.rows() == []
    assert intake.counts.filter(intake.counts["table"].is_null()).is_empty()
    assert not [name for name, frame in intake.tables.items() if frame.is_empty()]
    assert 220 <= intake.tables["students"].filter(term="2026-autumn").height <= 280


def test_clerks_have_their_own_manners(folder: Path) -> None:
    """Text IDs, merged headers, sheets away from A1, dates in several spellings, a CSV."""
    texts, dates, merged, away = True, set(), 0, 0
    for path in sorted(folder.rglob("学生名册/*.xlsx")):
        page = openpyxl.load_workbook(path).worksheets[0]
        away += page.min_row > 1 or page.min_column > 1
        last = page.max_row - 1
        row = [cell for cell in page[last] if cell.value is not None]
        texts &= row[0].data_type == "s" and row[0].number_format == "@"
        merged += any(bounds.size["rows"] == 2 for bounds in page.merged_cells.ranges)
        dates.add((row[4].data_type, str(row[4].value)[4:5]) if row[4].data_type == "s" else "d")
    assert texts
    assert merged
    assert len(dates) >= 4
    assert any(
        openpyxl.load_workbook(path).worksheets[0].min_column > 1
        for path in folder.rglob("残联持证人员名单.xlsx")
    )
    statement = (folder / "基金" / "银行流水.csv").read_bytes()
    assert "对方户名" in statement.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        statement.decode("utf-8")


def test_two_libraries_read_the_same_cells(folder: Path) -> None:
    for path in sorted(folder.rglob("*.xlsx"))[::7]:
        book = CalamineWorkbook.from_path(path)
        for page in openpyxl.load_workbook(path, data_only=True):
            ours = [["" if c.value is None else c.value for c in row] for row in page.iter_rows()]
            theirs = book.get_sheet_by_name(page.title).to_python(skip_empty_area=False)
            assert [[str(c)[:10].removesuffix(".0") for c in row] for row in ours] == [
                [str(c)[:10].removesuffix(".0") for c in row] for row in theirs
            ]
