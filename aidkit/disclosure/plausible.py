"""The inequalities that a row of figures about aid keeps in every world thought possible."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from aidkit.disclosure.aid import Aid
from aidkit.disclosure.search import Part
from aidkit.tables import ALL

_STEPS = (-1, 0, 1)


@dataclass(frozen=True)
class _Row:
    """A row's true figures, and what stands in the way of a total one lower, equal or one higher.

    Attributes:
        total: Persons with aid.
        counts: Program or category to persons.
        programs: Sum over programs.
        above: By step of the total, the programs and categories that would be above it.
        crowded: By step, the pairs of programs that nobody has both of, and that would be.
    """

    total: int
    counts: Mapping[Part, int]
    programs: int
    above: Mapping[int, frozenset[Part]]
    crowded: Mapping[int, tuple[tuple[Part, Part], ...]]


class Plausible:
    """Keeps the inequalities between totals, programs and categories."""

    def __init__(self, aid: Aid) -> None:
        """Look at every row once.

        Args:
            aid: The true figures.
        """
        groups: dict[str, dict[Part, int]] = defaultdict(dict)
        for (row, breakdown, group), count in aid.persons.items():
            if breakdown in {"program", "category"}:
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

    def stays(self, row: str, parts: Mapping[Part, int], step: int) -> bool:
        """Whether a row with one person more or fewer keeps them.

        No group is larger than the total, the total not larger than the programs together, and
        two programs that nobody has both of are together not larger than the total.

        Args:
            row: School or `all`.
            parts: What one person more changes.
            step: 1 or -1.
        """
        own = self._rows[row]
        up = step * parts.get(("total", ALL), 0)
        limit = own.total + up
        moved = {part: step * sign for part, sign in parts.items() if part in own.counts}
        if limit > own.programs + sum(d for (name, _), d in moved.items() if name == "program"):
            return False
        if any(part not in moved for part in own.above[up]):
            return False
        if any(own.counts[part] + change > limit for part, change in moved.items()):
            return False
        if any(one not in moved and other not in moved for one, other in own.crowded[up]):
            return False
        return all(
            own.counts[part] + change + own.counts.get(rival, 0) + moved.get(rival, 0) <= limit
            for part, change in moved.items()
            for rival in self._rivals.get(part, ())
        )


def _row(total: int, counts: Mapping[Part, int], pairs: list[tuple[Part, Part]]) -> _Row:
    together = {(one, other): counts.get(one, 0) + counts.get(other, 0) for one, other in pairs}
    return _Row(
        total=total,
        counts=counts,
        programs=sum(count for (name, _), count in counts.items() if name == "program"),
        above={s: frozenset(p for p, n in counts.items() if n > total + s) for s in _STEPS},
        crowded={s: tuple(p for p, n in together.items() if n > total + s) for s in _STEPS},
    )
