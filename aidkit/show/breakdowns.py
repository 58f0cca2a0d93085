"""Sections by grade and by hardship category."""

from aidkit.show import charts
from aidkit.show.numbers import count, percent
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Drawing, Part, escaped, pictured, prose, section
from aidkit.show.view import View, shown


def grades_section(view: View) -> Part:
    """Students, boarders and students with aid by grade."""
    present = set(view.now.grades(view.school))
    grades = [grade for grade in view.labels.names("grade") if grade in present]
    cells = [view.aid("grade", grade) for grade in grades]
    rows: list[Row] = []
    records: list[charts.Record] = []
    for grade, cell in zip(grades, cells, strict=True):
        students = view.now.students(view.school, grade)
        name = view.labels.label("grade", grade)
        share = None if cell.persons is None else percent(cell.persons, students)
        rows.append(
            Row(
                (
                    name,
                    students,
                    shown(view.now.boarders(view.school, grade)),
                    shown(cell.persons),
                    shown(share),
                )
            )
        )
        if share:
            text = f"{share}% · {count(cell.persons or 0)} 人"
            records.append({"年级": name, "占在校学生（%）": float(share), "说明": text})
    total = view.total
    rows.append(
        Row(
            (
                "合计",
                view.students,
                shown(view.now.boarders(view.school)),
                shown(total.persons),
                shown(view.now.share(view.school)),
            ),
            "total",
        )
    )
    columns = [
        Column(("年级",)),
        Column(("在校学生", "合计"), "number"),
        Column(("在校学生", "其中寄宿"), "number"),
        Column(("应享资助", "人数"), "number"),
        Column(("应享资助", "占比 %"), "number"),
    ]
    drawing = None
    if records:
        says = "；".join(f"{r['年级']} {r['说明']}" for r in records)
        drawing = Drawing(
            charts.bars(records, label="年级", value="占在校学生（%）", text="说明"),
            f"各年级应享资助学生占比：{says}",
            "各年级应享资助学生占本年级在校学生的比例。横轴从零起，未公布的年级不画。",
        )
    table = official_table(columns, rows, unit="单位：人")
    caption = "各年级在校、寄宿和应享资助学生。不含人人享有的项目。"
    return pictured("grades", _grades_title(records), drawing, table, caption)


def categories_section(view: View) -> Part:
    """Students with aid by hardship category, never beside a name."""
    order = list(view.labels.names("special_group"))
    groups = [g for g in order if view.aid("category", g).persons != 0]
    groups = [g for g in groups if g in set(view.now.groups("category"))]
    cells = [view.aid("category", group) for group in groups]
    if not groups:
        return section("困难类型", "categories", prose("本学期没有登记困难类型的受助学生。"))
    rows: list[Row] = []
    records: list[charts.Record] = []
    for group, cell in zip(groups, cells, strict=True):
        name = view.labels.label("special_group", group)
        rows.append(Row((name, shown(cell.persons))))
        if cell.persons:
            text = f"{count(cell.persons)} 人"
            records.append({"困难类型": name, "人数": cell.persons, "说明": text})
    records.sort(key=lambda record: -int(record["人数"]))
    drawing = None
    if records:
        says = "；".join(f"{r['困难类型']} {r['说明']}" for r in records)
        drawing = Drawing(
            charts.bars(records, label="困难类型", value="人数", text="说明"),
            f"各困难类型的学生人数：{says}",
            "各困难类型的学生人数。一名学生可以有几种情况。横轴从零起，未公布的不画。",
        )
    table = official_table([Column(("困难类型",)), Column(("人数",), "number")], rows)
    caption = "各困难类型的学生人数，各行可以重复计人，所以不合计。"
    title = (
        f"人数最多的困难类型是{escaped(str(records[0]['困难类型']))}"
        if records
        else "各困难类型人数都少，不公布"
    )
    return pictured("categories", title, drawing, table, caption)


def _grades_title(records: list[charts.Record]) -> str:
    if not records:
        return "按年级"
    shares = [float(record["占在校学生（%）"]) for record in records]
    if len(records) == 1:
        return f"{records[0]['年级']}有 {shares[0]}% 的学生应享资助"
    return f"各年级应享资助的比例在 {min(shares)}% 到 {max(shares)}% 之间"
