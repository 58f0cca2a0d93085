"""Who is hard up, who says so, who applies and what the panel decides."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from aidkit.sample.people import Family, Student
from aidkit.sample.programs import (
    BOARDER,
    DAY,
    MEALS,
    OF_STAGE,
    SCHOLARSHIP,
    SENIOR_FREE,
    VOCATIONAL,
)
from aidkit.sample.rolls import Place, Roll
from aidkit.sample.schools import COMPULSORY, School

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

EXEMPT = {"registered_poor", "monitored", "allowance", "destitute", "disabled"}
"""Groups whose pupils pay no tuition at senior schools."""

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
        illness: Yearly cost of listed diseases in yuan as written; None where left empty.
    """

    declared: tuple[str, ...] | None
    tier: str | None
    income: int | None
    note: str
    applies: bool
    illness: int | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """One application of one pupil, or of a student at college, in a term.

    Attributes:
        school: School on whose list it stands; None for a student at college.
        stage: Stage of the pupil, or kind of college.
        papers: Papers handed in; None where the clerk did not say.
        record: Conduct and results, where the program asks for them.
    """

    student: Student
    school: School | None
    stage: str
    program: str
    day: dt.date
    promised: bool | None
    papers: tuple[str, ...] | None = None
    record: str | None = None


def mark(rng: Random, rolls: Iterable[Roll], others: Iterable[Student]) -> None:
    """Decide once for every family and pupil which special groups hold and what they earn.

    Args:
        rng: Chance.
        rolls: All rolls.
        others: Those who were on none of them.
    """
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
    for student in others:
        if id(student.family) not in families:
            families.add(id(student.family))
            _mark_family(rng, student.family, "town")


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

    def at_college(self, roll: Roll) -> list[tuple[Student, Case]]:
        """Those at college, who all filled in the form."""
        found = []
        for freshman in roll.freshmen:
            student = freshman.student
            case = self._cases.get(student.student_no) or self._case(student)
            self._cases[student.student_no] = case
            found.append((student, case))
        return found

    def _form(self, student: Student) -> Case | None:
        family = student.family
        per_head = family.income / family.size
        groups = groups_of(student)
        chance = (
            0.94 if groups else 0.6 if per_head < 10_500 else 0.13 if per_head < 17_000 else 0.02
        )
        return self._case(student) if self._rng.random() <= chance else None

    def _case(self, student: Student) -> Case:
        rng, family = self._rng, student.family
        groups = groups_of(student)
        declared: tuple[str, ...] | None = tuple(g for g in groups if rng.random() > 0.04)
        if not groups and rng.random() < 0.02:
            declared = None
        severity = sum(_SEVERITY.get(group, 0.3) for group in groups)
        severity += max(0.0, (15_000 - family.income / family.size) / 6_000) + rng.gauss(0, 0.35)
        tier = "level_1" if severity > 2.5 else "level_2" if severity > 1.4 else "level_3"
        refused = severity < 0.3 and rng.random() < 0.8
        return Case(
            declared,
            None if refused else tier,
            family.income if rng.random() > 0.012 else None,
            rng.choice(_NOTES),
            rng.random() < 0.9,
            family.illness,
        )


def applications(rng: Random, roll: Roll, cases: list[tuple[Place, Case]]) -> list[Application]:
    """Applications of a term, in the roll's order."""
    written = []
    for place, case in cases:
        if not case.applies:
            continue
        known = set(case.declared or ())
        programs = list(OF_STAGE[place.stage])
        if place.stage in COMPULSORY:
            if known & COVERED and place.boarder is not None:
                if place.boarder:
                    programs.append(BOARDER)
                elif place.school.school_type != "special":
                    programs.append(DAY)
            if known & {"registered_poor", "monitored", "disabled"} and rng.random() < 0.9:
                programs.append(MEALS)
        if place.stage == "senior" and known & EXEMPT:
            programs.append(SENIOR_FREE)
        day = roll.term.starts + dt.timedelta(4 + min(rng.randrange(14), rng.randrange(14)))
        promised = None if rng.random() < 0.008 else rng.random() > 0.015
        papers = _papers(rng, known)
        written += [
            Application(place.student, place.school, place.stage, program, day, promised, papers)
            for program in programs
        ]
    asked = {application.student.student_no for application in written}
    return written + _from_villages(rng, roll, asked) + _for_merit(rng, roll)


def _papers(rng: Random, known: set[str]) -> tuple[str, ...] | None:
    """Papers beside the form: whoever is on a department's list needs none."""
    if rng.random() < 0.01:
        return None
    papers = ["application_form"]
    if "allowance" in known and rng.random() < 0.6:
        papers.append("allowance_certificate")
    if {"disabled", "disabled_parent"} & known and rng.random() < 0.6:
        papers.append("disability_certificate")
    return tuple(papers)


def _from_villages(rng: Random, roll: Roll, asked: set[str]) -> list[Application]:
    """Vocational pupils from villages, or in agriculture: no hardship of their own is asked."""
    day = roll.term.starts + dt.timedelta(9)
    return [
        Application(
            p.student, p.school, p.stage, VOCATIONAL, day + dt.timedelta(rng.randrange(5)),
            rng.random() > 0.01, ("application_form",),
        )
        for p in roll.places
        if p.grade in ("v1", "v2")
        and (p.student.family.residence == "rural" or p.student.major == "agriculture")
        and p.student.student_no not in asked
        and rng.random() < 0.95
    ]  # fmt: skip


def _for_merit(rng: Random, roll: Roll) -> list[Application]:
    """Applications of good pupils of the vocational school, in autumn."""
    places = [p for p in roll.places if p.stage == "vocational" and p.grade != "v1"]
    if roll.term.season != "autumn" or not places:
        return []
    best = sorted(places, key=lambda p: (-p.student.ability, p.student.student_no))
    day = roll.term.starts + dt.timedelta(30)
    return [
        Application(
            p.student, p.school, p.stage, SCHOLARSHIP, day + dt.timedelta(rng.randrange(6)), True,
            ("application_form", "school_report"), "good" if rng.random() < 0.9 else "ordinary",
        )
        for p in best[: max(2, len(places) // 25)]
    ]  # fmt: skip
