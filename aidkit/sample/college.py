"""Those who go on to a university or college, and what they apply for."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from aidkit.sample.hardship import Application
from aidkit.sample.people import Registry, Student
from aidkit.sample.programs import DREAM, DRIVE, GOLD_COLLAR, UNION
from aidkit.sample.rolls import Freshman, Roll
from aidkit.sample.schools import School

SHARE = 0.082
"""Entrants of a year whom the centre registers, as a share of the county's senior grades."""

EARLIER = {2024: 0.35, 2025: 0.6}
"""Entrants of the years before the last term, as a share of that."""

COLLEGES = {
    "undergraduate": ("省城师范大学", "省城理工大学", "省农业大学", "沿海师范学院", "北方科技大学"),
    "vocational_college": ("市职业技术学院", "省城铁路职业学院", "省卫生职业学院", "沿海职业学院"),
    "independent_college": ("省城理工大学江源学院", "省农业大学新城学院"),
}
"""Kind to invented names; those that begin with 沿海 or 北方 lie outside the province."""

KINDS = {"undergraduate": 62, "vocational_college": 31, "independent_college": 7}

FILED = 0.3
"""Share of the registered whose parent is in the union's file of workers in hardship."""

PUPILS_FILED = 0.0007
"""Share of the pupils whose parent is."""

LEVELS = {"city": 60, "province": 28, "national": 12}

COMMON_PAPERS = ("check_consent", "application_form", "household_register", "bank_card_copy")
ENTRANTS_PAPERS = ("admission_notice", "fee_schedule")


@dataclass(frozen=True, slots=True)
class FiledChild:
    """One child in the union's file, with the level that keeps it."""

    student: Student
    level: str


def earlier(rng: Random, registry: Registry, schools: list[School]) -> list[Freshman]:
    """Those who left the county's schools for college before the first term."""
    leaving = [school for school in schools if "senior" in school.cohort]
    found = []
    for year, share in EARLIER.items():
        for _ in range(max(2, round(_entrants(schools) * share))):
            school = rng.choice(leaving)
            born_after = dt.date(year - 19, 8, 31)
            student = registry.student(school.town, born_after, own_card=True)
            found.append(_admit(rng, student, school, year, senior=True))
    return found


def enter(rng: Random, rolls: list[Roll], before: list[Freshman]) -> None:
    """Write down in each term who is at college: entrants of this school year and the last."""
    spring, last = rolls[-2], rolls[-1]
    year = last.term.school_year
    number = _entrants(list(last.by_school()))
    left = spring.left()
    leavers = [
        place
        for place in spring.places
        if place.grade in ("s3", "v3") and place.student.student_no not in left
    ]
    leavers.sort(key=lambda place: _per_head(place.student))
    third = max(number, len(leavers) // 3)
    poorest = leavers[:third]
    chosen = rng.sample(poorest, min(len(poorest), round(number * 0.85)))
    rest = leavers[third:]
    chosen += rng.sample(rest, min(len(rest), number - len(chosen)))
    entrants = [
        _admit(rng, place.student, place.school, year, senior=place.stage == "senior")
        for place in chosen
    ]
    for roll in rolls:
        years = (roll.term.school_year - 1, roll.term.school_year)
        roll.freshmen = [f for f in (*before, *entrants) if f.entered.year in years]


def file_workers(rng: Random, rolls: list[Roll]) -> list[FiledChild]:
    """Children of workers in the union's file: mostly at college, some still at school.

    Where one child of a family is in the file, so are all.
    """
    students = {f.student.student_no: f.student for roll in rolls for f in roll.freshmen}
    poorer = sorted(students.values(), key=_per_head)[: max(6, len(students) * 3 // 5)]
    pupils = [place.student for place in rolls[-1].places]
    poor = [p for p in pupils if p.family.groups and p.student_no not in students]
    chosen = rng.sample(poorer, max(6, round(len(students) * FILED)))
    number = max(2, round(len(pupils) * PUPILS_FILED))
    chosen += rng.sample(poor, min(len(poor), number))
    levels = {id(s.family): rng.choices(list(LEVELS), list(LEVELS.values()))[0] for s in chosen}
    known = {s.student_no for s in (*students.values(), *pupils)}
    return [
        FiledChild(child, level)
        for family, level in ((s.family, levels.pop(id(s.family), "")) for s in chosen)
        if level
        for child in family.children
        if child.student_no in known and child.id_number
    ]


def applications(rng: Random, roll: Roll, filed: list[FiledChild]) -> list[Application]:
    """What students at college apply for; the union's programs and the drive are for autumn."""
    if roll.term.season != "autumn":
        return []
    of_union = {child.student.student_no for child in filed}
    year = roll.term.school_year
    summer = dt.date(year, 7, 20)
    written = []
    for freshman in roll.freshmen:
        new = freshman.entered.year == year
        if freshman.student.student_no in of_union:
            if rng.random() < 0.08:
                continue
            late = rng.random() < 0.04
            day = summer + dt.timedelta(24 if late else rng.randrange(22))
            if not new:
                program = DREAM
            elif freshman.kind == "vocational_college":
                program = GOLD_COLLAR
            else:
                program = UNION
            if program != DREAM or freshman.kind != "vocational_college":
                written.append(_application(rng, freshman, program, day, new=new))
        if new and freshman.student.family.groups and rng.random() < 0.7:
            day = summer + dt.timedelta(30 + rng.randrange(30))
            written.append(_application(rng, freshman, DRIVE, day, new=new))
    return written


def _application(
    rng: Random, freshman: Freshman, program: str, day: dt.date, *, new: bool
) -> Application:
    own = ENTRANTS_PAPERS if new else ("school_report",)
    papers = ("application_form", own[0]) if program == DRIVE else (*COMMON_PAPERS, *own)
    groups = freshman.student.family.groups
    if "allowance" in groups:
        papers += ("allowance_certificate",)
    if rng.random() < 0.07:
        papers = papers[1:]
    record = None
    if program == DREAM:
        record = "good" if rng.random() < 0.8 else "ordinary"
    return Application(
        freshman.student, None, freshman.kind, program, day, rng.random() > 0.02, papers, record
    )


def _admit(rng: Random, student: Student, school: School, year: int, *, senior: bool) -> Freshman:
    kind = rng.choices(list(KINDS), list(KINDS.values()))[0] if senior else "vocational_college"
    day = dt.date(year, 9, 1 + rng.randrange(10))
    return Freshman(student, school, rng.choice(COLLEGES[kind]), kind, day)


def _entrants(schools: list[School]) -> int:
    heads = sum(s.cohort.get(stage, 0) for s in schools for stage in ("senior", "vocational"))
    return max(6, round(heads * SHARE))


def _per_head(student: Student) -> tuple[float, str]:
    family = student.family
    return family.income / family.size, student.student_no
