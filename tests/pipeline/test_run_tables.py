"""`run --tables` keeps reports that rest on the same data and takes down those that do not."""

from pathlib import Path

import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.pipeline.run import RunSummary, run_term
from aidkit.project import Project
from tests.conftest import make_project

TERM = Term.parse("2026-autumn")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(make_project(tmp_path_factory.mktemp("project")))


def make(project: Project, **changes: str) -> tuple[RunSummary, str]:
    said: list[str] = []
    done = run_term(project, TERM, changes, tables_only=True, say=said.append)
    return done, "\n".join(said)


def test_reports_stay_while_they_rest_on_the_same_data(project: Project) -> None:
    first, _ = make(project)
    report = first.folder / "public" / "notebooks" / "home.ipynb"
    report.parent.mkdir()
    report.write_text("{}", encoding="utf-8")
    _, said = make(project)
    assert report.is_file()
    assert "撤下" not in said
    _, said = make(project, published_on="2026-11-21")
    assert not report.exists()
    assert "撤下" in said
    assert "aidkit run 2026-autumn" in said


def test_a_row_with_two_errors_is_set_aside_once(project: Project) -> None:
    counts = make(project)[0].tables
    roll: Path = project.root / "data" / "demo" / "2026年秋季学期" / "困难认定结果表.csv"
    roll.write_text(
        "学籍号,姓名,资助项目,认定档次,认定日期\n1,甲,三级资助,九级,某日\n", encoding="utf-8"
    )
    done = make(project)[0]
    problems = pl.read_parquet(done.folder / "internal" / "tables" / "problems.parquet")
    own = problems.filter(pl.col("file").str.ends_with(".csv"), pl.col("severity") == "error")
    assert own.height > 1
    assert done.tables.errors == counts.errors + 1
