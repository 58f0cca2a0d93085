"""A school's own page: its gap to the county over the stored terms, its aid, what to do next."""

from decimal import Decimal

from aidkit.show import charts
from aidkit.show.aid import MONEY
from aidkit.show.marks import key_figures
from aidkit.show.numbers import count, signed
from aidkit.show.official import WITHHELD, Column, Row, Value, official_table
from aidkit.show.parts import (
    Drawing,
    Part,
    bullets,
    callout,
    join,
    numbered,
    pictured,
    prose,
    section,
)
from aidkit.show.report import SMALL_SCHOOL, figures
from aidkit.show.term import TOTAL, TermTables
from aidkit.show.view import View, shown

NOBODY_HERE = "本学期没有学生应享资助：所列办法没有覆盖这个学段，或没有人符合条件"


def school_page(view: View, *, next_update: str, reported: tuple[str, ...]) -> Part:
    """Everything on a school's page below its title.

    Args:
        view: The school's view.
        next_update: ISO date by which the next figures come.
        reported: Codes of the terms that have a term report of this school, oldest first.
    """
    return join(
        (
            _gap(view),
            section("关键数字", "figures", key_figures(figures(view))),
            _support(view),
            _next(view, next_update),
            _small(view),
            _reports(view, reported),
        )
    )


def _gap(view: View) -> Part:
    terms = [tables for tables in view.history if view.school in tables.schools]
    rows = [
        Row(
            (
                tables.term.label,
                tables.students(view.school),
                shown(tables.share(view.school)),
                shown(tables.county_share),
                _gap_of(view, tables),
            )
        )
        for tables in terms
    ]
    columns = [
        Column(("学期",)),
        Column(("在校学生",), "number"),
        Column(("应享资助学生占比 %", "本校"), "number"),
        Column(("应享资助学生占比 %", "全县"), "number"),
        Column(("差距（百分点）",), "number"),
    ]
    caption = "本校与全县的应享资助学生占比。差距说明困难学生多少，不说明学校好坏。"
    table = official_table(columns, rows)
    names = ("本校", "全县平均")
    title = "应享资助学生占在校学生（%）"
    records: list[charts.Record] = [
        {"学期": tables.short, title: float(share), "范围": name}
        for tables in terms
        for name, share in zip(names, (tables.share(view.school), tables.county_share), strict=True)
        if share is not None
    ]
    drawing = None
    if any(record[title] for record in records if record["范围"] == "本校"):
        says = "；".join(f"{r['学期']} {r['范围']} {r[title]}%" for r in records)
        drawing = Drawing(
            charts.lines(records, when="学期", value=title, line="范围", names=names),
            f"应享资助学生占比：{says}",
            f"{caption}纵轴从零起。",
        )
    return pictured("gap", _gap_title(view), drawing, table, caption)


def _gap_title(view: View) -> str:
    own, county = view.now.share(view.school), view.now.county_share
    if own is None or county is None:
        return "受助学生占比与全县平均"
    if own == 0:
        return NOBODY_HERE
    if own == county:
        return f"受助学生占 {own}%，与全县平均相同"
    way = "高" if own > county else "低"
    return f"受助学生占 {own}%，比全县平均{way} {abs(own - county)} 个百分点"


def _gap_of(view: View, tables: TermTables) -> Value:
    own, county = tables.share(view.school), tables.county_share
    return WITHHELD if own is None or county is None else signed(own - county)


def _support(view: View) -> Part:
    rows = [
        Row((view.now.program_titles[program], shown(cell.persons), shown(cell.amount_fen)))
        for program, cell in view.cells.items()
    ]
    if not rows:
        return section("得到的支持", "support", prose("本学期没有学生应享资助。"))
    columns = [Column(("资助项目",)), Column(("人数",), "number"), Column(("金额",), "money")]
    return section(
        f"得到 {len(rows)} 个项目的支持",
        "support",
        numbered(
            "tbl-support",
            official_table(columns, rows, unit=MONEY),
            f"{view.now.term.label}本校各项目应享人数和金额，人人享有的在最后。",
        ),
    )


def _next(view: View, next_update: str) -> Part:
    found = view.now.quality(view.school)
    upcoming = view.now.term.next().label
    items = [
        f"{next_update} 前报 {upcoming}的学生名册、家庭经济情况表、资助申请汇总表和困难认定结果表。"
    ]
    if found["errors"]:
        items.insert(0, f"改正 {count(found['errors'])} 行有错、没有计入的数据，随时可以重报。")
    if found["warnings"]:
        items.append(f"核对 {count(found['warnings'])} 处有疑问的数据。")
    return section("接下来要报什么", "next", bullets(items))


def _small(view: View) -> Part:
    words = []
    if 0 < view.students < SMALL_SCHOOL:
        step = Decimal(100) / view.students
        words.append(
            f"本校只有 {count(view.students)} 名学生，一名学生就使比例变动约 {step:.1f} 个百分点。"
            "不要只看一个学期，也不要和大校比高低。"
        )
    if view.now.aid(view.school, *TOTAL).suppressed or view.threshold is not None:
        words.append(view.withheld_rule)
    return callout("数字小的时候要小心", prose(*words)) if words else prose()


def _reports(view: View, reported: tuple[str, ...]) -> Part:
    labels = {tables.term.code: tables.term.label for tables in view.history}
    links = [
        f"[{labels[code]}资助报告](../reports/{code}/{view.school}.ipynb)"
        for code in reversed(reported)
    ]
    return section("学期报告", "reports", bullets(links)) if links else prose()
