"""What stands beside the documents of a fund: the book, the tables and the files they are."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from aidkit import __version__
from aidkit.digests import file_digest, files_below
from aidkit.documents.fund_stamp import Stamp
from aidkit.fund.ledger.heads import Said, statement_name
from aidkit.fund.period import Period
from aidkit.fund.statements import totals
from aidkit.fund.statements.frames import digests

RECORD = "record.json"
"""What the documents beside it were told from, with their digests."""

REGISTER = "票据登记"
"""Title of the documents that are no statements but a register."""


@dataclass(frozen=True)
class Stated:
    """What one record says of the journal.

    Attributes:
        said: Its head, and the number of its last line.
        fund: Id of the fund.
        period: The days that were told of.
        totals: Section of the 收支公示表 to its total in fen; empty where none is recorded.
        tables: Table to its digest, see `fund.statements.frames`; empty where none is recorded.
        threshold: A school is told where a gift reached at least so many there.
        version: Version of aidkit that told; empty where none is recorded.
        folder: Where the documents lie.
        files: Path of each below that folder to its SHA-256.
    """

    said: Said
    fund: str
    period: Period
    totals: Mapping[str, int] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    threshold: int = 0
    version: str = ""
    folder: Path = Path()
    files: Mapping[str, str] = field(default_factory=dict)


def said_by(stamp: Stamp, told: Mapping[str, pl.DataFrame], record: str) -> Said:
    """What documents say of the journal.

    Args:
        stamp: What stands on them.
        told: The tables that they were printed from.
        record: SHA-256 of their record.
    """
    statement = _name(stamp.fund.id, stamp.period, "summary" in told)
    return Said(stamp.head, stamp.lines, stamp.period.last.isoformat(), statement, record)


def recorded_at(reports: Path, said: Said) -> Path:
    """Where the record of a kept statement, or of a register, lies below a county's reports."""
    fund, first, last, *register = said.statement.split()
    folder = reports / "fund" / fund / ("receipts" if register else "")
    return folder / f"{first}_{last}" / RECORD


def write_record(
    folder: Path,
    stamp: Stamp,
    told: Mapping[str, pl.DataFrame],
    *,
    threshold: int,
    remarks: Iterable[str],
) -> str:
    """Write the record of the documents in a folder; its SHA-256.

    Args:
        folder: Holds the documents, and nothing else.
        stamp: What stands on them.
        told: The tables that they were printed from.
        threshold: A school is told where a gift reached at least so many there.
        remarks: What was left out and why.
    """
    record = {
        "aidkit": __version__,
        "fund": stamp.fund.id,
        "first": stamp.period.first.isoformat(),
        "last": stamp.period.last.isoformat(),
        "head": stamp.head,
        "lines": stamp.lines,
        "replaces": stamp.replaces,
        "bank": stamp.standing.kind,
        "threshold": threshold,
        "totals": totals(told["summary"]) if "summary" in told else {},
        "tables": digests(told),
        "remarks": list(remarks),
        "files": {name: file_digest(folder / name) for name in sorted(files_below(folder))},
    }
    text = json.dumps(record, ensure_ascii=False, indent=1)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8", newline="\n")
    return file_digest(folder / RECORD)


def stated_by(path: Path) -> Stated:
    """Read what the record of documents says of the journal.

    Raises:
        OSError: It cannot be read.
        ValueError, KeyError, TypeError, AttributeError: It is no such record.
    """
    record: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    fund, period = record["fund"], _period(record["first"], record["last"])
    sums = {str(section): int(fen) for section, fen in record.get("totals", {}).items()}
    said = Said(record["head"], record["lines"], record["last"], _name(fund, period, bool(sums)))
    return Stated(
        said=_checked(said),
        fund=fund,
        period=period,
        totals=sums,
        tables=dict(record.get("tables", {})),
        threshold=int(record.get("threshold", 0)),
        version=record.get("aidkit", ""),
        folder=path.parent,
        files=dict(record.get("files", {})),
    )


def stated_by_run(path: Path) -> list[Stated]:
    """Read what the record of a run says of the journal: see `stated_by`."""
    record: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    stated = []
    for one in record.get("statements", ()):
        fund, first, last = one["statement"].split()
        stated.append(Stated(_checked(Said(**one)), fund, _period(first, last)))
    return stated


def _name(fund: str, period: Period, statement: bool) -> str:
    return statement_name(fund, period, "" if statement else REGISTER)


def _checked(said: Said) -> Said:
    if not isinstance(said.head, str) or not isinstance(said.line, int):
        raise TypeError(said)
    return said


def _period(first: str, last: str) -> Period:
    return Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
