"""From when to when a notice stands; the day of posting is not counted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from aidkit.errors import UsageError
from aidkit.working_days import WorkingDays

if TYPE_CHECKING:
    from aidkit.programs.version import Source

Place = Literal["unit", "site"]
Unit = Literal["calendar", "working", "year"]

_ONE = dt.timedelta(days=1)


@dataclass(frozen=True)
class Stage:
    """A part of a notice's period.

    Attributes:
        place: The board of the school or unit, or the site.
        days: How many; 0 with `year`.
        unit: Calendar days, working days, or until the year ends.
    """

    place: Place
    days: int
    unit: Unit


@dataclass(frozen=True)
class Period:
    """How long a notice stands.

    Attributes:
        id: Its name.
        title: What people call it.
        stages: One after the other.
        sources: Where it is written.
    """

    id: str
    title: str
    stages: tuple[Stage, ...]
    sources: "tuple[Source, ...]"


@dataclass(frozen=True)
class Span:
    """Where a notice stands from one day to another, both with it.

    Attributes:
        place: The board of the school or unit, or the site.
        first: The day on which it is posted there.
        last: The last day.
    """

    place: Place
    first: dt.date
    last: dt.date


def add_calendar_days(day: dt.date, count: int) -> dt.date:
    """The last of so many calendar days after a day, which itself is not counted."""
    return day + dt.timedelta(days=count)


def spans_of(
    period: Period,
    posted_on: dt.date,
    working_days: WorkingDays,
    least: int,
    *,
    until: dt.date | None = None,
) -> tuple[Span, ...]:
    """Where and how long a notice stands.

    Each stage is posted on the day after the last of the one before; the whole is at least so
    many working days long, which a week around a holiday is not.

    Args:
        period: The rule of its program.
        posted_on: The day of posting.
        working_days: Which days are worked.
        least: Working days that any notice stands.
        until: A later last day, where the rule says at least.

    Raises:
        InputError: A year that is needed has no table of working days.
        UsageError: `until` is before the day that the rule gives.
    """
    spans: list[Span] = []
    first = posted_on
    for stage in period.stages:
        spans.append(Span(stage.place, first, _last(stage, first, working_days)))
        first = spans[-1].last + _ONE
    due = max(spans[-1].last, working_days.add_working_days(posted_on, least))
    if until is not None and until < due:
        raise UsageError(
            f"公示到 {until} 太短：{posted_on} 张贴，按规定（{period.title}，并且不少于 {least} "
            f"个工作日）最早到 {due}。",
            where="--until",
            remedy="请写这一天或以后的日子；不写 --until 就是这一天。",
        )
    return (*spans[:-1], replace(spans[-1], last=until or due))


def late_on_site(
    spans: Sequence[Span], period: Period, on: dt.date, working_days: WorkingDays, least: int
) -> tuple[Span, ...]:
    """The spans of a notice that comes onto the site on a day, later than it should have.

    Its days there count from this day on. Where it is not late the spans stay.

    Args:
        spans: Of the notice.
        period: The rule of its program.
        on: The day.
        working_days: Which days are worked.
        least: Working days that any notice stands.

    Raises:
        InputError: A year that is needed has no table of working days.
    """
    *before, own = spans
    if own.place != "site" or not own.first < on <= own.last:
        return tuple(spans)
    due = _last(period.stages[-1], on, working_days)
    due = max(due, working_days.add_working_days(on, least))
    return (*before, Span("site", on, max(own.last, due)))


def place_on(spans: Sequence[Span], on: dt.date) -> Place | None:
    """Where a notice stands on a day; None before and after."""
    return next((span.place for span in spans if span.first <= on <= span.last), None)


def _last(stage: Stage, first: dt.date, working_days: WorkingDays) -> dt.date:
    if stage.unit == "year":
        return dt.date(first.year, 12, 31)
    if stage.unit == "calendar":
        return add_calendar_days(first, stage.days)
    return working_days.add_working_days(first, stage.days)
