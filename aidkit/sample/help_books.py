"""The books of a term about help: logs, pairs, screenings, schools."""

from random import Random

from aidkit.sample import help as helping
from aidkit.sample import school_pairs, screening
from aidkit.sample.binding import term_book
from aidkit.sample.forms import several
from aidkit.sample.rolls import Roll
from aidkit.sample.schools import School
from aidkit.sample.sheets import Book, Cell, Style, word
from aidkit.sample.staff import Pair, Teacher

Rows = list[list[Cell]]


def of_term(
    rng: Random,
    roll: Roll,
    pairs: list[Pair],
    *,
    past: list[Roll],
    staff: list[Teacher],
    schools: list[School],
) -> list[Book]:
    """All books of a term; a table of which there is nothing has none."""
    partners = school_pairs.pair_schools(schools)
    done = school_pairs.activities(rng, partners, roll.term)
    tables: tuple[tuple[str, Rows, Style], ...] = (
        ("help_logs", _logs(helping.sessions(rng, roll, pairs)), Style("chinese")),
        ("peer_pairs", _peers(helping.peers(rng, roll, pairs)), Style()),
        ("conduct_pairs", _conduct(helping.conduct(rng, roll, pairs, staff)), Style("dotted")),
        ("care_pairs", _care(helping.care(rng, roll, past, staff)), Style("iso")),
        ("household_pairs", _homes(helping.households(rng, roll, past, staff)), Style("chinese")),
        ("class_screening", _screened(screening.screen(rng, roll, pairs)), Style()),
        ("school_pairs", _school_pairs(partners), Style("chinese")),
        ("school_help", _school_help(done), Style("dotted")),
    )
    return [term_book(roll.term, table, rows, style) for table, rows, style in tables if rows]


def _logs(held: list[helping.Session]) -> Rows:
    return [[s.day, *_of_pair(s.pair), s.where, s.what, s.after] for s in held]


def _of_pair(pair: Pair) -> list[Cell]:
    student = pair.place.student
    return [pair.teacher.teacher_no, pair.teacher.name, student.student_no, student.name]


def _peers(found: list[helping.PeerPair]) -> Rows:
    return [
        [
            peer.helper.student_no,
            peer.helper.name,
            *_of_pair(peer.pair)[2:],
            word("subject", peer.pair.subject),
            peer.day,
            None,
        ]
        for peer in found
    ]


def _of_charge(charge: helping.Charge) -> list[Cell]:
    teacher, student = charge.teacher, charge.student
    return [teacher.teacher_no, teacher.name, student.student_no, student.name, charge.day]


def _conduct(found: list[helping.Charge]) -> Rows:
    return [[*_of_charge(charge), charge.plan, None] for charge in found]


def _care(found: list[helping.Charge]) -> Rows:
    return [[*_of_charge(charge), None] for charge in found]


def _homes(found: list[helping.Child]) -> Rows:
    return [
        [
            child.teacher.school.code,
            _area(child.student.family.address, child.student.family.town),
            child.student.family.guardian.name,
            child.student.name,
            child.student.id_number,
            child.student.student_no,
            child.enrolled_at,
            child.teacher.teacher_no,
            child.teacher.name,
            child.day,
        ]
        for child in found
    ]


def _area(address: str, town: str) -> str:
    """The village or neighbourhood of an address."""
    place = address.removeprefix(f"青山县{town}")
    for kind in ("社区", "村"):
        name, found, _ = place.partition(kind)
        if found:
            return name + found
    return town


def _screened(lines: list[screening.Line]) -> Rows:
    return [
        [
            line.school.code,
            word("grade", line.grade),
            line.class_name,
            line.day,
            line.student.student_no if line.student else None,
            line.student.name if line.student else None,
            several("screening_kind", line.findings),
            None,
        ]
        for line in lines
    ]


def _school_pairs(partners: list[school_pairs.SchoolPair]) -> Rows:
    return [
        [pair.helper.code, pair.helper.name, pair.helped.code, pair.helped.name, pair.day, None]
        for pair in partners
    ]


def _school_help(done: list[school_pairs.Activity]) -> Rows:
    return [
        [
            act.day,
            act.pair.helper.code,
            act.pair.helped.code,
            word("help_item", act.item),
            act.quantity,
            act.good,
            act.qualified,
            act.content,
        ]
        for act in done
    ]
