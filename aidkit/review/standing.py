"""Where a term's sign-off stands: what its log `<county>/review/log.jsonl` comes to.

`draft` → `submitted` → `approved` or `returned` → `locked` (approved and published). What is
approved and not yet published can still be returned. A locked term is submitted anew, with a
reason, where something published has to be corrected.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast

from aidkit.calendar import Term
from aidkit.chained_log import Record, read_log

Kind = Literal["submit", "approve", "return", "publish"]
State = Literal["draft", "submitted", "approved", "returned", "locked"]

FOLDER: Final = "review"
"""Of a county: the log, what was signed, and what was published."""

_LEADS_TO: Final[Mapping[Kind, State]] = {
    "submit": "submitted",
    "approve": "approved",
    "return": "returned",
    "publish": "locked",
}


@dataclass(frozen=True)
class Step:
    """One step of a term's sign-off.

    Attributes:
        term: Term code.
        kind: What was done.
        by: Who did it; of `publish`, who approved.
        on: The day of it.
        content: Digest of what was submitted, approved, returned or published.
        reason: Why it was returned, or why something published is corrected; else empty.
        public: Of `publish`: digest of the term's public results; else empty.
        number: Of `publish`: which publication of the term it is, from 1; else 0.
    """

    term: str
    kind: Kind
    by: str
    on: dt.date
    content: str
    reason: str = ""
    public: str = ""
    number: int = 0


@dataclass(frozen=True)
class Standing:
    """Where a term's sign-off stands.

    Attributes:
        steps: All steps of the term, oldest first.
    """

    steps: tuple[Step, ...]

    @property
    def state(self) -> State:
        """The state that the last step led to."""
        return _LEADS_TO[self.steps[-1].kind] if self.steps else "draft"

    @property
    def approved(self) -> str | None:
        """Digest of what is approved now: nothing where it was submitted anew or returned since."""
        return self.steps[-1].content if self.state in {"approved", "locked"} else None

    @property
    def signed(self) -> Step | None:
        """The last approval, whatever came after it."""
        return next((step for step in reversed(self.steps) if step.kind == "approve"), None)

    @property
    def publications(self) -> tuple[Step, ...]:
        """Each time that the term went out otherwise than before, oldest first."""
        return tuple(step for step in self.steps if step.kind == "publish")

    @property
    def published(self) -> Step | None:
        """The last publication."""
        return self.publications[-1] if self.publications else None

    def reason_for(self, number: int) -> str:
        """Why a publication corrects the one before it.

        Args:
            number: Which one, from 1; one more than there are: the one that goes out next.

        Returns:
            What the last submission before it gives as its reason; empty where nothing was
            submitted in between, so that no decision differs.
        """
        reasons = [""]
        for step in self.steps:
            if step.kind == "publish":
                reasons.append("")
            elif step.kind == "submit":
                reasons[-1] = step.reason
        return reasons[number - 1]


def log_of(county: Path) -> Path:
    """Where the log lies."""
    return county / FOLDER / "log.jsonl"


def standing(county: Path, term: Term) -> Standing:
    """Where a term's sign-off stands.

    Raises:
        InputError: The log is not what was written.
    """
    return standing_in(read_log(log_of(county)), term)


def standing_in(records: Sequence[Record], term: Term) -> Standing:
    """Where it stands by the records of the log."""
    steps: list[Step] = []
    for record in records:
        if record["term"] == term.code:
            number = 1 + sum(step.kind == "publish" for step in steps)
            steps.append(_step(record, number))
    return Standing(tuple(steps))


def went_out_with(records: Sequence[Record], term: Term, number: int) -> dict[Term, Step]:
    """What the site showed when a publication of a term went out.

    Args:
        records: Of the log.
        term: The term.
        number: Which publication of it, from 1.

    Returns:
        Each term that the site showed, oldest first, to its publication; empty where there is no
        such publication.
    """
    shown: dict[Term, Step] = {}
    numbers: Counter[str] = Counter()
    last: Step | None = None
    for record in records:
        if record["step"] != "publish":
            continue
        numbers[record["term"]] += 1
        step = _step(record, numbers[record["term"]])
        # One build notes its terms in their order, on one day.
        if last and not (step.on == last.on and Term.parse(last.term) < Term.parse(step.term)):
            break
        shown[Term.parse(step.term)] = step
        if last or (step.term, step.number) == (term.code, number):
            last = step
    return dict(sorted(shown.items())) if last else {}


def _step(record: Record, number: int) -> Step:
    return Step(
        term=record["term"],
        kind=cast(Kind, record["step"]),
        by=record["by"],
        on=dt.date.fromisoformat(record["on"]),
        content=record["content"],
        reason=record.get("reason", ""),
        public=record.get("public", ""),
        number=number if record["step"] == "publish" else 0,
    )
