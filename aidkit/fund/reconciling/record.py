"""What was reconciled, kept beside the journal, so that no statement speaks before the bank does.

`<county>/fund/reconciled.jsonl`: one reconciliation that agreed a line, appended, UTF-8. It holds
the bank's balance of every day on which something moved, so that any day up to its last one can
be held against the book as it is now. Who writes a line by hand can claim a balance that the bank
never had: the digest says of which statement to ask the bank for again.
"""

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from aidkit.errors import InputError, UsageError
from aidkit.fund.ledger.lock import LONGEST_WAIT, lock_of
from aidkit.fund.reconciling.outcome import Reconciliation
from aidkit.locking import one_at_a_time
from aidkit.project import replacing


@dataclass(frozen=True)
class ByHandRow:
    """A line of the bank or a voucher that somebody matched.

    Attributes:
        match: Which match of the reconciliation, 1 up.
        date: Its day.
        fen: What comes in is positive.
        reference: The bank's number, empty where there is none.
        row: Row of the line; 0 of a voucher.
        voucher_no: Number of the voucher; empty of a line.
    """

    match: int
    date: dt.date
    fen: int
    reference: str
    row: int
    voucher_no: str


@dataclass(frozen=True)
class Reconciled:
    """One line of the record.

    Attributes:
        fund: Id of the fund.
        start: First day compared.
        end: Day up to which the bank and the book agreed.
        days: Days that the bank might book before or after.
        statement: Name of the bank's file.
        statement_digest: SHA-256 of its bytes.
        by: Who reconciled.
        head: Hash of the journal's last line at that time.
        opening_fen: Balance before `start`.
        in_fen: What came in, as the bank says.
        out_fen: What went out, as the bank says.
        closing_fen: Balance at the end.
        lines: Lines of the bank that were compared.
        rules: How many matches each rule found.
        daily: Day, balance of the bank at its end, and the book's in and out since `start`.
        by_hand: What people matched themselves.
        reason: Why, where no rule would allow that.
        approved_by: Who agreed to it, besides `by`.
    """

    fund: str
    start: dt.date
    end: dt.date
    days: int
    statement: str
    statement_digest: str
    by: str
    head: str
    opening_fen: int
    in_fen: int
    out_fen: int
    closing_fen: int
    lines: int
    rules: dict[str, int]
    daily: tuple[tuple[dt.date, int, int, int], ...]
    # Records of aidkit 0.3.0 have none of these.
    by_hand: tuple[ByHandRow, ...] = ()
    reason: str = ""
    approved_by: str = ""


def record_of(county: Path) -> Path:
    """Where a county's reconciliations are kept."""
    return county / "fund" / "reconciled.jsonl"


def keep(
    county: Path, found: Reconciliation, *, head: str, statement: str, digest: str, by: str
) -> Reconciled:
    """Add a reconciliation that agreed to the record.

    Raises:
        UsageError: It did not agree.
    """
    if not found.agrees:
        raise UsageError("没有对上的流水不能存为已对账。", remedy="；".join(found.refusals))
    by_hand = found.links.filter(pl.col("rule") == "by_hand")
    rules = found.links.filter(pl.col("side") == "bank").unique("match")["rule"].value_counts()
    kept = Reconciled(
        fund=found.fund,
        start=found.start,
        end=found.end,
        days=found.days,
        statement=statement,
        statement_digest=digest,
        by=by,
        head=head,
        opening_fen=found.bank.opening_fen,
        in_fen=found.bank.in_fen,
        out_fen=found.bank.out_fen,
        closing_fen=found.bank.closing_fen,
        lines=found.links.filter(pl.col("side") == "bank").height,
        rules=dict(sorted(rules.iter_rows())),
        daily=tuple(found.daily.select("date", "balance", "book_in", "book_out").rows()),
        by_hand=tuple(ByHandRow(*row) for row in by_hand.select(*_BY_HAND).iter_rows()),
        reason=found.grounds.reason,
        approved_by=found.grounds.approved_by,
    )
    path = record_of(county)
    line = json.dumps(asdict(kept), ensure_ascii=False, separators=(",", ":"), default=str)
    with one_at_a_time(lock_of(county), LONGEST_WAIT):
        before = path.read_bytes() if path.is_file() else b""
        with replacing(path) as file:
            file.write(before + line.encode() + b"\n")
    return kept


def read_record(county: Path) -> tuple[Reconciled, ...]:
    """Every reconciliation kept, the earliest first; none where there is no record.

    Raises:
        InputError: A line cannot be read.
    """
    path = record_of(county)
    if not path.is_file():
        return ()
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            found.append(_reconciled(json.loads(line)))
        except (ValueError, KeyError, TypeError):
            raise InputError(
                "对账记录里有一行读不了。",
                where=f"{path.as_posix()}，第 {number} 行",
                remedy="请删去这一行，用当时的流水重新 aidkit fund reconcile。",
            ) from None
    return tuple(found)


_BY_HAND = ("match", "date", "fen", "reference", "row", "voucher_no")


def _reconciled(told: dict[str, Any]) -> Reconciled:
    day = dt.date.fromisoformat
    return Reconciled(
        **told
        | {
            "start": day(told["start"]),
            "end": day(told["end"]),
            "daily": tuple((day(one), *map(int, more)) for one, *more in told["daily"]),
            "by_hand": tuple(
                ByHandRow(**one | {"date": day(one["date"])}) for one in told.get("by_hand", ())
            ),
        }
    )
