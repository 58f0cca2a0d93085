"""What the county knows as rows of its tables; columns in the order of `params/labels.toml`."""

from collections.abc import Iterable

from aidkit.sample.hardship import Application, Case
from aidkit.sample.people import Student
from aidkit.sample.programs import TITLES
from aidkit.sample.rolls import Change, Place
from aidkit.sample.schools import School
from aidkit.sample.sheets import Cell, word, yes_no
from aidkit.sample.staff import Pair, Teacher, Visit

Rows = list[list[Cell]]


def schools(county: Iterable[School]) -> Rows:
    """The list of schools."""
    return [
        [
            school.code,
            school.name,
            word("school_type", school.school_type),
            word("ownership", school.ownership),
            word("locality", school.locality),
            word("tier", school.hardship_level),
        ]
        for school in county
    ]


def teachers(staff: Iterable[Teacher]) -> Rows:
    """The staff of all schools."""
    return [
        [
            teacher.teacher_no,
            teacher.name,
            teacher.id_number,
            teacher.school.code,
            word("post", teacher.post),
            yes_no(teacher.party_member),
            word("subject", teacher.subject),
            teacher.phone,
            word("employment", teacher.employment),
            teacher.post_from,
            teacher.post_to,
            teacher.card_no,
        ]
        for teacher in staff
    ]


def roll(places: Iterable[Place], wording: int) -> Rows:
    """A school's roll."""
    rows: Rows = []
    for place in places:
        student, family = place.student, place.student.family
        rows.append(
            [
                student.student_no,
                student.name,
                student.id_number,
                word("sex", student.sex),
                student.birth,
                place.school.code,
                word("grade", place.grade, wording),
                place.class_name,
                yes_no(place.boarder),
                family.guardian.name,
                family.phone,
                family.address,
                student.account_name,
                student.card_no,
                family.bank,
                word("residence", family.residence, wording),
                word("household_place", family.registered, wording),
                word("major", student.major) if place.stage == "vocational" else None,
            ]
        )
    return rows


def changes(found: Iterable[Change]) -> Rows:
    """Changes of enrolment."""
    return [
        [
            change.student.student_no,
            change.student.name,
            change.school.code,
            word("change_kind", change.kind),
            change.day,
            change.other or None,
            change.reason,
        ]
        for change in found
    ]


def households(cases: Iterable[tuple[Student, Case]], wording: int) -> Rows:
    """The economic situation of those whose families filled in the form."""
    return [
        [
            student.student_no,
            student.name,
            student.family.size,
            case.income,
            student.family.medical or None,
            case.illness,
            _groups(case.declared, wording),
            case.note,
        ]
        for student, case in cases
    ]


def _groups(codes: tuple[str, ...] | None, wording: int) -> str | None:
    return several("special_group", codes, wording)


def several(vocabulary: str, codes: tuple[str, ...] | None, wording: int = 0) -> str | None:
    """Codes as clerks list them; 无 for none, a blank cell for unknown."""
    if codes is None:
        return None
    return "、".join(word(vocabulary, code, wording) or "" for code in codes) or "无"


def applications(asked: Iterable[Application], short: bool) -> Rows:
    """Applications, with the program's full title or its short form."""
    return [
        [
            application.student.student_no,
            application.student.name,
            TITLES[application.program][short],
            application.day,
            yes_no(application.promised),
            several("paper", application.papers),
            word("record", application.record),
        ]
        for application in asked
    ]


def tutor_pairs(pairs: Iterable[Pair]) -> Rows:
    """Helpers and their pupils."""
    return [
        [
            pair.teacher.teacher_no,
            pair.teacher.name,
            pair.place.student.student_no,
            pair.place.student.name,
            word("subject", pair.subject),
            pair.since or pair.day,
            None,
        ]
        for pair in pairs
    ]


def visits(made: Iterable[Visit]) -> Rows:
    """Visits and talks."""
    return [
        [
            visit.day,
            visit.teacher.teacher_no,
            visit.teacher.name,
            visit.place.student.student_no,
            visit.place.student.name,
            visit.where,
            visit.talk,
        ]
        for visit in made
    ]
