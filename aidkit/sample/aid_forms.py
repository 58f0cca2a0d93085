"""What the county knows of college, panels and registers, as rows of its tables."""

from collections.abc import Iterable

from aidkit.sample.college import FiledChild
from aidkit.sample.forms import Rows, several
from aidkit.sample.programs import TITLES
from aidkit.sample.registers import AwardChange, Decision, Fee
from aidkit.sample.rolls import Freshman
from aidkit.sample.sheets import word, yes_no
from aidkit.sample.staff_aid import Received, TeacherApplication, TeacherDecision


def freshmen(found: Iterable[Freshman]) -> Rows:
    """Students at college."""
    return [
        [
            freshman.student.student_no,
            freshman.student.name,
            freshman.student.id_number,
            freshman.school.code,
            freshman.college,
            word("stage", freshman.kind),
            word("household_place", freshman.place),
            freshman.entered,
            word("household_place", freshman.student.family.registered),
            freshman.student.family.guardian.name,
            freshman.student.family.phone,
            freshman.student.card_no,
        ]
        for freshman in found
    ]


def teacher_applications(asked: Iterable[TeacherApplication], short: bool) -> Rows:
    """Applications of teachers; debts in yuan."""
    return [
        [
            application.hardship.teacher.teacher_no,
            application.hardship.teacher.name,
            TITLES[application.program][short],
            application.day,
            yes_no(application.promised),
            several("hardship_cause", application.hardship.causes),
            application.hardship.debt,
            word("funder", application.hardship.nominated_by),
            several("paper", application.papers),
        ]
        for application in asked
    ]


def teacher_decisions(decided: Iterable[TeacherDecision], panel: str) -> Rows:
    """What the panel gives teachers, in yuan."""
    return [
        [
            decision.teacher.teacher_no,
            decision.teacher.name,
            TITLES[decision.program][0],
            decision.day,
            panel,
            decision.yuan,
            decision.grounds,
        ]
        for decision in decided
    ]


def decisions(decided: Iterable[tuple[Decision, str]], wording: int) -> Rows:
    """What the panels decided, each with its members; amounts in yuan."""
    return [
        [
            decision.application.student.student_no,
            decision.application.student.name,
            TITLES[decision.application.program][0],
            word("tier", decision.tier, wording),
            decision.day,
            members,
            decision.yuan,
            decision.grounds,
        ]
        for decision, members in decided
    ]


def received(found: Iterable[Received]) -> Rows:
    """Aid of earlier years and of others, in yuan."""
    return [
        [
            aid.person_no,
            aid.name,
            TITLES[aid.title][0] if aid.title in TITLES else aid.title,
            word("funder", aid.funder),
            aid.year,
            aid.yuan,
        ]
        for aid in found
    ]


def award_changes(changes: Iterable[AwardChange]) -> Rows:
    """Awards given up or taken away."""
    return [
        [
            change.person_no,
            change.name,
            TITLES[change.program][0],
            word("award_change", change.kind),
            change.day,
            change.why,
            yes_no(change.signed),
        ]
        for change in changes
    ]


def fees(taken: Iterable[Fee]) -> Rows:
    """Fees taken, in yuan."""
    return [
        [
            fee.student.student_no,
            fee.student.name,
            word("fee_kind", fee.kind),
            fee.yuan,
            fee.day,
        ]
        for fee in taken
    ]


def union_file(filed: Iterable[FiledChild]) -> Rows:
    """Children in the union's file."""
    return [
        [
            child.student.family.guardian.name,
            child.student.family.guardian.id_number,
            child.student.name,
            child.student.id_number,
            word("union_level", child.level),
        ]
        for child in filed
    ]
