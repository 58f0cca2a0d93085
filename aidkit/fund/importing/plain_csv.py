"""A large CSV register read part by part, so that a million rows need no room as Python objects.

Every part, under the file's header, is read and judged by intake itself. Only a plain file can be
read so: UTF-8, its header in the first line, every other line a row of the table. Anything else
is left to intake, which sees the file as a whole and names what is odd.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl

from aidkit.digests import digest_of
from aidkit.fund.importing.unread import says_of_rows
from aidkit.intake.batches import judge_sheets
from aidkit.intake.checker import Scope
from aidkit.intake.county import Intake, take_in
from aidkit.intake.files import Source, term_of
from aidkit.intake.found import found_in
from aidkit.intake.lines import Lines
from aidkit.intake.sheets import Opened, SheetRead, open_sheet
from aidkit.intake.values import Value
from aidkit.intake.workbooks import Sheet, content_of

PART = 50_000
"""Rows of one part."""

_HEAD = 1_000_000
"""Bytes that show what the columns hold."""

_NOT_PLAIN = (b"\0", b'="')
"""Another encoding; digits that a system keeps from Excel, see `intake.workbooks`."""


def read_plain_csv(path: Path, latest: dt.date | None) -> tuple[str, Intake] | None:
    """Read a plain CSV register: the digest of its bytes, and what intake would find in it.

    Args:
        path: The file.
        latest: Last day that a date may name; None where nobody says.

    Returns:
        None where the file is not plain: intake itself must read it.

    Raises:
        InputError: The file cannot be read; the message is the reason.
    """
    content = content_of(path)
    if any(odd in content for odd in _NOT_PLAIN):
        return None
    term = term_of(path.resolve())
    until = latest or (term.ends if term else None)
    source = Source(path.name, term.code if term else None, until)
    whole: SheetRead | None = None
    rows: list[pl.DataFrame] = []
    try:
        for sheet in _parts(content):
            part = open_sheet(sheet, source)
            if not isinstance(part, Opened) or not _plain(part, like=whole):
                return None
            if whole is None:
                lines = Lines(around=[0], end=1)
                whole = SheetRead(source, "", part.layout.table, lines, layout=part.layout)
                whole.problems += part.read.problems
            rows.append(_judged(part, whole))
    except (UnicodeDecodeError, csv.Error):
        return None
    if whole is None:
        return None
    digest, table = digest_of(content), whole.table or ""
    found = found_in([(path.name, digest, False)], [whole], {table: [pl.concat(rows)]}, ())
    return digest, take_in(found, Scope(whole_county=False, all_terms=False))


def head_of(path: Path) -> Sheet:
    """The header and the first rows of a file that was read plainly."""
    with path.open("rb") as file:
        content = file.read(_HEAD)
    return next(_parts(content[: content.rfind(b"\n") + 1]))


def _parts(content: bytes) -> Iterator[Sheet]:
    """The header with some rows, then with the next ones."""
    text = io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", newline="")
    delimiter = max(",\t;", key=text.read(4000).count)
    text.seek(0)
    lines: Iterator[list[Value]] = csv.reader(text, delimiter=delimiter)  # type: ignore[assignment]
    header = next(lines, [])
    while part := [*islice(lines, PART)]:
        for line in part:
            if len(line) < len(header):
                line.extend([""] * (len(header) - len(line)))
        yield Sheet("", [header, *part])


def _plain(part: Opened, like: SheetRead | None) -> bool:
    """Whether every line is a row, under a header that says what it said for the parts before."""
    size = len(part.sheet.rows)
    every = Lines(data=[*range(1, size)], around=[0], end=size)
    same = like is None or (like.layout is not None and like.layout.shape == part.layout.shape)
    width = len(part.sheet.rows[0])
    return (
        same
        and part.usable
        and not part.layout.spread
        and not any(says_of_rows(part.layout.headers[p]) for p in part.layout.unknown)
        and part.read.lines == every
        and all(fault["row"] == 1 for fault in part.read.problems)
        and all(len(row) == width for row in part.sheet.rows)
    )


def _judged(part: Opened, whole: SheetRead) -> pl.DataFrame:
    """The rows of a part, as they stand in the whole file; what is found is put into `whole`."""
    before, read = len(whole.lines.data), part.read
    of_header = len(read.problems)
    (rows,) = judge_sheets([part])[part.layout.table]
    for fault in read.problems[of_header:]:
        fault["row"] = (fault["row"] or 0) + before
        whole.problems.append(fault)
    whole.faulty |= {line + before for line in read.faulty}
    whole.lines.data.extend(range(before + 1, before + 1 + rows.height))
    whole.lines.end += rows.height
    return rows.with_columns(pl.col("source_row") + before)
