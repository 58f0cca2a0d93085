"""A table written as pages, workbooks, documents, charts and scripts have it."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import docx
import polars as pl
import typst
import xlsxwriter

from tests.gate.planted import page

Rows = list[list[str]]


def put(folder: Path, name: str, content: str | bytes) -> None:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def html(rows: Rows) -> str:
    cells = ("".join(f"<td><b>{cell}</b></td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def as_page(folder: Path, rows: Rows) -> None:
    put(folder, "a.html", page(html(rows)))


def as_blocks(folder: Path, rows: Rows) -> None:
    cells = "".join(f"<div>{cell}</div>" for row in rows for cell in row)
    put(folder, "a.html", page(cells))


def as_csv(folder: Path, rows: Rows) -> None:
    put(folder, "a.csv", "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows))


def as_markdown(folder: Path, rows: Rows) -> None:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    put(folder, "a.md", "\n".join([lines[0], "|---|---|---|", *lines[1:]]))


def as_notebook(folder: Path, rows: Rows) -> None:
    lines = [f"{line}\n" for line in html(rows).replace("<tr>", "\n<tr>").split("\n")]
    output = {"output_type": "execute_result", "data": {"text/html": lines}}
    put(folder, "a.ipynb", json.dumps({"cells": [{"cell_type": "code", "outputs": [output]}]}))


def as_printed_frame(folder: Path, rows: Rows) -> None:
    frame = pl.DataFrame(rows[1:], schema=rows[0], orient="row")
    output = {"output_type": "stream", "text": f"{frame}".splitlines(keepends=True)}
    text = json.dumps({"cells": [{"cell_type": "code", "outputs": [output]}]}, ensure_ascii=False)
    put(folder, "a.ipynb", text)


def records(rows: Rows) -> list[dict[str, float | str]]:
    number = re.compile(r"\d+(?:\.\d+)?")
    numbers = [[float(c) if number.fullmatch(c) else c for c in row] for row in rows[1:]]
    return [dict(zip(rows[0], row, strict=True)) for row in numbers]


def as_chart(folder: Path, rows: Rows) -> None:
    spec = json.dumps({"data": {"values": records(rows)}}).replace(".0", "")
    put(folder, "a.html", page(f'<script type="application/json">{spec}</script>'))


def as_columns(folder: Path, rows: Rows) -> None:
    columns = {head: [row[n] for row in rows[1:]] for n, head in enumerate(rows[0])}
    put(folder, "a.js", f"var d={json.dumps(columns, ensure_ascii=False)};")


def as_workbook(folder: Path, rows: Rows) -> None:
    with xlsxwriter.Workbook(folder / "a.xlsx", {"strings_to_numbers": True}) as book:
        book.add_chartsheet("图")
        sheet = book.add_worksheet("底稿")
        book.add_worksheet("表").activate()
        sheet.hide()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def as_word(folder: Path, rows: Rows) -> None:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            table.cell(number, place).text = cell
    packed = io.BytesIO()
    document.save(packed)
    put(folder, "a.docx", packed.getvalue())


def as_pdf(folder: Path, rows: Rows) -> None:
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    font = '#set text(font: "Noto Sans CJK SC")'
    source = f"{font}\n#table(columns: {len(rows[0])}, {cells})"
    put(folder, "a.pdf", typst.compile(source.encode()))


CHANNELS: list[Callable[[Path, Rows], None]] = [
    *(as_page, as_blocks, as_csv, as_markdown, as_notebook, as_printed_frame, as_chart),
    *(as_columns, as_workbook, as_word, as_pdf),
]
