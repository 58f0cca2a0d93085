"""An audit of the journal against what runs and statements recorded of it."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.ledger.audit import Audit, Finding, audit
from aidkit.fund.ledger.heads import Said
from aidkit.fund.ledger.journal import read_book
from aidkit.fund.period import Period
from aidkit.fund.statements import totals
from aidkit.money import yuan
from aidkit.pipeline.fund import RECORD
from aidkit.pipeline.record import RECORD as RUN
from aidkit.project import Project


@dataclass(frozen=True)
class Stated:
    """What one record says of the journal.

    Attributes:
        said: Its head, and the number of its last line.
        fund: Id of the fund.
        period: The days that were told of.
        totals: Section of the 收支公示表 to its total in fen; empty where none is recorded.
    """

    said: Said
    fund: str
    period: Period
    totals: Mapping[str, int]


def audit_county(project: Project, county: Path, heads: Sequence[str] = ()) -> Audit:
    """The journal looked at again, and every statement on record worked out again from it.

    Args:
        project: The checkout.
        county: The county folder.
        heads: Heads as printed on statements, typed by hand.

    Raises:
        InputError: The journal cannot be read from the disk.
        ParamsError: A fund file is wrong.
    """
    stated, unreadable = recorded(project.root / "reports" / county.name)
    found = audit(county, heads, [one.said for one in stated])
    otherwise = _otherwise(read_book(county), stated) if found.sound else ()
    return replace(found, findings=(*found.findings, *unreadable, *otherwise))


def recorded(reports: Path) -> tuple[list[Stated], list[Finding]]:
    """What the runs and the statements below a county's reports recorded, by path.

    Returns:
        What they say; and a warning for each record that cannot be read, and so says nothing.
    """
    stated: list[Stated] = []
    unreadable: list[Finding] = []
    places = (
        (f"*/{RUN}", _of_run),
        (f"fund/*/*/{RECORD}", _of_statements),
        (f"fund/*/receipts/*/{RECORD}", _of_statements),
    )
    for pattern, said_by in places:
        for path in sorted(reports.glob(pattern)):
            try:
                stated += said_by(json.loads(path.read_text(encoding="utf-8")))
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                unreadable.append(_unreadable(path.relative_to(reports.parent).as_posix()))
    return stated, unreadable


def _of_run(record: Mapping[str, Any]) -> list[Stated]:
    stated = []
    for said in record.get("statements", ()):
        fund, first, last = said["statement"].split()
        stated.append(Stated(_checked(Said(**said)), fund, _period(first, last), {}))
    return stated


def _of_statements(record: Mapping[str, Any]) -> list[Stated]:
    fund, first, last = record["fund"], record["first"], record["last"]
    said = _checked(Said(record["head"], record["lines"], last, f"{fund} {first} {last}"))
    told = {str(section): int(fen) for section, fen in record.get("totals", {}).items()}
    return [Stated(said, fund, _period(first, last), told)]


def _checked(said: Said) -> Said:
    if not isinstance(said.head, str) or not isinstance(said.line, int):
        raise TypeError(said)
    return said


def _unreadable(name: str) -> Finding:
    return Finding(
        code="record_unreadable",
        severity="warning",
        line=0,
        voucher_no="",
        message=f"reports/{name} 读不出来，没有拿它和账簿核对。",
        remedy="请从备份恢复这个文件，或者重新运行、重做这份报表。",
    )


def _period(first: str, last: str) -> Period:
    return Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def _otherwise(book: Book, stated: Sequence[Stated]) -> Iterator[Finding]:
    """A finding for each statement whose totals the journal of that day does not give."""
    for one in stated:
        again = totals(_as_of(book, one.said.line or 0), one.fund, one.period) if one.totals else {}
        for section, fen in one.totals.items():
            if again.get(section) != fen:
                yield Finding(
                    code="stated_otherwise",
                    severity="error",
                    line=one.said.line or 0,
                    voucher_no="",
                    message=f"报表（{one.said.statement}）写的是 {yuan(fen)} 元，"
                    f"按当时的账簿重算是 {yuan(again.get(section, 0))} 元（{section}）。",
                    remedy="请把这份报表和账簿都留存，查清哪一边被改过，再重做报表。",
                )


def _as_of(book: Book, line: int) -> Book:
    """The book as it was when its journal ended with a line."""
    entries = book.entries.filter(pl.col("line") <= line)
    there = entries.select("voucher_no")
    return replace(
        book,
        entries=entries,
        postings=book.postings.join(there, on="voucher_no", how="semi"),
        goods=book.goods.join(there, on="voucher_no", how="semi"),
        lines=line,
    )
