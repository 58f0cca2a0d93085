"""Schools side by side, in order of school code: no ranking."""

import html
from decimal import Decimal

from aidkit.show import charts
from aidkit.show.marks import dot_cell
from aidkit.show.numbers import signed
from aidkit.show.official import WITHHELD, Column, Markup, Row, Value, official_table
from aidkit.show.parts import Drawing, Part, pictured, prose, section
from aidkit.show.term import TOTAL
from aidkit.show.view import View, shown
from aidkit.tables import ALL

NO_RANKING = (
    "圆点是本校，竖线是全县平均 {mean}%。按学校标识码排列，**不排名次**。"
    "写 0.0 的学校，所列办法没有覆盖它的学段，或没有人符合条件。"
)


def schools_section(view: View, *, up: str) -> Part:
    """All schools: students, share with aid, dot against the county's mean, change, money.

    Args:
        view: A county's view.
        up: Path from the page to the top of the site: empty or `../../`.
    """
    view.only_for_county()
    mean = view.now.share(ALL)
    if mean is None:
        return section("学校一览", "schools", prose("全县应享资助人数未公布，不作比较。"))
    # The scale ends at the largest share, so that dots compare down the column.
    top = max((view.now.share(code) or mean for code in view.now.schools), default=mean)
    table = official_table(
        [
            Column(("学校",)),
            Column(("类型",)),
            Column(("所在",)),
            Column(("在校学生",), "number"),
            Column(("应享资助占比 %",), "number"),
            Column(("与全县平均比",)),
            Column(("比上学期（百分点）",), "number"),
        ],
        [_row(view, code, mean, max(top, mean), up) for code in view.now.schools],
    )
    return section(
        "学校一览",
        "schools",
        prose(NO_RANKING.format(mean=mean)),
        table,
        prose(_withheld_schools(view)),
    )


def school_shares_section(view: View) -> Part:
    """The share with aid of every school as dots against the county's mean, with the amounts."""
    view.only_for_county()
    mean = view.now.share(ALL)
    records: list[charts.Record] = []
    rows: list[Row] = []
    for code, school in view.now.schools.items():
        share = view.now.share(code)
        cell = view.now.aid(code, *TOTAL)
        students = view.now.students(code)
        if share is not None and students:
            records.append({"学校": school["school_name"], "占在校学生（%）": float(share)})
        rows.append(
            Row(
                (
                    school["school_name"],
                    students,
                    shown(cell.persons),
                    shown(share),
                    shown(cell.amount_fen),
                )
            )
        )
    total = view.total
    county = (view.students, shown(total.persons), shown(mean), shown(total.amount_fen))
    rows.append(Row(("全县", *county), "total"))
    columns = [
        Column(("学校",)),
        Column(("在校学生",), "number"),
        Column(("应享资助", "人数"), "number"),
        Column(("应享资助", "占比 %"), "number"),
        Column(("应享资助", "金额"), "money"),
    ]
    drawing = None
    if records and mean is not None:
        drawing = Drawing(
            charts.dots_with_mean(
                records,
                label="学校",
                value="占在校学生（%）",
                mean=float(mean),
                mean_title=f"全县平均 {mean}%",
            ),
            f"各校应享资助学生占比，全县平均 {mean}%；数值见表",
            "各校应享资助学生占在校学生的比例，按学校标识码排列，不排名次。横轴从零起。",
        )
    table = official_table(columns, rows, unit="单位：元")
    caption = "各校应享资助人数、占比和金额，不含人人享有的项目。"
    return pictured("school-shares", _spread(records), drawing, table, caption)


def _row(view: View, code: str, mean: Decimal, top: Decimal, up: str) -> Row:
    school = view.now.schools[code]
    share = view.now.share(code)
    name = html.escape(school["school_name"])
    return Row(
        (
            Markup(f'<a href="{up}schools/{code}.html">{name}</a>'),
            view.labels.label("school_type", school["school_type"]),
            view.labels.label("locality", school["locality"]),
            view.now.students(code),
            shown(share),
            dot_cell(share, mean, top, f"本校 {share}%，全县平均 {mean}%"),
            _change(view, code, share),
        )
    )


def _change(view: View, code: str, share: Decimal | None) -> Value:
    if view.before is None or code not in view.before.schools:
        return None
    then = view.before.share(code)
    return WITHHELD if share is None or then is None else signed(share - then)


def _withheld_schools(view: View) -> str:
    hidden = sum(view.now.share(code) is None for code in view.now.schools)
    if not hidden or view.threshold is None:
        return ""
    return f"有 {hidden} 所学校写“未公布”：{view.withheld_rule}"


def _spread(records: list[charts.Record]) -> str:
    shares = [share for record in records if (share := float(record["占在校学生（%）"]))]
    if not shares:
        return "各校应享资助的比例"
    return f"有学生应享资助的 {len(shares)} 所学校，比例在 {min(shares)}% 到 {max(shares)}% 之间"
