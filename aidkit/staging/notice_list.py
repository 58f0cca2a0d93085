"""Notices one below the other, as the home page and the page of notices list them."""

import html
from collections.abc import Iterable, Sequence

from aidkit.notices.on_site import ShownNotice
from aidkit.notices.wording import left_words
from aidkit.show.parts import Part, raw

STANDING = ("unit", "site")


def standing(shown: Iterable[ShownNotice]) -> list[ShownNotice]:
    """Those that stand now; whichever ends first comes first."""
    now = [one for one in shown if one.state in STANDING]
    return sorted(now, key=lambda one: (one.notice.end, one.notice.number))


def notice_list(shown: Sequence[ShownNotice], *, up: str = "") -> Part:
    """Title, scope, from when to when, and what is left of it; a table is too wide for a phone.

    Args:
        shown: Notices in their order.
        up: The way from the page to the site's folder, such as `../`.
    """
    items = "".join(
        f'<li><span><a href="{up}{one.page}.html">{html.escape(one.notice.draft.title)}</a>'
        f'<span class="aid-dateline">{_facts(one)}</span></span>'
        f"<b>{_left(one)}</b></li>"
        for one in shown
    )
    return raw(f'<ul class="aid-legend aid-notices">{items}</ul>')


def left_of(one: ShownNotice) -> str:
    """How long a notice that stands still stands."""
    return left_words(one.on, one.notice.end, one.left)


def _left(one: ShownNotice) -> str:
    return left_of(one) if one.state in STANDING else "名单已撤下"


def _facts(one: ShownNotice) -> str:
    notice = one.notice
    facts = [html.escape(notice.draft.scope), f"{notice.spans[0].first} 至 {notice.end}"]
    if one.state == "unit":
        site = [span.first for span in notice.spans if span.place == "site"]
        facts += ["现在公示栏", *(f"{day} 起上网站" for day in site)]
    return " ".join(f'<span class="aid-day">{fact}</span>' for fact in facts)
