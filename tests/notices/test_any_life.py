"""Whatever clerks do in any order: no name stands too long, nothing is closed too early."""

import datetime as dt
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from aidkit.errors import AidkitError
from aidkit.notices.listing import Line
from aidkit.notices.objections import answer, object_to
from aidkit.notices.on_site import notices_on_site
from aidkit.notices.register import list_of, read_notices
from aidkit.notices.steps import close, post
from tests.notices.sample_notices import DAYS, LINES, PARAMS, SETTINGS, built, draft_in

START = dt.date(2026, 9, 21)
NUMBER = "2026-001"
NEW = Line(9, "试己九", "青山县试验小学", "三年级")

RULED: dict[str, Any] = {"settings": SETTINGS, "working_days": DAYS, "by": "王"}
STEPS = {
    "post": lambda county, on: post(county, NUMBER, on=on, **RULED),
    "object": lambda county, on: object_to(county, NUMBER, says="不对", on=on, **RULED),
    "reject": lambda county, on: _answer(county, on, outcome="rejected"),
    "take off": lambda county, on: _answer(county, on, corrected=LINES[1:]),
    "bring on": lambda county, on: _answer(county, on, corrected=[*LINES, NEW]),
    "close": lambda county, on: close(county, NUMBER, on=on, by="李"),
    "build": built,
}


def _answer(county: Path, on: dt.date, **more: Any) -> None:
    waiting = read_notices(county)[NUMBER].open_objections
    number = waiting[0].number if waiting else 1
    said: dict[str, Any] = {"outcome": "upheld", "reply": "已核对", **more}
    answer(county, NUMBER, number, on=on, **RULED, **said)


@settings(max_examples=25)
@given(
    life=st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from(sorted(STEPS))), min_size=4, max_size=14
    )
)
def test_any_life_keeps_the_rules(life: list[tuple[int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        county = Path(folder)
        draft_in(county, START)
        on = START
        seen: dict[str, dt.date] = {}
        for days, step in life:
            on += dt.timedelta(days)
            before = read_notices(county)[NUMBER]
            with suppress(AidkitError):
                STEPS[step](county, on)
            notice = read_notices(county)[NUMBER]
            if before.open_objections and step != "object":
                # Frozen: only the answer to an objection touches list or end of what stands.
                kept = notice.draft.digest == before.draft.digest and not notice.closed_on
                assert kept or len(notice.open_objections) < len(before.open_objections)
            if notice.closed_on:
                assert not notice.open_objections
                assert notice.closed_on > notice.end
                assert notice.site_up_on
            for shown in notices_on_site(PARAMS, county, on):
                assert bool(shown.lines) == (shown.state == "site")
                if step == "build":
                    seen = dict.fromkeys(shown.names, on) | seen
            if notice.closed_on:
                # Everybody on the list that is reported stood on the site for a whole period.
                for line in list_of(county, notice):
                    stood = DAYS.working_days_between(seen[line.name], notice.end)
                    assert stood >= SETTINGS.least
        if notice.site_up_on:
            assert DAYS.working_days_between(notice.site_up_on, notice.end) >= SETTINGS.least
        if notice.posted_on:
            names = {line.name for line in list_of(county, notice)}
            for shown in notices_on_site(PARAMS, county, notice.end + dt.timedelta(1)):
                assert not shown.names & names
