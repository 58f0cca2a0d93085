"""A build that has nothing to do says so and looks at nothing; any change is built."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from aidkit.errors import MissingTablesError, NotebookError
from aidkit.pipeline.build import UNCHANGED, build_site
from aidkit.pipeline.record import RECORD
from aidkit.project import Project
from tests.conftest import COUNTY, TERM


def built_again(root: Path) -> list[str]:
    """What a build says."""
    said: list[str] = []
    build_site(Project(root), root / COUNTY, publisher="offline", say=said.append)
    return said


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_unchanged_build(project: Path) -> None:
    before = contents(project / "site")
    assert built_again(project) == [UNCHANGED]
    assert contents(project / "site") == before


def add_prose(root: Path) -> None:
    with (root / "site" / "methods.qmd").open("a", encoding="utf-8") as page:
        page.write("\n又一句。\n")


def add_comment_to_labels(root: Path) -> None:
    with (root / "params" / "labels.toml").open("a", encoding="utf-8") as labels:
        labels.write("\n# 说明\n")


def alter_the_site(root: Path) -> None:
    with (root / "site" / "_site" / "index.html").open("a", encoding="utf-8") as page:
        page.write("<!-- x -->")


def alter_a_staged_page(root: Path) -> None:
    with (root / "site" / "schools" / "index.qmd").open("a", encoding="utf-8") as page:
        page.write("x")


def lose_the_cache(root: Path) -> None:
    shutil.rmtree(root / "reports" / ".cache")


CHANGES = (add_prose, add_comment_to_labels, alter_the_site, alter_a_staged_page, lose_the_cache)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_is_built(project: Path, change: Callable[[Path], None]) -> None:
    before = contents(project / "site" / "_site")
    change(project)
    assert built_again(project) != [UNCHANGED]
    after = contents(project / "site" / "_site")
    assert {
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    } == ({"methods.html", "assets/search-index.js"} if change is add_prose else set())
    assert built_again(project) == [UNCHANGED]


def test_sources_that_did_not_change_keep_their_time(project: Path) -> None:
    pages = sorted((project / "site").glob("*/**/*.ipynb"))
    before = {page: page.stat().st_mtime_ns for page in pages}
    assert before
    add_prose(project)
    built_again(project)
    assert {page: page.stat().st_mtime_ns for page in pages} == before


def record_of(root: Path) -> Path:
    return root / "reports" / "demo" / TERM / RECORD


def test_a_failed_public_report_stops_the_build(project: Path) -> None:
    record = json.loads(record_of(project).read_text(encoding="utf-8"))
    record["failed"] = {"internal/county": "ZeroDivisionError: x"}
    record_of(project).write_text(json.dumps(record), encoding="utf-8")
    built_again(project)
    record["failed"] = {"public/county": "ZeroDivisionError: x"}
    record_of(project).write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(NotebookError, match="没有完成") as stop:
        built_again(project)
    assert "aidkit run" in stop.value.remedy


def test_an_altered_page_stops_the_build(project: Path) -> None:
    page = project / "reports" / "demo" / TERM / "public" / "pages" / "county.ipynb"
    page.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(MissingTablesError, match="改动"):
        built_again(project)


def test_an_earlier_term_made_again_stops_the_build(project: Path) -> None:
    record = json.loads(record_of(project).read_text(encoding="utf-8"))
    record["foundations"]["earlier"]["2026-spring"] = "0" * 64
    record_of(project).write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(MissingTablesError, match="后来变了"):
        built_again(project)


def test_results_whose_record_is_lost_stop_the_build(project: Path) -> None:
    (project / "reports" / "demo" / "2026-spring" / RECORD).unlink()
    with pytest.raises(MissingTablesError, match="没有完整的运行结果"):
        built_again(project)
