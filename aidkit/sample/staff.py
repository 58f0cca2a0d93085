"""Teachers, the pupils they look after, and the homes they visit."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from random import Random

from aidkit.sample import names
from aidkit.sample.exams import SUBJECTS
from aidkit.sample.people import Registry
from aidkit.sample.rolls import LAST_DAY, Place, Roll
from aidkit.sample.schools import School

PUPILS_PER_TEACHER = {
    "kindergarten": 12.0, "primary": 15.0, "junior": 13.5, "nine_year": 13.0, "senior": 14.5,
    "vocational": 14.0, "special": 5.0,
}  # fmt: skip

TAUGHT = {
    "kindergarten": ("early_years",),
    "primary": ("chinese", "mathematics", "english", "science", "arts"),
    "junior": ("chinese", "mathematics", "english", "physics", "chemistry", "arts"),
    "nine_year": ("chinese", "mathematics", "english", "physics", "science", "arts"),
    "senior": ("chinese", "mathematics", "english", "physics", "chemistry", "arts"),
    "vocational": ("chinese", "mathematics", "vocational", "vocational", "arts"),
    "special": ("chinese", "mathematics", "arts"),
}
"""Main subjects of the teachers of each type of school."""

WEAK = ("chinese", "mathematics", "english")
HELPED = 0.075
"""Share of the examined pupils with the weakest results who get a helper."""

MOST_PUPILS = 2
"""Pupils of one helper."""

PLACES = ("学生家中", "学生家中", "学生家中", "学校办公室", "村委会")
TALKS = (
    "了解作业完成情况，和家长商量每天的学习时间",
    "说明资助政策和申请办法，核对填表内容",
    "了解近期身体和情绪，鼓励多和同学交流",
    "看望祖辈，了解冬季取暖和上学路上的安全",
    "反馈课堂表现，约定每周补一次薄弱知识点",
    "了解寄宿生活，听取对食堂和宿舍的意见",
    "商量假期阅读计划，借出三本书",
)


@dataclass(frozen=True, slots=True)
class Teacher:
    """One member of a school's staff."""

    teacher_no: str
    name: str
    id_number: str
    school: School
    post: str
    party_member: bool
    subject: str | None
    phone: str
    card_no: str
    employment: str = "in_post"
    post_from: dt.date | None = None
    post_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """One helper for one pupil.

    Attributes:
        day: When the term's help began.
        since: When the pair began, where that was in an earlier term.
    """

    teacher: Teacher
    place: Place
    subject: str
    day: dt.date
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit or talk."""

    day: dt.date
    teacher: Teacher
    place: Place
    where: str
    talk: str


def hire(rng: Random, registry: Registry, roll: Roll) -> list[Teacher]:
    """The staff of all schools, as many as the roll asks for."""
    staff = []
    for school, places in roll.by_school().items():
        heads = max(2, round(len(places) / PUPILS_PER_TEACHER[school.school_type]))
        for n in range(heads):
            sex = "female" if rng.random() < 0.64 else "male"
            name = registry.person_name(names.surname(rng), names.given(rng, "adult", sex))
            birth = dt.date(rng.randint(1967, 2002), 1, 1) + dt.timedelta(rng.randrange(365))
            post = _post(n, heads)
            staff.append(
                Teacher(
                    f"{school.code[4:]}{n + 1:03d}", name, registry.id_number(birth, sex), school,
                    post, rng.random() < (0.9 if "leader" in post else 0.3),
                    None if post == "staff" else rng.choice(TAUGHT[school.school_type]),
                    registry.phone(), registry.card_no(),
                )
            )  # fmt: skip
    return staff


def _post(n: int, heads: int) -> str:
    if n < max(1, heads // 22):
        return "leader"
    if n < max(1, heads // 22) + heads // 12:
        return "middle_leader"
    return "staff" if n >= heads - heads // 14 else "teacher"


def pair_up(rng: Random, roll: Roll, staff: list[Teacher]) -> list[Pair]:
    """Give a helper of their own school to the weakest pupils; a helper has one or two."""
    pairs = []
    left = roll.left()
    for school, places in roll.by_school().items():
        helpers = [t for t in staff if t.school is school and t.post != "staff"]
        examined = [p for p in places if p.grade in SUBJECTS and p.student.student_no not in left]
        weakest = sorted(examined, key=lambda p: (p.student.ability, p.student.student_no))
        chosen = weakest[: min(round(len(examined) * HELPED), 2 * len(helpers))]
        rng.shuffle(helpers)
        for n, place in enumerate(chosen):
            helper = helpers[n % len(helpers)]
            subject = helper.subject if helper.subject in WEAK else rng.choice(WEAK)
            day = roll.term.starts + dt.timedelta(13 + rng.randrange(12))
            pairs.append(Pair(helper, place, subject, day))
    return pairs


def go_on(pairs: list[Pair], earlier: list[Pair], staff: list[Teacher]) -> list[Pair]:
    """The same pupils with the helper they had, where it is of their school; others make room."""
    had = {pair.place.student.student_no: pair for pair in earlier}
    load: Counter[str] = Counter()
    kept: dict[int, Pair] = {}
    for n, pair in enumerate(pairs):
        old = had.get(pair.place.student.student_no)
        if old and old.teacher.school is pair.place.school:
            kept[n] = replace(
                pair, teacher=old.teacher, subject=old.subject, since=old.since or old.day
            )
            load[old.teacher.teacher_no] += 1
    found = []
    for n, pair in enumerate(pairs):
        helper = pair.teacher
        if n not in kept and load[helper.teacher_no] >= MOST_PUPILS:
            others = [t for t in staff if t.school is helper.school and t.post != "staff"]
            helper = min(others, key=lambda t: (load[t.teacher_no], t.teacher_no))
        if n not in kept:
            load[helper.teacher_no] += 1
        found.append(kept.get(n) or replace(pair, teacher=helper))
    return found


def visit(rng: Random, roll: Roll, pairs: list[Pair]) -> list[Visit]:
    """Talks of helpers with their pupils and families, in order of time."""
    last = min(LAST_DAY, roll.term.starts + dt.timedelta(120))
    visits = []
    for pair in pairs:
        for _ in range(rng.choice((0, 1, 1, 2))):
            day = pair.day + dt.timedelta(3 + rng.randrange((last - pair.day).days - 2))
            visits.append(
                Visit(day, pair.teacher, pair.place, rng.choice(PLACES), rng.choice(TALKS))
            )
    visits.sort(key=lambda v: (v.day, v.teacher.teacher_no, v.place.student.student_no))
    # Chance may draw the same talk of the same day twice; a clerk writes it down once.
    return [visit for n, visit in enumerate(visits) if visit not in visits[max(0, n - 1) : n]]
