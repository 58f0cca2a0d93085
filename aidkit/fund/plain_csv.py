"""A large CSV register read by columns: the rules are intake's own, only the way is shorter.

Only a plain file is read so: UTF-8, one header in the first line whose every column is known, one
line a row, every line a row of the table. Anything else is left to intake, which names what is
odd. Cells are judged by `intake.columns.judge` either way.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from aidkit.digests import file_digest
from aidkit.intake.columns import Judged, Unjudged, judge
from aidkit.intake.county import Intake, Scope, take_in
from aidkit.intake.faults import ERROR, Problem, problem
from aidkit.intake.files import Source
from aidkit.intake.found import found_in
from aidkit.intake.layout import Layout, find_layout, unit_of_money
from aidkit.intake.lexicon import Field, lexicon
from aidkit.intake.lines import SUSPECT, Lines, sort_lines
from aidkit.intake.sheets import SheetRead
from aidkit.intake.values import Value, shown
from aidkit.intake.workbooks import Sheet

CHUNK = 50_000
"""Rows judged at a time: what Python holds of a file at once."""

_PLAIN_YUAN = r"^[0-9]{1,11}(\.[0-9]{1,2})?$"
"""Yuan that a float holds exactly to the fen."""

_HEADER_BYTES = 10_000


def read_plain_csv(path: Path, latest: dt.date | None) -> tuple[str, Intake] | None:
    """Read a plain CSV register: the digest of its bytes, and what intake would find in it.

    Args:
        path: The file.
        latest: Last day that a date may name; None where nobody says.

    Returns:
        None where the file is not plain: intake itself must read it.
    """
    layout = _layout(path)
    if layout is None:
        return None
    cells = _cells(path, layout)
    if cells is None or not _all_data(cells, layout):
        return None
    source = Source(path.name, None, latest)
    read = SheetRead(source, "", layout.table, pl.DataFrame(), Lines(), layout=layout)
    parts = [_judged(cells.slice(at, CHUNK), at, read) for at in range(0, cells.height, CHUNK)]
    read.rows = pl.concat(parts, rechunk=True)
    read.lines = Lines(data=list(range(1, cells.height + 1)), around=[0], end=cells.height + 1)
    read.faulty = {row - 1 for row in read.rows.filter("set_aside")["source_row"]}
    digest = file_digest(path)
    found = found_in([(path.name, digest, False)], [read], [])
    return digest, take_in(found, Scope(whole_county=False, all_terms=False))


def _layout(path: Path) -> Layout | None:
    """Where the columns are, if the first line is the whole header and a known one."""
    with path.open("rb") as file:
        start = file.read(_HEADER_BYTES)
    try:
        first = start.split(b"\n", 1)[0].decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    header: list[Value] = [*next(csv.reader(io.StringIO(first)), [])]
    sheet = Sheet("", [header])
    layout, _ = find_layout(sheet, path.name)
    if layout is None or not layout.usable or layout.unknown or layout.spread:
        return None
    fields = lexicon().tables[layout.table].fields
    money = [at for name, at in layout.columns.items() if fields[name].kind == "money"]
    plain = len(layout.columns) == len(header) and not unit_of_money(sheet, layout, money)
    return layout if plain else None


def _cells(path: Path, layout: Layout) -> pl.DataFrame | None:
    """All cells as text, by name of column; None where lines and rows are not the same."""
    names = sorted(layout.columns, key=lambda name: layout.columns[name])
    try:
        cells = pl.read_csv(path, infer_schema=False, empty_string_is_null=False, new_columns=names)
    except pl.exceptions.PolarsError:
        return None
    return cells if cells.height + 1 == _line_count(path) and cells.width == len(names) else None


def _line_count(path: Path) -> int:
    lines, last = 0, b"\n"
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            lines += part.count(b"\n")
            last = part[-1:]
    return lines + (last != b"\n")


def _all_data(cells: pl.DataFrame, layout: Layout) -> bool:
    """Whether every line is a row; lines that might be none are asked of intake's own rule."""
    words = lexicon().tables[layout.table]
    headers = pl.Series([*lexicon().known, *map(str, layout.headers)], dtype=pl.String).unique()
    every = pl.all()
    odd = cells.filter(
        pl.any_horizontal(every.str.contains(SUSPECT.pattern), every.is_in(headers.implode()))
        | (pl.sum_horizontal(every != "") < 2)
        | pl.any_horizontal(every.str.starts_with("="))
    )
    if odd.get_columns() and any(odd[name].str.starts_with("=").any() for name in odd.columns):
        return False
    rows: list[list[Value]] = [[*layout.headers], *map(list, odd.iter_rows())]
    return len(sort_lines(Sheet("", rows), layout, words, lexicon().known).data) == odd.height


def _judged(cells: pl.DataFrame, start: int, read: SheetRead) -> pl.DataFrame:
    """Some rows after judging; their faults are put into `read`."""
    assert read.layout is not None
    fields = lexicon().tables[read.layout.table].fields
    columns = {name: _values(cells[name], fields[name]) for name in cells.columns}
    judged = judge([Unjudged(read.layout.table, columns, fields, read.source.latest)])[0]
    bad = [False] * cells.height
    for index, fault in _faults(judged, columns, start, read):
        bad[index] = bad[index] or fault["severity"] == ERROR
        read.problems.append(fault)
    rows = pl.int_range(start + 2, start + 2 + cells.height, dtype=pl.Int64, eager=True)
    return pl.DataFrame(
        [
            rows.alias("source_row"),
            *(judged[name].values for name in judged),
            pl.Series("set_aside", bad, dtype=pl.Boolean),
        ]
    )


def _values(cells: pl.Series, field: Field) -> Sequence[Value]:
    """Cells as intake judges them: plain yuan as numbers, which are proved all at once."""
    if field.kind != "money":
        return cells.to_list()
    yuan = cells.str.contains(_PLAIN_YUAN)
    numbers = pl.select(pl.when(yuan).then(cells.cast(pl.Float64, strict=False))).to_series()
    return [text if number is None else number for number, text in zip(numbers, cells, strict=True)]


def _faults(
    judged: dict[str, Judged], columns: dict[str, Sequence[Value]], start: int, read: SheetRead
) -> Iterator[tuple[int, Problem]]:
    assert read.layout is not None
    for name, column in judged.items():
        place = read.layout.place(read.layout.columns[name])
        for index, reading in column.faults:
            details = {"value": shown(columns[name][index])} | reading.details
            yield (
                index,
                problem(
                    reading.code, read.source.file, row=start + index + 2, column=place, **details
                ),
            )
