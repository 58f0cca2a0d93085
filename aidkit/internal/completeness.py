"""应助尽助: those who should get aid and do not, those who applied and may not: internal."""

import polars as pl

from aidkit.internal.open import StoredTerm
from aidkit.internal.people import person
from aidkit.show.numbers import count
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, folded, numbered, prose, section

KINDS = {
    "not_applied": ("看来符合条件，还没有申请", "通知家长申请"),
    "not_declared": ("部门名单上有，学校没有登记或没有资助", "请学校核实"),
    "not_on_roll": ("部门名单上的学龄儿童，名册里没有", "请核实是否失学"),
    "not_eligible": ("申请了，还不符合条件", "补齐资料，或向家长说明"),
}
NO_SCHOOL = "不在任何学校"


def completeness_section(stored: StoredTerm) -> Part:
    """The four lists by number and by school, then by name."""
    found = stored.frames["completeness"]
    if found.is_empty():
        return section(
            "应助尽助：没有遗漏的人", "completeness", prose("申请、部门名单和认定结果相符。")
        )
    missed = found.filter(pl.col("kind") != "not_eligible")
    persons = missed.select("person_no", "name").unique().height
    title = f"应助尽助：{count(persons)} 人可能被漏掉，要逐人核实"
    if not persons:
        title = "应助尽助：没有遗漏的人，有申请要答复"
    return section(title, "completeness", _counts(stored, found), *_names(stored, found))


def _counts(stored: StoredTerm, found: pl.DataFrame) -> Part:
    tally = found.group_by("school_code", "kind").agg(
        pl.struct("person_no", "name").n_unique().alias("persons")
    )
    counted = {(school, kind): n for school, kind, n in tally.iter_rows()}
    sums = {kind: sum(n for (_, k), n in counted.items() if k == kind) for kind in KINDS}
    sums = {kind: persons for kind, persons in sums.items() if persons}
    schools = sorted({school for school, _ in counted}, key=lambda code: (code is None, code))
    rows = [
        Row((stored.school(code) or NO_SCHOOL, *(counted.get((code, kind), 0) for kind in sums)))
        for code in schools
    ]
    if len(rows) > 1:
        rows.append(Row(("合计", *sums.values()), "total"))
    columns = [
        Column(("学校",)),
        *(Column(("人数", KINDS[kind][0]), "number") for kind in sums),
    ]
    caption = "各类名单的人数，没有人的一类不列；一人可以在几类里。"
    return numbered("tbl-completeness", official_table(columns, rows, unit="单位：人"), caption)


def _names(stored: StoredTerm, found: pl.DataFrame) -> list[Part]:
    """One table for each kind; folded away where long."""
    parts = []
    for kind, (words, remedy) in KINDS.items():
        own = found.filter(kind=kind).sort(
            "school_code", "name", "person_no", "program_id", "message", nulls_last=True
        )
        if own.is_empty():
            continue
        rows = [
            Row(
                (
                    *(() if stored.of_school else (stored.school(row["school_code"]),)),
                    person(row),
                    stored.title(row["program_id"]),
                    row["message"],
                )
            )
            for row in own.iter_rows(named=True)
        ]
        heads = ("学校", "姓名和编号", "资助项目")[1 if stored.of_school else 0 :]
        columns = [*(Column((head,)) for head in heads)]
        table = numbered(
            f"tbl-{kind.replace('_', '-')}",
            official_table(
                [*columns, Column(("情况",), "long")], rows, keys=0 if stored.of_school else 1
            ),
            f"{words}。{remedy}。编号是学籍号或工号。",
        )
        heading = f"{words}：{count(len(rows))} 条"
        parts.append(folded(heading, table, len(rows)))
    return parts
