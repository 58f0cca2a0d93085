"""Whether the bank agrees with the book at the end of a day, and may be told to.

Every day from the fund's first has to be reconciled. Days before a reconciliation on which the
book has nothing count with it: the balance that it began with was compared.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from aidkit.errors import AidkitError, MissingTablesError
from aidkit.fund.book import Book
from aidkit.fund.reconciling.cancelled import cancelled
from aidkit.fund.reconciling.record import Reconciled
from aidkit.fund.reconciling.sides import ACCOUNT, book_side
from aidkit.money import yuan

_DAY = dt.timedelta(days=1)

UNRECONCILED = "未与银行核对"
"""What is printed across a statement that was asked for all the same."""


@dataclass(frozen=True)
class Standing:
    """Whether the bank agrees with the book of a fund at the end of a day.

    Attributes:
        kind: `no_bank` (no money ever lay in a bank), `agrees`, `not_reconciled`, `differs` (the
            balance of that day), `changed` (the balance is the same, but vouchers up to that day
            were corrected or entered since).
        on: The day.
        bank_fen: The bank's balance; None where nothing says it.
        book_fen: The book's balance.
        record: The reconciliation that covers the day, or that no longer holds; None where none
            does.
        until: Last day up to which every day was reconciled; None where there is none.
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


def standing(book: Book, fund: str, records: Sequence[Reconciled], on: dt.date) -> Standing:
    """Whether the bank agrees with the book of a fund at the end of a day.

    Args:
        book: The book.
        fund: Id of the fund.
        records: `read_record`.
        on: The day, the last one of a statement.
    """
    spans = _Spans(book, fund, records, on)
    until = spans.until()
    bank = pl.col("account") == ACCOUNT
    own = book.postings.filter(bank & (pl.col("fund") == fund))
    book_fen = int(own.filter(pl.col("date") <= on)["fen"].sum())
    if own.is_empty() and ACCOUNT not in book.funds[fund].channels.values():
        return Standing("no_bank", on, None, book_fen, None, until)
    record = spans.latest(on)
    if record is None or until is None or until < on:
        return Standing("not_reconciled", on, None, book_fen, None, until)
    bank_fen = _balance(record, on)
    if bank_fen != book_fen:
        return Standing("differs", on, bank_fen, book_fen, record, until)
    changed = spans.changed(on)
    kind: Literal["changed", "agrees"] = "changed" if changed else "agrees"
    return Standing(kind, on, bank_fen, book_fen, changed or record, until)


def due_on(book: Book, fund: str, records: Sequence[Reconciled]) -> dt.date:
    """The first day of a fund's book that was not reconciled.

    Args:
        book: The book.
        fund: Id of the fund.
        records: `read_record`.
    """
    until = _Spans(book, fund, records, dt.date.max).until()
    return until + _DAY if until else book.funds[fund].opened_on


class _Spans:
    """The reconciliations of a fund, each with the first day that it covers."""

    def __init__(self, book: Book, fund: str, records: Sequence[Reconciled], on: dt.date) -> None:
        self._book = book
        self._opened = book.funds[fund].opened_on
        whole = book_side(book, fund)
        self._side = whole.filter(pl.col("date") <= on)
        moved = sorted({*_live(whole, dt.date.min)["date"]})

        def since(start: dt.date) -> dt.date:
            at = bisect_left(moved, start)
            before = moved[at - 1] + _DAY if at else self._opened
            return min(start, max(self._opened, before))

        self._spans = [(since(one.start), one) for one in records if one.fund == fund]

    def until(self) -> dt.date | None:
        """Last day up to which no day is left out; None where the first is."""
        until = self._opened - _DAY
        for since, record in sorted(self._spans, key=lambda span: span[0]):
            if since > until + _DAY:
                break
            until = max(until, record.end)
        return until if until >= self._opened else None

    def latest(self, day: dt.date) -> Reconciled | None:
        """The last word on a day."""
        spans = reversed(self._spans)
        return next((one for since, one in spans if since <= day <= one.end), None)

    def changed(self, on: dt.date) -> Reconciled | None:
        """The reconciliation of a day up to this one that no longer holds, if one does not.

        Args:
            on: A day up to which none is left out.
        """
        day, expected = on, None
        while day >= self._opened and (record := self.latest(day)):
            if expected not in {None, _balance(record, day)}:
                return record
            at = next(n for n, (_, one) in enumerate(self._spans) if one is record)
            ends = [one.end + _DAY for _, one in self._spans[at + 1 :] if one.end < day]
            first = max(self._spans[at][0], *ends, self._opened)
            if not self._same(record, first, day):
                return record
            day = first - _DAY
            expected = _balance(record, day)
        return None

    def _same(self, record: Reconciled, first: dt.date, last: dt.date) -> bool:
        """Whether the vouchers of some days are those of the time of a reconciliation."""
        batches = self._book.batches.filter(pl.col("hash") == record.head)
        if batches.is_empty():
            return False
        entries = self._book.entries.filter(pl.col("line") <= batches["line"][0])
        now = self._side.filter(pl.col("date") <= last)
        then = now.join(entries.select("voucher_no"), on="voucher_no", how="semi")
        live, before = (
            {*_live(side, record.start).filter(pl.col("date") >= first)["voucher_no"]}
            for side in (now, then)
        )
        return live == before


def _live(side: pl.DataFrame, start: dt.date) -> pl.DataFrame:
    """Vouchers of `book_side` that the bank saw, without the opening balance."""
    gone = pl.col("voucher_no").is_in(list(cancelled(side, start)))
    return side.filter((pl.col("kind") != "opening") & ~gone)


def _balance(record: Reconciled, day: dt.date) -> int:
    """The bank's balance at the end of a day."""
    return next(
        (fen for date, fen, *_ in reversed(record.daily) if date <= day), record.opening_fen
    )


def refuse_unreconciled(found: Standing, fund: str) -> None:
    """Refuse a statement that the bank does not agree with.

    Args:
        found: `standing` at the last day of the statement.
        fund: Id of the fund, for the message.

    Raises:
        MissingTablesError: Days up to that one were not reconciled, or the book changed since.
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
        start = found.record.start if found.record else None
    else:
        until = f"只对到 {found.until}" if found.until else "还没有对过账"
        said = f"银行流水没有核对到 {found.on}（{until}）"
        start = found.until + _DAY if found.until else None
    since = f"（要从 {start} 起的流水）" if start else ""
    raise MissingTablesError(
        f"{said}。",
        where=f"基金 {fund}",
        remedy=f"请先运行 aidkit fund reconcile 流水文件{since}；{anyway}",
    )
