"""A run makes what changed and nothing else; what failed, was altered or is unclear counts."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.cli.run_lines import plan_lines, refuse_failed
from aidkit.errors import MissingTablesError, NotebookError, UsageError
from aidkit.pipeline import making
from aidkit.pipeline.plan import plan_term
from aidkit.pipeline.record import load_record, read_record, refuse_outdated
from aidkit.pipeline.run import run_term
from aidkit.pipeline.summary import RunSummary
from aidkit.project import Project
from aidkit.sample import make_county
from tests.conftest import COUNTY, FRAME, ROOT, STAGED, TERM
from tests.pipeline.stand_in import HELPING, Reports, stand_in

NOW, BEFORE = Term.parse(TERM), Term.parse("2026-spring")
COUNTYS = {"public/home", "public/county", "internal/county", "internal/county_review", *HELPING}
SCHOOLS = ("9901010001", "9901010002")
ROOMS = ("internal", "public", "internal/progress", "internal/helping")
ALL = COUNTYS | {f"{room}/{code}" for room in ROOMS for code in SCHOOLS}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two schools, the term before and this one run; tests take copies."""
    root = tmp_path_factory.mktemp("ran")
    for name in FRAME:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns(*STAGED))
    make_county(root / COUNTY, size="tiny")
    project = Project(root)
    run_term(project, BEFORE, {}, tables_only=True, say=lambda _: None)
    with pytest.MonkeyPatch.context() as patch:
        stand_in(patch, Reports())
        run_term(project, NOW, {}, say=lambda _: None)
    return root


@pytest.fixture
def project(ran: Path, tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(ran, tmp_path / "project")))


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch) -> Reports:
    reports = Reports()
    stand_in(monkeypatch, reports)
    return reports


def run(project: Project, term: Term = NOW, **options: Any) -> RunSummary:
    changes = options.pop("changes", {})
    return run_term(project, term, changes, say=lambda _: None, **options)


def folder(project: Project) -> Path:
    return project.reports(project.root / COUNTY, TERM)


def digests(project: Project) -> dict[str, str]:
    return {
        path.relative_to(project.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((project.root / "reports").rglob("*"))
        if path.is_file() and path.name != ".lock" and ".cache" not in path.parts
    }


def rename_pupil(project: Project, school: int) -> None:
    """Another name for a pupil of one school."""
    rolls = sorted((project.root / COUNTY / "2026年秋季学期" / "学生名册").glob("*.xlsx"))
    book = openpyxl.load_workbook(rolls[school])
    sheet = book.worksheets[0]
    rows = ([cell.value for cell in row] for row in sheet.iter_rows(max_row=6))
    number, header = next((n, row) for n, row in enumerate(rows, start=1) if "姓名" in row)
    sheet.cell(number + 1, header.index("姓名") + 1).value = "丁一新"
    book.save(rolls[school])


def test_nothing_changed_needs_no_polars_and_writes_nothing(ran: Path) -> None:
    before = digests(Project(ran))
    code = (
        "import sys; from aidkit.cli import main; assert main(['run', sys.argv[1]]) == 0;"
        "print(*({'polars', 'altair', 'papermill', 'nbformat', 'IPython'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, TERM],
        cwd=ran,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    last, slow = done.stdout.splitlines()[-2:]
    assert "没有变化" in last
    assert slow == ""
    assert digests(Project(ran)) == before


def test_another_date_leaves_the_tables(
    project: Project, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "make_tables", None)
    done = run(project, changes={"published_on": "2026-11-25"})
    assert set(reports.made) == ALL
    assert (done.made, done.taken_over) == (len(ALL), 0)


@pytest.mark.parametrize("school", [0, 1])
def test_one_schools_workbook_leaves_the_other_schools_reports(
    project: Project, reports: Reports, school: int
) -> None:
    rename_pupil(project, school)
    done = run(project)
    other = {f"{room}/{SCHOOLS[1 - school]}" for room in ROOMS}
    assert f"internal/{SCHOOLS[school]}" in reports.made
    assert not other & set(reports.made)
    assert done.made + done.taken_over == len(ALL)


def test_a_notebook_concerns_its_own_reports(project: Project, reports: Reports) -> None:
    source = project.notebooks / "internal" / "county.ipynb"
    source.write_text(source.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    run(project)
    assert reports.made == ["internal/county"]


def test_force_makes_everything_again(project: Project, reports: Reports) -> None:
    before = digests(project)
    run(project, force=True)
    assert set(reports.made) == ALL
    assert digests(project) == before


@pytest.mark.parametrize("how", ["changed", "removed"])
@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("public/notebooks/home.ipynb", {"public/home"}),
        ("public/aid.parquet", set()),
        ("slices/public/county.parquet", set()),
        ("internal/tables/decisions.parquet", set()),
    ],
)
def test_altered_results_are_mended(
    project: Project, reports: Reports, name: str, again: set[str], how: str
) -> None:
    before = digests(project)
    path = folder(project) / name
    if how == "changed":
        path.write_bytes(path.read_bytes() + b" ")
    else:
        path.unlink()
    with pytest.raises(MissingTablesError, match="改动或删除"):
        read_record(folder(project))
    run(project)
    assert set(reports.made) == again
    assert digests(project) == before


def test_what_is_no_result_does_not_stay(project: Project, reports: Reports) -> None:
    before = digests(project)
    (folder(project) / "public" / "notebooks" / "9901010009.ipynb").touch()
    with pytest.raises(MissingTablesError, match="不是运行做出的"):
        read_record(folder(project))
    run(project)
    assert reports.made == []
    assert digests(project) == before


def test_without_a_record_everything_is_made(project: Project, reports: Reports) -> None:
    before = digests(project)
    (folder(project) / "run.json").write_text("{}", encoding="utf-8")
    assert load_record(folder(project)) is None
    run(project)
    assert set(reports.made) == ALL
    assert digests(project) == before


@pytest.mark.parametrize("line", ["unseen:subprocess.Popen", "url:http://host/x"])
def test_what_nobody_can_check_is_made_every_time(
    project: Project, reports: Reports, line: str
) -> None:
    reports.more["internal/county"] = line
    run(project, force=True)
    for _ in range(2):
        reports.made.clear()
        run(project)
        assert reports.made == ["internal/county"]


def test_a_file_beside_the_tables_counts_once_it_was_read(
    project: Project, reports: Reports
) -> None:
    beside = project.root / "notes.csv"
    reports.more["internal/county"] = f"file:{beside}"
    run(project, force=True)
    reports.made.clear()
    run(project)
    assert reports.made == []
    beside.write_text("1", encoding="utf-8")
    assert "notes.csv" in "\n".join(plan_lines(plan_term(project, NOW, {})))
    run(project)
    assert reports.made == ["internal/county"]


def test_one_that_fails_is_put_in_place_with_the_others(project: Project, reports: Reports) -> None:
    before = digests(project)
    reports.failing = {"public/home"}
    done = run(project, changes={"published_on": "2026-11-25"})
    assert set(done.failed) == {"public/home"}
    assert done.made == len(ALL) - 1
    with pytest.raises(NotebookError, match="其余 12 份已经放好") as fault:
        refuse_failed(done, "reports/demo")
    assert "ZeroDivisionError" in str(fault.value)
    assert fault.value.exit_code == 6
    with pytest.raises(NotebookError, match="public/home"):
        refuse_outdated(project, project.root / COUNTY, NOW)
    reports.made.clear()
    run(project, changes={"published_on": "2026-11-25"})
    assert reports.made == ["public/home"]
    reports.failing, reports.made = set(), []
    run(project, changes={"published_on": "2026-11-25"})
    assert reports.made == ["public/home"]
    refuse_outdated(project, project.root / COUNTY, NOW)
    run(project)
    assert digests(project) == before


def test_an_internal_one_that_fails_does_not_stop_the_site(
    project: Project, reports: Reports
) -> None:
    reports.failing = {"internal/county"}
    run(project, force=True)
    refuse_outdated(project, project.root / COUNTY, NOW)


def test_an_earlier_term_made_otherwise_stops_the_site(project: Project, reports: Reports) -> None:
    rolls = project.root / COUNTY / "2026年春季学期" / "学生名册"
    min(rolls.glob("*.xlsx")).unlink()
    refuse_outdated(project, project.root / COUNTY, NOW)
    run(project, BEFORE, tables_only=True)
    with pytest.raises(MissingTablesError, match="2026 年春季学期"):
        refuse_outdated(project, project.root / COUNTY, NOW)
    run(project)
    assert reports.made
    refuse_outdated(project, project.root / COUNTY, NOW)


def test_an_earlier_term_whose_run_was_killed_is_not_gone(
    project: Project, reports: Reports
) -> None:
    earlier = project.reports(project.root / COUNTY, BEFORE.code)
    earlier.replace(earlier.with_name(f".{BEFORE.code}.last"))
    assert run(project).unchanged
    assert earlier.is_dir()
    assert not reports.made


def test_the_enrolment_changes_of_an_earlier_term_count(project: Project) -> None:
    (changes,) = (project.root / COUNTY / "2026年春季学期").glob("学籍异动表.xlsx")
    plan = plan_term(project, NOW, {})
    assert plan.tables == []
    changes.unlink()
    plan = plan_term(project, NOW, {})
    assert any("2026年春季学期/学籍异动表.xlsx" in reason for reason in plan.tables)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("params/programs/tiered_aid.toml", "项目文件"),
        (f"{COUNTY}/county.toml", "county.toml"),
        ("notebooks/public/home.ipynb", "笔记本"),
        (f"reports/demo/{TERM}/public/notebooks/home.ipynb", "改动或删除"),
        ("", "表格有变"),
    ],
)
def test_the_plan_is_what_the_run_does(
    project: Project, reports: Reports, file: str, said: str
) -> None:
    if file:
        path = project.root / file
        path.write_text(f"{path.read_text(encoding='utf-8')}\n", encoding="utf-8")
    else:
        rename_pupil(project, 0)
    before = digests(project)
    plan = plan_term(project, NOW, {})
    assert digests(project) == before
    assert not (project.root / "reports" / ".work").exists()
    assert said in "\n".join(plan_lines(plan))
    run(project)
    assert {name for name, reasons in plan.reports.items() if reasons} == set(reports.made)


def test_the_plan_names_the_parameter(project: Project) -> None:
    plan = plan_term(project, NOW, {"published_on": "2026-11-25"})
    assert plan.tables == []
    dated = {name: "helping" in name for name in plan.reports}
    for name, (first, *rest) in plan.reports.items():
        assert first == "参数 published_on"
        # Of learners due and done are told on that day.
        assert bool(rest) is dated[name]
        assert all("截止日期" in why for why in rest)


def test_tables_alone_keep_what_stands_and_take_down_the_rest(
    project: Project, reports: Reports
) -> None:
    said: list[str] = []
    run_term(project, NOW, {}, tables_only=True, say=said.append)
    assert "没有变化" in said[-1]
    rename_pupil(project, 0)
    run_term(project, NOW, {}, tables_only=True, say=said.append)
    assert reports.made == []
    assert "撤下" in said[-1]
    assert "aidkit run 2026-autumn" in said[-1]
    left = {path.stem for path in (folder(project) / "internal" / "notebooks").iterdir()}
    assert SCHOOLS[1] in left
    assert SCHOOLS[0] not in left


def test_one_school_of_a_term_never_run(project: Project, reports: Reports) -> None:
    shutil.rmtree(folder(project))
    run(project, school_code=SCHOOLS[0])
    first = COUNTYS | {f"{room}/{SCHOOLS[0]}" for room in ROOMS}
    assert set(reports.made) == first
    reports.made.clear()
    run(project, school_code=SCHOOLS[1])
    assert set(reports.made) == ALL - first
    said: list[str] = []
    changes = {"published_on": "2026-11-25"}
    run_term(project, NOW, changes, school_code=SCHOOLS[1], say=said.append)
    assert "其他学校的 4 份报告也要重做" in "\n".join(said)
    with pytest.raises(UsageError, match="没有学校 9999999999"):
        run(project, school_code="9999999999")


def test_without_hard_links_files_are_copied(
    project: Project, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr("os.link", refuse)
    run(project, changes={"published_on": "2026-11-25"})
    run(project, changes={"published_on": "2026-11-25"})
    assert read_record(folder(project)).foundations["parameters"]["published_on"] == "2026-11-25"


def test_a_school_that_is_gone_has_no_reports(project: Project, reports: Reports) -> None:
    rolls = project.root / COUNTY / "2026年秋季学期" / "学生名册"
    max(rolls.glob("*.xlsx")).unlink()
    run(project)
    facts = pl.read_parquet(folder(project) / "internal" / "tables" / "facts.parquet")
    codes = set(facts.filter(subject="student")["school_code"])
    left = {path.stem for path in (folder(project) / "public" / "notebooks").glob("99*")}
    assert left == codes
    assert len(left) == 1
