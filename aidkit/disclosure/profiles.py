"""Other worlds in which whole persons change places: for what no simpler move can prove.

A person takes along a grade, all aid and all hardship categories. A world with one real person
fewer is always plausible, and so is one with another of the same, where the school has the grade.
So such moves need no inequality to be looked at; but they touch many figures, so they are asked
for only where the moves of `moves.py` find nothing: in schools of a handful of pupils.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from aidkit.disclosure.aid import Aid, Profile, parts_of
from aidkit.disclosure.search import Cell, Part, Shift, Turn
from aidkit.tables import ALL

_UNSEEN = -1
"""The amount of aid that nobody of such a school gets: what it would be is not known."""


@dataclass(frozen=True, eq=False)
class ProfileShift(Shift):
    """One person of a profile more.

    Attributes:
        profile: What the person is and has.
    """

    profile: Profile


class ProfileMoves:
    """Moves of persons of one profile between two schools, or a school and the county's figure."""

    def __init__(self, aid: Aid) -> None:
        """Prepare the moves; persons are looked at when the first is asked for.

        Args:
            aid: The true figures.
        """
        self._aid = aid
        self.rows = [*aid.schools, ALL]

    def turns(self, cell: Cell) -> Iterator[list[Turn[ProfileShift]]]:
        """One person more or fewer, of every profile that the cell counts."""
        row, part = cell[0], cell[1:]
        yield [(shift, step) for step in (1, -1) for shift in self._shifts[part]]
        yield [(shift, 1) for shift in self._unseen(row) if part in shift.parts]

    def fits(self, row: str, shift: ProfileShift, step: int) -> bool:
        """Whether there are such persons, or could be."""
        profile = shift.profile
        if step < 0:
            return self._persons[row][profile] >= -step
        if row == ALL:
            return True
        return self._aid.grade_stages.get((row, profile.grade)) == profile.stage

    @cached_property
    def _persons(self) -> dict[str, Counter[Profile]]:
        found: dict[str, Counter[Profile]] = defaultdict(Counter)
        for school, profile, count in self._aid.profiles():
            found[school][profile] += count
            found[ALL][profile] += count
        return found

    @cached_property
    def _shifts(self) -> dict[Part, list[ProfileShift]]:
        """By part, the profiles that it counts."""
        shifts: dict[Part, list[ProfileShift]] = defaultdict(list)
        for profile in sorted(self._persons[ALL]):
            shift = _shift(profile)
            for part in shift.parts:
                shifts[part].append(shift)
        return shifts

    def _unseen(self, row: str) -> list[ProfileShift]:
        """Persons of whom nobody is seen: of a grade of the school, with one of its programs."""
        aid = self._aid
        grades = [(g, stage) for (school, g), stage in aid.grade_stages.items() if school == row]
        programs = sorted(
            group.partition("/")[::2]
            for school, breakdown, group in aid.persons
            if school == row
            and breakdown in {"program", "tier"}
            # Of what nobody at all has there is nothing to withhold.
            and aid.persons[ALL, breakdown, group]
        )
        tiered = {program for program, tier in programs if tier}
        return [
            _shift(Profile(stage, grade, ((program, tier, _UNSEEN),), ()))
            for grade, stage in grades
            for program, tier in programs
            if tier or program not in tiered
        ]


def _shift(profile: Profile) -> ProfileShift:
    return ProfileShift(dict.fromkeys(_parts(profile), 1), profile)


def _parts(profile: Profile) -> list[Part]:
    """The cells of a row that count a person, each once."""
    aid = {part for program, tier, _ in profile.aid for part in parts_of(program, tier or None)}
    groups = [("category", group) for group in profile.groups]
    return [("total", ALL), ("grade", profile.grade), *sorted(aid), *groups]
