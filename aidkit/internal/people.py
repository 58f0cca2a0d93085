"""Who gets aid, by name: internal."""

import polars as pl

from aidkit.internal.open import StoredTerm
from aidkit.show.numbers import count, money_words
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, numbered, prose, section


def recipients_section(stored: StoredTerm) -> Part:
    """Every student with aid due, with program, tier and amount; a subtotal for each grade."""
    order = list(stored.labels.names("grade"))
    due = (
        stored.decisions.filter(pl.col("awarded") & ~pl.col("program_id").is_in(stored.universal))
        .with_columns(place=pl.col("grade").replace_strict(order, range(len(order))))
        .sort("place", "class_name", "name", "person_no", "program_id")
    )
    if due.is_empty():
        return section("应享资助的学生", "recipients", prose("本学期没有学生应享资助。"))
    persons = due["person_no"].n_unique()
    whole = int(due["amount_fen"].sum())
    rows: list[Row] = []
    for (grade,), group in due.group_by("grade", maintain_order=True):
        label = stored.labels.label("grade", str(grade))
        for row in group.iter_rows(named=True):
            tier = row["tier"] and stored.labels.tier(row["tier"])
            title = stored.title(row["program_id"])
            who = (label, row["class_name"], row["name"], row["person_no"])
            rows.append(Row((*who, title, tier, row["amount_fen"])))
        subtotal = f"小计（{label}，{count(group['person_no'].n_unique())} 人）"
        rows.append(Row((subtotal, int(group["amount_fen"].sum())), "subtotal"))
    rows.append(Row((f"合计（{count(persons)} 人）", whole), "total"))
    titles = ("年级", "班级", "姓名", "学籍号", "资助项目", "档次")
    columns = [*(Column((title,)) for title in titles), Column(("应享金额",), "money")]
    return section(
        f"{count(persons)} 名学生应享资助，共 {money_words(whole)}",
        "recipients",
        numbered(
            "tbl-recipients",
            official_table(columns, rows, unit="单位：元", keys=4),
            "应享资助的学生。不含人人享有的项目；依据可用 aidkit why 学籍号 查看。",
        ),
    )
