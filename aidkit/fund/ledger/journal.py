"""The county's journal: `<county>/fund/journal.jsonl`, only ever added to, batch by batch.

A batch is written in two steps: its vouchers, brought safely to the disk; then the line that
closes it. A writer that is killed between leaves vouchers without that line: nobody was told that
they were posted, readers pass them over, the next writer cuts them off.
"""

import datetime as dt
import os
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import polars as pl

from aidkit.disks import keep_folder
from aidkit.errors import InputError, InvariantError
from aidkit.fund.book import Book
from aidkit.fund.entry import Batch, Entry
from aidkit.fund.fund_digest import fund_digest
from aidkit.fund.fund_files import read_funds
from aidkit.fund.ledger.batch_lines import batch_content
from aidkit.fund.ledger.chain import linked
from aidkit.fund.ledger.checks import CHECKED, EARLIER, Fault, check
from aidkit.fund.ledger.heads import contradicted, said_before
from aidkit.fund.ledger.lines import Tables
from aidkit.fund.ledger.lock import LONGEST_WAIT, lock_of
from aidkit.fund.ledger.reading import Journal, journal_of, read_journal, refuse_damaged
from aidkit.fund.ledger.wholeness import refuse_unbalanced
from aidkit.fund.ledger.writing import Writing
from aidkit.fund.settings import Fund
from aidkit.locking import one_at_a_time

__all__ = ["Posted", "Refused", "journal_of", "post", "read_book"]

_TOLD = 5


@dataclass(frozen=True)
class Posted:
    """What a batch became.

    Attributes:
        voucher_nos: The numbers of its vouchers, in their order.
        head: Hash of the journal's last line.
        lines: How many lines the journal has.
        days: Fund to the first day on which something of it was posted.
    """

    voucher_nos: Sequence[str]
    head: str
    lines: int
    days: Mapping[str, dt.date]


class Refused(InputError):  # noqa: N818 - an answer, as `Posted` is
    """A batch that breaks a rule of the book: nothing of it was posted.

    Attributes:
        faults: What is wrong, by the place of the entry in the batch.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        told = [f"第 {one.index + 1} 笔：{one.message}{one.remedy}" for one in faults[:_TOLD]]
        more = f"\n……共 {len(faults)} 处。" if len(faults) > _TOLD else ""
        super().__init__("这一批没有入账：\n" + "\n".join(told) + more)


def read_book(county: Path, columns: Collection[str] | None = None) -> Book:
    """Read a county's book: the chain is followed, vouchers must balance, heads must stand.

    Args:
        county: The county folder.
        columns: Columns of the entries that are wanted, besides `voucher_no` and `line`, to save
            memory; all unless told.

    Raises:
        InputError: The journal is not what was written: line, last good voucher and remedy; a
            voucher does not balance; or an earlier statement saw more than there is.
        ParamsError: A fund file is wrong.
    """
    return trusted(county, read_journal(county, columns), read_funds(county))


def trusted(county: Path, journal: Journal, funds: dict[str, Fund]) -> Book:
    """The book of a journal, where it is what was written, whole and balanced.

    Raises:
        InputError: See `read_book`.
    """
    refuse_damaged(journal)
    refuse_unbalanced(journal)
    if missing := contradicted(said_before(county), journal.batches):
        first = missing[0]
        raise InputError(
            f"账簿和以前的报表对不上：{first.date} 的报表（{first.statement}）"
            f"依据的是第 {first.line} 行，现在的账簿里没有那一行，或者已经被改写。",
            where=str(journal.path),
            remedy="请用当时的备份换回账簿，再补录以后的凭证；aidkit fund audit 会列出每一处。",
        )
    return Book(
        funds=funds,
        entries=journal.tables.entries,
        postings=journal.tables.postings,
        goods=journal.tables.goods,
        batches=journal.batches,
        head=journal.head,
        lines=journal.lines,
    )


def post(county: Path, entries: Iterable[Entry], batch: Batch, *, after: str = "") -> Posted:
    """Post entries as one batch: all of them, or none.

    Args:
        county: The county folder.
        entries: The vouchers; a generator is read once, while its vouchers are written.
        batch: What they are posted as.
        after: Head of the book that they were compared with; empty: any.

    Returns:
        What they became; they are on the disk then.

    Raises:
        Refused: An entry breaks a rule of the book, see `checks`.
        InputError: The journal is not what was written, or no longer ends with `after`.
        UsageError: Another writer held the journal for too long.
    """
    funds = read_funds(county)
    with one_at_a_time(lock_of(county), LONGEST_WAIT):
        journal = read_journal(county, EARLIER, locked=True)
        before = trusted(county, journal, funds)
        if after and before.head != after:
            raise InputError(
                "刚才有别人入了账，这一批没有入账。",
                where=str(journal.path),
                remedy="请再运行一次：会与现在的账簿重新比较。",
            )
        with _opened(journal) as file:
            try:
                return _added(file, before, entries, batch)
            except BaseException:
                file.truncate(journal.end)
                raise


def _added(file: IO[bytes], before: Book, entries: Iterable[Entry], batch: Batch) -> Posted:
    writing = Writing(before, batch.entered_by, CHECKED)
    for part in writing.parts(entries):
        file.write(part)
    new = writing.tables()
    if new.entries.is_empty():
        return Posted((), before.head, before.lines, {})
    enterers = {before.batches.height + 1: batch.entered_by}
    if faults := check(before, new, batch.entered_on, enterers):
        raise Refused(faults)
    _to_disk(file)
    debit = int(new.postings.filter(pl.col("fen") > 0)["fen"].sum())
    settings = {fund.id: fund_digest(fund) for fund in before.funds.values()}
    number = before.batches.height + 1
    content = batch_content(batch, number, new.entries.height, debit, settings)
    closing, head = linked(writing.head, content)
    numbers = new.entries["voucher_no"].to_list()
    posted = Posted(numbers, head, writing.lines + 1, _first_days(new))
    end = file.tell()
    if os.fstat(file.fileno()).st_size != end:
        raise InvariantError(
            "写账簿的时候别的程序也写了它，这一批没有入账。",
            where=file.name,
            remedy="请确认只有一个程序在用这个文件夹，再重新入账。",
        )
    file.write(closing)
    _to_disk(file)
    return posted


def _first_days(new: Tables) -> dict[str, dt.date]:
    """Of each fund that vouchers are of, or touch the money of."""
    both = pl.concat([table.select("fund", "date") for table in (new.entries, new.postings)])
    return dict(both.group_by("fund").agg(pl.col("date").min()).iter_rows())


def _opened(journal: Journal) -> IO[bytes]:
    """The journal behind its last closed batch; what a killed writer left is cut off."""
    path = journal.path
    new = not path.exists()
    file = path.open("wb" if new else "r+b")
    try:
        file.truncate(journal.end)
        file.seek(journal.end)
        if not journal.ended:
            file.write(b"\n")
        if new and sys.platform != "win32":
            keep_folder(path.parent)
    except BaseException:
        file.close()
        raise
    return file


def _to_disk(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
