"""What learners' tables rest on besides the term's own workbooks; nothing here imports polars."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from aidkit.calendar import Term
from aidkit.intake.files import earlier_inputs_of, input_digest

EARLIER = (
    *("students", "scores", "tutor_pairs", "conduct_pairs", "care_pairs"),
    *("visits", "class_screening", "school_help"),
)
"""Tables of the terms before that a term's learners' tables look back at."""


def day_of(term: Term, parameters: Mapping[str, str]) -> dt.date:
    """The day on which due and done are told: that of publication, or the term's last one."""
    return min(dt.date.fromisoformat(parameters["published_on"]), term.ends)


def learner_ground(county: Path, term: Term, parameters: Mapping[str, str]) -> dict[str, str]:
    """Digests of the workbooks of earlier terms that are read, and the day.

    Raises:
        InputError: There is no such county folder.
    """
    inputs = earlier_inputs_of(county, term.code, EARLIER)
    earlier = {each.source.file: input_digest(each) for each in inputs}
    return earlier | {f"截至 {day_of(term, parameters)}": ""}


def workbooks_in(ground: Mapping[str, str]) -> dict[str, str]:
    """What of `learner_ground` are workbooks: all but the day."""
    return {name: digest for name, digest in ground.items() if digest}
