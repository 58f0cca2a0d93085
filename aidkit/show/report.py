"""What every report opens and closes with: front matter, key points, definitions, sources."""

import html
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from aidkit.show.marks import KeyFigure, counted, key_figures
from aidkit.show.numbers import count, money, money_words, percent, signed
from aidkit.show.official import Column, Markup, Row, official_table
from aidkit.show.parts import Part, bullets, callout, escaped, numbered, prose, section
from aidkit.show.rules import rules_table, unchecked_callout
from aidkit.show.term import TOTAL, Cell
from aidkit.show.view import View
from aidkit.tables import ALL

SMALL_SCHOOL = 200
"""Below this many students, one or two of them move a share by more than half a point."""

DOWNLOADS = {"aid": "人数与金额 CSV", "roll": "在校学生 CSV", "programs": "资助办法 CSV"}
"""Tables offered for download with a report."""

SOURCES_NOTE = (
    "**未核实**：文号或标准来自公开转载，还没有人对照正式文本。"
    "**日期为推定**：标准出自文件，文件没有写明年份，生效日期由我们推定。"
    "办理时以主管部门的正式文件为准；核实后会在这里改写。"
)

RULES_CAPTION = (
    "各办法的名额（本县另有名额的写本县的）、与其他项目的关系和核对日期；“—”是还没有人核对。"
)

WITHOUT_HIDDEN = "只含已公布的项目"

STATUS = {"verified": "已核实", "unverified": "未核实", "assumed": "日期为推定"}


def headline(view: View) -> str:
    """The finding in one sentence: title of the report."""
    total = view.total
    if total.persons is None:
        return f"{view.place}在校 {count(view.students)} 人，受助人数按规定不公布"
    if total.persons == 0:
        return f"{view.place}本学期没有学生应享资助"
    start = f"{view.place} {count(total.persons)} 名学生应享资助"
    return start if total.amount_fen is None else f"{start}，共 {money_words(total.amount_fen)}"


def page(
    view: View,
    *,
    published_on: str,
    next_update: str,
    kind: str,
    relied_on: Collection[str],
    downloads: str | None = None,
) -> Part:
    """The page's front matter, the same as a heading for JupyterLab, and what is not checked.

    Args:
        view: The report's view.
        published_on: ISO date.
        next_update: ISO date.
        kind: What the report is called.
        relied_on: Programs whose figures the report shows.
        downloads: Path from the page to the folder of downloads; None without downloads.
    """
    quality = view.now.quality(view.school)
    front: dict[str, Any] = {
        "title": headline(view),
        "subtitle": f"{view.place} · {view.now.term.label}{kind}",
        "description": _description(view),
        "date": published_on,
        "author": view.county.publisher,
        "categories": [kind, view.now.term.label],
        "status": "待补正" if quality["errors"] else "正式",
        "published-on": published_on,
        "next-update": next_update,
        "producer": view.county.publisher,
        "term": view.now.term.code,
    }
    if downloads is not None:
        front["downloads"] = [
            {"text": name, "href": f"{downloads}{view.now.term.code}-{table}.csv"}
            for table, name in DOWNLOADS.items()
        ]
    if not view.is_county:
        front["school-code"] = view.school
    warning = unchecked_callout(view.now.programs, relied_on, view.now.term)
    return Part(warning.markdown, heading(front) + warning.html, page=front)


def heading(front: Mapping[str, Any]) -> str:
    """Front matter as JupyterLab shows it."""
    facts = "　".join(
        f"{name} {html.escape(str(front[key]))}"
        for name, key in (
            ("状态", "status"),
            ("发布", "published-on"),
            ("下次更新", "next-update"),
            ("编制", "producer"),
        )
    )
    title, subtitle = html.escape(front["title"]), html.escape(front["subtitle"])
    return f"<h1>{title}</h1><p>{subtitle}</p><p><small>{facts}</small></p>"


def key_points(view: View) -> Part:
    """Two sentences, the key figures with trend, and how to read the report."""
    return section(
        "要点",
        "key-points",
        prose(_finding(view), lead=True),
        key_figures(figures(view)),
        callout("怎样读这份报告", prose(_how_to_read(view))),
    )


def figures(view: View) -> list[KeyFigure]:
    """Four key figures: students, students with aid, their share, their money."""
    now, then = view.total, view.total_before
    scope = [tables for tables in view.history if view.is_county or view.school in tables.schools]
    students_before = view.before.students(view.school) if view.before else None
    share = view.now.share(view.school)
    share_before = view.before.share(view.school) if view.before else None
    known = now.amount_fen
    if known is None and now.persons is not None:
        known = view.shown_money
    value, unit = (None, "元") if known is None else money(known)
    return [
        KeyFigure(
            "在校学生",
            counted(view.students),
            "人",
            *_change(view.students, students_before, "人"),
            trend=tuple(tables.students(view.school) for tables in scope),
        ),
        KeyFigure(
            "应享资助学生",
            counted(now.persons),
            "人",
            *_change(now.persons, then.persons if then else None, "人"),
            trend=tuple(tables.aid(view.school, *TOTAL).persons for tables in scope),
        ),
        KeyFigure(
            "占在校学生",
            None if share is None else str(share),
            "%",
            *_change(share, share_before, "个百分点"),
            trend=tuple(tables.share(view.school) for tables in scope),
        ),
        KeyFigure(
            "本学期应享金额",
            value,
            unit,
            *_money_change(now, then, known),
            trend=tuple(tables.aid(view.school, *TOTAL).amount_fen for tables in scope),
        ),
    ]


def quality_section(view: View) -> Part:
    """Rows read and problems found: how complete the report's data are."""
    found = view.now.quality(view.school)
    rows, errors, warnings = found["rows"], found["errors"], found["warnings"]
    title = (
        f"数据完整：读入 {count(rows)} 行，没有搁置"
        if not errors
        else f"读入 {count(rows)} 行，其中 {count(errors)} 行有错、没有计入"
    )
    table = official_table(
        [Column(("项",)), Column(("数量",), "number"), Column(("怎样处理",), "long")],
        [
            Row(("读入的数据行", rows, "逐行核对，进出相符")),
            Row(("有错、搁置的行", errors, "退回学校改正，改正后计入下次更新")),
            Row(("有疑问、保留的行", warnings, "已计入，请学校核对")),
        ],
    )
    return section(title, "quality", numbered("tbl-quality", table, "本报告所用数据的完整程度。"))


def sources_table(view: View) -> Part:
    """Programs in force with document, clause and how sure the source is."""
    rows = [
        Row(
            (
                row["title"],
                " ".join(part for part in (row["source_title"], row["doc_no"]) if part),
                row["clause"] or None,
                _status(row["status"]),
            )
        )
        for row in _listed(view)
    ]
    columns = [
        Column(("资助项目",)),
        Column(("依据",), "long"),
        Column(("条款",), "long"),
        Column(("核实情况",)),
    ]
    return official_table(columns, rows, keys=1)


def definitions(view: View, *, published_on: str, up: str) -> Part:
    """Definitions, sources, corrections, citation.

    Args:
        view: The report's view.
        published_on: ISO date.
        up: Path from the page to the top of the site.
    """
    cite = f"{escaped(view.county.publisher)}：《{escaped(headline(view))}》，{published_on} 版。"
    return section(
        "口径、来源与更正",
        "definitions",
        bullets(
            [
                "**在校学生**：本学期在册并在认定时点就读的学生。",
                "**应享资助**：按现行办法应当享受、已按条件认定的学生和金额，"
                "不等于已经发放；不含人人享有的免学杂费、免教科书费。",
                "**占比**：应享资助学生 ÷ 在校学生，四舍五入到 0.1%。",
                f"**金额**：{_amounts(view)}",
            ]
        ),
        numbered("tbl-sources", sources_table(view), "本学期执行的资助办法和依据。"),
        numbered("tbl-rules", rules_table(_listed(view)), RULES_CAPTION),
        callout(
            "“未核实”和“日期为推定”",
            prose(SOURCES_NOTE),
            kind="warning",
            collapse=True,
        ),
        prose(
            "**更正**　差错改正后写明改了什么、何时改的，不悄悄替换，"
            f"见[更正记录]({up}corrections.qmd)。"
            + (f"联系：{escaped(view.county.contact)}。" if view.county.contact else ""),
            f"**引用方式**　{cite}",
        ),
    )


def _listed(view: View) -> list[dict[str, Any]]:
    """Programs that a report names: all for the county, those for students for a school."""
    rows = view.now.programs
    return rows if view.is_county else [row for row in rows if row["subject"] == "student"]


def _amounts(view: View) -> str:
    """What sums of money are of."""
    words = "按学期计，精确到分；句子里较大的数写成万元。"
    if view.threshold is None:
        return words + "中途转入、转出的按实际在校时间计。"
    words += "按整学期的标准计，中途转入、转出的实际少发，差额不逐项公布，免得认出是谁。"
    if not view.is_county:  # else any change in the county would change every school's report
        return words
    actual = view.now.aid(ALL, "actual", ALL)
    if actual.persons and actual.amount_fen is not None:
        words += (
            f"全县有不少于 {count(actual.persons)} 人按实际在校时间发放，"
            f"全县困难学生资助按实际时间应发约 {money_words(actual.amount_fen)}"
            "（取整数，免得前后两次公布一减就看出一个人）。"
        )
    return words


def _status(status: str) -> Markup:
    return Markup(f'<span class="aid-status aid-{status}">{STATUS[status]}</span>')


def _description(view: View) -> str:
    share = view.now.share(view.school)
    part = "" if share is None else f"，应享资助学生占 {share}%"
    return f"{view.now.term.label}{view.whole}在校学生 {count(view.students)} 人{part}。"


def _finding(view: View) -> str:
    total, share = view.total, view.now.share(view.school)
    if total.persons is None:
        return (
            f"{view.whole}在校学生 {count(view.students)} 人。受助学生人数很少，"
            "为了不让人认出是谁，人数和金额都不公布。"
        )
    words = [
        f"{view.whole}在校学生 {count(view.students)} 人，其中 {count(total.persons)} 人应享资助"
        f"（占 {share}%）"
    ]
    if total.amount_fen is not None:
        words.append(f"，本学期共 {money_words(total.amount_fen)}")
        if total.persons:
            each = round(Decimal(total.amount_fen) / total.persons / 100)
            words.append(f"，人均约 {each:,} 元")
    elif (known := view.shown_money) is not None:
        words.append(f"，已公布的项目本学期共 {money_words(known)}")
    county = view.now.county_share
    if not view.is_county and total.persons and share is not None and county is not None:
        gap = share - county
        way = "高" if gap > 0 else "低"
        words.append(
            f"。全县平均 {county}%，本校" + (f"{way} {abs(gap)} 个百分点" if gap else "与全县相同")
        )
    return "".join(words) + "。"


def _how_to_read(view: View) -> str:
    words = "应享资助的比例反映困难学生有多少，不说明学校好坏，**不排名次**。"
    if not view.is_county and view.students < SMALL_SCHOOL and view.students:
        one = percent(1, view.students)
        words += (
            f"本校只有 {view.students} 名学生，一名学生就会让比例变动约 {one} 个百分点，"
            "请看几个学期的走势。"
        )
    if view.threshold is not None:
        words += view.withheld_rule
    return words


def _change(now: Any, then: Any, unit: str) -> tuple[str, str | None, str]:
    if now is None:
        return ("为保护个人，不公布", None, "")
    if then is None:
        return ("上学期没有可比的数", None, "")
    return ("比上学期", signed(now - then), unit)


def _money_change(now: Cell, then: Cell | None, known: int | None) -> tuple[str, str | None, str]:
    if now.amount_fen is None:
        return (WITHOUT_HIDDEN if known is not None else "为保护个人，不公布", None, "")
    if then is None or then.amount_fen is None:
        return ("上学期没有可比的数", None, "")
    difference = now.amount_fen - then.amount_fen
    value, unit = money(abs(difference))
    if not difference:
        return ("比上学期", "0", "")
    return ("比上学期", f"{'+' if difference > 0 else '−'}{value}", unit)
