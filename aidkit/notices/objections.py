"""Objections to a notice and their answers; while one is open the list is frozen."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aidkit.errors import UsageError
from aidkit.notices.correcting import Correction, correction
from aidkit.notices.happened import objection_record, spans_record
from aidkit.notices.listing import Line, told_apart
from aidkit.notices.notice import OUTCOMES, Notice, Objection
from aidkit.notices.periods import spans_of
from aidkit.notices.register import entered, event, list_of, posted, with_list
from aidkit.notices.settings import NoticeSettings
from aidkit.working_days import WorkingDays


def object_to(
    county: Path,
    number: str,
    *,
    says: str,
    on: dt.date,
    by: str,
    settings: NoticeSettings,
    working_days: WorkingDays,
    who: str = "",
    about: int = 0,
) -> Notice:
    """Enter an objection: its answer is due in working days, and the list is frozen until then.

    Args:
        county: The county folder.
        number: Of the notice.
        says: What it says.
        on: When it came in.
        by: Who enters it.
        settings: The rules.
        working_days: Which days are worked.
        who: Who objects; empty where unnamed.
        about: Number in the list; 0 where it is about something else.

    Raises:
        UsageError: The notice is not posted or already closed, or has no such number.
    """

    def say(notices: Mapping[str, Notice]) -> Mapping[str, Any]:
        notice = posted(notices, number, on)
        if about and about not in {line.number for line in list_of(county, notice)}:
            raise UsageError(
                f"公示 {number} 的名单里没有编号 {about}。", where=number, remedy="请核对编号。"
            )
        one = Objection(
            number=len(notice.objections) + 1,
            on=on,
            by=by,
            who=who,
            about=about,
            says=says,
            due=working_days.add_working_days(on, settings.reply),
        )
        return event("objection", number, on, by) | objection_record(one)

    return entered(county, say)


def answer(
    county: Path,
    number: str,
    objection: int,
    *,
    outcome: str,
    reply: str,
    on: dt.date,
    by: str,
    settings: NoticeSettings,
    working_days: WorkingDays,
    corrected: Sequence[Line] | None = None,
) -> Notice:
    """Enter the answer to an objection, with the corrected list where it was right.

    What is new on the list has to stand on it for a whole period: its end moves.

    Args:
        county: The county folder.
        number: Of the notice.
        objection: Its number.
        outcome: `upheld` or `rejected`.
        reply: What was answered.
        on: The day of the answer.
        by: Who.
        settings: The rules.
        working_days: Which days are worked.
        corrected: The whole list as it is now; None where it stays.

    Raises:
        UsageError: There is no such open objection, a list is corrected that was right, or whoever
            stays on it gets another number.
    """
    if corrected is not None and outcome != "upheld":
        raise UsageError(
            f"异议不属实（{OUTCOMES['rejected']}），名单不能改。",
            where=number,
            remedy=f"名单确有错误的，结论写“{OUTCOMES['upheld']}”。",
        )

    def say(notices: Mapping[str, Notice]) -> Mapping[str, Any]:
        notice = posted(notices, number, on)
        if objection not in {one.number for one in notice.open_objections}:
            waiting = "、".join(str(one.number) for one in notice.open_objections) or "没有"
            raise UsageError(
                f"公示 {number} 没有待答复的第 {objection} 条异议。",
                where=number,
                remedy=f"待答复的：{waiting}。",
            )
        drafted, spans = notice.draft, notice.spans
        made = Correction()
        if corrected is not None:
            before = {line.number: line for line in list_of(county, notice)}
            now = {line.number: line for line in told_apart(corrected)}
            made = correction(before, now, drafted.columns, number)
            drafted = with_list(county, drafted, tuple(now.values()))
        if made.news:
            period = settings.periods[drafted.period]
            anew = spans_of(period, on, working_days, settings.least)
            spans = anew if anew[-1].last > notice.end else spans
        outcome_of = {
            "objection": objection,
            "outcome": outcome,
            "reply": reply,
            "taken_off": list(made.taken_off),
            "added": len(made.added),
            "changed": len(made.changed),
            "digest": drafted.digest,
            "persons": drafted.persons,
            "sum_fen": drafted.sum_fen,
            "spans": spans_record(spans),
        }
        return event("answer", number, on, by) | outcome_of

    return entered(county, say)
