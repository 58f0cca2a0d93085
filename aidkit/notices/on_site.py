"""What the site of a day shows of each notice; names only of those that stand on it that day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aidkit.chained_log import Record, append
from aidkit.digests import digest_of
from aidkit.notices.happened import spans_record
from aidkit.notices.listing import Line
from aidkit.notices.notice import Notice, State
from aidkit.notices.periods import Span, late_on_site
from aidkit.notices.register import list_of, list_path, read_notices, register_of
from aidkit.working_days import WorkingDays, read_working_days

if TYPE_CHECKING:
    from aidkit.notices.settings import NoticeSettings


BUILD = "aidkit build"
"""Who enters what the site shows."""


@dataclass(frozen=True)
class ShownNotice:
    """A notice as the site of a day shows it.

    Attributes:
        notice: As the register knew it on that day.
        on: The day.
        state: Where it stood.
        left: Working days from the day to its end; 0 where it no longer stands.
        lines: Its list; empty unless it stands on the site that day.
    """

    notice: Notice
    on: dt.date
    state: State
    left: int
    lines: tuple[Line, ...]

    @property
    def page(self) -> str:
        """Path of its page below the site, without the ending."""
        return f"notices/{self.notice.number}"

    @property
    def download(self) -> str:
        """Path of its list below the site."""
        return f"downloads/notice-{self.notice.number}.csv"

    @property
    def places(self) -> tuple[str, ...]:
        """The files in which its names may stand: source, page and list."""
        return (f"{self.page}.qmd", f"{self.page}.html", self.download)

    @property
    def names(self) -> frozenset[str]:
        """Whom it names on this day."""
        return frozenset(line.name for line in self.lines)


def notices_on_site(project_params: Path, county: Path, on: dt.date) -> tuple[ShownNotice, ...]:
    """Every notice that was posted up to a day, the newest first.

    One that comes onto the site late stands there as long as if it had been posted that day; one
    that never was on the site until its end was over is left out: it has to be posted again. Names
    that were taken down stay away on every day, so that no wrong clock and no look back at an
    earlier day brings them onto a site again.

    Args:
        project_params: The project's `params`.
        county: The county folder.
        on: The day of the site.

    Raises:
        InputError: The register or a list is not what was written, or a year has no table.
    """
    if not register_of(county).is_file():
        return ()
    params = (project_params, county / "params")
    days = read_working_days(*params)
    latest = read_notices(county)
    notices = [one for one in read_notices(county, on).values() if one.posted_on is not None]
    standing = [
        one for one in notices if one.site_up_on or not (one.never_on_site and on > one.end)
    ]
    if any(one.never_on_site for one in standing):
        # It imports more than finding out that nothing changed may take.
        from aidkit.notices.settings import read_notice_settings  # noqa: PLC0415

        rules = read_notice_settings(*params)
        standing = [
            replace(one, spans=_spans_from(one, rules, on, days)) if one.never_on_site else one
            for one in standing
        ]
    shown = [_shown(county, one, latest[one.number], on, days) for one in standing]
    return tuple(sorted(shown, key=lambda one: one.notice.number, reverse=True))


def note_on_site(county: Path, shown: Sequence[ShownNotice]) -> list[str]:
    """Enter what a site that was built and is in its place shows first, and what is gone from it.

    Args:
        county: The county folder.
        shown: Notices as the day of the site shows them.

    Returns:
        Numbers of those whose names are gone now; none where all were entered before.
    """
    gone = []
    for one in shown:
        notice = one.notice
        said = {"notice": notice.number, "on": one.on.isoformat(), "by": BUILD}
        if one.state == "site" and notice.counted_from is None:
            spans = spans_record(notice.spans)
            append(register_of(county), partial(_told, {"type": "site_up", **said, "spans": spans}))
        if one.state in {"ended", "closed"} and notice.site_up_on and not notice.site_down_on:
            append(register_of(county), partial(_told, {"type": "site_down", **said}))
            gone.append(notice.number)
    return gone


def everybody_listed(county: Path) -> frozenset[str]:
    """Every name on any list that is kept, also of notices that are over.

    Raises:
        InputError: A list was changed.
    """
    notices = read_notices(county).values()
    kept = [one for one in notices if list_path(county, one).is_file()]
    return frozenset(line.name for one in kept for line in list_of(county, one))


def digest_of_shown(shown: tuple[ShownNotice, ...]) -> str:
    """A digest of all that the pages are made of; what `note_on_site` enters changes none."""
    told = [
        replace(
            one,
            notice=replace(
                one.notice,
                site_up_on=None,
                counted_from=None,
                site_down_on=None,
                last_event_on=dt.date.min,
            ),
        )
        for one in shown
    ]
    return digest_of(repr(told).encode())


def _spans_from(
    notice: Notice, rules: "NoticeSettings", on: dt.date, days: WorkingDays
) -> tuple[Span, ...]:
    period = rules.periods[notice.draft.period]
    return late_on_site(notice.spans, period, on, days, rules.least)


def _told(fields: Mapping[str, Any], _: Sequence[Record]) -> Mapping[str, Any]:
    return fields


def _shown(
    county: Path, notice: Notice, latest: Notice, on: dt.date, days: WorkingDays
) -> ShownNotice:
    state = notice.state(on)
    if state in {"unit", "site"} and (gone := latest.site_down_on or latest.closed_on):
        notice, state = latest, latest.state(max(gone, on))
    return ShownNotice(
        notice=notice,
        on=on,
        state=state,
        left=days.working_days_between(on, notice.end) if state in {"unit", "site"} else 0,
        lines=list_of(county, notice) if state == "site" else (),
    )
