"""Three terms in the life of the schools: who enters, moves up, leaves and comes back."""

import datetime as dt
from collections import defaultdict
from random import Random

from aidkit.calendar import Term
from aidkit.sample.people import Registry, Student
from aidkit.sample.rolls import LAST_DAY, TERMS, Change, Place, Roll
from aidkit.sample.schools import AGE, CLASS_SIZE, GRADES, STAGE, School

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


def live(rng: Random, registry: Registry, schools: list[School]) -> list[Roll]:
    """Let the schools live through `TERMS`: one roll each."""
    county = _County(rng, registry, schools)
    rolls = [county.open(TERMS[0])]
    for term in TERMS[1:]:
        rolls.append(county.turn(rolls[-1], term))
    return rolls


class _County:
    def __init__(self, rng: Random, registry: Registry, schools: list[School]) -> None:
        self._rng = rng
        self._registry = registry
        self._schools = schools
        self._leaving: set[str] = set()  # student_no of those who will not be on the next roll
        self._away: list[Place] = []  # suspended, may come back
        self._moving: list[tuple[Place, School]] = []  # to another school of the county

    def open(self, term: Term) -> Roll:
        """The first roll, with pupils in every grade."""
        roll = Roll(term)
        for school in self._schools:
            for grade in school.grades:
                heads = [
                    self._newcomer(school, grade, term) for _ in range(self._heads(school, grade))
                ]
                roll.places += self._classes(school, grade, heads)
        self._arrive(roll)
        return self._finish(roll)

    def turn(self, last: Roll, term: Term) -> Roll:
        """The roll after `last`: leavers gone, grades moved up in autumn, newcomers in."""
        roll = Roll(term)
        stay = [place for place in last.places if place.student.student_no not in self._leaving]
        if term.season == "autumn":
            entrants = self._promote(roll, stay)
            self._admit(roll, entrants)
        else:
            roll.places = [
                Place(p.student, p.school, p.grade, p.class_name, p.boarder) for p in stay
            ]
        self._come_back(roll)
        self._arrive(roll)
        return self._finish(roll)

    def _newcomer(self, school: School, grade: str, term: Term) -> Student:
        born_after = dt.date(term.school_year - AGE[grade] - 1, 8, 31)
        return self._registry.student(
            school.town, born_after, own_card=STAGE[grade] in ("senior", "vocational")
        )

    def _heads(self, school: School, grade: str) -> int:
        grades = GRADES[STAGE[grade]]
        middle = (len(grades) - 1) / 2
        size = school.cohort[STAGE[grade]] * (1 + SHRINKING * (grades.index(grade) - middle))
        return max(1, round(size * self._rng.uniform(0.95, 1.05)))

    def _classes(self, school: School, grade: str, heads: list[Student]) -> list[Place]:
        """Deal pupils out to classes of usual size."""
        size = CLASS_SIZE[STAGE[grade]]
        classes = max(1, -(-len(heads) // size))
        self._rng.shuffle(heads)
        return [
            Place(student, school, grade, f"{n % classes + 1}班", self._boards(school, grade))
            for n, student in enumerate(heads)
        ]

    def _boards(self, school: School, grade: str) -> bool | None:
        if STAGE[grade] == "kindergarten":
            return False
        if self._rng.random() < 0.003:  # the form was not filled in
            return None
        return self._rng.random() < school.boarding.get(STAGE[grade], 0.0)

    def _promote(self, roll: Roll, stay: list[Place]) -> dict[tuple[School, str], list[Student]]:
        """Move grades up; those who finish a stage are entrants of another school, or gone."""
        entrants: dict[tuple[School, str], list[Student]] = defaultdict(list)
        for place in stay:
            grades = GRADES[place.stage]
            step = grades.index(place.grade) + 1
            if step < len(grades):
                roll.places.append(
                    Place(
                        place.student, place.school, grades[step], place.class_name, place.boarder
                    )
                )
            elif place.stage in _NEXT and self._rng.random() < ONWARD[place.stage]:
                entrants[self._choose(place)].append(place.student)
        return entrants

    def _choose(self, place: Place) -> tuple[School, str]:
        """Where a pupil goes on: the same school if it can, else one nearby, else a large one."""
        options = [
            (school, grade)
            for school in self._schools
            for grade in _NEXT[place.stage]
            if grade in school.grades
            and (school.school_type == "special") == (place.school.school_type == "special")
        ]
        if not options:
            return place.school, place.grade  # repeats the year: nobody else teaches on
        weights = [
            school.cohort[STAGE[grade]]
            * (6 if school.town == place.school.town else 1)
            * (1000 if school is place.school else 1)
            for school, grade in options
        ]
        return self._rng.choices(options, weights)[0]

    def _admit(self, roll: Roll, entrants: dict[tuple[School, str], list[Student]]) -> None:
        """Fill the lowest grades: those who come on, and children new to the county's schools."""
        for school in self._schools:
            for stage in school.cohort:
                grade = GRADES[stage][0]
                heads = entrants.get((school, grade), [])
                if stage in ("kindergarten", "primary"):
                    new = self._heads(school, grade) - len(heads)
                else:
                    new = round(len(heads) * 0.01)
                heads += [self._newcomer(school, grade, roll.term) for _ in range(max(0, new))]
                roll.places += self._classes(school, grade, heads)

    def _come_back(self, roll: Roll) -> None:
        for place, school in self._moving:
            grade = place.grade
            if roll.term.season == "autumn":
                grade = GRADES[place.stage][GRADES[place.stage].index(grade) + 1]
            self._seat(roll, place.student, school, grade)
        self._moving = []
        still_away = []
        for place in self._away:
            if self._rng.random() < 0.6:
                self._enter(roll, place.student, place.school, place.grade, kind="resumed")
            else:
                still_away.append(place)
        self._away = still_away

    def _arrive(self, roll: Roll) -> None:
        """Children from outside, in grades above the lowest."""
        for school in self._schools:
            grades = [g for g in school.grades if g != GRADES[STAGE[g]][0]]
            heads = sum(school.cohort.values()) * 3
            for _ in range(self._count(heads * ARRIVES)):
                grade = self._rng.choice(grades)
                student = self._newcomer(school, grade, roll.term)
                other = self._rng.choice(_OUTSIDE)
                self._enter(roll, student, school, grade, kind="transfer_in", other=other)

    def _enter(
        self,
        roll: Roll,
        student: Student,
        school: School,
        grade: str,
        *,
        kind: str,
        other: str = "",
    ) -> None:
        place = self._seat(roll, student, school, grade)
        day = roll.term.starts + dt.timedelta(self._rng.randrange(8))
        self._note(roll, place, kind=kind, day=day, other=other)

    def _seat(self, roll: Roll, student: Student, school: School, grade: str) -> Place:
        """Put a pupil on the roll, in a class that there is."""
        same = [p for p in roll.places if p.school is school and p.grade == grade]
        class_name = self._rng.choice(same).class_name if same else "1班"
        place = Place(student, school, grade, class_name, self._boards(school, grade))
        roll.places.append(place)
        return place

    def _finish(self, roll: Roll) -> Roll:
        """Put the roll in order and decide who leaves before the next one."""
        order = {school: n for n, school in enumerate(self._schools)}
        roll.places.sort(
            key=lambda p: (
                order[p.school], AGE[p.grade], p.grade, p.class_name, p.student.student_no
            )
        )  # fmt: skip
        self._leaving = set()
        arrived = {change.student.student_no for change in roll.changes}
        for place in roll.places:
            if place.student.student_no not in arrived:
                self._maybe_leave(roll, place)
        roll.changes.sort(key=lambda c: (order[c.school], c.day, c.student.student_no))
        return roll

    def _maybe_leave(self, roll: Roll, place: Place) -> None:
        fate = self._fate(place)
        if fate is None:
            return
        kind, other = fate
        self._leaving.add(place.student.student_no)
        first = roll.term.starts + dt.timedelta(14)
        last = min(LAST_DAY, roll.term.starts + dt.timedelta(140))
        day = first + dt.timedelta(self._rng.randrange((last - first).days + 1))
        self._note(roll, place, kind=kind, day=day, other=other)
        if self._moving and self._moving[-1][0] is place:  # the new school reports it as well
            _, school = self._moving[-1]
            there = Place(place.student, school, place.grade, place.class_name, place.boarder)
            day = min(LAST_DAY, day + dt.timedelta(self._rng.randrange(4)))
            self._note(roll, there, kind="transfer_in", day=day, other=place.school.name)

    def _fate(self, place: Place) -> tuple[str, str] | None:
        lot = self._rng.random()
        if lot < MOVES:
            schools = [
                school
                for school in self._schools
                if place.grade in school.grades
                and school.school_type == place.school.school_type
                and school is not place.school
            ]
            last_grade = place.grade == GRADES[place.stage][-1]
            if not schools or last_grade or place.school.school_type == "special":
                return None
            school = self._rng.choices(schools, [s.cohort[place.stage] for s in schools])[0]
            self._moving.append((place, school))
            return "transfer_out", school.name
        for kind, share in (
            ("transfer_out", LEAVES),
            ("suspended", SUSPENDED.get(place.stage, 0.0012)),
            ("dropped_out", DROPPED_OUT.get(place.stage, 0.0)),
        ):
            lot = self._rng.random()
            if lot < share:
                if kind == "suspended":
                    self._away.append(place)
                return kind, self._rng.choice(_OUTSIDE) if kind == "transfer_out" else ""
        return None

    def _note(self, roll: Roll, place: Place, *, kind: str, day: dt.date, other: str) -> None:
        reason = self._rng.choice(_WHY[kind])
        roll.changes.append(Change(place.student, place.school, kind, day, other, reason))

    def _count(self, expected: float) -> int:
        """A whole number that is `expected` on average."""
        whole = int(expected)
        return whole + (self._rng.random() < expected - whole)
