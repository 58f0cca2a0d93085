"""Who is hard up, who says so, who applies and what the panel decides."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from aidkit.sample.people import Family, Student
from aidkit.sample.rolls import Place, Roll
from aidkit.sample.schools import COMPULSORY

HOUSEHOLD_GROUPS = (
    ("registered_poor", 0.056),
    ("monitored", 0.008),
    ("allowance", 0.030),
    ("destitute", 0.0015),
    ("disabled_parent", 0.016),
    ("martyr", 0.0004),
    ("preferential", 0.003),
    ("brave", 0.0003),
    ("epidemic", 0.003),
    ("low_income", 0.022),
    ("sudden_hardship", 0.006),
)
"""Share of households in each special group, in a town."""

PUPIL_GROUPS = (("disabled", 0.006), ("orphan", 0.002), ("unattended", 0.004))
"""Share of pupils in the groups that are a pupil's own."""

LOCALITY = {"county_seat": 0.62, "town": 1.15, "village": 1.7}
"""How much more or less frequent hardship is."""

INCOME = {"county_seat": 21_500, "town": 15_800, "village": 12_800}
"""Median yearly income per head in yuan."""

COVERED = {
    "registered_poor", "monitored", "allowance", "destitute", "unattended", "orphan", "disabled",
    "disabled_parent", "martyr", "brave", "epidemic",
}  # fmt: skip
"""Groups that the province covers with the boarders' and day pupils' allowance."""

TIERED, BOARDER, DAY, MEALS = "tiered_aid", "boarder_allowance", "day_pupil_allowance", "nutrition"

TITLES = {
    TIERED: ("义务教育困难学生三级资助", "三级资助"),
    BOARDER: ("家庭经济困难寄宿生生活补助", "寄宿生生活补助"),
    DAY: ("家庭经济困难非寄宿生生活补助", "非寄宿生生活补助"),
    MEALS: ("省定营养改善计划", "省定营养改善计划"),
}
"""Title and short form of each program, as written on forms."""

_SEVERITY = {
    "destitute": 3, "orphan": 3, "unattended": 2.4, "disabled": 1.8, "allowance": 1.7,
    "sudden_hardship": 1.6, "monitored": 1.2, "registered_poor": 1.0, "disabled_parent": 0.9,
    "martyr": 0.8, "low_income": 0.6,
}  # fmt: skip
_NOTES = ("", "", "", "", "父母务农，收入不稳定", "多子女上学", "家中有老人长期用药", "单亲抚养",
          "父亲外出务工", "受灾减产", "租房陪读")  # fmt: skip


@dataclass(slots=True)
class Case:
    """What a family has told the school in a school year, and what came of it.

    Attributes:
        declared: Groups written on the form; None where the family left the box empty.
        tier: The panel's tier, None where it decided that there is no hardship.
        income: Yearly income in yuan as written; None where left empty.
    """

    declared: tuple[str, ...] | None
    tier: str | None
    income: int | None
    note: str
    applies: bool


@dataclass(frozen=True, slots=True)
class Application:
    """One application of one pupil in a term."""

    place: Place
    program: str
    day: dt.date
    promised: bool | None


def mark(rng: Random, rolls: Iterable[Roll]) -> None:
    """Decide once for every family and pupil which special groups hold and what they earn."""
    families: set[int] = set()
    pupils: set[str] = set()
    for roll in rolls:
        for place in roll.places:
            family = place.student.family
            if id(family) not in families:
                families.add(id(family))
                _mark_family(rng, family, place.school.locality)
            if place.student.student_no not in pupils:
                pupils.add(place.student.student_no)
                _mark_pupil(rng, place)


def groups_of(student: Student) -> tuple[str, ...]:
    """All special groups that hold for a pupil."""
    return student.groups + student.family.groups


def _mark_family(rng: Random, family: Family, locality: str) -> None:
    family.size = max(family.size, len(family.children) + 1)
    factor = LOCALITY[locality]
    groups = [group for group, share in HOUSEHOLD_GROUPS if rng.random() < share * factor]
    if "registered_poor" in groups and rng.random() < 0.2 and "allowance" not in groups:
        groups.append("allowance")
    per_head = INCOME[locality] * rng.lognormvariate(0, 0.36)
    for group, share in (("registered_poor", 0.7), ("allowance", 0.5), ("low_income", 0.6)):
        if group in groups:
            per_head *= share
    family.groups = tuple(groups)
    family.income = round(max(per_head, 3200) * family.size / 100) * 100
    if rng.random() < 0.18 or "sudden_hardship" in groups:
        share = 0.55 if "sudden_hardship" in groups else rng.uniform(0.02, 0.2)
        family.medical = round(family.income * share / 50) * 50


def _mark_pupil(rng: Random, place: Place) -> None:
    factor = LOCALITY[place.school.locality]
    groups = [group for group, share in PUPIL_GROUPS if rng.random() < share * factor]
    if place.school.school_type == "special" and "disabled" not in groups:
        groups.append("disabled")
    place.student.groups = tuple(groups)


class Cases:
    """The cases of the county, reviewed every school year."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._cases: dict[str, Case | None] = {}
        self._year = 0

    def of(self, roll: Roll) -> list[tuple[Place, Case]]:
        """Everybody on the roll whose family filled in the form, in the roll's order."""
        if roll.term.school_year != self._year:
            self._year = roll.term.school_year
            for student_no in list(self._cases):
                if self._rng.random() < 0.12:
                    del self._cases[student_no]
        found = []
        for place in roll.places:
            student_no = place.student.student_no
            if student_no not in self._cases:
                self._cases[student_no] = self._form(place.student)
            if case := self._cases[student_no]:
                found.append((place, case))
        return found

    def _form(self, student: Student) -> Case | None:
        rng, family = self._rng, student.family
        groups = groups_of(student)
        per_head = family.income / family.size
        chance = (
            0.94 if groups else 0.6 if per_head < 10_500 else 0.13 if per_head < 17_000 else 0.02
        )
        if rng.random() > chance:
            return None
        declared: tuple[str, ...] | None = tuple(g for g in groups if rng.random() > 0.04)
        if not groups and rng.random() < 0.02:
            declared = None
        severity = sum(_SEVERITY.get(group, 0.3) for group in groups)
        severity += max(0.0, (15_000 - per_head) / 6_000) + rng.gauss(0, 0.35)
        tier = "level_1" if severity > 2.5 else "level_2" if severity > 1.4 else "level_3"
        refused = severity < 0.3 and rng.random() < 0.8
        return Case(
            declared,
            None if refused else tier,
            family.income if rng.random() > 0.012 else None,
            rng.choice(_NOTES),
            rng.random() < 0.9,
        )


def applications(rng: Random, roll: Roll, cases: list[tuple[Place, Case]]) -> list[Application]:
    """Applications of a term, in the roll's order."""
    written = []
    for place, case in cases:
        if place.stage not in COMPULSORY or not case.applies:
            continue
        known = set(case.declared or ())
        programs = [TIERED]
        if known & COVERED and place.boarder is not None:
            programs.append(BOARDER if place.boarder else DAY)
        if known & {"registered_poor", "monitored", "disabled"} and rng.random() < 0.9:
            programs.append(MEALS)
        day = roll.term.starts + dt.timedelta(4 + min(rng.randrange(14), rng.randrange(14)))
        promised = None if rng.random() < 0.008 else rng.random() > 0.015
        written += [Application(place, program, day, promised) for program in programs]
    return written
