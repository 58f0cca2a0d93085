"""What earlier statements said of the journal: its head on their day.

`<county>/fund/statements.jsonl`, one line a statement. The same head stands on the printed
statement, so that who rewrites this file as well is found by the paper.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from aidkit.errors import InputError
from aidkit.fund.ledger.chain import START
from aidkit.locking import one_at_a_time
from aidkit.project import replacing

LOCK = "journal.lock"
LONGEST_WAIT = 60.0
"""Seconds that a writer waits for another one."""

_SHORTEST = 8
"""Digits of a head that must be typed at least."""


@dataclass(frozen=True)
class Said:
    """The journal as one statement saw it.

    Attributes:
        head: Hash of the journal's last line, or (typed by hand) at least its first 8 digits.
        line: Number of that line; None where only the head is known.
        date: Day of the statement, ISO; empty where only the head is known.
        statement: What was stated, e.g. `love 2026-01-01 2026-12-31`.
    """

    head: str
    line: int | None = None
    date: str = ""
    statement: str = ""


def statements_of(county: Path) -> Path:
    """Where the heads of a county's statements are kept."""
    return county / "fund" / "statements.jsonl"


def lock_of(county: Path) -> Path:
    """The lock of whoever writes below `<county>/fund`."""
    return county / "fund" / LOCK


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
        if said in kept:
            return
        lines = [json.dumps(asdict(one), ensure_ascii=False) for one in (*kept, said)]
        with replacing(statements_of(county)) as file:
            file.write("".join(f"{line}\n" for line in lines).encode())


def contradicted(said: Sequence[Said], batches: pl.DataFrame) -> list[Said]:
    """Which heads are not in the journal where they were: it was cut, or written anew.

    Args:
        said: Heads of statements.
        batches: `FundBatches` of the journal as it stands.
    """
    at = dict(batches.select("line", "hash").iter_rows())
    return [one for one in said if not _stands(one, at)]


def _stands(one: Said, at: dict[int, str]) -> bool:
    head = one.head.strip().lower()
    if len(head) < _SHORTEST:
        return False
    if START.startswith(head) and one.line in (None, 0):
        return True
    if one.line is not None:
        return at.get(one.line) == head
    return any(known.startswith(head) for known in at.values())
