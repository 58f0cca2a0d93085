"""A term that was published withholds what it withheld, and is not made again for having been."""

import datetime as dt
import shutil
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.errors import InputError
from aidkit.pipeline.plan import plan_term
from aidkit.pipeline.publications import but_for, digest_as_published
from aidkit.pipeline.record import load_record
from aidkit.pipeline.review import content_now, note_published
from aidkit.pipeline.run import run_term
from aidkit.pipeline.summary import RunSummary
from aidkit.project import Project
from aidkit.review.published import digest_of_files, public_files, published_files
from aidkit.review.standing import standing
from aidkit.review.steps import approve, submit
from tests.conftest import COUNTY, TERM, make_project

NOW = Term.parse(TERM)
DAY = dt.date(2026, 11, 20)

SCHOOL, PUPIL = "青山县第二高级中学", "990102201007155581"
"""A pupil without whom four figures that were withheld would be shown."""

Cells = set[tuple[str, ...]]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small county with a published term: tables alone, which is all that is compared."""
    project = Project(make_project(tmp_path_factory.mktemp("published")))
    run(project)
    publish(project)
    return project.root


@pytest.fixture
def project(published: Path, tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(published, tmp_path / "project")))


def run(project: Project, *, force: bool = False) -> RunSummary:
    return run_term(project, NOW, {}, tables_only=True, force=force, say=lambda _: None)


def publish(project: Project, reason: str = "") -> None:
    county = project.root / COUNTY
    content = content_now(project, county, NOW)
    submit(county, NOW, content, by="王老师", on=DAY, reason=reason)
    approve(county, NOW, content, by="李主任", on=DAY)
    note_published(project, county, [NOW], DAY)


def correct(project: Project) -> None:
    """Take the pupil off the roll, run, and publish that."""
    (file,) = (project.root / COUNTY / "2026年秋季学期" / "学生名册").glob(f"{SCHOOL}.xlsx")
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    (row,) = (number for number, row in rows if PUPIL in map(str, row))
    sheet.delete_rows(row)
    book.save(file)
    run(project)
    publish(project, reason="一名学生重复登记")


def folder(project: Project) -> Path:
    return project.reports(project.root / COUNTY, TERM)


def public(project: Project) -> dict[str, bytes]:
    return dict(public_files(folder(project)))


def withheld(publication: int, project: Project) -> tuple[Cells, Cells]:
    """Cells of aid and boarders whose count was withheld, and those of aid whose sum was."""
    county = project.root / COUNTY
    files = published_files(county, standing(county, NOW).publications[publication - 1])
    aid, roll = (pl.read_parquet(files[f"{name}.parquet"]) for name in ("aid", "roll"))
    aid = aid.filter(pl.col("breakdown") != "actual")
    key = ["school_code", "breakdown", "group"]
    counts = aid.filter("suppressed").select(key).rows()
    boarders = roll.filter("suppressed").select("school_code", "grade").rows()
    sums = aid.filter(pl.col("amount_fen").is_null()).select(key).rows()
    return {*counts, *boarders}, {*sums}


def test_that_it_was_published_makes_nothing_again(project: Project) -> None:
    assert run(project).unchanged
    assert plan_term(project, NOW, {}, tables_only=True).tables == []
    before = public(project)
    run(project, force=True)
    assert public(project) == before
    assert run(project).unchanged


def test_a_correction_withholds_what_was_withheld(project: Project) -> None:
    correct(project)
    (counts, sums), (counts_now, sums_now) = (withheld(number, project) for number in (1, 2))
    assert len(counts) > 50
    assert counts <= counts_now
    assert sums <= sums_now
    assert run(project).unchanged
    before = public(project)
    run(project, force=True)
    assert public(project) == before


def test_what_went_out_otherwise_than_it_lies_is_held_against(project: Project) -> None:
    """Results of before a correction, put back beside a log that holds it."""
    then = project.root / "then"
    shutil.copytree(folder(project), then)
    correct(project)
    shutil.rmtree(folder(project))
    then.rename(folder(project))
    why = plan_term(project, NOW, {}, tables_only=True).tables
    assert any(line.startswith("本学期公布过的结果") for line in why)


def test_a_lost_publication_stops_what_rests_on_it(project: Project) -> None:
    shutil.rmtree(project.root / COUNTY / "review" / "published")
    assert run(project).unchanged
    with pytest.raises(InputError, match="公布时存下的结果找不到"):
        run(project, force=True)


def test_digests_of_outputs_are_those_of_what_is_published(project: Project) -> None:
    record = load_record(folder(project))
    assert record is not None
    lying = digest_as_published(record.outputs)
    assert lying == digest_of_files(public(project))
    assert but_for({"1": "other", "2": lying}, record.outputs) == {"1": "other"}
