"""The sample county's terms signed off by two demo users, with the same calls as the commands."""

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from aidkit.calendar import Term
from aidkit.pipeline.review import reviewed
from aidkit.project import Project
from aidkit.review.steps import approve, submit

CLERK, REVIEWER = "示例甲", "示例乙"

ON = dt.date(2026, 11, 20)
"""Day on which the sample is signed: never the clock, so that a demo can be repeated. A county
that somebody signed or published later is signed on the last day that its log has."""


def sign_off(project: Project, county: Path, terms: Iterable[Term]) -> Iterator[str]:
    """Submit and approve each term whose results nobody approved as they lie.

    Yields:
        What was done, Chinese.
    """
    for term in terms:
        now = reviewed(project, county, term)
        if now.publishable:
            continue
        last = now.standing.steps[-1] if now.standing.steps else None
        on = max(ON, last.on) if last else ON
        if last is None or last.kind != "submit" or last.content != now.content.digest:
            reason = "示例数据更新" if now.standing.published else ""
            submit(county, term, now.content, by=CLERK, on=on, reason=reason)
        approve(county, term, now.content, by=REVIEWER, on=on)
        yield f"审核：{term.label}，{CLERK}送审，{REVIEWER}审核通过（示例用户）。"
