"""A small site: the project's own frame with a few pages as the pipeline stages them."""

import json
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FRAME = (
    "_quarto.yml",
    "_quarto-public.yml",
    "methods.qmd",
    "scale.qmd",
    "progress.qmd",
    "contact.qmd",
)
TERM = "2026-autumn"
SCHOOLS = ("青源小学", "石桥小学", "云岭中学", "白果中学", "河湾小学")


def make_site(folder: Path) -> Path:
    """Write the small site."""
    folder.mkdir(parents=True)
    for name in FRAME:
        shutil.copy(ROOT / "site" / name, folder / name)
    ignored = shutil.ignore_patterns("vega.js")
    shutil.copytree(ROOT / "site" / "assets", folder / "assets", ignore=ignored)
    (folder / "downloads").mkdir()
    (folder / "downloads" / f"{TERM}-aid.csv").write_text("学校,人数\n青源小学,41\n", "utf-8")
    pages = {
        "schools/index.qmd": _page(
            "title: 学校", "按学校标识码排列，不排名次。\n\n" + _school_links()
        ),
        "schools/2141000001.qmd": _page("title: 青源小学", "返回[全部学校](index.qmd)。"),
        "reports/index.qmd": _page(
            "title: 学期报告", f"[2026 年秋季学期]({TERM}/county.ipynb#shares)"
        ),
        "corrections.qmd": _page("title: 更正记录", "目前没有更正。"),
        "reports/sources.qmd": _page("title: 资助办法和依据", "## 办法 {#programs}\n\n见正文。"),
    }
    for path, text in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    write_notebook(folder / "index.ipynb", HOME_FRONT, [HERO, CARDS])
    write_notebook(folder / "reports" / TERM / "county.ipynb", REPORT_FRONT, REPORT)
    return folder


def write_notebook(path: Path, front: str, outputs: list[str]) -> None:
    """An executed notebook: front matter, then a cell of Markdown output each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [raw_cell(front), *(code_cell(output) for output in outputs)]
    path.write_text(notebook(cells), "utf-8")


def notebook(cells: list[dict[str, object]]) -> str:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def raw_cell(text: str) -> dict[str, object]:
    source = f"---\n{text}\n---".splitlines(keepends=True)
    return {"cell_type": "raw", "metadata": {}, "source": source}


def code_cell(
    markdown: str, *, options: str = "#| echo: false\n#| output: asis\n"
) -> dict[str, object]:
    output = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"text/markdown": markdown.splitlines(keepends=True)},
    }
    source = (options + "show(county)").splitlines(keepends=True)
    return {
        "cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [output],
        "source": source,
    }  # fmt: skip


def chart(values: list[dict[str, object]], x: str, y: str) -> str:
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container", "height": 24 * len(values),
        "autosize": {"type": "fit-x", "contains": "padding"}, "background": "transparent",
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "bar", "color": "#0072b2"}},
            {
                "mark": {"type": "text", "align": "left", "dx": 5},
                "encoding": {"text": {"field": x}},
            },
        ],
        "encoding": {
            "x": {"field": x, "type": "quantitative"},
            "y": {"field": y, "type": "nominal", "sort": None, "axis": {"title": None}},
        },
    }  # fmt: skip
    text = json.dumps(spec, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'```{{=html}}\n<div class="aid-chart" role="img" aria-label="各校{x}">'
        f'<script type="application/json" class="aid-spec">{text}</script></div>\n```'
    )


def _page(front: str, body: str) -> str:
    return f"---\n{front}\n---\n\n{body}\n"


def _school_links() -> str:
    rows = "".join(
        f"| [{name}](2141000001.qmd) | {300 + 40 * number} |\n"
        for number, name in enumerate(SCHOOLS)
    )
    return f"| 学校 | 在校学生 |\n|------|---------:|\n{rows}"


VALUES: list[dict[str, object]] = [
    {"学校": name, "占在校学生（%）": 4.5 + 1.7 * number} for number, name in enumerate(SCHOOLS)
]
HEADERS = ("学校", "在校学生", "应享人数", "占比 %", "金额（元）", "比上学期", "说明一", "说明二")
ROWS = "".join(
    f"<tr><td>{SCHOOLS[row % 5]}</td>" + "<td style='text-align:right'>12,345.00</td>" * 7 + "</tr>"
    for row in range(30)
)
WIDE_TABLE = (
    '```{=html}\n<div class="aid-scroll"><table class="aid-table"><thead><tr>'
    + "".join(f"<th>{header}</th>" for header in HEADERS)
    + f"</tr></thead><tbody>{ROWS}</tbody></table></div>\n```"
)
HOME_FRONT = (
    'title: 首页\ntitle-block-style: none\npage-layout: full\ntoc: false\nterm: "2026-autumn"'
)
HERO = f"""::::: {{.hero}}
:::: {{.hero-text}}
```{{=html}}
<p class="aid-dateline">2026 年秋季学期 · 2026-11-20 发布</p>
<h1 class="aid-headline">1,204 名学生应享资助</h1>
<p class="aid-actions">
<a class="aid-button aid-primary" href="reports/{TERM}/county.html">读学期报告</a>
</p>
```
::::
:::: {{.hero-chart}}
{chart(VALUES, "占在校学生（%）", "学校")}
::::
:::::"""
CARDS = """## 您想办什么事 {#readers}

```{=html}
<div class="cards">
<a class="card" href="schools/index.html"><strong>校长</strong><span>本校与全县</span></a>
</div>
```

[方法](methods.qmd#small-numbers)"""
REPORT_FRONT = f"""title: 示范县 1,204 名学生应享资助，共 68.03 万元
subtitle: 示范县 · 2026 年秋季学期学期报告
description: 2026 年秋季学期在校学生 12,000 人。
date: "2026-11-20"
author: 示范县学生资助管理中心
categories: [学期报告]
status: 正式
published-on: "2026-11-20"
next-update: "2027-03-05"
producer: 示范县学生资助管理中心
downloads:
  - text: 表格（CSV）
    href: ../../downloads/{TERM}-aid.csv
lang: zh
term: "{TERM}\""""
REPORT = [
    """## 要点 {#key-points}

:::: {.aid-lead}

全县 1,204 人应享资助，占 4.9%，见 @fig-shares 和 @tbl-shares。

::::

::: {.callout-note}

### 怎样读这份报告

应享资助的比例反映困难学生有多少，**不排名次**。[^small]

:::

[^small]: 少于 5 人的格子不公布。""",
    f"""## 石桥小学和云岭中学的占比最高 {{#shares}}

::: {{.panel-tabset}}

### 图

::: {{#fig-shares}}

{chart(VALUES, "占在校学生（%）", "学校")}

各校应享资助学生占在校学生的比例（%）。

:::

### 表

::: {{#tbl-shares}}

{WIDE_TABLE}

各校应享资助学生的人数、占比和金额。

:::

:::""",
    """## 口径、来源与更正 {#definitions}

占比 $= a / b$。

::: {.callout-warning collapse="true"}

### 写着“未核实”的办法

请以正式文件为准。

:::

**下载**　[人数与金额（CSV）](../../downloads/2026-autumn-aid.csv)""",
]
