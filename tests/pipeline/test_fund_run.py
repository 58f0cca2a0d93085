"""A run with funds: reports, run record, heads; what changed is made again and nothing else."""

import datetime as dt
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from aidkit.calendar import Term
from aidkit.fund.ledger.heads import said_before, written
from aidkit.fund.ledger.journal import post, read_book
from aidkit.project import Project
from aidkit.tables.slices import read_slice
from tests.conftest import COUNTY, TERM, aidkit_in, make_project
from tests.fund import county as funds
from tests.fund.funds import BATCH
from tests.fund.vouchers import gift

SCHOOL = "9901010001"
FUND = {f"{room}/fund-{fund}" for room in ("internal", "public") for fund in ("love", "union")}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("funds")
    make_project(root)
    county = root / COUNTY
    for room in ("fund", "params/funds"):
        shutil.rmtree(county / room, ignore_errors=True)
    funds.make_county(county)
    post(county, [gift(dt.date(2026, 9, 5), 12_34, party="某位捐赠人", consent="named")], BATCH)
    (root / "reports").mkdir()  # made by the first run, it would be a change within that run
    ran(root)
    return root


@pytest.fixture
def project(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy as deep as the original: what reports read is named from the project."""
    return Path(shutil.copytree(base, tmp_path_factory.mktemp("copy"), dirs_exist_ok=True))


def ran(root: Path) -> str:
    done = aidkit_in(root, "run", TERM)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def record(root: Path) -> dict[str, object]:
    path = root / "reports" / "demo" / TERM / "run.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def times(root: Path) -> dict[str, int]:
    folder = root / "reports" / "demo" / TERM
    return {
        f"{path.parent.parent.name}/{path.stem}": path.stat().st_ino
        for path in folder.rglob("notebooks/*.ipynb")
    }


def made_again(root: Path) -> set[str]:
    """Reports that the next run makes; what stands is linked, not written."""
    before = times(root)
    ran(root)
    after = times(root)
    return {name for name in after if before.get(name) != after[name]}


def school_names(root: Path) -> set[str]:
    term = Term.parse(TERM)
    held = read_slice(Project(root), root / COUNTY, term, "internal", "fund-love")
    return {*held["schools"]["school_name"]}


def test_the_head_stands_in_the_record_and_beside_the_journal(base: Path) -> None:
    book = read_book(base / COUNTY)
    said = [
        {
            "head": book.head,
            "line": book.lines,
            "date": "2026-11-20",
            "statement": f"{fund} 2026-09-01 2026-10-31",
        }
        for fund in ("love", "union")
    ]
    assert record(base)["statements"] == said
    assert [written(one) for one in said_before(base / COUNTY)] == said
    report = base / "reports" / "demo" / TERM / "internal" / "notebooks" / "fund-love.ipynb"
    assert book.head[:8] in report.read_text(encoding="utf-8")


def test_nothing_changed_nothing_is_made(project: Path) -> None:
    assert "没有变化" in ran(project)


def test_a_voucher_makes_the_funds_reports_again_and_no_other(project: Path) -> None:
    post(project / COUNTY, [gift(dt.date(2026, 10, 6), 5_00)], BATCH)
    assert made_again(project) == FUND
    assert len(said_before(project / COUNTY)) == 4


def test_a_fund_s_file_makes_its_own_reports_again(project: Path) -> None:
    path = project / COUNTY / "params" / "funds" / "union.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("示例县教育工会互助金", "示例县工会互助金"), encoding="utf-8")
    assert made_again(project) == {"internal/fund-union", "public/fund-union"}


def test_a_pupil_s_workbook_makes_no_fund_s_report_again(project: Path) -> None:
    path = sorted((project / COUNTY).glob("2026年秋季学期/学生名册/*.xlsx"))[0]
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.delete_rows(sheet.max_row)
    book.save(path)
    again = made_again(project)
    assert again
    assert not again & FUND


def test_a_lost_fund_takes_its_reports_with_it(project: Path) -> None:
    shutil.rmtree(project / COUNTY / "fund")
    ran(project)
    assert not FUND & {*record(project)["reports"]}  # type: ignore[misc]
    assert record(project)["statements"] == []
    term = project / "reports" / "demo" / TERM
    assert not [*term.rglob("fund-*"), *term.rglob("fund_donors*")]


def test_a_changed_line_stops_the_run_and_leaves_what_was_there(project: Path) -> None:
    path = project / COUNTY / "fund" / "journal.jsonl"
    path.write_bytes(path.read_bytes().replace(b"1234", b"9234"))
    before = times(project)
    done = aidkit_in(project, "run", TERM)
    assert done.returncode != 0
    assert "journal.jsonl" in done.stderr
    assert times(project) == before


def test_a_school_s_new_name_reaches_the_fund_s_slice(project: Path) -> None:
    path = project / COUNTY / "学校名单.xlsx"
    book = openpyxl.load_workbook(path)
    cell = next(row[1] for row in book.worksheets[0].iter_rows() if row[0].value == SCHOOL)
    cell.value = f"{cell.value}（新名）"
    book.save(path)
    assert cell.value not in school_names(project)
    ran(project)
    assert cell.value in school_names(project)
