"""Registers that the centre keeps beside the applications: decisions, changes, fees, gifts."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from aidkit.sample.college import FiledChild
from aidkit.sample.hardship import EXEMPT, Application, Case, groups_of
from aidkit.sample.people import Student
from aidkit.sample.programs import (
    BY_TIER,
    CANDLE,
    DREAM,
    DRIVE,
    EMERGENCY,
    FESTIVE,
    GOLD_COLLAR,
    UNION,
)
from aidkit.sample.rolls import LAST_DAY, Place, Roll
from aidkit.sample.staff_aid import Received, TeacherApplication

PANEL_DAY = 24
"""Days from the start of a term to the panels' decision."""

GRANTED = 0.35
"""Share of families in sudden hardship that the school's fund helps in a term."""

AMOUNTS = {EMERGENCY: (500, 800, 1_000, 1_500, 2_000), FESTIVE: (200, 300, 400)}
DRIVE_AMOUNTS = (2_000, 2_000, 3_000, 3_000, 5_000)
GROUNDS = {
    EMERGENCY: ("父亲工伤住院", "学生患重病手术", "家中失火", "母亲突发重病"),
    FESTIVE: ("家庭生活困难", "父母常年在外，祖辈抚养"),
    DRIVE: ("家庭困难，学费缺口较大", "低保家庭新生"),
}

WAIVED, REVOKED = 0.004, 0.0015
"""Share of the tiers decided that the family gives up, or that are taken away, in a term."""

WHY = {
    "waived": ("家庭条件好转，自愿放弃", "随父母外出，自愿放弃"),
    "revoked": ("经核实有明显高消费行为", "严重违反校纪，经评审小组复议"),
}

FEES = {
    "kindergarten": (("child_care", 1_500),),
    "senior": (("tuition", 800), ("lodging", 400)),
    "vocational": (("lodging", 350),),
}
"""Fee and yuan a term by stage; lodging is taken from boarders only."""

TAKEN_IN_ERROR = 0.0012
"""Share of the pupils in compulsory education of whom a school took a fee it must not take."""

SOCIETY = (
    ("爱心企业助学金", "society", 1_000),
    ("校友奖助金", "school", 600),
    ("希望工程助学金", "province_foundation", 2_000),
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the panel decided for one student: a tier, or an amount in yuan."""

    application: Application
    day: dt.date
    tier: str | None
    yuan: int | None
    grounds: str | None


@dataclass(frozen=True, slots=True)
class AwardChange:
    """One award given up or taken away."""

    person_no: str
    name: str
    program: str
    kind: str
    day: dt.date
    why: str
    signed: bool | None


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee taken from one pupil, in yuan."""

    student: Student
    kind: str
    yuan: int
    day: dt.date


def decide(
    rng: Random, roll: Roll, asked: list[Application], tiers: dict[str, str | None]
) -> list[Decision]:
    """The panels' decisions of a term; whom a panel found not to be in hardship has none."""
    day = roll.term.starts + dt.timedelta(PANEL_DAY)
    found = []
    for application in asked:
        number = application.student.student_no
        tier = tiers.get(number) if application.program in BY_TIER else None
        if tier is not None:
            found.append(Decision(application, day, tier, None, None))
        elif application.program == DRIVE and rng.random() < 0.85:
            yuan = rng.choice(DRIVE_AMOUNTS)
            found.append(Decision(application, day, None, yuan, rng.choice(GROUNDS[DRIVE])))
    return found + _without_asking(rng, roll)


def _without_asking(rng: Random, roll: Roll) -> list[Decision]:
    """Help in an emergency, and gifts before Spring Festival: nobody applies for them."""
    struck = [p for p in roll.places if "sudden_hardship" in p.student.family.groups]
    poor = [p for p in roll.places if len(p.student.family.groups) > 1]
    emergencies = [p for p in struck if rng.random() < GRANTED]
    chosen = [(EMERGENCY, p) for p in emergencies or poor[:1]]
    if roll.term.season == "autumn":
        chosen += [(FESTIVE, p) for p in rng.sample(poor, min(6, len(poor)))]
    left = roll.left()
    found = []
    for program, place in chosen:
        last = min(LAST_DAY, left.get(place.student.student_no, roll.term.ends))
        days = (last - roll.term.starts).days
        after = (
            rng.randrange(20, max(21, min(days, 130))) if program == EMERGENCY else min(days, 141)
        )
        day = min(last, roll.term.starts + dt.timedelta(after))
        asked = Application(place.student, place.school, place.stage, program, day, None)
        yuan = rng.choice(AMOUNTS[program])
        found.append(Decision(asked, day, None, yuan, rng.choice(GROUNDS[program])))
    return found


def change(
    rng: Random, roll: Roll, decided: list[Decision], teachers: list[TeacherApplication]
) -> list[AwardChange]:
    """Awards of a term that were given up, signed, or taken away, with the reason."""
    with_tier = [d for d in decided if d.tier]
    waived = max(1, round(len(with_tier) * WAIVED))
    revoked = max(1, round(len(with_tier) * REVOKED))
    left = roll.left()
    found = []
    for n, decision in enumerate(rng.sample(with_tier, min(len(with_tier), waived + revoked))):
        kind = "waived" if n < waived else "revoked"
        student = decision.application.student
        last = min(LAST_DAY, left.get(student.student_no, roll.term.ends))
        span = max(1, min(100, (last - decision.day).days))
        found.append(
            AwardChange(
                student.student_no, student.name, decision.application.program, kind,
                decision.day + dt.timedelta(rng.randrange(span)), rng.choice(WHY[kind]),
                True if kind == "waived" else None,
            )
        )  # fmt: skip
    candidates = [a for a in teachers if a.program == CANDLE and a.promised]
    if candidates:
        most = max(candidates, key=lambda a: (a.hardship.debt or 0, a.hardship.teacher.teacher_no))
        teacher = most.hardship.teacher
        day = min(LAST_DAY, most.day + dt.timedelta(9))
        found.append(
            AwardChange(
                teacher.teacher_no, teacher.name, CANDLE, "waived", day, "本人已获亲友资助", True
            )
        )
    return found


def fees(rng: Random, roll: Roll, cases: list[tuple[Place, Case]]) -> list[Fee]:
    """Fees taken from those whose families filled in the form, and some taken in error."""
    day = roll.term.starts
    found = []
    for place, _ in cases:
        for kind, yuan in FEES.get(place.stage, ()):
            if kind == "lodging" and not place.boarder:
                continue
            exempt = kind == "tuition" and EXEMPT & set(groups_of(place.student))
            if exempt and rng.random() < 0.9:  # and the school knew it
                continue
            found.append(Fee(place.student, kind, yuan, day + dt.timedelta(rng.randrange(6))))
    pupils = [p for p in roll.places if p.stage in ("primary", "junior")]
    for place in rng.sample(pupils, max(2, round(len(pupils) * TAKEN_IN_ERROR))):
        kind, yuan = rng.choice((("tuition", 300), ("textbooks", 45), ("textbooks", 90)))
        found.append(Fee(place.student, kind, yuan, day + dt.timedelta(rng.randrange(6))))
    return found


def received(
    rng: Random, roll: Roll, cases: list[tuple[Place, Case]], filed: list[FiledChild]
) -> list[Received]:
    """What students got in earlier years from the union, and from others in this one."""
    year = roll.term.school_year
    of_union = {child.student.student_no for child in filed}
    found = []
    for freshman in roll.freshmen:
        student, entered = freshman.student, freshman.entered.year
        if student.student_no not in of_union or entered == year:
            continue
        program = GOLD_COLLAR if freshman.kind == "vocational_college" else UNION
        if rng.random() < 0.85:
            yuan = 4_000 if program == GOLD_COLLAR else rng.choice((3_000, 4_000, 4_500))
            found.append(_of(student, program, "union", entered, yuan))
        if entered < year - 1 and program == UNION:
            found.append(_of(student, DREAM, "union", entered + 1, 2_000))
    for place, _ in cases:
        if rng.random() < 0.01:
            title, funder, yuan = rng.choice(SOCIETY)
            found.append(_of(place.student, title, funder, year - rng.randrange(2), yuan))
    return found


def _of(student: Student, program: str, funder: str, year: int, yuan: int) -> Received:
    return Received(student.student_no, student.name, program, funder, year, yuan)
