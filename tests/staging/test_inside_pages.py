"""What internal and school sites take of internal notebooks, and how they mark it."""

import json
from pathlib import Path
from typing import Any

import pytest

from aidkit.errors import MissingTablesError
from aidkit.project import Project
from aidkit.sample import make_county
from aidkit.show.parts import PAGE_MIME
from aidkit.staging.inside_pages import internal_pages, school_pages_inside, schools_inside

TERM = "2026-autumn"
SCHOOL = "9901010001"
PUPIL = "王小依"
HEAD = "### 内部资料 · 供本校校长和帮扶负责人使用\n\n含学生个人信息。不得外传。\n"
TO_DO = f"## 接下来做什么\n\n- **只差申请**：1 人。\n\n::: {{#tbl-to-do}}\n\n{PUPIL}\n\n:::\n"


def cell(call: str, markdown: str, front: dict[str, Any] | None = None) -> dict[str, Any]:
    data: dict[str, Any] = {"text/markdown": markdown}
    if front:
        data[PAGE_MIME] = front
    output = {"output_type": "display_data", "metadata": {}, "data": data}
    source = f"#| echo: false\nreport.{call}()"
    return {
        "cell_type": "code", "id": call.replace("_", "-"), "metadata": {}, "source": source,
        "outputs": [output], "execution_count": 1,
    }  # fmt: skip


def put(project: Project, county: Path, name: str) -> None:
    front = {"title": f"报告 {name}", "status": "正式", "categories": ["资助概览（内部资料）"]}
    cells = [
        cell("page", HEAD, front),
        cell("to_do", TO_DO),
        cell("key_points", "## 要点\n\n本校 4 人应享资助。\n"),
        cell("recipients", f"## 名单\n\n{PUPIL}\n"),
        cell("new_list", f"## 又一张名单\n\n{PUPIL}\n"),
    ]
    notebook = {"cells": cells, "metadata": {"kernelspec": {"name": "python3"}}}
    path = project.reports(county, TERM) / "internal" / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), "utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture
def county(project: Project) -> Path:
    folder = project.root / "data" / "demo"
    make_county(folder, size="tiny")
    for name in ("county", "county_review", SCHOOL, f"helping/{SCHOOL}"):
        put(project, folder, name)
    return folder


def test_a_school_sees_totals_and_nobodys_name(project: Project, county: Path) -> None:
    files = school_pages_inside(project, county, SCHOOL, {TERM: True})
    assert set(files) == {"index.ipynb", "helping.ipynb", "_bar.yml"}
    assert PUPIL not in "".join(body.decode() for body in files.values())
    page = files["index.ipynb"].decode()
    assert "本校 4 人应享资助" in page
    assert "只差申请" in page
    assert "没有学生姓名、名次和成绩" in page
    assert "供本校校长和资助专干使用" in page
    assert "含学生个人信息" not in page
    assert "helping.ipynb" in files["_bar.yml"].decode()
    assert "progress" not in files["_bar.yml"].decode()


def test_the_office_sees_its_reports_whole_and_no_schools(project: Project, county: Path) -> None:
    files = internal_pages(project, county, {"2026-spring": True, TERM: True})
    assert set(files) == {
        "index.qmd",
        f"reports/{TERM}/county.ipynb",
        f"reports/{TERM}/county_review.ipynb",
    }
    assert PUPIL in files[f"reports/{TERM}/county.ipynb"].decode()
    index = files["index.qmd"].decode()
    assert "供县级资助管理人员使用" in index
    assert "资助概览</td>" in index


@pytest.mark.parametrize("approved", [True, False])
def test_what_nobody_approved_says_so(project: Project, county: Path, approved: bool) -> None:
    office = internal_pages(project, county, {TERM: approved})
    school = school_pages_inside(project, county, SCHOOL, {TERM: approved})
    pages = [office["index.qmd"], office[f"reports/{TERM}/county.ipynb"], school["index.ipynb"]]
    assert ["草稿" in page.decode() for page in pages] == [not approved] * 3


def test_schools_are_those_with_a_report(project: Project, county: Path) -> None:
    assert schools_inside(project, county, {TERM: True}) == [SCHOOL]
    with pytest.raises(MissingTablesError, match="内部网站"):
        school_pages_inside(project, county, "9901010002", {TERM: True})


def test_before_any_run_it_says_what_to_do(project: Project, county: Path) -> None:
    with pytest.raises(MissingTablesError, match="aidkit run"):
        internal_pages(project, county, {})
