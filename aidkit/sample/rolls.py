"""Rolls of the schools and the changes that schools report.

A roll stands at the start of a term. 转入 from outside and 复学 of a term are on its roll already
(they are dated in its first days); 转出, 休学 and 辍学 are dated later and gone from the next roll.
A move inside the county is reported by both schools, and on the new school's roll next term.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from aidkit.calendar import Term
from aidkit.sample.people import Student
from aidkit.sample.schools import STAGE, School

TERMS = tuple(Term.parse(code) for code in ("2025-autumn", "2026-spring", "2026-autumn"))

LAST_DAY = dt.date(2026, 11, 13)
"""Nothing in the county is dated later: the current term is reported on 20 November 2026."""


@dataclass(slots=True)
class Place:
    """One pupil's place on one roll."""

    student: Student
    school: School
    grade: str
    class_name: str
    boarder: bool | None

    @property
    def stage(self) -> str:
        """Stage of the grade."""
        return STAGE[self.grade]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of enrolment, as the school reports it."""

    student: Student
    school: School
    kind: str
    day: dt.date
    other: str
    reason: str


@dataclass(frozen=True, slots=True)
class Freshman:
    """One student at a university or college."""

    student: Student
    school: School
    college: str
    kind: str
    entered: dt.date

    @property
    def place(self) -> str:
        """Where the college lies, seen from the county."""
        return "elsewhere" if self.college.startswith(("沿海", "北方")) else "province"


@dataclass
class Roll:
    """All rolls of a term, in order of school, grade and class, with the term's changes.

    Attributes:
        freshmen: Those at college whom the county's centre registers in this term.
    """

    term: Term
    places: list[Place] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    freshmen: list[Freshman] = field(default_factory=list)

    def by_school(self) -> dict[School, list[Place]]:
        """School to its places, in order."""
        places: dict[School, list[Place]] = defaultdict(list)
        for place in self.places:
            places[place.school].append(place)
        return places

    def left(self) -> dict[str, dt.date]:
        """student_no of those who leave during the term, with the day."""
        kinds = ("transfer_out", "suspended", "dropped_out")
        return {c.student.student_no: c.day for c in self.changes if c.kind in kinds}

    def came(self) -> frozenset[str]:
        """student_no of those who came to their school in this term."""
        kinds = ("transfer_in", "resumed")
        return frozenset(c.student.student_no for c in self.changes if c.kind in kinds)

    def away(self) -> dict[str, dt.date]:
        """student_no of those who leave the county's schools during the term, with the day."""
        came = {c.student.student_no for c in self.changes if c.kind == "transfer_in"}
        return {number: day for number, day in self.left().items() if number not in came}


def pupils(rolls: Iterable[Roll]) -> list[Student]:
    """Everybody who was ever on a roll, in order of first appearance."""
    seen = {place.student.student_no: place.student for roll in rolls for place in roll.places}
    return list(seen.values())
