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
from typing import Any, Literal

import polars as pl

from aidkit.errors import AidkitError, InputError, MissingTablesError, UsageError
from aidkit.fund.book import Book
from aidkit.fund.ledger.lock import LONGEST_WAIT, lock_of
from aidkit.fund.reconciling.reconcile import Reconciliation
from aidkit.fund.reconciling.sides import ACCOUNT, book_side, cancelled
from aidkit.locking import one_at_a_time
from aidkit.money import yuan
from aidkit.project import replacing

UNRECONCILED = "未与银行核对"
"""What is printed across a statement that was asked for all the same."""


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


@dataclass(frozen=True)
class Standing:
    """Whether the bank agrees with the book of a fund at the end of a day.

    Attributes:
        kind: `no_bank` (no money ever lay in a bank), `agrees`, `not_reconciled`, `differs` (the
            balance of that day), `changed` (the balance is the same, but what came in and went out
            up to that day is no longer what was compared).
        on: The day.
        bank_fen: The bank's balance; None where nothing says it.
        book_fen: The book's balance.
        record: The reconciliation that covers the day; None where none does.
        until: Last day that any reconciliation of the fund covers; None where there is none.
    """

    kind: Literal["no_bank", "agrees", "not_reconciled", "differs", "changed"]
    on: dt.date
    bank_fen: int | None
    book_fen: int
    record: Reconciled | None
    until: dt.date | None

    @property
    def may_speak(self) -> bool:
        """Whether a statement up to that day may be told without `UNRECONCILED` across it."""
        return self.kind in {"no_bank", "agrees"}


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


def standing(book: Book, fund: str, records: tuple[Reconciled, ...], on: dt.date) -> Standing:
    """Whether the bank agrees with the book of a fund at the end of a day.

    Args:
        book: The book.
        fund: Id of the fund.
        records: `read_record`.
        on: The day, the last one of a statement.
    """
    mine = [record for record in records if record.fund == fund]
    until = max((record.end for record in mine), default=None)
    bank = pl.col("account") == ACCOUNT
    own = book.postings.filter(bank & (pl.col("fund") == fund))
    book_fen = int(own.filter(pl.col("date") <= on)["fen"].sum())
    if own.is_empty() and ACCOUNT not in book.funds[fund].channels.values():
        return Standing("no_bank", on, None, book_fen, None, until)
    # The latest word counts. What was there before its first day was compared too.
    day_before = dt.timedelta(days=1)
    record = next((r for r in reversed(mine) if r.start - day_before <= on <= r.end), None)
    if record is None:
        return Standing("not_reconciled", on, None, book_fen, None, until)
    past = [day for day in record.daily if day[0] <= on]
    bank_fen, *moved = past[-1][1:] if past else (record.opening_fen, 0, 0)
    if bank_fen != book_fen:
        return Standing("differs", on, bank_fen, book_fen, record, until)
    same = _moved(book, fund, record.start, on) == tuple(moved)
    return Standing("agrees" if same else "changed", on, bank_fen, book_fen, record, until)


def refuse_unreconciled(found: Standing, fund: str) -> None:
    """Refuse a statement that the bank does not agree with.

    Args:
        found: `standing` at the last day of the statement.
        fund: Id of the fund, for the message.

    Raises:
        MissingTablesError: Nothing was reconciled up to that day, or the book changed since.
        AidkitError: The balances of that day differ.
    """
    if found.may_speak:
        return
    anyway = f"或者加 --unreconciled，表上会印“{UNRECONCILED}”。"
    if found.kind == "differs":
        apart = found.book_fen - (found.bank_fen or 0)
        raise AidkitError(
            f"{found.on} 账簿的银行存款 {yuan(found.book_fen)} 元，"
            f"银行余额 {yuan(found.bank_fen or 0)} 元，相差 {yuan(apart)} 元。",
            where=f"基金 {fund}，对账单 {found.record.statement if found.record else ''}",
            remedy="对账以后补记了凭证的，请重新对账；凭证日期与银行入账日期不同的，"
            f"请换一个两边相等的日子；{anyway}",
        )
    if found.kind == "changed":
        said = f"对账以后，账簿里 {found.on} 以前的银行凭证又有变动"
    else:
        until = f"只对到 {found.until}" if found.until else "还没有对过账"
        said = f"银行流水没有核对到 {found.on}（{until}）"
    raise MissingTablesError(
        f"{said}。",
        where=f"基金 {fund}",
        remedy=f"请先运行 aidkit fund reconcile 流水文件；{anyway}",
    )


def _moved(book: Book, fund: str, start: dt.date, on: dt.date) -> tuple[int, int]:
    """What came in and went out of the account from a day to a day, as the book has it now."""
    known = book_side(book, fund).filter(pl.col("date") <= on)
    gone = list(cancelled(known))
    fen = known.filter(
        (pl.col("date") >= start)
        & (pl.col("kind") != "opening")
        & ~pl.col("voucher_no").is_in(gone)
    )["fen"]
    return int(fen.filter(fen > 0).sum()), -int(fen.filter(fen < 0).sum())


def _reconciled(told: dict[str, Any]) -> Reconciled:
    day = dt.date.fromisoformat
    return Reconciled(
        **told
        | {
            "start": day(told["start"]),
            "end": day(told["end"]),
            "daily": tuple((day(one), *map(int, more)) for one, *more in told["daily"]),
        }
    )
