"""What was found in some files, as frames only: easily joined, handed on between processes, kept.

A `Found` holds the rows of each table that occurs, faulty rows too (see `assembly`), and three
frames more: `FILES`, `SHEETS` and `PROBLEMS`. Each row of each frame says which file it is from.
"""

import io
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import IO

import polars as pl

from aidkit.errors import InvariantError
from aidkit.intake.assembly import assemble
from aidkit.intake.faults import ERROR, Problem
from aidkit.intake.lexicon import polars_schema
from aidkit.intake.sheets import SheetRead
from aidkit.tables import INPUTS, Problems

FILES = "files"
SHEETS = "sheets"
PROBLEMS = "problems"

Found = Mapping[str, pl.DataFrame]

_ABOUT = {
    FILES: {
        "file": pl.String(),
        "digest": pl.String(),
        # Nothing in it could be read as a table.
        "lost": pl.Boolean(),
    },
    SHEETS: {
        "file": pl.String(),
        "sheet": pl.String(),
        "table": pl.String(),
        "rows": pl.Int64(),
        "header_rows": pl.Int64(),
        "blank_rows": pl.Int64(),
        "total_rows": pl.Int64(),
        "data_rows": pl.Int64(),
        "beyond_rows": pl.Int64(),
        # Rows of data with an error, as Excel counts.
        "faulty": pl.List(pl.Int64()),
        # JSON: column name to what the column is called in the sheet; null without a table.
        "header": pl.String(),
    },
    PROBLEMS: polars_schema(Problems),
}


def found_in(
    files: Iterable[tuple[str, str, bool]],
    reads: Sequence[SheetRead],
    rows: Mapping[str, Sequence[pl.DataFrame]],
    problems: Iterable[Problem],
) -> Found:
    """What was read as frames.

    Args:
        files: Name, digest and whether nothing in it is a table, for each file.
        reads: Sheets of these files.
        rows: Their rows by table, as `judge_sheets` returns them.
        problems: Faults of whole files.

    Raises:
        InvariantError: Lines of a sheet are missing from its account.
    """
    faults = [*problems, *(fault for read in reads for fault in read.problems)]
    about = {
        FILES: pl.DataFrame(list(files), schema=_ABOUT[FILES], orient="row"),
        SHEETS: pl.DataFrame([_sheet_row(read) for read in reads], schema=_ABOUT[SHEETS]),
        PROBLEMS: pl.DataFrame(faults, schema=_ABOUT[PROBLEMS]),
    }
    names = {read.table for read in reads}
    tables = {t: assemble(t, rows.get(t, ())) for t in INPUTS if t in names}
    return about | tables


def _sheet_row(read: SheetRead) -> dict[str, object]:
    lines, layout = read.lines, read.layout
    accounted = sorted([*lines.around, *lines.blank, *lines.totals, *lines.data, *lines.beyond])
    if accounted != list(range(lines.first, lines.end)):
        raise InvariantError(
            "读入的行数与表里的行数对不上。", where=f"{read.source.file} {read.sheet}"
        )
    wrong = {p["row"] for p in read.problems if p["severity"] == ERROR and p["row"]}
    wrong.update(line + 1 for line in read.faulty)
    return {
        "file": read.source.file,
        "sheet": read.sheet,
        "table": read.table,
        "rows": lines.end - lines.first,
        "header_rows": len(lines.around),
        "blank_rows": len(lines.blank),
        "total_rows": len(lines.totals),
        "data_rows": len(lines.data),
        "beyond_rows": len(lines.beyond),
        "faulty": [line + 1 for line in lines.data if line + 1 in wrong] if wrong else [],
        "header": layout.called if layout else None,
    }


def together(parts: Iterable[Found]) -> Found:
    """Several as one, by file name; the three frames about files are always there."""
    frames: dict[str, list[pl.DataFrame]] = {
        name: [pl.DataFrame(schema=schema)] for name, schema in _ABOUT.items()
    }
    for part in parts:
        for name, frame in part.items():
            frames.setdefault(name, []).append(frame)
    return {name: _by_file(pl.concat(several, rechunk=True)) for name, several in frames.items()}


def _by_file(rows: pl.DataFrame) -> pl.DataFrame:
    file = _file_column(rows)
    return rows if rows[file].is_sorted() else rows.sort(file, maintain_order=True)


def only(found: Found, files: Collection[str]) -> Found:
    """What was found in these files."""
    names = pl.Series(sorted(files), dtype=pl.String)
    if found[FILES]["file"].is_in(names.implode()).all():
        return found
    return {
        name: rows.filter(pl.col(_file_column(rows)).is_in(names.implode()))
        for name, rows in found.items()
    }


def _file_column(rows: pl.DataFrame) -> str:
    return "file" if "file" in rows.columns else "source_file"


def packed(found: Found, as_before: Mapping[str, bytes] = MappingProxyType({})) -> Iterator[bytes]:
    """All of it as bytes: a line of JSON with the length of each frame, then the frames.

    Args:
        found: The frames.
        as_before: Those of them that are packed already.
    """
    parts = {name: as_before.get(name) or _packed(rows) for name, rows in found.items()}
    yield json.dumps({name: len(part) for name, part in parts.items()}).encode() + b"\n"
    yield from parts.values()


def _packed(rows: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    # Polars locks a frame while it writes it to Python: whoever else holds this one would wait.
    rows.clone().write_ipc_stream(buffer, compression="zstd")
    return buffer.getvalue()


def parted(content: IO[bytes]) -> dict[str, bytes]:
    """The frames that `packed` has packed, as they are."""
    lengths = json.loads(content.readline())
    return {name: content.read(length) for name, length in lengths.items()}


def unpacked(content: IO[bytes]) -> Found:
    """What `packed` has packed."""
    return {name: pl.read_ipc_stream(part) for name, part in parted(content).items()}
