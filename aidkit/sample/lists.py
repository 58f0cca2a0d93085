"""The lists of other departments: pupils and their families, and many who are no pupils."""

from collections.abc import Iterator
from random import Random

from aidkit.sample.hardship import groups_of
from aidkit.sample.people import Adult, Family, Registry, Student
from aidkit.sample.rolls import Roll
from aidkit.sample.sheets import Cell, word

CIVIL_KINDS = ("allowance", "destitute", "orphan", "unattended")
MONITORED_KINDS = ("unstable", "marginal", "sudden")
DISABILITIES = (
    ("1", "视力"),
    ("2", "听力"),
    ("3", "言语"),
    ("4", "肢体"),
    ("5", "智力"),
    ("6", "精神"),
)

UNLISTED = 0.03
"""Share of families in a group that the department's list does not know (any more)."""

STRANGERS = 0.025
"""People without a pupil on each list, as a share of all pupils."""


class Departments:
    """What 民政, 残联 and the office for 监测对象 send every term."""

    def __init__(self, rng: Random, registry: Registry, pupils: list[Student]) -> None:
        families = {id(pupil.family): pupil.family for pupil in pupils}
        self._unlisted = {key for key in families if rng.random() < UNLISTED}
        self._certificate = {
            pupil.student_no: _disability(rng) for pupil in pupils if "disabled" in pupil.groups
        }
        self._parent_certificate = {
            key: _disability(rng)
            for key, family in families.items()
            if "disabled_parent" in family.groups
        }
        self._kind = {
            key: "lifted" if "registered_poor" in family.groups else rng.choice(MONITORED_KINDS)
            for key, family in families.items()
            if {"registered_poor", "monitored"} & set(family.groups)
        }
        count = max(6, round(len(pupils) * STRANGERS))
        self._elderly = [_stranger(rng, registry, (1938, 1965)) for _ in range(count)]
        self._holders = [
            (_stranger(rng, registry, (1945, 2000)), _disability(rng)) for _ in range(count)
        ]
        self._households = [
            (_stranger(rng, registry, (1950, 1985)), _stranger(rng, registry, (1955, 2001)))
            for _ in range(count // 2)
        ]

    def civil_affairs(self, roll: Roll, wording: int) -> list[list[Cell]]:
        """Rows of the 民政 list: name, ID number, kind of support, certificate."""
        found: list[tuple[str, str, str]] = []
        for family, children in self._families(roll):
            if "allowance" in family.groups:
                guardian = family.guardian
                found.append((guardian.name, guardian.id_number, "allowance"))
            for child in children:
                kind = next((k for k in CIVIL_KINDS if k in groups_of(child)), None)
                if kind and child.id_number:
                    found.append((child.name, child.id_number, kind))
        found += [
            (p.name, p.id_number, "destitute") for p in self._elderly[: len(self._elderly) // 3]
        ]
        found += [
            (p.name, p.id_number, "allowance") for p in self._elderly[len(self._elderly) // 3 :]
        ]
        return [
            [name, number, word("civil_aid_kind", kind, wording), f"青民救{n:06d}"]
            for n, (name, number, kind) in enumerate(sorted(found, key=lambda p: p[1]), start=1)
        ]

    def disabled_persons(self, roll: Roll) -> list[list[Cell]]:
        """Rows of the 残联 list: name, ID number, certificate, kind of disability."""
        found: list[tuple[str, str, tuple[str, str]]] = []
        for family, children in self._families(roll):
            if id(family) in self._parent_certificate:
                guardian = family.guardian
                certificate = self._parent_certificate[id(family)]
                found.append((guardian.name, guardian.id_number, certificate))
            found += [
                (child.name, child.id_number, self._certificate[child.student_no])
                for child in children
                if child.student_no in self._certificate and child.id_number
            ]
        found += [(holder.name, holder.id_number, what) for holder, what in self._holders]
        return [
            [name, number, number + code, kind]
            for name, number, (code, kind) in sorted(found, key=lambda p: p[1])
        ]

    def monitored_households(self, roll: Roll, wording: int) -> list[list[Cell]]:
        """Rows of the list of 脱贫户 and 监测对象: head, member, ID number, kind of household."""
        rows: list[list[Cell]] = []
        for family, children in self._families(roll):
            if id(family) not in self._kind:
                continue
            kind = word("monitoring_kind", self._kind[id(family)], wording)
            head = family.guardian
            rows.append([head.name, head.name, head.id_number, kind])
            rows += [[head.name, c.name, c.id_number, kind] for c in children if c.id_number]
        for head, member in self._households:
            kind = word("monitoring_kind", "lifted", wording)
            rows.append([head.name, head.name, head.id_number, kind])
            rows.append([head.name, member.name, member.id_number, kind])
        return rows

    def _families(self, roll: Roll) -> Iterator[tuple[Family, list[Student]]]:
        """Families with children at school or college whom the departments know."""
        children: dict[int, list[Student]] = {}
        students = [place.student for place in roll.places]
        for student in (*students, *(freshman.student for freshman in roll.freshmen)):
            children.setdefault(id(student.family), []).append(student)
        for key, found in children.items():
            if key not in self._unlisted:
                yield found[0].family, found


def _stranger(rng: Random, registry: Registry, years: tuple[int, int]) -> Adult:
    return registry.adult("female" if rng.random() < 0.5 else "male", years)


def _disability(rng: Random) -> tuple[str, str]:
    """The digits that follow the ID number on the certificate (kind, degree), and the kind."""
    digit, kind = rng.choice(DISABILITIES)
    return digit + str(rng.randint(1, 4)), kind
