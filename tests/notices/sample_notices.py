"""A county with a register of notices, and its rules; all persons are made up."""

import datetime as dt
from functools import partial
from pathlib import Path

from aidkit.notices.listing import Line
from aidkit.notices.notice import Draft, Notice
from aidkit.notices.objections import answer, object_to
from aidkit.notices.on_site import note_on_site, notices_on_site
from aidkit.notices.settings import read_notice_settings
from aidkit.notices.steps import draft, post
from aidkit.working_days import read_working_days

PARAMS = Path(__file__).parents[2] / "params"
SETTINGS = read_notice_settings(PARAMS)
DAYS = read_working_days(PARAMS)
POSTED = dt.date(2026, 9, 29)
END = dt.date(2026, 10, 12)
NAMES = ("试甲一", "试乙二", "试丙三")
LINES = tuple(
    Line(number, name, "青山县试验小学", "三年级", f"{number}班", "寄宿生生活补助")
    for number, name in enumerate(NAMES, 1)
)


object_here = partial(object_to, by="王老师", settings=SETTINGS, working_days=DAYS)
answer_here = partial(answer, by="李主任", settings=SETTINGS, working_days=DAYS)


def drafted(kind: str = "students", period: str = "five_working_days") -> Draft:
    return Draft(
        kind=kind,
        title="寄宿生生活补助拟受助学生公示",
        scope="青山县试验小学",
        program="boarder_allowance",
        term="2026-autumn",
        period=period,
        columns=SETTINGS.content[kind],
        digest="",
        persons=0,
        sum_fen=None,
        policy=("《通知》新资助〔20xx〕7号三、2",),
        conditions=("在校", "寄宿"),
        procedure=SETTINGS.procedure,
    )


def draft_in(county: Path, on: dt.date = POSTED, lines: tuple[Line, ...] = LINES) -> Notice:
    return draft(county, lines, drafted(), on=on, by="王老师")


def built(county: Path, on: dt.date) -> list[str]:
    """What a build of a day's site enters; the numbers whose names are gone."""
    return note_on_site(county, notices_on_site(PARAMS, county, on))


def posted_in(county: Path, on: dt.date = POSTED, until: dt.date | None = None) -> Notice:
    number = draft_in(county, on).number
    made = post(
        county, number, on=on, by="王老师", settings=SETTINGS, working_days=DAYS, until=until
    )
    built(county, on)
    return made
