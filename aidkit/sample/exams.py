"""Two exams a term: who sat them, with what result, and why somebody did not."""

import datetime as dt
from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from random import Random

from aidkit.calendar import Term
from aidkit.sample.rolls import LAST_DAY, Place
from aidkit.sample.sheets import Cell, word

SUBJECTS = {
    "p3": ("chinese", "mathematics", "english"),
    "p4": ("chinese", "mathematics", "english"),
    "p5": ("chinese", "mathematics", "english", "science"),
    "p6": ("chinese", "mathematics", "english", "science"),
    "j1": ("chinese", "mathematics", "english"),
    "j2": ("chinese", "mathematics", "english", "physics"),
    "j3": ("chinese", "mathematics", "english", "physics", "chemistry"),
    "s1": ("chinese", "mathematics", "english", "physics", "chemistry"),
    "s2": ("chinese", "mathematics", "english", "physics", "chemistry"),
    "s3": ("chinese", "mathematics", "english", "physics", "chemistry"),
    "v1": ("chinese", "mathematics", "vocational"),
    "v2": ("chinese", "mathematics", "vocational"),
    "v3": ("chinese", "mathematics", "vocational"),
}
"""Subjects examined in each grade; the grades below are not examined."""

FULL: dict[str, dict[str, int]] = {
    "p": {},
    "j": {"chinese": 120, "mathematics": 120, "english": 120, "physics": 70, "chemistry": 50},
    "s": {"chinese": 150, "mathematics": 150, "english": 150},
    "v": {},
}
"""Full marks by first letter of the grade; 100 where nothing is said."""

SHARE = {"p": (0.80, 0.13), "j": (0.64, 0.19), "s": (0.62, 0.16), "v": (0.60, 0.16)}
"""Mean and spread of the share of full marks that pupils reach."""

ABSENCES = {"sick": 50, "leave": 22, "unstated": 14, "truant": 8, "deferred": 6}
"""Reasons for a missing score, and how frequent they are among a hundred."""

AWAY = 0.014
"""Chance to miss a whole exam; a single subject is missed a third as often."""

GIVES_UP = {False: 0.001, True: 0.3}
"""Chance to hand in nothing, which clerks write down as zeros: of who stays, of who leaves soon."""

JOINED_LATER = 0.4
"""Chance that who came to the school this term was not there yet at its first exam."""


@dataclass(frozen=True)
class Exam:
    """One exam of a term, the same for all schools."""

    name: str
    day: dt.date


def exams_of(term: Term) -> tuple[Exam, Exam]:
    """The two exams of a term that lie before the county's last day."""
    year = term.starts.year
    if term.season == "spring":
        return Exam("期中", dt.date(year, 4, 28)), Exam("期末", dt.date(year, 6, 29))
    last = Exam("期末", dt.date(year + 1, 1, 21))
    middle = Exam("期中", dt.date(year, 11, 10))
    if last.day > LAST_DAY:
        return Exam("月考", dt.date(year, 10, 13)), middle
    return middle, last


def full_marks(grade: str) -> list[Cell]:
    """Full marks of a grade's subjects, in the order of `SUBJECTS`."""
    return [FULL[grade[0]].get(subject, 100) for subject in SUBJECTS[grade]]


def scores(
    rng: Random,
    term: Term,
    places: list[Place],
    *,
    left: dict[str, dt.date],
    came: Container[str] = (),
) -> dict[str, list[list[Cell]]]:
    """A school's results: grade to rows of 学籍号, name, class, exam, day and the subjects' scores.

    Args:
        rng: Source of chance.
        term: Term of the exams.
        places: The school's roll.
        left: student_no to the day on which a pupil left; no exam is sat from then on.
        came: student_no of who came to the school in this term.
    """
    rows: dict[str, list[list[Cell]]] = defaultdict(list)
    for nth, exam in enumerate(exams_of(term)):
        for place in places:
            student = place.student
            if place.grade not in SUBJECTS or left.get(student.student_no, exam.day) < exam.day:
                continue
            number = student.student_no
            new = nth == 0 and number in came
            sat = _marks(rng, place)
            marks = _not_sat(place, exam, leaves=number in left, new=new) or sat
            rows[place.grade].append(
                [student.student_no, student.name, place.class_name, exam.name, exam.day, *marks]
            )
    return rows


def _not_sat(place: Place, exam: Exam, *, leaves: bool, new: bool) -> list[Cell]:
    """What a clerk writes for who handed in nothing, or was not there yet; empty for all others."""
    # Chance of its own: it changes no other score.
    chance = Random(f"{place.student.student_no} {exam.day}").random()
    if new and chance < JOINED_LATER:
        return [word("absence", "joined_later")] * len(SUBJECTS[place.grade])
    return [0] * len(SUBJECTS[place.grade]) if not new and chance < GIVES_UP[leaves] else []


def _marks(rng: Random, place: Place) -> list[Cell]:
    subjects = SUBJECTS[place.grade]
    if rng.random() < AWAY:
        return [_absence(rng)] * len(subjects)
    kind = place.grade[0]
    mean, spread = SHARE[kind]
    if place.school.school_type == "special":
        mean = 0.5
    marks: list[Cell] = []
    for subject in subjects:
        if rng.random() < AWAY / 3:
            marks.append(_absence(rng))
            continue
        full = FULL[kind].get(subject, 100)
        share = mean + spread * (0.85 * place.student.ability + 0.53 * rng.gauss(0, 1))
        score = round(2 * full * min(max(share, 0.03), 1.0)) / 2
        marks.append(int(score) if score == int(score) else score)
    return marks


def _absence(rng: Random) -> str | None:
    return word("absence", rng.choices(list(ABSENCES), list(ABSENCES.values()))[0])
