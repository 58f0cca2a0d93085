"""What was posted when, with which list, and when it was taken down: a row for each notice."""

import datetime as dt
from collections.abc import Iterable

from aidkit.notices.notice import STATES, Notice

HEADERS = (
    *("公示编号", "标题", "范围", "人数", "状态", "张贴", "张贴人", "公示栏", "网站", "期满"),
    *("张贴名单校验码", "现名单校验码", "异议", "属实", "逾期未答复"),
    *("结束", "经办人", "公示栏撤下", "网站上线", "网站撤下"),
)


def proof_rows(notices: Iterable[Notice], on: dt.date) -> list[tuple[str, ...]]:
    """A row for each notice as of a day; columns as in `HEADERS`, days as ISO dates."""
    return [_row(notice, on) for notice in notices]


def proof_lines(notice: Notice, on: dt.date) -> list[str]:
    """The same of one notice, a line for each that says something."""
    (row,) = proof_rows([notice], on)
    return [f"{header}：{said}" for header, said in zip(HEADERS, row, strict=True) if said]


def _row(notice: Notice, on: dt.date) -> tuple[str, ...]:
    objections = notice.objections
    late = sum(one.open and one.due < on for one in objections)
    return (
        notice.number,
        notice.draft.title,
        notice.draft.scope,
        str(notice.draft.persons),
        STATES[notice.state(on)],
        _day(notice.posted_on),
        notice.posted_by,
        _stand(notice, "unit"),
        _stand(notice, "site"),
        _day(notice.end if notice.spans else None),
        notice.first_digest,
        notice.draft.digest,
        str(len(objections)),
        str(sum(one.outcome == "upheld" for one in objections)),
        str(late),
        _day(notice.closed_on),
        notice.closed_by,
        _day(notice.board_down_on),
        _day(notice.site_up_on),
        _day(notice.site_down_on),
    )


def _stand(notice: Notice, place: str) -> str:
    return "；".join(f"{one.first} 至 {one.last}" for one in notice.spans if one.place == place)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
