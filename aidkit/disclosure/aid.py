"""Aid of a term as counts and sums: what would be published if nothing were withheld."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from aidkit.disclosure.search import Cell, Part
from aidkit.tables import ALL

Column = tuple[str, str | None, int]
"""Program, tier (None where the program has none), the law's amount in fen: persons of equal money.

Where a panel decides every amount by itself nobody can tell persons apart by it: the amount is 0.
"""


class Profile(NamedTuple):
    """What the figures count of a person with aid.

    Attributes:
        stage: The stage.
        grade: The grade.
        aid: Program, tier (empty where the program has none) and the law's amount, see `Column`.
        groups: Hardship categories.
    """

    stage: str
    grade: str
    aid: tuple[tuple[str, str, int], ...]
    groups: tuple[str, ...]


def parts_of(program: str, tier: str | None) -> tuple[Part, ...]:
    """The cells of a row that count a person with this program and tier: one, or two."""
    whole = ("program", program)
    return (whole,) if tier is None else (whole, ("tier", f"{program}/{tier}"))


@dataclass(frozen=True)
class Aid:
    """Everything about aid of a term that disclosure counts; the universal waiver is kept apart.

    Attributes:
        size: (school or `all`, grade or `all`) to pupils on the roll.
        persons: Cell to persons; 0 where a program decided and found nobody.
        money: Cell of `total`, `program` and `tier` to fen of a whole term, as the law says it:
            what a leaver gets would tell of one person.
        actual: The same to fen that is due by actual time; for internal reports.
        own_law: (school, program) where a school has a version of its own, so other amounts.
        by_panel: Cell of the county or a school to the amounts that a panel decided one by one.
        places: (school or `all`, program) to the places of its quota: law, so anyone knows them.
        cuts: What each of those who left early lacks of a whole term's money.
        fine: School or `all` to column to persons.
        stages: School or column to its stages.
        grade_stages: (school, grade) to the stage of its pupils.
        exclusive: Pairs of programs that no pupil has both.
        waivers: (school or `all`, program) to (persons, fen of a whole term, fen by actual time)
            of programs for everyone.
        partial: Those of them that only some of the pupils have, so that they would tell who these
            are (boarders).
        profiles: Finds school, profile and how many there are of it; few counties need it.
    """

    size: dict[tuple[str, str], int]
    persons: dict[Cell, int]
    money: dict[Cell, int]
    actual: dict[Cell, int]
    own_law: set[tuple[str, str]]
    by_panel: dict[Cell, list[int]]
    places: dict[tuple[str, str], int]
    cuts: list[int]
    fine: dict[str, dict[Column, int]]
    stages: dict[str | Column, set[str]]
    grade_stages: dict[tuple[str, str], str]
    exclusive: list[tuple[str, str]]
    waivers: dict[tuple[str, str], tuple[int, int, int]]
    partial: set[tuple[str, str]]
    profiles: Callable[[], list[tuple[str, Profile, int]]]

    @cached_property
    def schools(self) -> list[str]:
        """School codes, sorted, without `all`."""
        return sorted({school for school, grade in self.size if grade == ALL} - {ALL})

    def may_have(self, school: str, group: str) -> bool:
        """Whether a program or tier is seen to be for a stage of the school (or county)."""
        program, _, tier = group.partition("/")
        return any(
            self.stages.get(column, self.stages[ALL]) & self.stages[school]
            for column in self.fine.get(ALL, {})
            if column[0] == program and tier in ("", column[1])
        )
