"""What earlier statements said of the journal: its head on their day.

`<county>/fund/statements.jsonl`, one line a statement. The same head stands on the printed
statement, so that who rewrites this file as well is found by the paper.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import polars as pl

from aidkit.errors import InputError, UsageError
from aidkit.fund.book import Book
from aidkit.fund.ledger.chain import START
from aidkit.fund.ledger.lock import LONGEST_WAIT, lock_of
from aidkit.fund.period import Period
from aidkit.locking import one_at_a_time
from aidkit.project import replacing

_SHORTEST = 8
"""Digits of a head that must be typed at least."""

_NAME = re.compile(r"(\S+) (\d{4}-\d\d-\d\d) (\d{4}-\d\d-\d\d)")

Told = tuple[str, Period]
"""Fund and days of a statement."""


@dataclass(frozen=True)
class Said:
    """The journal as one statement saw it.

    Attributes:
        head: Hash of the journal's last line, or (typed by hand) at least its first 8 digits.
        line: Number of that line; None where only the head is known.
        date: Day of the statement, ISO; empty where only the head is known.
        statement: What was stated: `statement_name`.
        record: SHA-256 of the record beside its documents, which has theirs; empty where none is.
    """

    head: str
    line: int | None = None
    date: str = ""
    statement: str = ""
    record: str = field(default="", compare=False)

    @property
    def typed(self) -> bool:
        """Whether only the head is known: somebody typed it."""
        return not self.date and not self.statement

    @property
    def told(self) -> Told | None:
        """Fund and days that it told of; None of what is no statement, such as a register."""
        if found := _NAME.fullmatch(self.statement):
            with suppress(ValueError, UsageError):
                return found[1], Period(*map(dt.date.fromisoformat, found.groups()[1:]))
        return None


def statement_name(fund: str, period: Period, register: str = "") -> str:
    """What a statement is called: `love 2026-01-01 2026-12-31`; a register with its title behind.

    Args:
        fund: Id of the fund.
        period: Days that it tells of.
        register: Title of what is no statement but a register of vouchers; empty: a statement.
    """
    return f"{fund} {period.first} {period.last} {register}".rstrip()


def statements_of(county: Path) -> Path:
    """Where the heads of a county's statements are kept."""
    return county / "fund" / "statements.jsonl"


def said_before(county: Path) -> list[Said]:
    """The heads that earlier statements of a county kept, oldest first.

    Raises:
        InputError: The file was damaged.
    """
    path = statements_of(county)
    if not path.is_file():
        return []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [Said(**json.loads(line)) for line in lines]
    except (ValueError, TypeError) as fault:
        raise InputError(
            "以前报表的链首记录读不出来。",
            where=str(path),
            remedy="请从备份恢复这个文件；没有备份就改名留存，再用纸面报表上的链首 --head 核对。",
        ) from fault


def keep_head(county: Path, said: Said) -> None:
    """Keep the head that a statement bears; what stands there already is not written again."""
    with one_at_a_time(lock_of(county), LONGEST_WAIT):
        kept = said_before(county)
        if any((one, one.record) == (said, said.record) for one in kept):
            return
        lines = [json.dumps(written(one), ensure_ascii=False) for one in (*kept, said)]
        with replacing(statements_of(county)) as file:
            file.write("".join(f"{line}\n" for line in lines).encode())


def written(one: Said) -> dict[str, object]:
    """What a statement says of the journal as records hold it: without what none is."""
    return {name: said for name, said in asdict(one).items() if name != "record" or said}


def latest(said: Iterable[Said]) -> dict[Told, Said]:
    """The last statement of each fund and period, by fund and period: those before are replaced."""
    found: dict[Told, Said] = {}
    for one in sorted(said, key=lambda one: one.line or 0):
        if told := one.told:
            found[told] = one
    return dict(sorted(found.items()))


def changed_by(county: Path, days: Mapping[str, dt.date]) -> list[Told]:
    """The statements on record that entries change: those of their day, and of all days after.

    Args:
        county: The county folder.
        days: Fund to the first day on which something was entered.

    Raises:
        InputError: The record of statements was damaged.
    """
    told = latest(said_before(county))
    return [(fund, of) for fund, of in told if fund in days and days[fund] <= of.last]


def stated_until(county: Path) -> dict[str, dt.date]:
    """Fund to the last day that a statement on record told of.

    Raises:
        InputError: The record of statements was damaged.
    """
    told = sorted(latest(said_before(county)), key=lambda one: one[1].last)
    return {fund: of.last for fund, of in told}


def as_of(book: Book, line: int) -> Book:
    """The book as it was when its journal ended with a line."""
    later = book.entries.filter(pl.col("line") > line).select("voucher_no")
    batches = book.batches.filter(pl.col("line") <= line)
    postings, goods = (
        table.join(later, on="voucher_no", how="anti", maintain_order="left")
        for table in (book.postings, book.goods)
    )
    return replace(
        book,
        entries=book.entries.filter(pl.col("line") <= line),
        postings=postings,
        goods=goods,
        batches=batches,
        head=batches["hash"][-1] if batches.height else START,
        lines=line,
    )


def contradicted(said: Sequence[Said], batches: pl.DataFrame) -> list[Said]:
    """Which heads are not in the journal where they were: it was cut, or written anew.

    Args:
        said: Heads of statements.
        batches: `FundBatches` of the journal as it stands.
    """
    at = dict(batches.select("line", "hash").iter_rows())
    return [one for one in said if not _stands(one, at)]


def _stands(one: Said, at: dict[int, str]) -> bool:
    head = "".join(one.head.split()).lower()  # Pages print it in groups.
    if len(head) < _SHORTEST:
        return False
    if START.startswith(head) and one.line in (None, 0):
        return True
    if one.line is not None:
        return at.get(one.line) == head
    return any(known.startswith(head) for known in at.values())
