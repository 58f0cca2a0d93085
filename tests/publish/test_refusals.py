"""What the offline publisher refuses: each with the file, the place and a remedy."""

import json
from pathlib import Path
from typing import Any

import pytest

from aidkit.errors import PublishError
from aidkit.publish import publish_site
from tests.publish.small_site import code_cell, notebook, raw_cell


def refused(site: Path, tmp_path: Path) -> PublishError:
    with pytest.raises(PublishError) as caught:
        publish_site(site, tmp_path / "out", "offline")
    assert caught.value.where
    return caught.value


BODIES = {
    "shortcode": ("第一段\n\n{{< include x.qmd >}}", "短代码", "第 6 行"),
    "executed block": ("```{python}\n1\n```", "要执行的代码块", "第 4 行"),
    "diagram": ("```{mermaid}\na\n```", "要执行的代码块", ""),
    "unknown div": ("::: {.column-margin}\nx\n:::", "column-margin", "第 4 行"),
    "unknown callout": ("::: {.callout-caution}\nx\n:::", "callout-caution", ""),
    "unknown class in a table": ("| a |\n|--|\n| [x]{.badge} |", "badge", ""),
    "unknown class in a tab": ("::: {.panel-tabset}\n### a\n\n[x]{.badge}\n:::", "badge", ""),
    "layout": ("::: {layout-ncol=2}\nx\n:::", "layout-ncol", ""),
    "tabs without a title": ("::: {.panel-tabset}\nx\n:::", "标题开头", ""),
    "tab group": ('::: {.panel-tabset group="a"}\n### a\n:::', "group", ""),
    "callout appearance": ('::: {.callout-note appearance="simple"}\nx\n:::', "appearance", ""),
    "callout collapse": ('::: {.callout-note collapse="yes"}\nx\n:::', "collapse", ""),
    "unknown reference": ("见 @fig-none。", "@fig-none", "第 4 行"),
    "citation": ("见 [@smith2020]。", "@smith2020", ""),
    "no caption": ("::: {#fig-a}\n```{=html}\n<b>x</b>\n```\n:::", "缺少题注", ""),
    "number used twice": ("::: {#tbl-a}\nx\n\ny\n:::\n\n::: {#tbl-a}\nx\n\ny\n:::", "两次", ""),
    "figure in short form": ("![图](assets/icon.svg){#fig-a}", "fig-a", ""),
    "table in short form": ("| a |\n|--|\n| 1 |\n\n: 题注 {#tbl-a}", "表的编号", ""),
    "latex": ("\\newpage{x}", "tex", ""),
    "raw block of another format": ("```{=typst}\nx\n```", "typst", ""),
    "unclosed div": ("::: {.aid-x}\nx", "unclosed", ""),
    "same id twice": ("## a {#a}\n\n## b {#a}", "Duplicate", ""),
    "bad formula": ("$\\foo{$", "TeX", ""),
    "broken link": ("[x](none.qmd)", "链接断了", "第 4 行"),
    "broken link in HTML": ('```{=html}\n<a href="none.html">x</a>\n```', "链接断了", ""),
    "link out of the site": ("[x](../secret.csv)", "链接断了", ""),
    "broken image": ("![](none.png)", "链接断了", ""),
    "no such point here": ("[x](#none)", "none", ""),
    "no such point there": ("[x](methods.qmd#none)", "none", ""),
    "script from outside": ('```{=html}\n<script src="https://x.org/a.js"></script>\n```', "", ""),
    "image from outside": ("![](https://x.org/a.png)", "从外面装入", "第 4 行"),
    "frame": ('```{=html}\n<iframe src="//x.org"></iframe>\n```', "从外面装入", ""),
    "script of its own": ("```{=html}\n<script>alert(1)</script>\n```", "脚本", ""),
    "address that runs": ("[x](javascript:alert)", "从外面装入", ""),
}


@pytest.mark.parametrize(("body", "says", "place"), BODIES.values(), ids=BODIES)
def test_construct(site: Path, tmp_path: Path, body: str, says: str, place: str) -> None:
    (site / "contact.qmd").write_text(f"---\ntitle: 联系\n---\n{body}\n", "utf-8")
    error = refused(site, tmp_path)
    assert says in str(error)
    assert error.where.startswith("contact.qmd")
    assert place in error.where


FRONTS = {
    "unknown key": ("listing: default", "listing"),
    "format": ("format: pdf", "format"),
    "execution": ("execute:\n  enabled: true", "execute"),
    "date without quotes": ("date: 2026-11-20", "2026-11-20"),
    "code without quotes": ("school-code: 2141000001", "2141000001"),
    "layout": ("page-layout: custom", "custom"),
    "toc": ("toc: maybe", "maybe"),
    "broken": ("title: [", "读不懂"),
    "download that is missing": (
        "title: 联系\ndownloads:\n  - text: x\n    href: none.csv",
        "none.csv",
    ),
}


@pytest.mark.parametrize(("front", "says"), FRONTS.values(), ids=FRONTS)
def test_front_matter(site: Path, tmp_path: Path, front: str, says: str) -> None:
    (site / "contact.qmd").write_text(f"---\n{front}\n---\n\nx\n", "utf-8")
    error = refused(site, tmp_path)
    assert says in str(error)
    assert error.where.startswith("contact.qmd")


SETTINGS = {
    "unknown key": ("lang: zh", "lang: zh\nbibliography: x.bib", "bibliography"),
    "execution": ("  echo: false", "  echo: false\n  enabled: true", "execute.enabled"),
    "other math": ("mathml", "katex", "katex"),
    "table processing": ("html-table-processing: none", "html-table-processing: auto", "auto"),
    "categories": ("title-block-categories: false", "title-block-categories: true", "categories"),
    "project type": ("type: website", "type: book", "book"),
    "other filter": ("assets/aidkit.lua", "assets/other.lua", "filters"),
    "sidebar": ("  search: true", "  search: true\n  sidebar:\n    style: docked", "sidebar"),
    "entry without page": ("href: schools/index.qmd", "href: none.qmd", "none.qmd"),
    "entry of another kind": ("href: schools/index.qmd", "icon: github", "icon"),
    "toc depth": ("toc-depth: 3", "toc-depth: deep", "deep"),
    "no title": ("  title: 学生资助数据公开\n", "", "website.title"),
    "broken": ("lang: zh", "lang: [", "读不懂"),
}


@pytest.mark.parametrize(("old", "new", "says"), SETTINGS.values(), ids=SETTINGS)
def test_setting(site: Path, tmp_path: Path, old: str, new: str, says: str) -> None:
    paths = (site / "_quarto.yml", site / "_quarto-public.yml")
    path = next(path for path in paths if old in path.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert says in str(refused(site, tmp_path))


def with_output(**output: Any) -> dict[str, object]:
    return code_cell("x") | {"outputs": [output]}


CELLS: dict[str, tuple[dict[str, object], str]] = {
    "error": (with_output(output_type="error", ename="KeyError", evalue="'x'"), "KeyError"),
    "print": (with_output(output_type="stream", name="stdout", text=["x"]), "stdout"),
    "html": (
        with_output(
            output_type="display_data", data={"text/html": "<b>", "text/markdown": "x"}, metadata={}
        ),
        "text/html",
    ),
    "picture": (
        with_output(output_type="display_data", data={"image/png": "x"}, metadata={}), "image/png",
    ),
    "source as one string": (code_cell("x") | {"source": "show()"}, "按行"),
    "unknown option": (code_cell("x", options="#| fig-cap: a\n"), "fig-cap"),
    "unknown output": (code_cell("x", options="#| output: hold\n"), "hold"),
    "unknown tag": (code_cell("x") | {"metadata": {"tags": ["hide-input"]}}, "hide-input"),
    "raw cell": (raw_cell("x: 1"), "raw"),
}  # fmt: skip


@pytest.mark.parametrize(("cell", "says"), CELLS.values(), ids=CELLS)
def test_cell(site: Path, tmp_path: Path, cell: dict[str, object], says: str) -> None:
    cells = [raw_cell("title: 首页"), cell]
    (site / "index.ipynb").write_text(notebook(cells), "utf-8")
    error = refused(site, tmp_path)
    assert says in str(error)
    assert error.where.startswith("index.ipynb：第 2 个单元格")


def test_not_a_notebook(site: Path, tmp_path: Path) -> None:
    (site / "index.ipynb").write_text(json.dumps([1]), "utf-8")
    assert "index.ipynb" in refused(site, tmp_path).where


def test_no_settings(site: Path, tmp_path: Path) -> None:
    (site / "_quarto.yml").unlink()
    assert "_quarto.yml" in str(refused(site, tmp_path))


def test_two_sources_of_one_page(site: Path, tmp_path: Path) -> None:
    (site / "schools" / "index.ipynb").write_text(notebook([raw_cell("title: x")]), "utf-8")
    settings = site / "_quarto-public.yml"
    settings.write_text(settings.read_text("utf-8").replace("schools/*.qmd", "schools/*"), "utf-8")
    assert "同一个网页" in str(refused(site, tmp_path))
