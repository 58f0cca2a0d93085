"""Official Chinese tables: merged headers and keys, 小计 and 合计 rows, money to the fen."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from aidkit.money import yuan
from aidkit.show.parts import Part, raw

RIGHT = ' style="text-align:right"'
"""Inline, because Word and PDF writers read no style sheet."""


SHORT = 14
"""A table of at most so many rows is not cut in two by a page."""

RIGHT_KINDS = ("number", "money")


@dataclass(frozen=True)
class Markup:
    """HTML for a cell, escaped by its maker."""

    html: str


@dataclass(frozen=True)
class Withheld:
    """A cell that is not published, so that no small group can be made out."""


WITHHELD = Withheld()

Value = str | int | Decimal | Markup | Withheld | None
"""What a cell holds; None prints as a dash: not applicable or unknown."""


@dataclass(frozen=True)
class Column:
    """A column of an official table.

    Attributes:
        titles: Header from top to bottom; neighbours that share a top title share its cell.
        kind: `money` holds fen, `number` whole numbers or decimals, `text` stands at the left
            on one line, `long` wraps.
    """

    titles: tuple[str, ...]
    kind: Literal["text", "long", "number", "money"] = "text"


@dataclass(frozen=True)
class Row:
    """A row: `plain`, or `subtotal` (小计) or `total` (合计) whose first value is its label."""

    values: tuple[Value, ...]
    kind: Literal["plain", "subtotal", "total"] = "plain"


def official_table(
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    title: str = "",
    unit: str = "",
    keys: int = 0,
) -> Part:
    """Draw an official table.

    Args:
        columns: Its columns.
        rows: Its rows; a subtotal or total has a label and then one value for each column that
            is not among the leading text columns.
        title: Stands above, centred.
        unit: Stands at the top right, e.g. `单位：元`.
        keys: How many leading columns merge equal values of neighbouring rows.
    """
    name = html.escape(title or unit or "表")
    caption = f"<caption>{html.escape(title)}</caption>" if title else ""
    short = " aid-short" if len(rows) <= SHORT else ""
    part = raw(
        f'<div class="aid-scroll{short}" tabindex="0" role="region" aria-label="{name}">'
        f'<table class="aid-table">{caption}\n'
        f"<thead>\n{_unit(unit, columns)}{_header(columns)}</thead>\n"
        f"<tbody>\n{_body(columns, rows, keys)}</tbody>\n</table></div>"
    )
    # JupyterLab has none of our styles: names would break, and a phone would show one column.
    bare = part.html.replace("<div ", '<div style="overflow-x:auto" ', 1)
    bare = bare.replace("<table ", '<table style="word-break:keep-all" ', 1)
    bare = bare.replace('class="aid-long"', 'style="min-width:11em;word-break:normal"')
    return replace(part, html=bare)


def _unit(unit: str, columns: Sequence[Column]) -> str:
    """The unit as a line of the header, so that it too stands on every printed page."""
    if not unit:
        return ""
    line = f'<td colspan="{len(columns)}"{RIGHT}>{html.escape(unit)}</td>'
    return f'<tr class="aid-unit">{line}</tr>\n'


def _header(columns: Sequence[Column]) -> str:
    levels = max(len(column.titles) for column in columns)
    lines = []
    for level in range(levels):
        cells = []
        at = 0
        while at < len(columns):
            titles = columns[at].titles
            end = at + 1
            while end < len(columns) and columns[end].titles[: level + 1] == titles[: level + 1]:
                end += 1
            if level < len(titles):
                down = levels - level if level == len(titles) - 1 else 1
                spans = _span("colspan", end - at) + _span("rowspan", down)
                scope = "colgroup" if end - at > 1 else "col"
                cells.append(f'<th scope="{scope}"{spans}>{html.escape(titles[level])}</th>')
            at = end
        lines.append(f"<tr>{''.join(cells)}</tr>\n")
    return "".join(lines)


def _body(columns: Sequence[Column], rows: Sequence[Row], keys: int) -> str:
    leading = next((i for i, c in enumerate(columns) if c.kind in RIGHT_KINDS), len(columns))
    lines = []
    for at, row in enumerate(rows):
        cells = []
        if row.kind == "plain":
            for place, (column, value) in enumerate(zip(columns, row.values, strict=True)):
                if place >= keys:
                    cells.append(_cell(column, value))
                elif run := _run(rows, at, place):
                    spans = _span("rowspan", run)
                    scope = "rowgroup" if run > 1 else "row"
                    cells.append(f'<th scope="{scope}"{spans}>{_text("text", value)}</th>')
        else:
            label, *rest = row.values
            cells.append(f'<th scope="row"{_span("colspan", leading)}>{_text("text", label)}</th>')
            cells += [_cell(c, v) for c, v in zip(columns[leading:], rest, strict=True)]
        mark = "" if row.kind == "plain" else f' class="aid-{row.kind}"'
        lines.append(f"<tr{mark}>{''.join(cells)}</tr>\n")
    return "".join(lines)


def _run(rows: Sequence[Row], at: int, place: int) -> int:
    """How many rows a merged key covers from here; 0 where an earlier row covers this one."""
    key = rows[at].values[: place + 1]
    if at and rows[at - 1].kind == "plain" and rows[at - 1].values[: place + 1] == key:
        return 0
    end = at
    while end < len(rows) and rows[end].kind == "plain" and rows[end].values[: place + 1] == key:
        end += 1
    return end - at


def _cell(column: Column, value: Value) -> str:
    style = {"text": "", "long": ' class="aid-long"'}.get(column.kind, RIGHT)
    return f"<td{style}>{_text(column.kind, value)}</td>"


def _text(kind: str, value: Value) -> str:
    if value is None:
        return "—"
    if isinstance(value, Withheld):
        return '<span class="aid-withheld">未公布</span>'
    if isinstance(value, Markup):
        return value.html
    if isinstance(value, str):
        return html.escape(value)
    return yuan(int(value)) if kind == "money" else f"{value:,}"


def _span(name: str, size: int) -> str:
    return f' {name}="{size}"' if size > 1 else ""
