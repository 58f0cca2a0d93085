"""Persons in lists, and who gets aid, by name: internal."""

import html
from collections.abc import Mapping

import polars as pl

from aidkit.internal.open import StoredTerm
from aidkit.show.numbers import count, money_words
from aidkit.show.official import Column, Markup, Row, Value, official_table
from aidkit.show.parts import Part, folded, numbered, prose, section


def person(row: Mapping[str, Value]) -> Markup:
    """Name, and below it the number: one narrow cell, so that a phone shows what stands beside."""
    number = row["person_no"]
    below = f"<br><small>{html.escape(str(number))}</small>" if number else ""
    return Markup(html.escape(str(row["name"])) + below)


def one_line(text: str) -> Markup:
    """A date or an interval: it has a hyphen or blanks at which a narrow cell would break it."""
    return Markup(f'<span style="white-space:nowrap">{html.escape(text)}</span>')


def person_columns(stored: StoredTerm) -> list[Column]:
    """Columns of `person_cells`."""
    return [Column((title,)) for title in ("姓名和编号", "学校")[: 1 if stored.of_school else 2]]


def person_cells(stored: StoredTerm, row: Mapping[str, Value]) -> tuple[Value, ...]:
    """A person, and in lists of the county the school."""
    code = row["school_code"]
    school = stored.school(None if code is None else str(code))
    return (person(row),) if stored.of_school else (person(row), school)


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
            group_name = " ".join(filter(None, (label, row["class_name"])))
            rows.append(Row((group_name, person(row), title, tier, row["amount_fen"] or None)))
        subtotal = f"小计（{label}，{count(group['person_no'].n_unique())} 人）"
        rows.append(Row((subtotal, int(group["amount_fen"].sum())), "subtotal"))
    rows.append(Row((f"合计（{count(persons)} 人）", whole), "total"))
    titles = ("班级", "姓名和学籍号", "资助项目", "档次")
    columns = [*(Column((title,)) for title in titles), Column(("应享金额",), "money")]
    listed = numbered(
        "tbl-recipients",
        official_table(columns, rows, unit="单位：元", keys=2),
        "应享资助的学生，不含人人享有的项目；“—”是全免的费用，不计金额。"
        "理由和依据见各人的告知单，或用 aidkit why 学籍号 查看。",
    )
    return section(
        f"{count(persons)} 名学生应享资助，共 {money_words(whole)}",
        "recipients",
        folded(f"名单，{count(persons)} 人", listed, len(rows)),
    )
