"""The inequalities that a row of figures about aid keeps in every world thought possible."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from aidkit.disclosure.aid import Aid
from aidkit.disclosure.search import Part
from aidkit.tables import ALL

_GROUPS = {"program", "category"}


@dataclass(frozen=True)
class Change:
    """What one person more changes in the figures that the inequalities are about.

    Attributes:
        total: Persons with aid.
        programs: Sum over programs.
        groups: Program or category to 1 or -1.
    """

    total: int
    programs: int
    groups: Mapping[Part, int]

    @classmethod
    def of(cls, parts: Mapping[Part, int]) -> "Change":
        """What these parts change; grades and tiers are in no inequality."""
        groups = {part: sign for part, sign in parts.items() if part[0] in _GROUPS}
        programs = sum(sign for (breakdown, _), sign in groups.items() if breakdown == "program")
        return cls(parts.get(("total", ALL), 0), programs, groups)


@dataclass(frozen=True)
class _Row:
    """A row's true figures, and which of them stand in the way of another total.

    Attributes:
        total: Persons with aid.
        counts: Program or category to persons.
        most: The same, each together with the largest program that nobody has beside it. A
            change lets one program grow at most: what does not exceed with this does not at all.
        programs: Sum over programs.
        largest: Programs and categories, those of most persons first.
        crowded: Pairs of programs that nobody has both of, those of most persons together first.
    """

    total: int
    counts: Mapping[Part, int]
    most: Mapping[Part, int]
    programs: int
    largest: list[tuple[Part, int]]
    crowded: list[tuple[tuple[Part, Part], int]]


class Plausible:
    """Keeps the inequalities between totals, programs and categories."""

    def __init__(self, aid: Aid) -> None:
        """Look at every row once.

        Args:
            aid: The true figures.
        """
        groups: dict[str, dict[Part, int]] = defaultdict(dict)
        for (row, breakdown, group), count in aid.persons.items():
            if breakdown in _GROUPS:
                groups[row][breakdown, group] = count
        pairs = [(("program", one), ("program", other)) for one, other in aid.exclusive]
        self._rivals: dict[Part, list[Part]] = defaultdict(list)
        for one, other in pairs:
            self._rivals[one].append(other)
            self._rivals[other].append(one)
        rows = {row for row, _, _ in aid.persons}
        self._rows = {
            row: _row(aid.persons.get((row, "total", ALL), 0), groups[row], pairs) for row in rows
        }

    def stays(self, row: str, change: Change, step: int) -> bool:
        """Whether a row with some persons more or fewer keeps them.

        No group is larger than the total, the total not larger than the programs together, and
        two programs that nobody has both of are together not larger than the total.

        Args:
            row: School or `all`.
            change: What one person more changes.
            step: How many persons more; negative: fewer.
        """
        own = self._rows[row]
        limit = own.total + step * change.total
        if limit > own.programs + step * change.programs:
            return False
        moved = change.groups
        for part, count in own.largest:
            if count <= limit:
                break
            if part not in moved:
                return False
        for (one, other), count in own.crowded:
            if count <= limit:
                break
            if one not in moved and other not in moved:
                return False
        most = own.most
        for part, sign in moved.items():
            if most.get(part, 0) + step * sign > limit and self._exceeds(own, part, change, step):
                return False
        return True

    def _exceeds(self, own: _Row, part: Part, change: Change, step: int) -> bool:
        """Whether a group that changes is then too large, alone or with one that excludes it."""

        def then(each: Part) -> int:
            return own.counts.get(each, 0) + step * change.groups.get(each, 0)

        others = max((then(rival) for rival in self._rivals.get(part, ())), default=0)
        return then(part) + max(others, 0) > own.total + step * change.total


def _row(total: int, counts: Mapping[Part, int], pairs: list[tuple[Part, Part]]) -> _Row:
    most = dict(counts)
    together = []
    for pair in pairs:
        count = counts.get(pair[0], 0) + counts.get(pair[1], 0)
        for part in pair:
            if count > most.get(part, 0):
                most[part] = count
        together.append((pair, count))
    return _Row(
        total=total,
        counts=counts,
        most=most,
        programs=sum(count for (name, _), count in counts.items() if name == "program"),
        largest=sorted(counts.items(), key=_persons),
        crowded=sorted(together, key=_persons),
    )


def _persons(counted: tuple[object, int]) -> int:
    """Most first."""
    return -counted[1]
