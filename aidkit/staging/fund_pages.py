"""The funds' own page and their downloads."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aidkit.calendar import Term
from aidkit.money import yuan
from aidkit.project import FUND_PREFIX, Project
from aidkit.show.fund import TOTAL, FundView, fund_view
from aidkit.show.fund_money import GIVEN
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, div, join, numbered, prose, section
from aidkit.staging.fund_documents import Offered, document_files, documents_list
from aidkit.staging.site_pages import Reports, linked, page_of
from aidkit.tables.disclosed_notes import PARTLY, program_notes
from aidkit.tables.slices import read_slice

SUMS = ("income", "expense", "closing")

HEADERS: Mapping[str, Mapping[str, str]] = {
    "summary": {"section": "类别", "line": "项目", "group": "明细", "fen": "金额（元）"}
    | {"number": "笔数", "whole": "备注"},
    "payouts": {"program": "资助项目", "times": "人次", "fen": "金额（元）", "whole": "备注"},
    "gifts": {"number": "编号", "consent": "公开意愿", "donor": "捐赠人", "donated_on": "日期"}
    | {"kind": "类别", "amount_fen": "金额（元）"},
    "activity": {"year": "年度", "row": "行次", "line": "项目"}
    | {"unrestricted_fen": "非限定性（元）", "restricted_fen": "限定性（元）", "fen": "合计（元）"},
}
"""Public table (`fund_…`) to its columns and their headers."""


def fund_files(
    project: Project,
    county: Path,
    reports: Reports,
    front: Mapping[str, Any],
    statements: Sequence[Offered] = (),
) -> dict[str, bytes]:
    """Staged files of a county's funds by path below `site/`; none where it has no fund.

    Args:
        project: The checkout.
        county: The county folder.
        reports: All staged reports, oldest term first.
        front: Front matter of the home page.
        statements: Public statements that are offered as documents.

    Raises:
        MissingTablesError: A fund's slice is lost, or another version of aidkit made it.
    """
    views = [
        fund_view(read_slice(project, county, Term.parse(code), "public", name))
        for code, pages in reports.items()
        for name in sorted(pages)
        if name.startswith(FUND_PREFIX)
    ]
    if not views:
        return {}
    shown = [one for one in statements if one.fund in {view.fund for view in views}]
    files = {"funds/index.qmd": _index(views, front, shown), **document_files(shown)}
    for view in views:
        for name, headers in HEADERS.items():
            if not view.frames[f"fund_{name}"].is_empty():
                path = f"downloads/{view.term.code}-{FUND_PREFIX}{view.fund}-{name}.csv"
                files[path] = csv_of(view, name, headers)
    return files


def _index(views: list[FundView], front: Mapping[str, Any], statements: Sequence[Offered]) -> bytes:
    """Every fund with its reports, the newest first."""
    by_fund: dict[str, list[FundView]] = {}
    for view in reversed(views):
        by_fund.setdefault(view.fund, []).append(view)
    parts = [
        _of_fund(own, documents_list(fund, statements)) for fund, own in sorted(by_fund.items())
    ]
    own = {
        "title": "基金",
        "subtitle": f"{views[-1].county.name} {len(by_fund)} 个基金的收支公示",
        "description": "各基金每期的收入、支出和结余，捐赠明细和可下载的数据。",
    }
    lead = prose(
        "每期报告列出收支公示表、各类来源的收入、各资助项目的支出和逐笔捐赠。"
        "账簿与银行对账相符，才公布数字。"
    )
    return page_of(own, front, lead, *parts)


def _of_fund(views: list[FundView], papers: Part) -> Part:
    rows = []
    for view in views:
        page = f"../reports/{view.term.code}/{FUND_PREFIX}{view.fund}.html"
        link = linked(page, f"{view.first:%Y-%m} 至 {view.last:%Y-%m}")
        sums = [view.fen(name) if view.told else None for name in SUMS]
        rows.append(Row((link, "相符" if view.told else view.state, *sums)))
    columns = [
        *(Column((title,)) for title in ("时段", "银行核对")),
        *(Column((title,), "money") for title in ("收入", "支出", "期末余额")),
    ]
    newest = views[0]
    table = numbered(
        f"tbl-fund-{newest.fund}".replace("_", "-"),
        official_table(columns, rows, unit="单位：元"),
        f"{newest.org_type}。点时段看整份报告，报告页首可以下载数据。",
    )
    return section(
        newest.name,
        f"fund-{newest.fund}".replace("_", "-"),
        join((div("aid-statement", table), papers)),
    )


def csv_of(view: FundView, name: str, headers: Mapping[str, str]) -> bytes:
    """A public table as a download.

    Args:
        view: The fund.
        name: Which, as in `HEADERS`.
        headers: Its columns and their headers.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headers.values())
    for row in view.frames[f"fund_{name}"].to_dicts():
        writer.writerow(_cell(view, name, column, row) for column in headers)
    return text.getvalue().encode("utf-8-sig")


def _cell(view: FundView, name: str, column: str, row: Mapping[str, Any]) -> str:
    value = row[column]
    if column == "whole":
        return _remark(view, name, row)
    if column == "fen" and value == 0 and row.get("unvalued"):
        return view.word("unvalued")
    if value is None:
        return "未公布" if column in {"unrestricted_fen", "restricted_fen"} else ""
    if column.endswith("fen"):
        return yuan(value).replace(",", "")
    return _worded(view, name, column, row) if isinstance(value, str) else str(value)


def _remark(view: FundView, name: str, row: Mapping[str, Any]) -> str:
    """What a row of a program is not, or holds; a file has no notes below it."""
    said = [] if row["whole"] in {None, True} else [PARTLY]
    program = row["program" if name == "payouts" else "group"]
    said += program_notes([program], partly=bool(said), threshold=view.threshold)
    return "：".join(said) if row["whole"] is not None else ""


def _worded(view: FundView, name: str, column: str, row: Mapping[str, Any]) -> str:
    """A code in Chinese; a name as it is."""
    code = row[column]
    if column == "section":
        return view.section(code)
    if column == "program":
        return "合计" if code == TOTAL else view.program(code)
    if column == "group" and row["line"] in GIVEN:
        return view.giver(code)
    if column == "group":
        return view.program(code) if code else ""
    if column == "donor":
        return view.donor(code, row["consent"])
    lines = "activity_line" if name == "activity" else "fund_line"
    return view.labels.label({"consent": "consent"}.get(column, lines), code)
