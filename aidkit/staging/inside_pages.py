"""Pages for readers inside: the county's own reports, and a school's totals for its principal.

They are made of internal notebooks that have run, and staged in a folder of their own: what
names persons never lies in `site/`, from which the public site is made.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from aidkit.calendar import Term
from aidkit.county import read_county_settings
from aidkit.errors import MissingTablesError
from aidkit.project import Project
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, callout, join, prose, section
from aidkit.staging.executed_pages import PublicPage, front_matter, page_of_executed
from aidkit.staging.site_pages import linked

DRAFT = "草稿"

SCHOOL_CELLS: Mapping[str, tuple[str, frozenset[str]]] = {
    "": ("index", frozenset({"page", "to_do", "key_points", "programs", "against"})),
    "helping": ("helping", frozenset({"page", "key_points"})),
    "progress": ("progress", frozenset({"page", "key_points"})),
}
"""Folder of a school's notebook → its page on the school's site, and the cells that it shows.

Totals only. Cells with lists of pupils are not among them, so that a cell that somebody adds to a
notebook is not shown either.
"""

SCHOOL_BAR = {"helping": "帮扶与走访", "progress": "学业进步"}
"""Pages that not every school has → what the navigation bar calls them."""

_CALL = re.compile(r"^report\.(\w+)\(\)\s*\Z", re.MULTILINE)
_WARNING = re.compile(r"^含学生个人信息。.*$", re.MULTILINE)
_READER = re.compile(r"^### 内部资料 · 供.*使用$", re.MULTILINE)
PRINCIPAL = "本校校长和资助专干"
"""For whom a school's site is marked."""

_PRINCIPAL_MARK = f"### 内部资料 · 供{PRINCIPAL}使用"
_TABLE = "\n::: {#tbl-"

_NO_NAMES = (
    "只有本校的汇总数和要办的事，没有学生姓名、名次和成绩。"
    "要看名单，请打开本校的内部报告。不得外传。"
)
_DRAFT_NOTE = "这个学期的认定结果还没有审核通过，数字可能改变，不能作为发放和公布的依据。"


def internal_pages(
    project: Project, county: Path, approved: Mapping[str, bool]
) -> dict[str, bytes]:
    """The county's internal reports and a list of them, by path below the site's folder.

    Args:
        project: The checkout.
        county: The county folder.
        approved: Terms with results, oldest first, and whether those results are approved.

    Raises:
        MissingTablesError: No term has internal reports.
    """
    files: dict[str, bytes] = {}
    parts = []
    for code in reversed(list(approved)):
        folder = _notebooks(project, county, code)
        found = [path for path in sorted(folder.glob("*.ipynb")) if not path.stem.isdigit()]
        pages = {path.stem: _page(path, approved=approved[code]) for path in found}
        files |= {f"reports/{code}/{name}.ipynb": page.notebook for name, page in pages.items()}
        rows = [_row(f"reports/{code}/{name}.html", page.front) for name, page in pages.items()]
        if rows:
            # What tells two reports apart comes first: a phone shows no more.
            table = official_table([Column(("种类",)), Column(("报告",), "long")], rows)
            draft = [] if approved[code] else [_draft()]
            parts.append(section(Term.parse(code).label, f"term-{code}", *draft, table))
    if not files:
        raise _nothing(county)
    settings = read_county_settings(county)
    front = {
        "title": f"{settings.name}的内部报告",
        "subtitle": "内部资料 · 供县级资助管理人员使用",
        "author": settings.publisher,
        "toc": False,
    }
    note = "含学生个人信息。不得外传、不得张贴、不得放到公开的网站上；用完请锁上或关闭浏览器。"
    body = join((callout("内部资料", prose(note), kind="important"), *parts))
    files["index.qmd"] = f"{front_matter(front)}\n\n{body.markdown}\n".encode()
    return files


def school_pages_inside(
    project: Project, county: Path, school: str, approved: Mapping[str, bool]
) -> dict[str, bytes]:
    """A school's totals of the newest term that has its report, by path below the site's folder.

    Args:
        project: The checkout.
        county: The county folder.
        school: School code.
        approved: Terms with results, oldest first, and whether those results are approved.

    Raises:
        MissingTablesError: No term has a report of the school.
    """
    for code in reversed(list(approved)):
        folder = _notebooks(project, county, code)
        if not (folder / f"{school}.ipynb").is_file():
            continue
        files = {
            f"{name}.ipynb": _page(path, approved=approved[code], cells=cells).notebook
            for room, (name, cells) in SCHOOL_CELLS.items()
            if (path := folder / room / f"{school}.ipynb").is_file()
        }
        return files | _bar(files)
    raise _nothing(county, school)


def schools_inside(project: Project, county: Path, approved: Mapping[str, bool]) -> list[str]:
    """Codes of the schools that have an internal report of some term."""
    found: set[str] = set()
    for code in approved:
        found |= {path.stem for path in _notebooks(project, county, code).glob("[0-9]*.ipynb")}
    return sorted(found)


def _notebooks(project: Project, county: Path, term: str) -> Path:
    return project.reports(county, term) / "internal" / "notebooks"


def _page(path: Path, *, approved: bool, cells: frozenset[str] | None = None) -> PublicPage:
    """The page of an internal notebook; of a school's site, some cells without names."""

    def shown(source: str, markdown: str) -> str:
        call = found[1] if (found := _CALL.search(source)) else ""
        if cells is not None and call not in cells:
            return ""
        return "\n\n".join(_texts(call, markdown, approved=approved, named=cells is None))

    executed = json.loads(path.read_text(encoding="utf-8"))
    changes: dict[str, Any] = {"status": "内部资料" if approved else f"内部资料（{DRAFT}）"}
    return page_of_executed(executed, path.name, changes=changes, text=shown)


def _row(target: str, front: Mapping[str, Any]) -> Row:
    """A report by what it is called, and by its title, which is a finding."""
    kind = str(front["categories"][0]).removesuffix("（内部资料）")
    return Row((kind, linked(target, str(front["title"]))))


def _texts(call: str, markdown: str, *, approved: bool, named: bool) -> Iterator[str]:
    if call == "page" and not approved:
        yield _draft().markdown
    if named:
        yield markdown
    elif call == "page":
        yield _WARNING.sub(_NO_NAMES, _READER.sub(_PRINCIPAL_MARK, markdown))
    elif call == "to_do":
        summary, table, _ = markdown.partition(_TABLE)
        yield summary.strip()
        if table:
            yield "要办的人在本校的内部报告里，请资助专干按名单办理。"
    else:
        yield markdown


def _draft() -> Part:
    return callout(DRAFT, prose(_DRAFT_NOTE), kind="warning")


def _bar(files: Mapping[str, bytes]) -> dict[str, bytes]:
    entries = [
        f"      - text: {text}\n        href: {name}.ipynb\n"
        for name, text in SCHOOL_BAR.items()
        if f"{name}.ipynb" in files
    ]
    text = "website:\n  navbar:\n    right:\n" + "".join(entries)
    return {"_bar.yml": text.encode()} if entries else {}


def _nothing(county: Path, school: str = "") -> MissingTablesError:
    return MissingTablesError(
        "还没有可以放到内部网站的报告。",
        where="，".join(filter(None, (county.name, school))),
        remedy="请先运行 aidkit run 学期，例如 2026-autumn",
    )
