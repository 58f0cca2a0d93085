"""The county's register of notices, `<county>/notices/notices.jsonl`: every step in its order.

Names stand in the lists beside it, not in the register; what is entered stays.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from aidkit.chained_log import Record, append, head, read_log
from aidkit.errors import UsageError
from aidkit.notices.happened import notices_of
from aidkit.notices.listing import Line, list_bytes, store_list, stored_at, stored_list
from aidkit.notices.notice import Draft, Notice

FOLDER = "notices"
REGISTER = "notices.jsonl"

TYPED = {"by": "--by", "who": "--from", "says": "--says", "reply": "--reply", "title": "--title"}
"""Fields that people type, and with which option."""

_NUMBER = re.compile(r"\d{12,}")

Say = Callable[[Mapping[str, Notice]], Mapping[str, Any]]
"""Gets the notices so far by number, gives the fields of a record."""


def register_of(county: Path) -> Path:
    """Where the register lies."""
    return county / FOLDER / REGISTER


def read_notices(county: Path, on: dt.date | None = None) -> dict[str, Notice]:
    """Notices of a county by number, as known on a day.

    Args:
        county: The county folder.
        on: What was entered for later days is left out; None: nothing.

    Raises:
        InputError: The register is not what was written.
    """
    return notices_of(read_log(register_of(county)), on)


def register_head(county: Path) -> str:
    """Hash of the register's last record: who keeps it can tell that nothing was taken off."""
    return head(read_log(register_of(county)))


def list_of(county: Path, notice: Notice) -> tuple[Line, ...]:
    """The list of a notice as it stands now.

    Raises:
        InputError: It is lost or was changed.
    """
    return stored_list(county / FOLDER, notice.draft.digest, notice.draft.columns)


def list_path(county: Path, notice: Notice) -> Path:
    """Where the list of a notice lies, if it was not cleared away."""
    return stored_at(county / FOLDER, notice.draft.digest)


def entered(county: Path, say: Say) -> Notice:
    """Enter what a function says of the notices so far, under the lock; returns the notice."""

    def fields(records: tuple[Record, ...]) -> Mapping[str, Any]:
        said = say(notices_of(records))
        refuse_numbers(said)
        return said

    record = append(register_of(county), fields)
    return read_notices(county)[record["notice"]]


def refuse_numbers(said: Mapping[str, Any]) -> None:
    """Refuse what people typed if it holds an ID or card number: a register keeps it for good.

    Raises:
        UsageError: It does.
    """
    for key, option in TYPED.items():
        if _NUMBER.search(str(said.get(key, ""))):
            raise UsageError(
                "里面有像身份证号、学籍号或银行卡号的一长串数字；登记簿只能添、不能改，没有登记。",
                where=option,
                remedy="请去掉号码再登记；要指名单上的人，写公示里的编号。",
            )


def event(kind: str, number: str, on: dt.date, by: str) -> dict[str, Any]:
    """The fields that every record has."""
    return {"type": kind, "notice": number, "on": on.isoformat(), "by": by}


def with_list(county: Path, drafted: Draft, lines: Sequence[Line]) -> Draft:
    """A draft with its list stored, counted and summed up."""
    digest = store_list(county / FOLDER, list_bytes(lines, drafted.columns))
    sums = [line.amount_fen for line in lines if line.amount_fen is not None]
    whole = sum(sums) if "amount_fen" in drafted.columns else None
    return replace(drafted, digest=digest, persons=len(lines), sum_fen=whole)


def found(notices: Mapping[str, Notice], number: str, on: dt.date | None = None) -> Notice:
    """A notice that there is, to which nothing happened after a day.

    Raises:
        UsageError: There is none, or something did.
    """
    if number not in notices:
        raise UsageError(
            f"没有公示 {number}。",
            where=number,
            remedy=f"现有：{'、'.join(notices) or '一个也没有'}。",
        )
    notice = notices[number]
    if on is not None and on < notice.last_event_on:
        raise UsageError(
            f"{on} 早于这个公示最近一次登记的日子 {notice.last_event_on}。",
            where=number,
            remedy="请核对日期。",
        )
    return notice


def posted(notices: Mapping[str, Notice], number: str, on: dt.date) -> Notice:
    """A notice that is posted and not closed.

    Raises:
        UsageError: It is not.
    """
    notice = found(notices, number, on)
    if notice.posted_on is None:
        raise UsageError(
            f"公示 {number} 还没有张贴。", where=number, remedy=f"先 aidkit notice post {number}。"
        )
    if notice.closed_on is not None:
        raise UsageError(
            f"公示 {number} 已于 {notice.closed_on} 结束。",
            where=number,
            remedy="以后的意见请登记为投诉：aidkit notice complaint。",
        )
    return notice
