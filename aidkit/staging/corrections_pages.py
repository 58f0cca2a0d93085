"""The corrections page, and for each correction its figures: as they were published, as they are.

A figure that is withheld now is not told as it was: whoever corrects because too much was said
would say it again.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import polars as pl

from aidkit.calendar import Term
from aidkit.money import yuan
from aidkit.review.corrections import Corrected
from aidkit.show.official import Column, Row, Value, official_table
from aidkit.show.parts import Part, callout, escaped, join, prose, section
from aidkit.show.view import View
from aidkit.staging.downloads import HEADERS, words_of
from aidkit.staging.learning_files import HEADERS as LEARNING
from aidkit.staging.site_pages import linked, page_of
from aidkit.tables import ALL

MOST: Final = 200
"""Figures that a page lists; the download has all of them."""

COLUMNS: Final = ("学校", "分组", "数字", "原来公布", "改正为")

NO_LONGER: Final = "不再公布"
WITHHELD: Final = "未公布"
NOTHING_DECIDED: Final = "认定结果没有改动，统计口径或程序有变化"

_ABOUT: Final = "已经发布的数字发现差错时，我们改正并在这里写明，不悄悄替换。"

_REPORT: Final = (
    "请按[联系与异议](contact.qmd)里的办法告诉我们："
    "哪一页、哪个数字、您认为应当是多少、依据是什么。"
)


def correction_files(
    corrected: Sequence[Corrected], view: View, front: Mapping[str, Any]
) -> dict[str, bytes]:
    """Staged files of corrections by path below `site/`.

    Args:
        corrected: What was corrected, newest first.
        view: The county and its terms.
        front: Front matter of the home page.
    """
    files = {"corrections.qmd": _index(corrected, front)}
    for one in corrected:
        if one.figures.is_empty():
            continue
        rows = figure_rows(one.figures, one.term, view)
        files[_download(one)] = _csv(rows)
        files[f"corrections/{_name(one)}.qmd"] = _page(one, rows, front)
    return files


def differences_page(
    figures: Mapping[Term, pl.DataFrame], view: View, front: Mapping[str, Any]
) -> bytes:
    """The page of what a site as published shows otherwise than the results of now.

    Args:
        figures: Of each term of the site, see `review.corrections`.
        view: The county and its terms as published.
        front: Front matter of the home page.
    """
    differ = {term: found for term, found in figures.items() if not found.is_empty()}
    same = [term.label for term in figures if term not in differ]
    parts = [
        section(
            f"{term.label}：{found.height} 个数字不同",
            f"term-{term.code}",
            _tables(figure_rows(found, term, view)),
        )
        for term, found in differ.items()
    ]
    own = {
        "title": "公布时与现在的不同",
        "subtitle": "这个网站按公布时存下的结果重做；下面是它与现在的结果不同的数字",
        "description": "按公布时存下的结果重做的网站与现在的结果逐个数字比较。",
        "toc": len(differ) > 1,
        # Else the index of the site would not be that of then.
        "search": False,
    }
    told = prose(f"数字完全相同：{'、'.join(same)}。") if same else prose("没有完全相同的学期。")
    return page_of(own, front, told, *parts)


def figure_rows(figures: pl.DataFrame, term: Term, view: View) -> list[tuple[str, ...]]:
    """Figures that differ in the words of readers: values of `COLUMNS`.

    Args:
        figures: See `review.corrections`.
        term: Of this term.
        view: The county and its terms.
    """
    tables = next((one for one in view.history if one.term == term), view.now)
    words = words_of(tables, view)
    words |= {("stage", code): label for code, label in view.labels.names("stage").items()}
    words |= {("band", code): label for code, label in view.labels.names("progress_band").items()}
    words["stage", ALL] = "合计"
    names = {ALL: "全县"} | {code: row["school_name"] for code, row in tables.schools.items()}
    rows: list[tuple[str, ...]] = []
    for table, key, column, then, now in figures.rows():
        school = names.get(key[0], key[0]) if table != "progress" else names[ALL]
        rows.append(
            (
                school,
                _group(table, key, words),
                (HEADERS | LEARNING)[column],
                NO_LONGER if then is not None and now is None else _figure(column, then),
                _figure(column, now),
            )
        )
    # The county first, then each school with all that is told of it.
    order = {name: place for place, name in enumerate(names.values())}
    return sorted(rows, key=lambda row: order.get(row[0], len(order)))


def _index(corrected: Sequence[Corrected], front: Mapping[str, Any]) -> bytes:
    own = {
        "title": "更正记录",
        "subtitle": "改了什么、什么时候改的、为什么改",
        "description": "已发布数据的更正，一条一条写明。",
        "toc": False,
    }
    listed = (
        _list(corrected) if corrected else callout("目前没有更正", prose("还没有需要更正的内容。"))
    )
    report = section("发现差错怎么办", "report", prose(_REPORT))
    return page_of(own, front, prose(_ABOUT), listed, report)


def _list(corrected: Sequence[Corrected]) -> Part:
    columns = [
        Column(("日期",)),
        Column(("改正",)),
        Column(("原因",), "long"),
        Column(("学期",)),
    ]
    rows = [Row((_link(one), _count(one), _reason(one), one.term.label)) for one in corrected]
    return section(f"{len(corrected)} 次更正", "list", official_table(columns, rows))


def _link(one: Corrected) -> Value:
    """The day, with a link where there are figures to tell."""
    day = str(one.on)
    return day if one.figures.is_empty() else linked(f"corrections/{_name(one)}.html", day)


def _reason(one: Corrected) -> str:
    return one.reason.rstrip("。") or NOTHING_DECIDED


def _count(one: Corrected) -> str:
    return "公布的数字没有变" if one.figures.is_empty() else f"{one.figures.height} 个数字"


def _page(one: Corrected, rows: Sequence[tuple[str, ...]], front: Mapping[str, Any]) -> bytes:
    own = {
        "title": f"{one.term.label}的更正",
        "subtitle": f"{one.on} 更正，第 {one.number} 次公布",
        "description": f"{one.term.label}改正了 {len(rows)} 个已经公布的数字。",
        "downloads": [{"text": "全部更正 CSV", "href": f"../{_download(one)}"}],
        "toc": False,
    }
    reason = prose(f"原因：{escaped(_reason(one))}。")
    figures = section(f"改正了 {len(rows)} 个数字", "figures", _tables(rows))
    back = prose("全部更正见[更正记录](../corrections.qmd)。")
    return page_of(own, front, reason, figures, back)


def _tables(rows: Sequence[tuple[str, ...]]) -> Part:
    """A table for the county and for each school that figures are of."""
    columns = [Column(("数字",), "long"), *(Column((title,), "number") for title in COLUMNS[3:])]
    parts = []
    for place, own in groupby(rows[:MOST], itemgetter(0)):
        parts.append(prose(f"**{escaped(place)}**"))
        figures = [Row((f"{group}，{figure}", *values)) for _, group, figure, *values in own]
        parts.append(official_table(columns, figures))
    if len(rows) > MOST:
        parts.append(prose(f"只列前 {MOST} 个，一共 {len(rows)} 个。"))
    return join(parts)


def _csv(rows: Sequence[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows((*row[:3], *(figure.replace(",", "") for figure in row[3:])) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _group(table: str, key: Sequence[str], words: Mapping[tuple[str, Any], str]) -> str:
    """What of a school, or of the county, a figure tells."""
    match table:
        case "aid":
            _, breakdown, group = key
            kind = words["breakdown", breakdown]
            return kind if group == ALL else f"{kind}：{words.get(('group', group), group)}"
        case "roll":
            return words["grade", key[1]]
        case "progress":
            stage, band = key
            return f"学习进步：{words['stage', stage]}，{words['band', band]}"
        case _:
            return "数据质量"


def _figure(column: str, text: str | None) -> str:
    if text is None:
        return WITHHELD
    if column == "share":
        return f"{float(text):.1%}"
    return yuan(int(text)) if column == "amount_fen" else f"{int(text):,}"


def _name(one: Corrected) -> str:
    return f"{one.term.code}-{one.number}"


def _download(one: Corrected) -> str:
    return f"downloads/{_name(one)}-corrections.csv"
