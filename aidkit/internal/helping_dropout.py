"""控辍保学: the dropout rate, who is missing and was seen when, and who is listed; internal."""

import polars as pl

from aidkit.internal.helping_cells import (
    by_class,
    cited,
    class_of,
    counts,
    day,
    learner,
    numbers_of,
    texts,
)
from aidkit.internal.learners import Learners
from aidkit.show.numbers import count
from aidkit.show.official import Row, official_table
from aidkit.show.parts import Part, folded, numbered, prose, section

ALL = "all"
UNCLEAR = ("missing", "not_found", "namesake")
"""Whereabouts that somebody must clear up, the most pressing first."""


def dropout_section(view: Learners) -> Part:
    """The rate of each school and the county against the limit, and who is missing."""
    rates = view.frames["dropout_rates"]
    county = rates.filter(school_code=ALL).to_dicts()
    if not county or county[0]["rate"] is None:
        words = "没有义务教育阶段的名册，算不出辍学率。"
        return section("没有义务教育阶段的学生", "dropout", prose(words), _absent(view))
    whole = county[0]
    says = "在" if whole["within"] else "超过"
    title = (
        f"辍学率 {_rate(whole['rate'])}，{says} {whole['most_percent']}% 的"
        f"{'控制线以内' if whole['within'] else '控制线'}"
    )
    order = [pl.col("school_code") == ALL, "school_code"]
    rows = [
        Row(
            (
                "全县" if row["school_code"] == ALL else view.school(row["school_code"]),
                *(row["roll"], row["absent"]),
                None if row["rate"] is None else _rate(row["rate"]),
                {True: "以内", False: "超过", None: None}[row["within"]],
            ),
        )
        for row in rates.sort(order).iter_rows(named=True)
    ]
    columns = [
        *texts("学校"),
        *counts("学期初在册", "辍学或去向不明", "辍学率"),
        *texts(f"{whole['most_percent']}% 控制线"),
    ]
    caption = (
        "义务教育阶段辍学率 = 没有转学、毕业而离开的人数 ÷ 学期初在册人数；"
        f"去向不明的算在内。只供催办，不对外比较学校。{cited(view, 'dropout')}"
    )
    table = numbered("tbl-dropout", official_table(columns, rows), caption)
    return section(title, "dropout", table, _absent(view))


def _rate(percent: float) -> str:
    return f"{percent:.2f}%"


def _absent(view: Learners) -> Part:
    found = view.frames["absent"]
    if found.is_empty():
        return prose("没有辍学或去向不明的学生。")
    rows = [
        Row(
            (
                view.school(row["school_code"]),
                class_of(view, row),
                learner(row),
                view.labels.label("absent_kind", row["kind"]),
                day(row["left_on"]),
                f"{row['seen_on']}（{view.labels.label('seen_by', row['seen_by'])}）",
                "计入" if row["counted"] else "不计入",
            )
        )
        for row in by_class(view, found, "student_no")
        .sort("seen_on", "school_code", maintain_order=True)
        .iter_rows(named=True)
    ]
    titles = ("最后的学校", "班级", "姓名和学籍号", "情况", "离校日期", "最后见到", "本学期辍学率")
    caption = (
        "辍学或去向不明的学生，最早失去联系的在前。“最后见到”是最后一次考试、走访、帮扶或到校的日期；"
        "上学期已计入和小学毕业后没有升学的，本学期不再计入，但都要找到。"
    )
    table = numbered("tbl-absent", official_table(texts(*titles), rows), caption)
    return folded(f"辍学或去向不明的学生，{count(len(rows))} 人", table, len(rows))


def listed_section(view: Learners) -> Part:
    """Children of school age on department lists, and whether they are enrolled."""
    found = view.frames["listed_children"]
    if found.is_empty():
        words = "部门名单上没有学龄孩子，或没有收到名单。"
        return section("部门名单上没有学龄孩子", "listed", prose(words))
    names = view.labels.names("whereabouts")
    told = [code for code in names if code != "at_college"]
    rows = []
    for (name,), part in found.sort("listed_in").group_by("listed_in", maintain_order=True):
        numbers = numbers_of(part, "whereabouts")
        cells = (part.height, *(numbers.get(code, 0) for code in told))
        rows.append(Row((view.labels.label("department_list", str(name)), *cells)))
    columns = [*texts("名单"), *counts("学龄孩子", *(names[code] for code in told))]
    summary = numbered(
        "tbl-listed",
        official_table(columns, rows, unit="单位：人"),
        "部门名单上义务教育年龄的孩子在哪里就读；没有找到的不等于没有上学，要逐名核实。",
    )
    unclear = found.filter(pl.col("whereabouts").is_in(UNCLEAR))
    children = unclear["id_number"].n_unique()
    everybody = count(found["id_number"].n_unique())
    title = (
        f"部门名单上 {everybody} 名学龄孩子，{count(children)} 名的去向要核实"
        if children
        else f"部门名单上 {everybody} 名学龄孩子的去向都清楚"
    )
    return section(title, "listed", summary, _unclear(view, unclear))


def _unclear(view: Learners, unclear: pl.DataFrame) -> Part:
    if unclear.is_empty():
        return Part("", "")
    at = pl.col("whereabouts").replace_strict(UNCLEAR, range(3), return_dtype=pl.Int32)
    rows = [
        Row(
            (
                view.labels.label("whereabouts", row["whereabouts"]),
                view.labels.label("department_list", row["listed_in"]),
                learner(row),
                row["age"],
                view.school(row["school_code"]) if row["school_code"] else None,
            )
        )
        for row in unclear.sort(at, "listed_in", "id_number").iter_rows(named=True)
    ]
    columns = [*texts("去向", "名单", "姓名和学籍号"), *counts("年龄"), *texts("名册上的学校")]
    caption = "要核实去向的孩子；身份证号看部门名单，这里不印。"
    drawn = numbered("tbl-listed-unclear", official_table(columns, rows, keys=2), caption)
    return folded(f"要核实的，{count(len(rows))} 人次", drawn, len(rows))
