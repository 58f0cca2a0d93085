"""One empty workbook: title, header with notes, drop-downs, text formats."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass

import xlsxwriter
from dataframely.columns import Column
from xlsxwriter.worksheet import Worksheet

from aidkit.labels import Labels, project_labels
from aidkit.tables import INPUTS, SPREAD
from aidkit.tables.columns import kind_of, vocabulary_of

LAST_ROW = 5_000
"""Rows that drop-downs and checks reach down to, counted from 0."""

HEADER_ROW = 2

CREATED = dt.datetime(2026, 1, 1)
"""Stands for the time of writing: equal templates have equal bytes."""

EXAMINED = ("chinese", "mathematics", "english", "science", "physics", "chemistry", "vocational")
"""Subjects that the template for scores has a column for."""

FORMATS = {
    "student_no": "@",
    "id_number": "@",
    "school_code": "@",
    "card_no": "@",
    "code": "@",
    "phone": "@",
    "date": "yyyy-mm-dd",
    "money": "#,##0.00",
    "signed_money": "#,##0.00",
}
"""Kind of column to its number format; others are left to Excel."""

WIDTHS = {"student_no": 23, "id_number": 21, "card_no": 23, "address": 34}

LENGTHS = {"student_no": 19, "id_number": 18, "school_code": 10}


@dataclass(frozen=True)
class _Heading:
    """One column of a template."""

    text: str
    kind: str
    vocabulary: str
    required: bool
    note: str


def template(table: str) -> bytes:
    """An empty workbook for a table; readable by intake as it stands."""
    labels = project_labels()
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    book.set_properties({"created": CREATED, "author": "aidkit", "title": labels.titles[table]})
    page = book.add_worksheet(labels.titles[table])
    headings = list(_headings(table, labels))
    _write_top(book, page, labels.titles[table], headings)
    for n, heading in enumerate(headings):
        look = book.add_format({"num_format": FORMATS.get(heading.kind, "General")})
        page.set_column(n, n, WIDTHS.get(heading.kind, 14), look)
        if rule := _rule(heading, labels):
            page.data_validation(HEADER_ROW + 1, n, LAST_ROW, n, rule)
    page.freeze_panes(HEADER_ROW + 1, 0)
    book.close()
    return memory.getvalue()


def _headings(table: str, labels: Labels) -> Iterator[_Heading]:
    columns: dict[str, Column] = INPUTS[table].columns()
    spread = SPREAD.get(table)
    for name, label in labels.columns[table].items():
        if spread and name in spread:
            continue
        column = columns[name]
        yield _Heading(
            label.header, kind_of(column), vocabulary_of(column), not column.nullable, label.note
        )
    if spread:
        note = "分数；缺考写原因：" + "、".join(labels.names("absence").values())
        for code in EXAMINED:
            yield _Heading(labels.label(spread[0], code), "score", "", False, note)


def _write_top(
    book: xlsxwriter.Workbook, page: Worksheet, title: str, headings: list[_Heading]
) -> None:
    page.merge_range(
        0, 0, 0, len(headings) - 1, title, book.add_format({"bold": True, "font_size": 16})
    )
    page.write_string(1, 0, "填报单位：")
    common = {"bold": True, "border": 1, "align": "center", "text_wrap": True}
    required = book.add_format({**common, "bg_color": "#10546B", "font_color": "#FFFFFF"})
    optional = book.add_format({**common, "bg_color": "#DDEBF0"})
    labels = project_labels()
    for n, heading in enumerate(headings):
        page.write_string(HEADER_ROW, n, heading.text, required if heading.required else optional)
        note = [heading.note] if heading.note else []
        note.append("必填" if heading.required else "可以空着（表示不清楚）")
        if heading.kind == "choices":
            note.append("可选：" + "、".join(labels.names(heading.vocabulary).values()))
        page.write_comment(HEADER_ROW, n, "\n".join(note), {"author": "aidkit", "x_scale": 1.6})


def _rule(heading: _Heading, labels: Labels) -> dict[str, object] | None:
    """What Excel lets a clerk type into a column."""
    if heading.kind == "choice":
        words = list(labels.names(heading.vocabulary).values())
        return {"validate": "list", "source": words, **_refusal("请从下拉框选择。")}
    if heading.kind == "yes_no":
        return {"validate": "list", "source": ["是", "否"], **_refusal("请填 是 或 否。")}
    if heading.kind in LENGTHS:
        length = LENGTHS[heading.kind]
        return {
            "validate": "length",
            "criteria": "==",
            "value": length,
            **_refusal(f"应是 {length} 位。"),
        }
    if heading.kind == "money":
        return {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            **_refusal("请只填数字，单位是元。"),
        }
    if heading.kind == "integer":
        return {
            "validate": "integer",
            "criteria": ">=",
            "value": 1,
            **_refusal("请填整数。"),
        }
    return None


def _refusal(message: str) -> dict[str, str]:
    return {"error_title": "请核对", "error_message": message}
