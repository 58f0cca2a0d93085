"""The funds' own page, the entry in the navigation bar, and downloads."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from aidkit.project import Project
from aidkit.staging.executed_pages import PublicPage
from aidkit.staging.fund_pages import fund_files
from aidkit.staging.navigation import BAR, bar_of
from aidkit.tables.slices import pack, slice_bytes
from tests.show.fund_books import CHILD, NAMELESS, frames

FRONT = {
    "date": "2026-11-20",
    "author": "青山县教育局",
    "status": "正式",
    "published-on": "2026-11-20",
    "next-update": "2027-03-05",
    "producer": "青山县教育局",
    "term": "2026-autumn",
}
REPORTS = {"2026-autumn": {"county": PublicPage({}, b""), "fund-love": PublicPage({}, b"")}}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def staged(project: Project, *, agrees: bool = True) -> dict[str, str]:
    county = project.root / "data" / "small"
    path = Path(project.slice(county, "2026-autumn", "public", "fund-love"))
    path.parent.mkdir(parents=True, exist_ok=True)
    tables = frames("public", agrees=agrees)
    path.write_bytes(slice_bytes({name: pack(table) for name, table in tables.items()}))
    files = fund_files(project, county, REPORTS, FRONT)
    return {name: body.decode("utf-8-sig") for name, body in files.items()}


def rows(text: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_fund_has_a_page_an_entry_and_downloads(project: Project) -> None:
    files = staged(project)
    assert [*files] == [
        "funds/index.qmd",
        "downloads/2026-autumn-fund-love-summary.csv",
        "downloads/2026-autumn-fund-love-payouts.csv",
        "downloads/2026-autumn-fund-love-gifts.csv",
        "downloads/2026-autumn-fund-love-activity.csv",
    ]
    assert "## 示例县教育爱心基金 {#fund-love}" in files["funds/index.qmd"]
    assert (
        'href="../reports/2026-autumn/fund-love.html">2026-09 至 2026-10<'
        in files["funds/index.qmd"]
    )
    assert b"href: funds/index.qmd" in bar_of(files)[BAR]


def test_a_county_without_a_fund_has_none_of_them(project: Project) -> None:
    reports = {"2026-autumn": {"county": PublicPage({}, b"")}}
    assert fund_files(project, project.root / "data" / "small", reports, FRONT) == {}


def test_what_the_bank_does_not_agree_with_is_listed_without_figures(project: Project) -> None:
    files = staged(project, agrees=False)
    assert [*files] == ["funds/index.qmd"]
    assert "未与银行核对" in files["funds/index.qmd"]
    assert ".00<" not in files["funds/index.qmd"]


def test_downloads_hold_the_same_sums_and_no_name_too_many(project: Project) -> None:
    files = staged(project)
    summary = rows(files["downloads/2026-autumn-fund-love-summary.csv"])
    of = {(row["类别"], row["项目"], row["明细"]): row["金额（元）"] for row in summary}
    assert of["本期收入", "货币捐赠", "单位"] == "2000.00"
    assert of["本期支出", "资助支出", "其他资助"] == "400.00"
    assert of["期末余额", "合计", ""] == "12887.68"
    gifts = rows(files["downloads/2026-autumn-fund-love-gifts.csv"])
    assert [row["捐赠人"] for row in gifts] == [
        *("单位甲", "某书友"),
        *("（匿名）", "（匿名）", "（只公布金额）"),
    ]
    assert [row["日期"] for row in gifts][-1] == ""
    payouts = rows(files["downloads/2026-autumn-fund-love-payouts.csv"])
    assert [row["资助项目"] for row in payouts] == ["寄宿生生活补助", "其他资助", "合计"]
    whole = json.dumps(files, ensure_ascii=False)
    assert not [name for name in (*NAMELESS, CHILD) if name in whole]
