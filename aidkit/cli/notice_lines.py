"""What `aidkit notice status` and `complaint` print: lines, Chinese."""

import datetime as dt
from collections.abc import Iterable, Sequence

from aidkit.notices.complaints import Complaint
from aidkit.notices.notice import STATES, Notice
from aidkit.notices.wording import left_words
from aidkit.working_days import WorkingDays


def status_lines(
    notices: Sequence[Notice], on: dt.date, working_days: WorkingDays
) -> tuple[list[str], bool]:
    """Where notices stand on a day, and what has to be done.

    Returns:
        The lines, and whether something is overdue: an answer, or the closing.
    """
    if not notices:
        return [f"截至 {on} 没有公示。"], False
    lines, overdue = [], False
    for notice in notices:
        state = notice.state(on)
        lines.append(
            f"{notice.number}　{STATES[state]}　{notice.draft.title}（{notice.draft.scope}）"
        )
        if state in {"unit", "site"}:
            left = working_days.working_days_between(on, notice.end)
            lines.append(
                f"  公示到 {notice.end}，{left_words(on, notice.end, left)}；"
                f"{notice.draft.persons} 人。"
            )
        for one in notice.open_objections:
            late = one.due < on
            overdue |= late
            mark = "已逾期" if late else "前答复"
            lines.append(f"  第 {one.number} 条异议没有答复，名单冻结：{one.due} {mark}。")
        if state == "site" and notice.never_on_site:
            lines.append(
                f"  {_list(notice)}网站上还没有：请运行 aidkit build，公示的日子从上网站那天算起。"
            )
        if state == "ended" and notice.never_on_site:
            overdue = True
            lines.append(
                f"  {_list(notice)}从来没有上过网站，请重新张贴：aidkit notice post {notice.number}"
            )
        elif state == "ended":
            overdue = True
            lines.append(f"  {notice.end} 已期满，请结束：aidkit notice close {notice.number}")
        if state in {"ended", "closed"} and notice.site_up_on and not notice.site_down_on:
            lines.append("  网站上的名单还没有撤下，请运行 aidkit build。")
    return lines, overdue


def _list(notice: Notice) -> str:
    """Whether only the corrected list is meant."""
    return "更正后的名单" if notice.site_up_on else ""


def complaint_lines(complaints: Iterable[Complaint]) -> list[str]:
    """Every complaint with its answer, and how many wait for one."""
    lines: list[str] = []
    told = list(complaints)
    for one in told:
        about = f"（关于公示 {one.notice}）" if one.notice else ""
        lines.append(f"第 {one.number} 条　{one.on}　{one.who or '匿名'}{about}：{one.says}")
        if one.answered_on is None:
            lines.append("  还没有答复。")
        else:
            lines.append(f"  {one.answered_on} {one.answered_by} 答复：{one.reply}")
    waiting = sum(one.answered_on is None for one in told)
    return [*lines, f"共 {len(told)} 条，待答复 {waiting} 条。"]
