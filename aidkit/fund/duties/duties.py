"""The calendar of duties: what a fund must publish or report, by when, and when to be reminded."""

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aidkit.fund.duties.rules import EVENTS, DutyRule, Rules
from aidkit.fund.settings import Fund
from aidkit.toml import TomlTable, read_toml

EVENTS_FILE = "params/fund_events.toml"
"""What happened that starts a duty, told by the county: `[[event]]` tables."""

ALERT_DAYS = 30
"""Days before a duty is due on which people are reminded of it."""

MONTHS_AHEAD = 12
"""For so long after a period's last day its reports list what is due."""


@dataclass(frozen=True)
class Event:
    """Something that starts a duty.

    Attributes:
        fund: Id of the fund.
        kind: One of `rules.EVENTS`.
        title: What it is, Chinese.
        on: Day on which it happened or began.
        until: Last day; None while it lasts, and for what has no length.
    """

    fund: str
    kind: str
    title: str
    on: dt.date
    until: dt.date | None


@dataclass(frozen=True)
class Duty:
    """One thing to be done by one day.

    Attributes:
        rule: What the rules say.
        about: Year or event that it is about, Chinese.
        due: Last day; None where the source names none.
        alert: Day from which people are reminded; None where there is no last day.
    """

    rule: DutyRule
    about: str
    due: dt.date | None
    alert: dt.date | None


def read_events(county: Path) -> tuple[Event, ...]:
    """The county's events by day; none where it has no such file.

    Raises:
        ParamsError: The file is wrong: key and remedy are told.
    """
    path = county / EVENTS_FILE
    if not path.is_file():
        return ()
    file = read_toml(path)
    found = [_event(table) for table in file.tables_or_empty("event")]
    file.done()
    return tuple(sorted(found, key=lambda event: (event.on, event.fund, event.title)))


def duties(
    fund: Fund, rules: Rules, events: Sequence[Event], *, start: dt.date, end: dt.date
) -> list[Duty]:
    """What is due from one day to another, by date; what the source gives no date for comes last.

    Args:
        fund: The fund; its type of organisation says which duties bind it.
        rules: The rules.
        events: What happened, of all funds.
        start: First day.
        end: Last day.
    """
    found: list[Duty] = []
    for rule in rules.duties:
        if fund.org_type in rule.org_types:
            mine = [e for e in events if e.fund == fund.id and e.kind == rule.event]
            found += _of(rule, mine, start, end)
    return sorted(found, key=lambda duty: (duty.due is None, duty.due or end, duty.rule.id))


def duties_after(fund: Fund, rules: Rules, events: Sequence[Event], last: dt.date) -> list[Duty]:
    """What is due within `MONTHS_AHEAD` after a period's last day, see `duties`."""
    start = last + dt.timedelta(days=1)
    return duties(fund, rules, events, start=start, end=months_after(last, MONTHS_AHEAD))


def due_soon(
    fund: Fund, rules: Rules, events: Sequence[Event], *, on: dt.date, within: int = ALERT_DAYS
) -> list[Duty]:
    """What is due on a day or within so many days after it."""
    end = on + dt.timedelta(days=within)
    return [duty for duty in duties(fund, rules, events, start=on, end=end) if duty.due]


def _of(rule: DutyRule, events: Sequence[Event], start: dt.date, end: dt.date) -> Iterator[Duty]:
    if rule.when == "undated":
        yield Duty(rule, "", None, None)
        return
    dated = _yearly(rule, start, end) if rule.when == "yearly" else _after(rule, events, end)
    for due, about in dated:
        in_force = rule.effective_from is None or due >= rule.effective_from
        if start <= due <= end and in_force:
            yield Duty(rule, about, due, due - dt.timedelta(days=ALERT_DAYS))


def _yearly(rule: DutyRule, start: dt.date, end: dt.date) -> Iterator[tuple[dt.date, str]]:
    for year in range(start.year, end.year + 1):
        yield dt.date(year, rule.month, rule.day), f"{year - 1} 年度"


def _after(rule: DutyRule, events: Sequence[Event], end: dt.date) -> Iterator[tuple[dt.date, str]]:
    for event in events:
        last = event.until or event.on
        if rule.when == "days_after":
            yield event.on + dt.timedelta(days=rule.days), event.title
        elif rule.when == "months_after":
            if event.until:
                yield months_after(last, rule.months), event.title
        elif event.until is None or event.until > months_after(event.on, rule.longer_than_months):
            stop = min(event.until or end, end)
            step = rule.months
            while (due := months_after(event.on, step)) <= stop:
                yield due, event.title
                step += rule.months


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day where that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    length = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, length))


def _event(table: TomlTable) -> Event:
    event = Event(
        fund=table.text("fund"),
        kind=table.choice("kind", EVENTS),
        title=table.text("title"),
        on=table.date("on"),
        until=table.optional_date("until"),
    )
    table.done()
    if event.until and event.until < event.on:
        raise table.fault("until", "结束的日子早于开始的日子。", "请核对 on 和 until。")
    return event
