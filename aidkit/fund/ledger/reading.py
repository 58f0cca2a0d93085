"""A journal read as it lies: its chain followed, its closed batches as tables."""

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import polars as pl

from aidkit.errors import InputError, UsageError
from aidkit.fund.ledger.batch_lines import batches_table
from aidkit.fund.ledger.chain import START, Chain, Damage, pieces
from aidkit.fund.ledger.lines import ENTRIES, Tables, tables
from aidkit.fund.ledger.lock import LONGEST_WAIT, lock_of
from aidkit.fund.ledger.repeats import Repeats
from aidkit.locking import one_at_a_time

_ALWAYS = ("voucher_no", "line")
STRANGE = "这一行的校验码对得上，内容却不是账簿的写法"
_MOST = 100
"""Strange lines that are told of one piece of the file."""
_AHEAD = 3
"""Pieces that the chain may be ahead of the tables."""
_NO_BATCH = (ValueError, KeyError, TypeError, pl.exceptions.PolarsError)
"""What `batches_table` raises of lines that this version did not write."""


@dataclass(frozen=True)
class Journal:
    """A journal as it lies.

    Attributes:
        path: The file.
        tables: The vouchers of closed batches; empty where there are damages.
        batches: `FundBatches`.
        head: Hash of the last line of the last closed batch.
        lines: Its number.
        end: Behind which byte it ends; what follows was never acknowledged.
        unclosed: How many lines follow, the last one perhaps torn.
        ended: Whether it ends with a line end.
        damages: Where it is not what was written.
    """

    path: Path
    tables: Tables
    batches: pl.DataFrame
    head: str
    lines: int
    end: int
    unclosed: int
    ended: bool
    damages: tuple[Damage, ...]


def journal_of(county: Path) -> Path:
    """Where a county's journal lies."""
    return county / "fund" / "journal.jsonl"


def read_journal(
    county: Path, columns: Collection[str] | None = None, *, locked: bool = False
) -> Journal:
    """Read a county's journal, damaged or not; no journal is an empty one.

    A reader needs no lock: whole batches stand before what a writer is adding. Only where
    something looks damaged it waits until nobody writes and looks again.

    Args:
        county: The county folder.
        columns: Columns of the entries that are wanted, besides number and line; all unless
            told.
        locked: Whether the caller holds the lock, so that nobody else writes.

    Raises:
        InputError: The file cannot be read from the disk.
    """
    path = journal_of(county)
    journal = _read(path, columns)
    if journal.damages and not locked and lock_of(county).is_file():
        with suppress(UsageError, OSError), one_at_a_time(lock_of(county), LONGEST_WAIT):
            return _read(path, columns)
    return journal


def refuse_damaged(journal: Journal) -> None:
    """Stop where a journal is not what was written.

    Raises:
        InputError: Line, last good voucher and remedy.
    """
    if not journal.damages:
        return
    first = journal.damages[0]
    good = f"之前最后一张完好的凭证是 {first.last_good}。" if first.last_good else ""
    raise InputError(
        f"账簿被改动或损坏：{first.what}。{good}",
        where=f"{journal.path} 第 {first.line} 行",
        remedy="请不要手工改它。用备份里的账簿换回来，再补录备份以后的凭证；"
        "aidkit fund audit 会列出每一处。",
    )


def _read(path: Path, columns: Collection[str] | None) -> Journal:
    asked = ENTRIES if columns is None else {*_ALWAYS, *columns}
    names = [name for name in ENTRIES if name in asked]
    chain = Chain()
    parts: list[Tables] = []
    strange: list[int] = []
    try:
        with path.open("rb") as file:
            for piece, before, read in _in_turn(file, chain, names):
                try:
                    parts.append(read.result())
                except pl.exceptions.PolarsError:
                    if not chain.damages:
                        found = _strange(piece.splitlines(keepends=True), before, names)
                        strange += [*islice(found, _MOST)] or [before + 1]
    except FileNotFoundError:
        pass
    except OSError as fault:
        raise InputError(
            f"账簿读不出来：{fault.strerror}。", where=str(path), remedy="请检查磁盘或网络。"
        ) from fault
    damages = list(chain.damages)
    try:
        batches = batches_table(chain.closing)
    except _NO_BATCH:
        batches = batches_table([])
        strange += _strange_batches(chain.closing) or [chain.closing[0][0]]
    if not damages:
        damages = [Damage(line, STRANGE, "") for line in sorted(strange)]
    last, _ = chain.closing[-1] if chain.closing else (0, b"")
    return Journal(
        path=path,
        tables=_closed([] if damages else parts, last, names),
        batches=batches,
        head=batches["hash"][-1] if batches.height else START,
        lines=last,
        end=chain.closed_at,
        unclosed=chain.lines - last + chain.torn,
        ended=chain.ended,
        damages=tuple(damages),
    )


def _in_turn(
    file: BinaryIO, chain: Chain, names: Collection[str]
) -> Iterator[tuple[bytes, int, Future[Tables]]]:
    """Follow the chain, and read what was followed as tables meanwhile.

    Both take about as long; but Python is needed by both, and gives way only every 5
    milliseconds. So one must not wait for the other at each piece.

    Yields:
        Whole lines, how many lines stand before them, and their tables; the chain is already
        followed to behind them.
    """
    repeats = Repeats()
    ahead: deque[tuple[bytes, int, Future[Tables]]] = deque()
    with ThreadPoolExecutor(2) as threads:
        for piece in pieces(file):
            whole = piece[: piece.rfind(b"\n") + 1]
            if whole and not chain.damages:
                at = (chain.lines, len(chain.closing))
                told = threads.submit(tables, whole, *at, names, repeats)
                ahead.append((whole, chain.lines, told))
            chain.follow(piece)
            if len(ahead) > _AHEAD:
                yield ahead.popleft()
        yield from ahead


def _strange(lines: Sequence[bytes], before: int, names: list[str]) -> Iterator[int]:
    """Numbers of the lines that cannot be read; halved, because nearly all of them can be."""
    try:
        tables(b"".join(lines), before, 0, names)
    except pl.exceptions.PolarsError:
        if len(lines) == 1:
            yield before + 1
            return
        half = len(lines) // 2
        yield from _strange(lines[:half], before, names)
        yield from _strange(lines[half:], before + half, names)


def _strange_batches(closing: Sequence[tuple[int, bytes]]) -> list[int]:
    """Numbers of the lines that close a batch and cannot be read."""
    found = []
    for number, line in closing:
        try:
            batches_table([(number, line)])
        except _NO_BATCH:
            found.append(number)
    return found[:_MOST]


def _closed(parts: list[Tables], last: int, names: list[str]) -> Tables:
    """The vouchers of closed batches: what stands behind line `last` was never acknowledged."""
    if not parts:
        return Tables.none(names)
    whole = Tables.of(parts)
    open_nos = whole.entries.filter(pl.col("line") > last).select("voucher_no")
    kept = whole.entries.select(names)
    if open_nos.is_empty():
        return Tables(kept, whole.postings, whole.goods)
    return Tables(
        kept.head(kept.height - open_nos.height),
        whole.postings.join(open_nos, on="voucher_no", how="anti", maintain_order="left"),
        whole.goods.join(open_nos, on="voucher_no", how="anti", maintain_order="left"),
    )
