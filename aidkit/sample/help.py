"""Who helps whom besides tutors: classmates, leaders, teachers of poor families; their logs."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from aidkit.sample.hardship import groups_of
from aidkit.sample.people import Student
from aidkit.sample.rolls import LAST_DAY, Place, Roll
from aidkit.sample.schools import School
from aidkit.sample.staff import Pair, Teacher

SESSIONS = ("课后补习后进知识点", "订正一周的错题", "听写和朗读练习", "约定一周的学习计划")
NEXT = ("下周复查错题", "请家长每晚检查作业", "下次小测后再谈", None)
ROOMS = ("教室", "教师办公室", "图书室")
PLANS = ("每周谈话一次，约定守时到校", "参加校运动队，每两周谈话", None)

PEERS = 0.6
"""Share of the pupils with a tutor whom a classmate helps too."""

UNCARED, OUTSIDE_REGISTER = 0.05, 0.07
"""Share of poor families' children without a teacher at school, and missing in the area's list."""


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a tutor with a pupil."""

    day: dt.date
    pair: Pair
    where: str
    what: str
    after: str | None


@dataclass(frozen=True, slots=True)
class PeerPair:
    """One pupil who helps another."""

    helper: Student
    pair: Pair
    day: dt.date


@dataclass(frozen=True, slots=True)
class Charge:
    """One pupil for whom one teacher or leader answers."""

    teacher: Teacher
    student: Student
    day: dt.date
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """One child of a poor household, with the teacher of the area."""

    student: Student
    enrolled_at: str | None
    teacher: Teacher
    day: dt.date


def sessions(rng: Random, roll: Roll, pairs: Iterable[Pair]) -> list[Session]:
    """Sessions of tutors, in order of time; of two on one day the last is written down."""
    last = min(LAST_DAY, roll.term.starts + dt.timedelta(120))
    held: dict[tuple[dt.date, str, str], Session] = {}
    for pair in pairs:
        for _ in range(rng.choice((0, 1, 2, 3, 4))):
            day = pair.day + dt.timedelta(1 + rng.randrange((last - pair.day).days))
            key = day, pair.teacher.teacher_no, pair.place.student.student_no
            held[key] = Session(
                day, pair, rng.choice(ROOMS), rng.choice(SESSIONS), rng.choice(NEXT)
            )
    return [held[key] for key in sorted(held)]


def peers(rng: Random, roll: Roll, pairs: Sequence[Pair]) -> list[PeerPair]:
    """A classmate with good results for many pupils with a tutor; none helps two."""
    weak = {p.place.student.student_no for p in pairs}
    classes: dict[tuple[School, str], list[Place]] = defaultdict(list)
    for place in roll.places:
        if place.student.student_no not in weak:
            classes[place.school, place.grade].append(place)
    found = []
    for n, pair in enumerate(pairs):
        if n and rng.random() > PEERS:
            continue
        place = pair.place
        others = classes[place.school, place.grade]
        if not others:
            continue
        ranks = [(o.class_name != place.class_name, -o.student.ability) for o in others]
        best = others.pop(ranks.index(min(ranks)))
        found.append(PeerPair(best.student, pair, pair.day + dt.timedelta(rng.randrange(7))))
    return found


def conduct(
    rng: Random, roll: Roll, pairs: Iterable[Pair], staff: Iterable[Teacher]
) -> list[Charge]:
    """One to three pupils for most leaders of schools with older pupils; for some none or four."""
    away = {pair.place.student.student_no for pair in pairs} | roll.left().keys()
    leaders: dict[School, list[Teacher]] = defaultdict(list)
    for teacher in staff:
        if teacher.post == "leader":
            leaders[teacher.school].append(teacher)
    day = roll.term.starts + dt.timedelta(16)
    found = []
    for school, places in roll.by_school().items():
        pupils = [p.student for p in places if p.grade[0] in "jsv" or p.grade in ("p5", "p6")]
        pupils = [p for p in pupils if p.student_no not in away]
        rng.shuffle(pupils)
        for n, leader in enumerate(leaders[school]):
            for _ in range(rng.choice((1, 2, 3)) if n == 0 else rng.choice((0, 1, 2, 2, 3, 4))):
                if pupils:
                    found.append(Charge(leader, pupils.pop(), day, rng.choice(PLANS)))
    return found


def care(rng: Random, roll: Roll, past: Iterable[Roll], staff: Iterable[Teacher]) -> list[Charge]:
    """A teacher of the own school for nearly every pupil of a poor family, term after term."""
    helpers: dict[School, list[Teacher]] = defaultdict(list)
    for teacher in staff:
        if teacher.post != "staff":
            helpers[teacher.school].append(teacher)
    since: dict[tuple[str, School], dt.date] = {}
    for each in (*past, roll):
        for place in each.places:
            since.setdefault((place.student.student_no, place.school), each.term.starts)
    found = []
    for school, places in roll.by_school().items():
        own = helpers[school]
        poor = [p.student for p in places if _poor(p.student)]
        for n, student in enumerate(poor):
            if own and (n == 0 or rng.random() > UNCARED):
                # Settled by the number alone, so that it is the same in every term.
                lot = sum(map(ord, student.student_no))
                day = since[student.student_no, school] + dt.timedelta(5 + lot % 12)
                found.append(Charge(own[lot % len(own)], student, day))
    return found


def households(
    rng: Random, roll: Roll, past: Iterable[Roll], staff: Iterable[Teacher]
) -> list[Child]:
    """Children of poor families by area: at school, at college, and gone to schools outside."""
    by_town: dict[str, list[Teacher]] = defaultdict(list)
    teachers = [t for t in staff if t.post not in ("staff", "leader")]
    for teacher in teachers:
        by_town[teacher.school.town].append(teacher)
    attends: dict[str, tuple[Student, str | None]] = {
        change.student.student_no: (change.student, change.other)
        for before in past
        for change in before.changes
        if change.kind == "transfer_out"
    }
    attends |= {f.student.student_no: (f.student, f.college) for f in roll.freshmen}
    attends |= {p.student.student_no: (p.student, p.school.name) for p in roll.places}
    of_family: dict[str, Teacher] = {}
    found: list[Child] = []
    for student, school in attends.values():
        own = by_town[student.family.town] or teachers
        if not _poor(student) or not own or (found and rng.random() < OUTSIDE_REGISTER):
            continue
        teacher = of_family.setdefault(student.family.card_no, rng.choice(own))
        day = roll.term.starts + dt.timedelta(rng.randrange(20))
        found.append(Child(student, school, teacher, day))
    return found


def _poor(student: Student) -> bool:
    return bool({"registered_poor", "monitored"} & set(groups_of(student)))
