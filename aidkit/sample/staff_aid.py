"""Teachers: posts and retirement, those in hardship, and what is given to them."""

import datetime as dt
from dataclasses import dataclass, replace
from random import Random

from aidkit.calendar import Term
from aidkit.sample import names
from aidkit.sample.people import Registry
from aidkit.sample.programs import CANDLE, CITY_TEACHERS, FESTIVE_TEACHERS
from aidkit.sample.rolls import LAST_DAY, TERMS
from aidkit.sample.schools import School
from aidkit.sample.staff import Teacher

RETIRED = 0.035
"""Retired teachers whom the county still knows, as a share of the staff."""

COMES_OR_GOES = 0.012
"""Share of the staff that took up its post, or left it, in the last term."""

IN_HARDSHIP = 0.036
CAUSES = {"own_illness": 60, "family_illness": 16, "disaster": 16, "accident": 8}
"""Of a hundred teachers in hardship, how many for which reason."""

DEBTS = (12_000, 18_000, 24_000, 32_000, 36_000, 45_000, 52_000, 60_000, 75_000, 90_000, 120_000)
PAPERS = ("application_form", "identity_card_copy", "teacher_certificate", "hospital_record")
GROUNDS = ("本人手术后长期治疗", "家中受灾房屋受损", "赡养失能老人", "退休后独居")
EARLIER_GIVERS = (
    (CANDLE, "county_foundation", 2_000),
    (CITY_TEACHERS, "city_foundation", 5_000),
    ("省级特困教师资助", "province_foundation", 10_000),
    ("教职工大病互助", "union", 3_000),
)
"""Program or the giver's own name for it, giver, usual amount in yuan."""


@dataclass(frozen=True, slots=True)
class Hardship:
    """A teacher in hardship.

    Attributes:
        debt: Yuan; None where nobody asked.
        nominated_by: Who put the teacher forward beside the school.
    """

    teacher: Teacher
    causes: tuple[str, ...]
    debt: int | None
    nominated_by: str | None


@dataclass(frozen=True, slots=True)
class TeacherApplication:
    """One application of one teacher in a term."""

    hardship: Hardship
    program: str
    day: dt.date
    promised: bool | None
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeacherDecision:
    """What the panel gives a teacher in one term."""

    teacher: Teacher
    program: str
    day: dt.date
    yuan: int
    grounds: str


@dataclass(frozen=True, slots=True)
class Received:
    """One payment of aid in an earlier year, or by somebody else."""

    person_no: str
    name: str
    title: str
    funder: str
    year: int
    yuan: float


@dataclass(frozen=True)
class Staff:
    """Everybody in the county's list of staff.

    Attributes:
        in_post: Teachers of the schools.
        retired: Those who have left their posts for good.
        in_hardship: Of both, those who are hard up.
    """

    in_post: list[Teacher]
    retired: list[Teacher]
    in_hardship: list[Hardship]

    @classmethod
    def of(cls, rng: Random, registry: Registry, hired: list[Teacher]) -> "Staff":
        """Complete the list of those hired for the schools."""
        in_post = with_posts(rng, hired)
        old = retired(rng, registry, hired)
        return cls(in_post, old, in_hardship(rng, in_post, old))

    @property
    def all(self) -> list[Teacher]:
        """The whole list."""
        return self.in_post + self.retired


def with_posts(rng: Random, staff: list[Teacher]) -> list[Teacher]:
    """The staff with the days from which, and until which, they hold their posts."""
    last = TERMS[-1].starts
    found = []
    for teacher in staff:
        born = int(teacher.id_number[6:10])
        year = rng.randint(born + 23, last.year - 1) if born + 23 < last.year else last.year - 1
        came, went = dt.date(year, rng.choice((3, 9, 9)), 1), None
        lot = rng.random()
        if teacher.post == "teacher" and lot < COMES_OR_GOES:
            day = last + dt.timedelta(30 + rng.randrange((LAST_DAY - last).days - 30))
            came, went = (day, None) if lot < COMES_OR_GOES / 2 else (came, day)
        found.append(replace(teacher, post_from=came, post_to=went))
    return found


def retired(rng: Random, registry: Registry, staff: list[Teacher]) -> list[Teacher]:
    """Teachers who have left their posts for good; their numbers follow those of the staff."""
    schools: dict[School, int] = {}
    for teacher in staff:
        schools[teacher.school] = schools.get(teacher.school, 0) + 1
    found = []
    for _ in range(max(3, round(len(staff) * RETIRED))):
        school = rng.choices(list(schools), list(schools.values()))[0]
        schools[school] += 1
        sex = "female" if rng.random() < 0.5 else "male"
        name = registry.person_name(names.surname(rng), names.given(rng, "adult", sex))
        birth = dt.date(rng.randint(1952, 1964), 1, 1) + dt.timedelta(rng.randrange(365))
        found.append(
            Teacher(
                f"{school.code[4:]}{schools[school]:03d}", name, registry.id_number(birth, sex),
                school, "teacher", rng.random() < 0.4, None, registry.phone(), registry.card_no(),
                "retired", dt.date(birth.year + 22, 9, 1), dt.date(birth.year + 60, 7, 31),
            )
        )  # fmt: skip
    return found


def in_hardship(rng: Random, staff: list[Teacher], old: list[Teacher]) -> list[Hardship]:
    """Teachers in hardship, at most three of a school; some are retired."""
    number = max(4, round(len(staff) * IN_HARDSHIP))
    found: list[Hardship] = []
    of_school: dict[School, int] = {}
    for teacher in [*rng.sample(old, max(1, number // 7)), *rng.sample(staff, len(staff))]:
        if len(found) == number:
            break
        if of_school.get(teacher.school, 0) == 3:
            continue
        of_school[teacher.school] = of_school.get(teacher.school, 0) + 1
        cause = rng.choices(list(CAUSES), list(CAUSES.values()))[0]
        debt = None if rng.random() < 0.04 else rng.choice(DEBTS)
        nominated = "union" if rng.random() < 0.25 else None
        found.append(Hardship(teacher, (cause,), debt, nominated))
    return found


def applications(rng: Random, term: Term, hardships: list[Hardship]) -> list[TeacherApplication]:
    """What teachers apply for: in autumn the county's foundation, in spring the city's."""
    autumn = term.season == "autumn"
    program = CANDLE if autumn else CITY_TEACHERS
    first = dt.date(term.starts.year, 11, 2) if autumn else dt.date(term.starts.year, 6, 8)
    found = []
    for hardship in hardships:
        if rng.random() < 0.12:
            continue
        day = min(LAST_DAY, first + dt.timedelta(rng.randrange(11)))
        if rng.random() < 0.05 and not autumn:  # handed in after the deadline
            day = dt.date(term.starts.year, 6, 24)
        papers = PAPERS if rng.random() > 0.06 else PAPERS[:-1]
        if "disaster" in hardship.causes:
            papers = (*PAPERS[:-1], "disaster_certificate")
        found.append(TeacherApplication(hardship, program, day, rng.random() > 0.03, papers))
    return found


def decisions(rng: Random, term: Term, staff: Staff) -> list[TeacherDecision]:
    """Gifts before Spring Festival, decided case by case: two retired teachers and three others."""
    if term.season != "autumn":
        return []
    day = min(LAST_DAY, dt.date(term.starts.year + 1, 1, 20))
    people = [*rng.sample(staff.retired, 2), *rng.sample(staff.in_post, 3)]
    return [
        TeacherDecision(
            teacher, FESTIVE_TEACHERS, day, rng.choice((300, 400, 500)), rng.choice(GROUNDS)
        )
        for teacher in people
    ]


def received(rng: Random, term: Term, hardships: list[Hardship]) -> list[Received]:
    """What teachers in hardship got in the two years before, and some in this one."""
    found = []
    for n, hardship in enumerate(hardships):
        teacher = hardship.teacher
        for back, share in ((2, 0.14), (1, 0.22), (0, 0.1)):
            # The first one was helped last year, so that even a small county has such a case.
            if rng.random() < share or (n == 0 and back == 1):
                givers = EARLIER_GIVERS[:1] if n == 0 else EARLIER_GIVERS[back == 0 :]
                title, funder, yuan = rng.choice(givers)
                year = term.starts.year - back
                found.append(Received(teacher.teacher_no, teacher.name, title, funder, year, yuan))
    return found
