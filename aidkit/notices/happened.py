"""What happened to notices, as records of the register, and notices told from these records."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from aidkit.chained_log import Record
from aidkit.notices.notice import Draft, Notice, Objection
from aidkit.notices.periods import Span


def notices_of(records: Iterable[Record], on: dt.date | None = None) -> dict[str, Notice]:
    """Notices by number, as the register knew them on a day.

    Args:
        records: Of the register, oldest first.
        on: What was entered for later days is left out; None: nothing.
    """
    notices: dict[str, Notice] = {}
    for said in records:
        day = dt.date.fromisoformat(said["on"])
        if on is None or day <= on:
            number = said["notice"]
            made = _HAPPENED[said["type"]](notices.get(number), said, day)
            notices[number] = replace(made, last_event_on=day)
    return notices


def objection_record(one: Objection) -> dict[str, Any]:
    """An objection as fields of a record."""
    return {
        "objection": one.number,
        "who": one.who,
        "about": one.about,
        "says": one.says,
        "due": one.due.isoformat(),
    }


def spans_record(spans: Iterable[Span]) -> list[list[str]]:
    """Spans as a field of a record."""
    return [[span.place, span.first.isoformat(), span.last.isoformat()] for span in spans]


def draft_record(draft: Draft) -> dict[str, Any]:
    """A draft as fields of a record."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in vars(draft).items()
    }


def _drafted(_: Notice | None, said: Record, day: dt.date) -> Notice:
    fields: dict[str, Any] = {
        name: tuple(said[name]) if isinstance(said[name], list) else said[name]
        for name in Draft.__dataclass_fields__
    }
    return Notice(said["notice"], Draft(**fields), day, said["by"])


def _posted(notice: Notice | None, said: Record, day: dt.date) -> Notice:
    before = _known(notice, said)
    return replace(
        before,
        posted_on=day,
        posted_by=said["by"],
        spans=_spans(said["spans"]),
        first_digest=before.draft.digest,
        site_down_on=None,
    )


def _objected(notice: Notice | None, said: Record, day: dt.date) -> Notice:
    before = _known(notice, said)
    one = Objection(
        number=said["objection"],
        on=day,
        by=said["by"],
        who=said["who"],
        about=said["about"],
        says=said["says"],
        due=dt.date.fromisoformat(said["due"]),
    )
    return replace(before, objections=(*before.objections, one))


def _answered(notice: Notice | None, said: Record, day: dt.date) -> Notice:
    before = _known(notice, said)
    objections = tuple(
        replace(
            one,
            answered_on=day,
            answered_by=said["by"],
            outcome=said["outcome"],
            reply=said["reply"],
            taken_off=tuple(said["taken_off"]),
            added=said["added"],
            changed=said["changed"],
        )
        if one.number == said["objection"]
        else one
        for one in before.objections
    )
    draft = replace(
        before.draft, digest=said["digest"], persons=said["persons"], sum_fen=said["sum_fen"]
    )
    after = replace(before, objections=objections, draft=draft, spans=_spans(said["spans"]))
    if said["added"] or said["changed"]:
        # What is new on the list stands for a period of its own, perhaps after the names were gone.
        return replace(after, counted_from=None, site_down_on=None)
    return after


def _closed(notice: Notice | None, said: Record, day: dt.date) -> Notice:
    down = said["board_down"]
    return replace(
        _known(notice, said),
        closed_on=day,
        closed_by=said["by"],
        board_down_on=dt.date.fromisoformat(down) if down else None,
    )


def _site_up(notice: Notice | None, said: Record, day: dt.date) -> Notice:
    before = _known(notice, said)
    return replace(
        before,
        site_up_on=before.site_up_on or day,
        counted_from=day,
        spans=_spans(said["spans"]),
    )


def _site_down(notice: Notice | None, said: Record, day: dt.date) -> Notice:
    return replace(_known(notice, said), site_down_on=day)


_HAPPENED = {
    "draft": _drafted,
    "post": _posted,
    "objection": _objected,
    "answer": _answered,
    "close": _closed,
    "site_up": _site_up,
    "site_down": _site_down,
}


def _known(notice: Notice | None, said: Record) -> Notice:
    if notice is None:
        raise KeyError(said["notice"])
    return notice


def _spans(said: list[list[str]]) -> tuple[Span, ...]:
    return tuple(
        Span("unit" if place == "unit" else "site", *map(dt.date.fromisoformat, days))
        for place, *days in said
    )
