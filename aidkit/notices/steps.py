"""The steps of a notice's life: drafted, posted, closed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aidkit.errors import UsageError
from aidkit.notices.happened import draft_record, spans_record
from aidkit.notices.listing import Line, told_apart
from aidkit.notices.notice import Draft, Notice
from aidkit.notices.periods import spans_of
from aidkit.notices.register import (
    entered,
    event,
    found,
    list_of,
    posted,
    with_list,
)
from aidkit.notices.settings import NoticeSettings
from aidkit.working_days import WorkingDays


def draft(
    county: Path,
    lines: Sequence[Line],
    drafted: Draft,
    *,
    on: dt.date,
    by: str,
    instead_of: str = "",
) -> Notice:
    """Enter a draft; a draft can be drawn up again under its number, a posted notice cannot.

    Args:
        county: The county folder.
        lines: Its list.
        drafted: What it says; list, persons and sum follow from the lines.
        on: The day.
        by: Who.
        instead_of: Number of a draft that it takes the place of.

    Raises:
        UsageError: Nobody is on the list, or there is no such draft.
    """
    if not lines:
        raise UsageError(
            "名单上没有人，不用公示。", where=drafted.title, remedy="请核对项目、学校和学期。"
        )
    complete = with_list(county, drafted, told_apart(lines))

    def say(notices: Mapping[str, Notice]) -> Mapping[str, Any]:
        number = instead_of
        if instead_of:
            before = found(notices, instead_of, on)
            if before.posted_on is not None:
                raise UsageError(
                    f"公示 {instead_of} 已经张贴，不能重新起草。",
                    where=instead_of,
                    remedy="名单有错的，登记异议并答复“属实”，名单随答复更正。",
                )
        else:
            number = f"{on.year}-{1 + sum(n.startswith(f'{on.year}-') for n in notices):03d}"
        return event("draft", number, on, by) | draft_record(complete)

    return entered(county, say)


def post(
    county: Path,
    number: str,
    *,
    on: dt.date,
    by: str,
    settings: NoticeSettings,
    working_days: WorkingDays,
    until: dt.date | None = None,
) -> Notice:
    """Post a notice: from this day it stands, to the end that its program's rule gives.

    One that was posted and never stood on the site until its end can be posted again.

    Args:
        county: The county folder.
        number: Of the notice.
        on: The day of posting.
        by: Who.
        settings: The rules.
        working_days: Which days are worked.
        until: A later end.

    Raises:
        InputError: A year that is needed has no table; or the list was changed.
        UsageError: There is no such draft, or `until` is too early.
    """

    def say(notices: Mapping[str, Notice]) -> Mapping[str, Any]:
        notice = found(notices, number, on)
        missed = notice.posted_on is not None and notice.never_on_site and on > notice.end
        if notice.posted_on is not None and not missed:
            raise UsageError(
                f"公示 {number} 已于 {notice.posted_on} 张贴。",
                where=number,
                remedy=f"用 aidkit notice status {number} 查看。",
            )
        list_of(county, notice)
        period = settings.periods[notice.draft.period]
        spans = spans_of(period, on, working_days, settings.least, until=until)
        return event("post", number, on, by) | {"spans": spans_record(spans)}

    return entered(county, say)


def close(
    county: Path, number: str, *, on: dt.date, by: str, board_down: dt.date | None = None
) -> Notice:
    """Close a notice: its period is over, every objection answered; now it can be reported upward.

    Args:
        county: The county folder.
        number: Of the notice.
        on: The day.
        by: Who.
        board_down: When it was taken off the board of the unit; None where it was on none.

    Raises:
        UsageError: It still stands, it or its corrected list never stood on the site where it
            should have, an objection is open, or the board was cleared before its time.
    """

    def say(notices: Mapping[str, Notice]) -> Mapping[str, Any]:
        notice = posted(notices, number, on)
        if waiting := notice.open_objections:
            raise UsageError(
                f"公示 {number} 还有 {len(waiting)} 条异议没有答复，名单冻结，不能结束。",
                where="、".join(f"第 {one.number} 条，{one.due} 前答复" for one in waiting),
                remedy=f"先答复：aidkit notice objection {number} --answer {waiting[0].number} …",
            )
        if on <= notice.end:
            raise UsageError(
                f"公示 {number} 要到 {notice.end} 才满，不能提前结束。",
                where=number,
                remedy="请在期满以后再结束。",
            )
        if notice.never_on_site:
            what = "更正后的名单" if notice.site_up_on else ""
            raise UsageError(
                f"公示 {number} {what}从来没有上过网站，不算公示过，不能结束。",
                where=number,
                remedy=f"请重新张贴：aidkit notice post {number}，并当天运行 aidkit build。",
            )
        if board_down is not None:
            _refuse_board(notice, board_down, on)
        down = board_down.isoformat() if board_down else ""
        return event("close", number, on, by) | {"board_down": down}

    return entered(county, say)


def _refuse_board(notice: Notice, down: dt.date, on: dt.date) -> None:
    """Refuse a day on which the board of the unit cannot have been cleared."""
    stood = max((span.last for span in notice.spans if span.place == "unit"), default=None)
    first = stood + dt.timedelta(1) if stood else notice.posted_on
    assert first is not None, "a posted notice"
    if not first <= down <= on:
        raise UsageError(
            f"公示栏 {down} 撤下？这个公示在公示栏上要到 {first} 才能撤，今天是 {on}。"
            if stood
            else f"公示栏 {down} 撤下？要在张贴（{first}）以后、今天（{on}）以前。",
            where="--board-down",
            remedy="请核对日期；真的提前撤了，公示期不够，要重新张贴。",
        )
