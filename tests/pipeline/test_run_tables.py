"""What `run --tables` stores."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.digests import file_digest
from aidkit.pipeline import ground, tables
from aidkit.pipeline.kept_awards import kept_awards
from aidkit.pipeline.parameters import term_parameters
from aidkit.pipeline.run import run_term
from aidkit.pipeline.summary import RunSummary
from aidkit.project import Project
from aidkit.runs import Run, open_run
from aidkit.tables import (
    Completeness,
    Corrections,
    Decisions,
    Duplicates,
    FundingDemand,
    Quotas,
)
from tests.conftest import make_project

TERM = Term.parse("2026-autumn")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(make_project(tmp_path_factory.mktemp("project")))


def make(project: Project, **changes: str) -> tuple[RunSummary, str]:
    said: list[str] = []
    done = run_term(project, TERM, changes, tables_only=True, say=said.append)
    return done, "\n".join(said)


def test_what_follows_from_decisions_is_stored_beside_them(project: Project) -> None:
    folder = make(project)[0].folder / "internal" / "tables"
    tables = {path.stem: pl.read_parquet(path) for path in folder.glob("*.parquet")}
    for name, schema in (
        ("decisions", Decisions),
        ("quotas", Quotas),
        ("funding_demand", FundingDemand),
        ("duplicates", Duplicates),
        ("completeness", Completeness),
        ("corrections", Corrections),
    ):
        schema.validate(tables[name])
    due = tables["decisions"].filter("awarded").group_by("program_id")
    demand = tables["funding_demand"].filter(school_code="all").group_by("program_id")
    sums = (
        due.agg(pl.col("amount_fen").sum())
        .join(demand.agg(demand=pl.col("amount_fen").sum()), on="program_id", how="full")
        .filter(pl.col("amount_fen").ne_missing(pl.col("demand")))
    )
    assert sums.is_empty()
    assert set(tables["decisions"]["subject"]) == {"student", "freshman", "teacher"}


def test_public_sums_are_those_of_whole_terms_and_of_students(project: Project) -> None:
    folder = make(project)[0].folder
    decisions = pl.read_parquet(folder / "internal" / "tables" / "decisions.parquet")
    aid = pl.read_parquet(folder / "public" / "aid.parquet").filter(
        pl.col("amount_fen").is_not_null(), school_code="all", breakdown="program"
    )
    law = (
        decisions.filter("awarded", subject="student")
        .group_by(group="program_id")
        .agg(full=pl.col("full_fen").sum(), persons=pl.len().cast(pl.Int64))
    )
    both = aid.filter(pl.col("persons") > 0).join(law, on="group", suffix="_law")
    assert both.height > 3
    assert both["amount_fen"].equals(both["full"])
    assert both["persons"].equals(both["persons_law"])


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


def test_decisions_are_not_kept_for_rules_that_came_after_them(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = project.params / "labels.toml"

    def change() -> None:
        labels.write_text(f"{labels.read_text(encoding='utf-8')}\n#\n", encoding="utf-8")

    def opened(*given: Any) -> Run:
        run = open_run(*given)
        change()
        return run

    change()  # so that tables are made, whatever ran before
    monkeypatch.setattr(tables, "open_run", opened)
    folder, county = make(project)[0].folder, project.root / "data" / "demo"
    store = project.root / "reports" / ".cache" / county.name
    now = ground.foundations(project, county, TERM, term_parameters(project, TERM, {}))
    assert kept_awards(now, store).load(folder) is None


def test_labels_that_change_while_inputs_are_looked_for_have_changed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    county, labels = project.root / "data" / "demo", project.params / "labels.toml"
    before = file_digest(labels)

    def looked_for(*_: Any) -> dict[str, str]:
        labels.write_text(f"{labels.read_text(encoding='utf-8')}\n#\n", encoding="utf-8")
        return {}

    monkeypatch.setattr(ground, "input_digests", looked_for)
    found = ground.foundations(project, county, TERM, term_parameters(project, TERM, {}))
    assert found["params"]["labels.toml"] == before != file_digest(labels)
