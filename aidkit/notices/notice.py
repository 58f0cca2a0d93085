"""A notice: what was drafted, where it stands from when to when, what was objected."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from aidkit.notices.periods import Span, place_on

State = Literal["draft", "waiting", "unit", "site", "ended", "closed"]

STATES: Mapping[str, str] = {
    "draft": "草稿，还没有张贴",
    "waiting": "还没有到张贴的日子",
    "unit": "正在学校（单位）公示栏公示",
    "site": "正在公示",
    "ended": "公示期已满，还没有结束手续",
    "closed": "公示已结束",
}
OUTCOMES = {"upheld": "属实", "rejected": "不属实"}


@dataclass(frozen=True)
class Draft:
    """What is fixed when a notice is drafted.

    Attributes:
        kind: A key of `settings.PERMITTED`.
        title: What it is called.
        scope: Whose: the county or a school.
        program: Program id; empty for payouts of several.
        term: Term code, or the fund's period.
        period: Id of its period.
        columns: Of its list.
        digest: Of its list.
        persons: How many are on it.
        sum_fen: What they get together; None where the notice has no amounts.
        policy: Documents that it rests on.
        conditions: Who may get it.
        procedure: How it is decided.
    """

    kind: str
    title: str
    scope: str
    program: str
    term: str
    period: str
    columns: tuple[str, ...]
    digest: str
    persons: int
    sum_fen: int | None
    policy: tuple[str, ...]
    conditions: tuple[str, ...]
    procedure: str


@dataclass(frozen=True)
class Objection:
    """An objection to a notice.

    Attributes:
        number: From 1 in each notice.
        on: When it came in.
        by: Who wrote it down.
        who: Who objects; empty where unnamed.
        about: Number in the list; 0 where it is about something else.
        says: What it says.
        due: Last day for the answer.
        answered_on: None while it is open.
        answered_by: Who answered.
        outcome: `upheld` or `rejected`; empty while it is open.
        reply: The answer.
        taken_off: Numbers that it took off the list.
        added: How many it brought onto the list.
        changed: Of how many it says another school, grade or amount than before.
    """

    number: int
    on: dt.date
    by: str
    who: str
    about: int
    says: str
    due: dt.date
    answered_on: dt.date | None = None
    answered_by: str = ""
    outcome: str = ""
    reply: str = ""
    taken_off: tuple[int, ...] = ()
    added: int = 0
    changed: int = 0

    @property
    def open(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.answered_on is None

    @property
    def corrects(self) -> bool:
        """Whether the list was corrected for it."""
        return bool(self.taken_off or self.added or self.changed)


@dataclass(frozen=True)
class Notice:
    """A notice with all that happened to it.

    Attributes:
        number: `2026-001`.
        draft: What was drafted; list, persons and sum as corrected.
        drafted_on: When.
        drafted_by: Who.
        posted_on: None while it is a draft.
        posted_by: Who.
        spans: Where it stands from when to when.
        first_digest: Digest of the list as it was posted first.
        objections: By number.
        closed_on: When it was closed and reported upward.
        closed_by: Who.
        board_down_on: When it was taken off the board of the unit.
        site_up_on: On which day's site it stood first.
        counted_from: On which day's site its list stood with whatever is new on it; its days
            there count from then on. None until then.
        site_down_on: On which day's site it was gone.
        last_event_on: Day of the last thing that happened to it.
    """

    number: str
    draft: Draft
    drafted_on: dt.date
    drafted_by: str
    posted_on: dt.date | None = None
    posted_by: str = ""
    spans: tuple[Span, ...] = ()
    first_digest: str = ""
    objections: tuple[Objection, ...] = ()
    closed_on: dt.date | None = None
    closed_by: str = ""
    board_down_on: dt.date | None = None
    site_up_on: dt.date | None = None
    counted_from: dt.date | None = None
    site_down_on: dt.date | None = None
    last_event_on: dt.date = dt.date.min

    @property
    def end(self) -> dt.date:
        """The last day of a posted notice."""
        return self.spans[-1].last

    @property
    def never_on_site(self) -> bool:
        """Whether it, or what is new on its list, should have stood on the site and never did."""
        return self.counted_from is None and any(span.place == "site" for span in self.spans)

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        """Those without an answer: while there is one the list is frozen."""
        return tuple(one for one in self.objections if one.open)

    @property
    def corrected(self) -> bool:
        """Whether the list is no longer the one that was posted first."""
        return any(one.corrects for one in self.objections)

    def state(self, on: dt.date) -> State:
        """Where it stands on a day."""
        if self.posted_on is None:
            return "draft"
        if on < self.posted_on:
            return "waiting"
        if (place := place_on(self.spans, on)) is not None:
            return place
        return "ended" if self.closed_on is None else "closed"
