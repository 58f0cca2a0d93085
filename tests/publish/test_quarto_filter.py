"""The Lua filter that Quarto runs, in pandoc alone; a stand-in notes what it asks Quarto for."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pypandoc
import pytest

from tests.publish.small_site import ROOT

STAND_IN = """
quarto = {{ doc = {{
  add_html_dependency = function(asked)
    io.stderr:write("scripts " .. table.concat(asked.scripts, " ") .. "\\n")
  end,
  include_text = function(place, text) io.stderr:write(place .. " " .. text .. "\\n") end,
}} }}
return dofile("{filter}")
"""
Filter = Callable[[str, str], tuple[str, list[str]]]
CHART = '```{=html}\n<div class="aid-chart" role="img"></div>\n```'
FACTS = """
status: 正式
published-on: '2026-11-20'
next-update: '2027-03-05'
producer: 示范县学生资助管理中心
categories: [学期报告, 2026 年秋季学期]
downloads:
- {text: 人数与金额, href: ../../downloads/2026-autumn-data_quality.csv}
"""


@pytest.fixture
def filtered(tmp_path: Path) -> Filter:
    """Front matter and body → the page's HTML, and what the filter asked Quarto for."""
    stand_in = tmp_path / "stand_in.lua"
    filter_file = (ROOT / "site" / "assets" / "aidkit.lua").as_posix()
    stand_in.write_text(STAND_IN.format(filter=filter_file), "utf-8")

    def run(front: str, body: str) -> tuple[str, list[str]]:
        done = subprocess.run(
            [pypandoc.get_pandoc_path(), "--wrap=none", "--to=html", f"--lua-filter={stand_in}"],
            input=f"---\n{front}\n---\n\n{body}\n".encode(),
            capture_output=True,
            check=True,
        )
        return done.stdout.decode(), done.stderr.decode().splitlines()

    return run


def test_pages_with_charts_ask_for_the_scripts(filtered: Filter) -> None:
    floating = (
        f"::: {{.panel-tabset}}\n\n### 图\n\n::: {{#fig-x}}\n\n{CHART}\n\n题注。\n\n:::\n\n:::"
    )
    assert filtered("title: 甲", floating)[1] == ["scripts vega.js charts.js"]
    assert filtered("title: 甲", "没有图。")[1] == []


def test_facts_stand_first(filtered: Filter) -> None:
    page, _ = filtered(f"title: 甲\n{FACTS}", "## 要点")
    assert page.index('class="aid-facts"') < page.index("要点")
    for words in (
        "状态 <strong>正式<",
        "发布 <strong>2026-11-20<",
        "编制 <strong>示范县",
        "2027-03-05",
    ):
        assert words in page
    assert "类别 <strong>学期报告、2026 年秋季学期<" in page
    assert '<a href="../../downloads/2026-autumn-data_quality.csv">人数与金额</a>' in page


def test_facts_do_not_repeat_the_title_block(filtered: Filter) -> None:
    page, _ = filtered(f"title: 甲\ndate: '2026-11-20'\nauthor: 中心\n{FACTS}", "文")
    assert "发布" not in page
    assert "编制" not in page
    assert "下次更新 <strong>2027-03-05<" in page


def test_a_page_with_its_own_head_shows_no_title_block(filtered: Filter) -> None:
    page, asked = filtered(f"title: 甲\ntitle-block-style: none\n{FACTS}", "文")
    assert "aid-facts" not in page
    assert asked == ["in-header <style>#title-block-header { display: none; }</style>"]
