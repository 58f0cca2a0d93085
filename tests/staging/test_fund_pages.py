"""The funds' own page, the entry in the navigation bar, and downloads."""

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest

from aidkit.digests import file_digest, files_below
from aidkit.pipeline.fund_downloads import offered
from aidkit.project import Project
from aidkit.staging.executed_pages import PublicPage
from aidkit.staging.fund_documents import Offered
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
    assert of["本期支出", "资助支出", "其他资助"] == "1000.00"
    assert of["期末余额", "合计", ""] == "12887.68"
    gifts = rows(files["downloads/2026-autumn-fund-love-gifts.csv"])
    assert [row["捐赠人"] for row in gifts] == [
        *("单位甲", "某书友"),
        *("（匿名）", "（匿名）", "（只公布金额）"),
    ]
    assert [row["日期"] for row in gifts][-1] == ""
    payouts = rows(files["downloads/2026-autumn-fund-love-payouts.csv"])
    assert [row["资助项目"] for row in payouts] == ["其他资助", "合计"]
    whole = json.dumps(files, ensure_ascii=False)
    assert not [name for name in (*NAMELESS, CHILD) if name in whole]


def test_papers_of_a_public_statement_are_offered_where_they_were_made(
    project: Project, tmp_path: Path
) -> None:
    papers = tmp_path / "public"
    papers.mkdir()
    made = [
        papers / name for name in ("捐赠明细.pdf", "捐赠明细.docx", "基金报表.xlsx", "别的.pdf")
    ]
    for path in made:
        path.write_bytes(path.name.encode())
    year = Offered("love", dt.date(2025, 9, 1), dt.date(2026, 8, 31), tuple(made))
    other = Offered("union", dt.date(2025, 9, 1), dt.date(2026, 8, 31), tuple(made))
    staged(project)
    county = project.root / "data" / "small"
    files = fund_files(project, county, REPORTS, FRONT, [year, other])
    papers_of = {
        name: body.decode()
        for name, body in files.items()
        if name.endswith((".pdf", ".docx", ".xlsx"))
    }
    assert papers_of == {
        "downloads/fund-love-20250901-20260831-gifts.pdf": "捐赠明细.pdf",
        "downloads/fund-love-20250901-20260831-gifts.docx": "捐赠明细.docx",
        "downloads/fund-love-20250901-20260831-workbook.xlsx": "基金报表.xlsx",
    }
    page = files["funds/index.qmd"].decode()
    assert '../downloads/fund-love-20250901-20260831-gifts.pdf">PDF</a>' in page
    assert "2025-09-01 至 2026-08-31" in page
    assert "union" not in page


def test_only_what_the_bank_agreed_with_and_nobody_changed_is_offered(project: Project) -> None:
    county = project.root / "data" / "small"
    for days, bank in (("2026-01-01_2026-03-31", "agrees"), ("2026-04-01_2026-06-30", "differs")):
        folder = project.root / "reports" / "small" / "fund" / "love" / days
        for room in ("public", "internal"):
            (folder / room).mkdir(parents=True)
            (folder / room / "收支公示表.pdf").write_bytes(b"told")
            (folder / room / "捐赠明细.pdf").write_bytes(b"told")
        record = {
            "fund": "love",
            **dict(zip(("first", "last"), days.split("_"), strict=True)),
            "head": "0" * 64,
            "lines": 3,
            "bank": bank,
            "files": {name: file_digest(folder / name) for name in files_below(folder)},
        }
        (folder / "record.json").write_text(json.dumps(record), encoding="utf-8")
        (folder / "public" / "捐赠明细.pdf").write_bytes(b"changed")
    (one,) = offered(project, county)
    assert (one.fund, str(one.first)) == ("love", "2026-01-01")
    assert [
        path.relative_to(project.root / "reports/small/fund/love").as_posix() for path in one.files
    ] == ["2026-01-01_2026-03-31/public/收支公示表.pdf"]
