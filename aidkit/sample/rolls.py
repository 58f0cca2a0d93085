"""Three terms in the life of the schools: who is on which roll, and why that changes.

A roll stands at the start of a term. 转入 and 复学 of a term are on its roll already (they are
dated in its first days); 转出, 休学 and 辍学 are dated later and gone from the next roll.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from aidkit.calendar import Term
from aidkit.sample.people import Registry, Student
from aidkit.sample.schools import AGE, CLASS_SIZE, GRADES, STAGE, School

TERMS = tuple(Term.parse(code) for code in ("2025-autumn", "2026-spring", "2026-autumn"))

LAST_DAY = dt.date(2026, 11, 13)
"""Nothing in the county is dated later: the current term is reported on 20 November 2026."""

SHRINKING = 0.025
"""Each grade is this much smaller than the one above it: fewer children are born."""

ARRIVES, LEAVES, MOVES = 0.004, 0.006, 0.004
"""Share of a roll that comes from outside, leaves for outside, moves within the county a term."""

SUSPENDED = {"senior": 0.004, "vocational": 0.006}
DROPPED_OUT = {"junior": 0.0008, "senior": 0.003, "vocational": 0.012}

ONWARD = {"kindergarten": 0.96, "primary": 0.97, "junior": 0.90}
"""Share of a leaving grade that goes on to a school of the county."""

_NEXT = {"kindergarten": ("p1",), "primary": ("j1",), "junior": ("s1", "v1")}
_OUTSIDE = ("省城第九小学", "邻县实验学校", "外省就读", "市第六中学", "务工地学校")
_WHY = {
    "transfer_in": ("随父母返乡", "家庭迁入", "户口迁回"),
    "transfer_out": ("随父母外出务工", "家庭搬迁", "购房迁居"),
    "suspended": ("因病休养", "身体原因"),
    "resumed": ("病愈返校",),
    "dropped_out": ("外出务工，正在劝返", "不愿就读，正在劝返"),
}


@dataclass(slots=True)
class Place:
    """One pupil's place on one roll."""

    student: Student
    school: School
    grade: str
    class_name: str
    boarder: bool | None
    present: bool = True

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


@dataclass
class Roll:
    """All rolls of a term, in order of school, grade and class, with the term's changes."""

    term: Term
    places: list[Place] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def by_school(self) -> dict[School, list[Place]]:
        """School code to its places, in order."""
        sorted_by: dict[str, list[Place]] = defaultdict(list)
        schools = {place.school.code: place.school for place in self.places}
        for place in self.places:
            sorted_by[place.school.code].append(place)
        return {schools[code]: places for code, places in sorted_by.items()}
