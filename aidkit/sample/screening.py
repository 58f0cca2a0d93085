"""What class teachers find every month, and which classes forget to look."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from aidkit.sample.hardship import groups_of
from aidkit.sample.people import Student
from aidkit.sample.rolls import LAST_DAY, Place, Roll
from aidkit.sample.schools import School
from aidkit.sample.staff import Pair

FORGOTTEN = 0.06
"""Share of the screenings that a class does not hand in."""

LEFT_BEHIND = {"county_seat": 0.01, "town": 0.04, "village": 0.06}
SINGLE_PARENT = 0.01
DECLARED = 0.15
"""Share of the poor families of whose hardship the class teacher writes."""

MAY_CHANGE = 0.12
"""Chance that a finding begins, or ends, in the middle of the term."""


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil in one class's screening; without a pupil: nobody was found."""

    school: School
    grade: str
    class_name: str
    day: dt.date
    student: Student | None
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Finding:
    """One kind of finding about one pupil, from one month of the term to another."""

    kind: str
    first: int
    last: int


def screen(rng: Random, roll: Roll, pairs: Iterable[Pair]) -> list[Line]:
    """The screenings of a term, month by month; kindergartens hand in that there is nothing."""
    tutored = {pair.place.student.student_no for pair in pairs}
    classes: dict[tuple[School, str, str], list[tuple[Student, list[_Finding]]]] = {}
    classes = defaultdict(list)
    for place in roll.places:
        known = classes[place.school, place.grade, place.class_name]
        if place.stage != "kindergarten":
            known.append((place.student, _findings(rng, place, tutored)))
    left = roll.left()
    lines: list[Line] = []
    for nth, day in enumerate(_days(roll)):
        for (school, grade, class_name), pupils in classes.items():
            if lines and rng.random() < FORGOTTEN:
                continue
            found = [
                (student, tuple(f.kind for f in findings if f.first <= nth <= f.last))
                for student, findings in pupils
                if left.get(student.student_no, dt.date.max) > day
            ]
            told: list[tuple[Student | None, tuple[str, ...]]] = [f for f in found if f[1]]
            for student, kinds in told or [(None, ())]:
                lines.append(Line(school, grade, class_name, day, student, kinds))
    return lines


def _days(roll: Roll) -> list[dt.date]:
    """A day of each of the term's school months, up to the county's last day."""
    first = roll.term.starts.year * 12 + roll.term.starts.month - 1
    days = [dt.date(m // 12, m % 12 + 1, 10) for m in range(first, first + 5)]
    return [day for day in days if day <= LAST_DAY]


def _findings(rng: Random, place: Place, tutored: set[str]) -> list[_Finding]:
    student = place.student
    groups = set(groups_of(student))
    kinds = [
        kind
        for kind, holds in (
            ("left_behind", rng.random() < LEFT_BEHIND[place.school.locality]),
            ("orphan", "orphan" in groups),
            ("hardship", bool(student.family.groups) and rng.random() < DECLARED),
            ("single_parent", rng.random() < SINGLE_PARENT),
            ("disabled_family", "disabled_parent" in groups),
            ("disabled", "disabled" in groups),
            ("learning", student.student_no in tutored),
        )
        if holds
    ]
    return [
        _Finding(
            kind,
            rng.randrange(1, 4) if rng.random() < MAY_CHANGE else 0,
            rng.randrange(0, 3) if rng.random() < MAY_CHANGE else 9,
        )
        for kind in kinds
    ]
