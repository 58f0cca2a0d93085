"""Executed public notebooks and stored tables in, files below `site/` out."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from aidkit.errors import MissingTablesError, NotebookError
from aidkit.project import Project
from aidkit.public import PublicReport
from aidkit.show.parts import Part
from aidkit.show.view import View
from aidkit.staging import stage
from aidkit.staging.downloads import downloads

BIG, TINY = "9901010001", "9901010003"
PARAMETERS = 'county: str = "data/small"\n'


def executed(*parts: Part) -> str:
    """A notebook as an engine leaves it: parameters, then a cell for each part."""

    def cell(name: str, source: str, outputs: list[dict[str, Any]], tags: list[str]) -> Any:
        return {
            "cell_type": "code",
            "execution_count": 1,
            "id": name,
            "metadata": {"tags": tags},
            "outputs": [
                {"data": data, "metadata": {}, "output_type": "display_data"} for data in outputs
            ],
            "source": source,
        }

    cells = [
        cell("parameters", PARAMETERS, [], ["parameters"]),
        cell("injected-parameters", PARAMETERS, [], ["injected-parameters"]),
        *(
            cell(f"cell-{at}", "report.section()", part.bundles(), [])
            for at, part in enumerate(parts)
        ),
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "papermill": {"parameters": {"county": "data/small"}}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False)


@pytest.fixture
def county(project: Project, view: View) -> Path:
    """The county of `project` with executed notebooks of the last term."""
    folder = project.root / "reports" / "small" / "2026-autumn" / "public" / "notebooks"
    folder.mkdir()
    whole = PublicReport(view, "2026-11-20", "2027-03-05")
    school = replace(whole, view=replace(view, school=BIG))
    pages = {
        "home": (whole.home_page(), whole.home_money()),
        "county": (whole.page(), whole.programs()),
        BIG: (school.page(), school.programs()),
    }
    for name, parts in pages.items():
        (folder / f"{name}.ipynb").write_text(executed(*parts), encoding="utf-8")
    return project.root / "data" / "small"


def names(project: Project, staged: list[Path]) -> list[str]:
    return [path.relative_to(project.site).as_posix() for path in staged]


def test_pages_lists_and_downloads_are_staged(project: Project, county: Path) -> None:
    made = names(project, stage(project, county, "2026-autumn"))
    assert [name for name in made if not name.startswith("downloads/")] == [
        "corrections.qmd",
        "index.ipynb",
        f"reports/2026-autumn/{BIG}.ipynb",
        "reports/2026-autumn/county.ipynb",
        "reports/index.qmd",
        "reports/sources.qmd",
        f"schools/{BIG}.qmd",
        "schools/9901010002.qmd",
        f"schools/{TINY}.qmd",
        "schools/index.qmd",
    ]
    assert "downloads/2026-spring-aid.csv" in made
    assert "downloads/2026-autumn-named_donors.csv" in made


def test_a_staged_notebook_holds_front_matter_and_markdown_only(
    project: Project, county: Path
) -> None:
    stage(project, county, "2026-autumn")
    text = (project.site / "reports" / "2026-autumn" / f"{BIG}.ipynb").read_text(encoding="utf-8")
    notebook = json.loads(text)
    head, *cells = notebook["cells"]
    front = yaml.safe_load("".join(head["source"]).strip("-\n"))
    assert head["cell_type"] == "raw"
    assert front["title"] == "青源小学 72 名学生应享资助，共 36,000.00 元"
    assert front["published-on"] == "2026-11-20"
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [list(output["data"]) for output in outputs] == [["text/markdown"]]
    assert isinstance(outputs[0]["data"]["text/markdown"], list)
    assert "data/small" not in text
    assert notebook["metadata"].keys() == {"kernelspec"}


def test_staging_twice_gives_the_same_bytes_and_nothing_stale(
    project: Project, county: Path
) -> None:
    first = {path: path.read_bytes() for path in stage(project, county, "2026-autumn")}
    stale = project.site / "schools" / "old" / "9999999999.qmd"
    stale.parent.mkdir()
    stale.write_text("旧", encoding="utf-8")
    second = {path: path.read_bytes() for path in stage(project, county, "2026-autumn")}
    assert second == first
    assert not stale.parent.exists()
    assert {p for p in project.site.rglob("*") if p.is_file()} == set(first)


def test_terms_in_the_list_of_reports_have_ids_that_are_selectors(
    project: Project, county: Path
) -> None:
    stage(project, county, "2026-autumn")
    page = (project.site / "reports" / "index.qmd").read_text(encoding="utf-8")
    assert "## 2026 年秋季学期 {#term-2026-autumn}" in page


def test_a_school_page_goes_from_the_gap_to_the_reports(project: Project, county: Path) -> None:
    stage(project, county, "2026-autumn")
    page = (project.site / "schools" / f"{BIG}.qmd").read_text(encoding="utf-8")
    front = yaml.safe_load(page.split("---\n")[1])
    assert front["title"] == "青源小学"
    assert front["school-code"] == BIG
    order = ["#gap", "#figures", "#support", "#next", "数字小的时候", "#reports"]
    places = [page.index(mark) for mark in order]
    assert places == sorted(places)
    assert "改正 2 行有错" in page
    assert f"../reports/2026-autumn/{BIG}.ipynb" in page


def test_a_tiny_school_page_shows_no_withheld_figure(project: Project, county: Path) -> None:
    stage(project, county, "2026-autumn")
    page = (project.site / "schools" / f"{TINY}.qmd").read_text(encoding="utf-8")
    assert "受助人数按规定不公布" in page
    assert "未公布" in page
    assert "aid-chart" not in page


def test_downloads_open_in_excel_with_chinese_headers(project: Project, county: Path) -> None:
    stage(project, county, "2026-autumn")
    raw = (project.site / "downloads" / "2026-autumn-aid.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    by_key = {(row["学校标识码"], row["分组方式"], row["组"]): row for row in rows}
    assert by_key["全县", "合计", "合计"]["金额（元）"] == "53125.00"
    assert by_key[BIG, "项目/档次", "困难学生三级资助/一级"]["人数"] == "20"
    assert by_key[TINY, "合计", "合计"]["人数"] == "未公布"
    assert by_key["全县", "困难类型", "低保"]["金额（元）"] == ""


def test_a_withheld_sum_says_so_and_one_that_never_was_is_blank(view: View) -> None:
    aid = view.now.frames["aid"]
    rows = [
        {"breakdown": "program", "group": "p", "persons": 9, "suppressed": False},
        {"breakdown": "grade", "group": "p1", "persons": None, "suppressed": True},
    ]
    own = pl.DataFrame(rows, schema_overrides={"persons": pl.Int64}).with_columns(
        school_code=pl.lit("all"), amount_fen=pl.lit(None, pl.Int64)
    )
    tables = replace(view.now, frames={**view.now.frames, "aid": own.select(aid.columns)})
    text = downloads(tables, view)["2026-autumn-aid.csv"].decode("utf-8-sig")
    printed = {row["分组方式"]: row for row in csv.DictReader(io.StringIO(text))}
    assert (printed["项目"]["人数"], printed["项目"]["金额（元）"]) == ("9", "未公布")
    assert (printed["年级"]["人数"], printed["年级"]["金额（元）"]) == ("未公布", "")


def test_without_a_home_page_the_command_is_named(project: Project, county: Path) -> None:
    with pytest.raises(MissingTablesError) as caught:
        stage(project, county, "2026-spring")
    assert "aidkit run 2026-spring" in caught.value.remedy


def test_a_notebook_without_front_matter_is_refused(project: Project, county: Path) -> None:
    bare = project.root / "reports" / "small" / "2026-autumn" / "public" / "notebooks" / "x.ipynb"
    bare.write_text(executed(Part("甲", "甲")), encoding="utf-8")
    with pytest.raises(NotebookError, match="标题"):
        stage(project, county, "2026-autumn")
