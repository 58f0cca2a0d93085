"""Pages of notices: one with all, one for each, and the list as a download while it stands.

The page of a notice says its state first. Past its end it is a stub: what was posted from when to
when, and what came of objections; no name.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal

from aidkit.county import County
from aidkit.money import yuan
from aidkit.notices.listing import HEADERS, list_bytes
from aidkit.notices.notice import OUTCOMES, STATES
from aidkit.notices.objecting import objecting
from aidkit.notices.on_site import ShownNotice
from aidkit.notices.wording import change_words, order_words
from aidkit.show.official import Column, Row, Value, official_table
from aidkit.show.parts import Part, bullets, callout, escaped, join, prose, section
from aidkit.staging.executed_pages import front_matter
from aidkit.staging.notice_list import STANDING, left_of, notice_list, standing

OVER = "公示期已满"
DIGITS = 12
"""Digits of a list's digest that its page prints."""


def notice_files(shown: Sequence[ShownNotice], county: County, reply: int) -> dict[str, bytes]:
    """Staged files of notices by path below `site/`; none where nothing was ever posted.

    Args:
        shown: Notices as the site's day shows them, newest first.
        county: Whose.
        reply: Working days in which an objection is answered.
    """
    if not shown:
        return {}
    files = {"notices/index.qmd": _index(shown, county, reply)}
    for one in shown:
        files[f"{one.page}.qmd"] = _page(one, county, reply)
        if one.lines:
            files[one.download] = list_bytes(one.lines, one.notice.draft.columns)
    return files


def _index(shown: Sequence[ShownNotice], county: County, reply: int) -> bytes:
    now = standing(shown)
    over = [one for one in shown if one.state not in STANDING]
    on = shown[0].on
    parts = [
        prose(
            f"截至 {on}，正在公示 {len(now)} 个。公示期满，名单随即从网站撤下；"
            "这里只留下公示过什么、从哪天到哪天。"
        )
    ]
    if now:
        parts.append(section("正在公示", "now", notice_list(now, up="../")))
    if over:
        parts.append(section("已经期满", "over", notice_list(over, up="../")))
    parts.append(_objecting(county, reply))
    own = {
        "title": "公示",
        "subtitle": county.name,
        "description": "正在公示的名单、还剩几个工作日、怎样提出异议。",
        "date": on.isoformat(),
        "producer": county.publisher,
        "toc": False,
    }
    return _file(own, parts)


def _page(one: ShownNotice, county: County, reply: int) -> bytes:
    notice, draft = one.notice, one.notice.draft
    stands = one.state in STANDING
    state = STATES[one.state] if stands else OVER
    own: dict[str, Any] = {
        "title": draft.title,
        "subtitle": f"{draft.scope} · 公示编号 {notice.number}",
        "description": f"{state}，{notice.spans[0].first} 至 {notice.end}。",
        "date": str(notice.spans[0].first),
        "status": state,
        "producer": county.publisher,
        "toc": False,
        # Names are for whoever looks up this notice, not for whoever types a name.
        "search": False,
    }
    if one.lines:
        own["downloads"] = [{"text": "名单 CSV", "href": f"../{one.download}"}]
    parts = [_state(one), _what(one, county)]
    if stands:
        parts.append(_objecting(county, reply))
    if one.lines:
        parts.append(_list(one))
    if stands:
        parts.append(_rules(one))
    if notice.objections:
        parts.append(_outcomes(one))
    return _file(own, parts)


def _state(one: ShownNotice) -> Part:
    notice = one.notice
    if one.state == "site":
        return callout(
            f"正在公示，{left_of(one)}",
            prose(f"公示到 {notice.end}（含当天）。工作日按国务院放假安排计算，截至 {one.on}。"),
        )
    if one.state == "unit":
        site = [span for span in notice.spans if span.place == "site"]
        then = f"{site[0].first} 起在网站公示。" if site else ""
        return callout("正在学校（单位）公示栏公示", prose(f"名单在公示栏上查看；{then}"))
    waiting = "异议还在处理，处理结果随后写在这一页。" if notice.open_objections else ""
    return callout(
        "公示已期满，名单已撤下", prose(f"{notice.spans[0].first} 至 {notice.end} 公示。{waiting}")
    )


def _what(one: ShownNotice, county: County) -> Part:
    notice, draft = one.notice, one.notice.draft
    facts: list[tuple[str, str]] = [
        ("范围", draft.scope),
        ("公示期", "；".join(_span(s.place, s.first, s.last) for s in notice.spans)),
        ("发布单位", county.publisher),
    ]
    # Without the list a small count or sum would tell what other tables withhold, and whoever
    # guesses a short list could try its digest.
    if one.lines:
        facts.append(("人数", f"{draft.persons} 人"))
        if draft.sum_fen is not None:
            facts.append(("金额合计", f"{yuan(draft.sum_fen)} 元"))
        facts.append(("名单校验码", draft.digest[:DIGITS]))
    if one.lines and notice.corrected:
        facts.append(
            ("更正", f"张贴时的名单校验码是 {notice.first_digest[:DIGITS]}，见下面的处理结果")
        )
    columns = [Column(("事项",)), Column(("内容",), "long")]
    return section("公示事项", "what", official_table(columns, [Row(fact) for fact in facts]))


def _objecting(county: County, reply: int) -> Part:
    said = prose(*(escaped(words) for words in objecting(county, reply)))
    return section("怎样提出异议和投诉", "objection", said)


def _list(one: ShownNotice) -> Part:
    draft = one.notice.draft
    kinds: dict[str, Literal["money", "number"]] = {"amount_fen": "money", "number": "number"}
    shown = [n for n in draft.columns if n != "class" or any(x.class_name for x in one.lines)]
    columns = [Column((HEADERS[name],), kinds.get(name, "text")) for name in shown]
    rows: list[Row] = []
    for line in one.lines:
        values: dict[str, Value] = {"number": line.number, "amount_fen": line.amount_fen}
        rows.append(Row(tuple(values.get(name, line.cell(name)) for name in shown)))
    note = prose(order_words(shown))
    return section(f"名单（{len(rows)} 人）", "list", note, official_table(columns, rows))


def _rules(one: ShownNotice) -> Part:
    draft = one.notice.draft
    return section(
        "依据、条件和程序",
        "rules",
        bullets(
            escaped(text)
            for text in (
                *(f"依据：{policy}" for policy in draft.policy),
                *draft.conditions,
                f"程序：{draft.procedure}",
            )
        ),
    )


def _outcomes(one: ShownNotice) -> Part:
    """What came of objections, by number; what they said and who said it stays inside."""
    rows = []
    for objection in one.notice.objections:
        outcome = OUTCOMES.get(objection.outcome, "正在处理，名单冻结")
        change = "名单不变"
        if objection.open:
            change = f"应于 {objection.due} 前答复"
        elif objection.corrects:
            change = "名单已更正"
            if one.lines:
                change = change_words(objection)
        rows.append(Row((f"第 {objection.number} 条", str(objection.on), outcome, change)))
    columns = [Column((title,)) for title in ("异议", "收到", "结论", "名单")]
    return section("异议和处理结果", "outcomes", official_table(columns, rows))


def _span(place: str, first: dt.date, last: dt.date) -> str:
    return f"{'学校（单位）公示栏' if place == 'unit' else '网站'} {first} 至 {last}"


def _file(own: dict[str, Any], parts: Sequence[Part]) -> bytes:
    return f"{front_matter(own)}\n\n{join(parts).markdown}\n".encode()
