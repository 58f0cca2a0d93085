"""How pupils moved, to download: words for codes, and what is withheld is said."""

from pathlib import Path

import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.disclosure.progress import progress_table
from aidkit.labels import project_labels
from aidkit.project import Project
from aidkit.show.term import TermTables
from aidkit.show.view import Publisher, View
from aidkit.staging.learning_files import learning_files
from tests.disclosure.test_progress import ENOUGH, Bands, pupils

SPRING, AUTUMN = Term.parse("2026-spring"), Term.parse("2026-autumn")
VIEW = View(
    Publisher("青山县", "教育局", ""),
    project_labels(),
    (TermTables(SPRING, {}), TermTables(AUTUMN, {})),
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def staged(project: Project, term: Term, stages: dict[str, Bands]) -> dict[str, str]:
    county = project.root / "data" / "small"
    folder = project.reports(county, term.code) / "public"
    folder.mkdir(parents=True)
    progress_table(pupils(stages), 5, 2).write_parquet(folder / "progress.parquet")
    files = learning_files(project, county, VIEW)
    return {name: body.decode("utf-8-sig") for name, body in files.items()}


def test_every_row_in_words(project: Project) -> None:
    few: Bands = {"clearly_better": 2, "better": 30, "steady": 50, "attention": 15}
    files = staged(project, AUTUMN, {"primary": ENOUGH, "junior": few})
    assert [*files] == ["downloads/2026-autumn-progress.csv"]  # the spring was not run by this
    head, *rows = files["downloads/2026-autumn-progress.csv"].split("\r\n")[:-1]
    assert head == "学段,评定,参加评定的学生,人数,占比,是否未公布"
    assert len(rows) == 15
    assert "小学,平稳,320,200,0.625,否" in rows
    assert "初中,明显进步,97,未公布,未公布,是" in rows
    assert any(row.startswith("合计,") for row in rows)


def test_a_term_without_exams_has_none(project: Project) -> None:
    assert staged(project, SPRING, {}) == {}
    stored = project.reports(project.root / "data" / "small", SPRING.code) / "public"
    assert pl.read_parquet(stored / "progress.parquet").is_empty()
