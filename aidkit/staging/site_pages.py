"""Pages that staging writes itself: schools, lists of reports, sources."""

import html
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aidkit.project import FUND_PREFIX
from aidkit.show.official import Column, Markup, Row, official_table
from aidkit.show.parts import Part, callout, join, prose, section
from aidkit.show.report import SOURCES_NOTE, headline, sources_table
from aidkit.show.school_page import school_page
from aidkit.show.schools import schools_section
from aidkit.show.view import View
from aidkit.staging.executed_pages import PublicPage, front_matter

Reports = Mapping[str, Mapping[str, PublicPage]]
"""Term code → notebook name (`county`, a school code or `fund-<id>`) → page."""

SHARED = ("date", "author", "status", "published-on", "next-update", "producer", "term")
"""Front matter that every page of a term has from its home page."""


def school_pages(view: View, reports: Reports, front: Mapping[str, Any]) -> dict[str, bytes]:
    """A page for each school of the term, by school code."""
    return {code: _school(view, code, reports, front) for code in view.now.schools}


def schools_index(view: View, front: Mapping[str, Any]) -> bytes:
    """All schools in order of code."""
    own = {
        "title": "学校",
        "subtitle": f"{view.county.name} {len(view.now.schools)} 所学校，{view.now.term.label}",
        "description": "各校在校学生、受助学生占比和各自的页面，按学校标识码排列，不排名次。",
        "page-layout": "full",
        "toc": False,
    }
    return page_of(own, front, schools_section(view, up="../"))


def report_list(view: View, reports: Reports, front: Mapping[str, Any]) -> bytes:
    """All term reports, newest term first."""
    labels = {tables.term.code: tables.term.label for tables in view.history}
    parts = []
    for code, pages in reversed(list(reports.items())):
        rows = [
            Row(
                (
                    linked(f"{code}/{name}.html", str(page.front["title"])),
                    _scope(name, page),
                    str(page.front["status"]),
                    str(page.front["published-on"]),
                )
            )
            for name, page in sorted(pages.items(), key=lambda item: (item[0] != "county", item[0]))
        ]
        columns = [Column((title,)) for title in ("报告", "范围", "状态", "发布")]
        # The id starts with a letter: Quarto's script for the contents writes it in a selector.
        table = official_table(columns, rows)
        parts.append(section(labels.get(code, code), f"term-{code}", table))
    own = {
        "title": "学期报告",
        "subtitle": f"{view.county.name}各学期的资助概览和学校报告",
        "description": "各学期资助概览和各校资助报告，新的在前。",
    }
    return page_of(own, front, *parts)


def sources_page(view: View, front: Mapping[str, Any]) -> bytes:
    """Programs applied this term with document, clause and status; how figures are made."""
    unsure = sum(row["status"] != "verified" for row in view.now.programs)
    own = {
        "title": "资助办法与依据",
        "subtitle": f"{view.now.term.label}执行的 {len(view.now.programs)} 条办法",
        "description": "本学期执行的资助办法、文件、条款和核实情况，以及数字怎样来。",
    }
    return page_of(
        own,
        front,
        section(
            f"{len(view.now.programs)} 条办法，其中 {unsure} 条的文本或日期还没有核实",
            "programs",
            sources_table(view),
            callout(
                "“未核实”和“日期为推定”是什么意思",
                prose(SOURCES_NOTE),
                kind="warning",
            ),
        ),
        section(
            "数字怎样来",
            "methods",
            prose(
                "各校名册、申请表、认定结果和部门名单逐行读入。读不懂的行退回学校，不猜、不补。"
                "每名学生按现行办法逐条判断，不清楚的情况一律按不符合处理。",
                "对外只公布汇总数。" + view.withheld_rule,
            ),
        ),
    )


def _school(view: View, code: str, reports: Reports, front: Mapping[str, Any]) -> bytes:
    school = view.now.schools[code]
    own_view = replace(view, school=code)
    kind = view.labels.label("school_type", school["school_type"])
    place = view.labels.label("locality", school["locality"])
    ownership = view.labels.label("ownership", school["ownership"])
    own = {
        "title": school["school_name"],
        "subtitle": f"学校标识码 {code} · {ownership}{kind} · {place}",
        "description": headline(own_view) + "。",
        "categories": [kind, place],
        "school-code": code,
    }
    reported = tuple(term for term, pages in reports.items() if code in pages)
    body = school_page(own_view, next_update=str(front["next-update"]), reported=reported)
    return page_of(own, front, body)


def _scope(name: str, page: PublicPage) -> str:
    """What a report is of: the county, a fund, a school by its code."""
    if name == "county":
        return "全县"
    return str(page.front["fund" if name.startswith(FUND_PREFIX) else "school-code"])


def page_of(own: Mapping[str, Any], front: Mapping[str, Any], *parts: Part) -> bytes:
    """A page with its own front matter, and what it shares with the home page."""
    shared = {key: front[key] for key in SHARED}
    return f"{front_matter({**own, **shared})}\n\n{join(parts).markdown}\n".encode()


def linked(target: str, text: str) -> Markup:
    """A link in a cell of a table."""
    return Markup(f'<a href="{target}">{html.escape(text)}</a>')
