"""The sheet of a notice that is printed and hung on a board: PDF, A4."""

import datetime as dt

from aidkit.county import County
from aidkit.documents.typesetting import SERIF, typeset
from aidkit.money import yuan
from aidkit.notices.listing import HEADERS, Line
from aidkit.notices.notice import Notice
from aidkit.notices.objecting import objecting
from aidkit.notices.wording import order_words

DIGITS = 12
"""Digits of a list's digest that are printed."""

_PLACES = {"unit": "学校（单位）公示栏", "site": "网站"}

_WIDE = ("school", "program")


def poster(notice: Notice, lines: tuple[Line, ...], county: County, reply: int) -> bytes:
    """The sheet; the same notice gives the same bytes on the same fonts.

    It says what the notice's page says, and no more: the columns are those of its list.

    Args:
        notice: The notice, posted.
        lines: Its list.
        county: Whose.
        reply: Working days in which an objection is answered.

    Raises:
        NoFontError: The machine has no Chinese font.
    """
    draft = notice.draft
    shown = [name for name in draft.columns if any(line.cell(name) for line in lines)]
    data = {
        "title": draft.title,
        "opening": _opening(notice),
        "note": order_words(shown),
        "columns": [
            {"title": HEADERS[name], "side": _side(name), "wide": name in _WIDE} for name in shown
        ],
        "rows": [[_cell(line, name) for name in shown] for line in lines],
        "rules": [
            *(f"依据：{text}" for text in draft.policy),
            *draft.conditions,
            f"程序：{draft.procedure}",
        ],
        "objecting": objecting(county, reply),
        "publisher": county.publisher,
        "day": _day(notice.spans[0].first),
        "foot": f"公示编号 {notice.number}　名单校验码 {draft.digest[:DIGITS]}",
    }
    return typeset("notice_poster", data, notice.spans[0].first, first=SERIF)


def _opening(notice: Notice) -> list[str]:
    draft = notice.draft
    spans = "；".join(
        f"{_PLACES[one.place]} {_day(one.first)}至{_day(one.last)}" for one in notice.spans
    )
    money = "" if draft.sum_fen is None else f"，金额合计 {yuan(draft.sum_fen)} 元"
    said = [
        f"范围：{draft.scope}，{draft.persons} 人{money}。",
        f"公示期：{spans}（含首尾两天）。",
    ]
    if notice.corrected:
        said.append("名单已按核实的异议更正，以这一张为准。")
    return said


def _side(column: str) -> str:
    return {"number": "center", "amount_fen": "right"}.get(column, "left")


def _cell(line: Line, column: str) -> str:
    if column == "amount_fen" and line.amount_fen is not None:
        return yuan(line.amount_fen)
    return line.cell(column)


def _day(day: dt.date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
