"""The register of complaints, `<county>/notices/complaints.jsonl`: internal, beside objections.

An objection is about a notice that stands, and freezes its list; a complaint (投诉、举报) is about
anything, at any time, and freezes nothing.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aidkit.chained_log import Record, append, read_log
from aidkit.errors import UsageError
from aidkit.notices.register import FOLDER, found, read_notices, refuse_numbers

REGISTER = "complaints.jsonl"


@dataclass(frozen=True)
class Complaint:
    """A complaint.

    Attributes:
        number: From 1.
        on: When it came in.
        by: Who wrote it down.
        who: Who complains; empty where unnamed.
        notice: Number of the notice it is about; empty where it is about none.
        says: What it says.
        answered_on: None while nobody has.
        answered_by: Who answered.
        reply: What was found and answered.
    """

    number: int
    on: dt.date
    by: str
    who: str
    notice: str
    says: str
    answered_on: dt.date | None = None
    answered_by: str = ""
    reply: str = ""


def read_complaints(county: Path) -> dict[int, Complaint]:
    """Complaints of a county by number.

    Raises:
        InputError: The register is not what was written.
    """
    return _complaints(read_log(county / FOLDER / REGISTER))


def complain(
    county: Path, *, says: str, on: dt.date, by: str, who: str = "", notice: str = ""
) -> Complaint:
    """Enter a complaint.

    Args:
        county: The county folder.
        says: What it says.
        on: When it came in.
        by: Who enters it.
        who: Who complains; empty where unnamed.
        notice: Number of the notice it is about.

    Raises:
        UsageError: There is no such notice.
    """
    if notice:
        found(read_notices(county), notice)

    def say(records: Sequence[Record]) -> Mapping[str, Any]:
        number = len(_complaints(records)) + 1
        said = {"type": "complaint", "complaint": number, "on": on.isoformat(), "by": by}
        said |= {"who": who, "about": notice, "says": says}
        refuse_numbers(said)
        return said

    record = append(county / FOLDER / REGISTER, say)
    return read_complaints(county)[record["complaint"]]


def reply_to(county: Path, number: int, *, reply: str, on: dt.date, by: str) -> Complaint:
    """Enter the answer to a complaint.

    Raises:
        UsageError: There is no such complaint without an answer, or it came in later.
    """

    def say(records: Sequence[Record]) -> Mapping[str, Any]:
        waiting = {n for n, one in _complaints(records).items() if one.answered_on is None}
        if number not in waiting:
            raise UsageError(
                f"没有待答复的第 {number} 条投诉。",
                where=REGISTER,
                remedy=f"待答复的：{'、'.join(map(str, sorted(waiting))) or '没有'}。",
            )
        asked = _complaints(records)[number].on
        if on < asked:
            raise UsageError(
                f"答复的日子 {on} 早于第 {number} 条投诉的日子 {asked}。",
                where=REGISTER,
                remedy="请核对日期。",
            )
        said = {"type": "reply", "complaint": number, "on": on.isoformat(), "by": by}
        said |= {"reply": reply}
        refuse_numbers(said)
        return said

    append(county / FOLDER / REGISTER, say)
    return read_complaints(county)[number]


def _complaints(records: Sequence[Record]) -> dict[int, Complaint]:
    found: dict[int, Complaint] = {}
    for said in records:
        number, day = said["complaint"], dt.date.fromisoformat(said["on"])
        if said["type"] == "complaint":
            found[number] = Complaint(
                number, day, said["by"], said["who"], said["about"], said["says"]
            )
        else:
            answered = {"answered_on": day, "answered_by": said["by"], "reply": said["reply"]}
            found[number] = replace(found[number], **answered)
    return found
