"""The cheapest move for a withheld figure, without trying every pair of rows.

A move changes two rows in the same way, so its price is the sum of what each of them costs, and a
row's cost for a change does not depend on its partner. So for each change the costs of partners
stand ready, of as many as had to be looked at, and become less as figures are withheld.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, Protocol, TypeVar

from aidkit.disclosure.partners import NEVER, Partners
from aidkit.tables import ALL

Cell = tuple[str, str, str]
"""School code (or `all`), breakdown, group."""

Part = tuple[str, str]
"""A cell of any row: breakdown, group."""

Move = dict[Cell, int]
"""Cell to what a move adds to its count; never 0."""


class World(NamedTuple):
    """Figures that agree with all that is published.

    Attributes:
        value: Cell to count.
        high: Cell to its greatest count, by what is public about the group.
        hidden: Withheld cells.
    """

    value: Mapping[Cell, int]
    high: Mapping[Cell, int]
    hidden: AbstractSet[Cell]


@dataclass(frozen=True, eq=False)
class Shift:
    """What one person more changes in a row; one fewer changes the opposite.

    Attributes:
        parts: Part to 1 or -1; never 0.
    """

    parts: Mapping[Part, int]

    @cached_property
    def more(self) -> frozenset[Part]:
        """The parts that grow with one person more."""
        return frozenset(part for part, sign in self.parts.items() if sign > 0)

    @cached_property
    def fewer(self) -> frozenset[Part]:
        """The parts that shrink with one person more."""
        return frozenset(part for part, sign in self.parts.items() if sign < 0)


S = TypeVar("S", bound=Shift)
Turn = tuple[S, int]
"""A shift, and how many persons more in the row that is to be protected; negative: fewer."""


class Moves(Protocol[S]):
    """Which moves there are.

    Two schools shift against each other, a school and the county's figure together.
    """

    @property
    def rows(self) -> Sequence[str]:
        """Schools and `all` in the order in which they are tried as partners."""

    def turns(self, cell: Cell) -> Iterable[Sequence[Turn[S]]]:
        """The turns by one person, more or fewer, that change a cell.

        All of a group are preferred to those of later groups.
        """

    def fits(self, row: str, shift: S, step: int) -> bool:
        """Whether a row's figures would stay plausible, counts between their bounds aside."""


class Found(NamedTuple, Generic[S]):
    """A move, the shift that both of its rows make, and how many persons more it withholds."""

    move: Move
    shift: S
    cost: int


class Search(Generic[S]):
    """Finds moves while more and more cells are withheld."""

    def __init__(
        self, world: World, moves: Moves[S], fixed: AbstractSet[Cell] = frozenset()
    ) -> None:
        """Start with what is withheld.

        Args:
            world: The figures; what is withheld later has to be told to `hide`.
            moves: The moves to choose from.
            fixed: Cells that must not change.
        """
        self._fixed = fixed
        self._world = world
        self._moves = moves
        self._places = {row: place for place, row in enumerate(moves.rows)}
        self._partners: dict[Turn[S], Partners] = {}
        self._touching: dict[Part, list[Partners]] = defaultdict(list)
        # By row: what withholding each part costs.
        self._price: dict[str, dict[Part, int]] = defaultdict(dict)
        for cell, count in world.value.items():
            self._price[cell[0]][cell[1:]] = 0 if cell in world.hidden else count + 1
        self._room: dict[int, dict[str, set[Part]]] = {}

    def cheapest(self, cell: Cell, *, fewer: int = 1, more: int = 1) -> Found[S] | None:
        """The move with the least persons to withhold; None where there is none.

        Of equals the one of the first group, then with the first partner, then the first turn.

        Args:
            cell: Must change.
            fewer: By how many persons, where it falls; 0: it may not.
            more: By how many, where it rises; 0: it may not.
        """
        row, part = cell[0], cell[1:]
        best: tuple[int, int, int] | None = None
        found: tuple[S, int, str] | None = None
        for turns in self._moves.turns(cell):
            least = NEVER if best is None else best[0]
            best_here = (least, -1, -1)
            for number, (shift, one) in enumerate(turns):
                step = one * (more if shift.parts[part] == one else fewer)
                if not step:
                    continue
                partners = self._partners_of(shift, step if row == ALL else -step)
                # Of what costs nothing only an earlier partner is better.
                if best_here[0] == 0 and partners.is_dear_before(best_here[1]):
                    continue
                own = self._cost(row, shift, step)
                if own > best_here[0] or own >= least:
                    continue
                before = best_here[1] if own == best_here[0] else len(self._places)
                for cost, place in self._offers(partners, row, shift, step, before):
                    key = (own + cost, place, number)
                    if key < best_here:
                        best_here, found = key, (shift, step, self._moves.rows[place])
            if best_here[0] < least:
                best = best_here
            if best is not None and best[0] == 0:
                break
        if found is None or best is None:
            return None
        return Found(_move(row, *found), found[0], best[0])

    def hide(self, cells: Iterable[Cell]) -> None:
        """Cells are withheld: moves that touch them cost less from now on."""
        for cell in sorted(set(cells)):
            row, part = cell[0], cell[1:]
            place, saved = self._places[row], self._price[row][part]
            if not saved:
                continue
            self._price[row][part] = 0
            for partners in self._touching[part]:
                if place < len(partners.costs) and partners.costs[place] < NEVER:
                    partners.costs[place] -= saved
                    partners.note(place, partners.costs[place])

    def _partners_of(self, shift: S, step: int) -> Partners:
        partners = self._partners.get((shift, step))
        if partners is None:
            partners = self._partners[shift, step] = Partners()
            for part in shift.parts:
                self._touching[part].append(partners)
        return partners

    def _offers(
        self, partners: Partners, row: str, shift: S, step: int, before: int
    ) -> Iterator[tuple[int, int]]:
        """Cost and place of the cheapest partner among the schools before a place; the county's."""
        county = row == ALL
        offer = self._cheapest_school(
            partners, shift, step if county else -step, but=self._places[row], before=before
        )
        if offer is not None:
            yield offer
        if not county and self._places.get(ALL, before) < before:
            cost = self._cost(ALL, shift, step)
            if cost < NEVER:
                yield cost, self._places[ALL]

    def _cheapest_school(
        self, partners: Partners, shift: S, step: int, *, but: int, before: int
    ) -> tuple[int, int] | None:
        costs, rows = partners.costs, self._moves.rows
        if partners.least > 0 or partners.first == but:
            # The first that costs nothing is the best: nobody after it need be looked at.
            for place in range(len(costs), before):
                row = rows[place]
                costs.append(NEVER if row == ALL else self._cost(row, shift, step))
                partners.note(place, costs[place])
                if costs[place] == 0 and place != but:
                    break
        least, first = partners.least, partners.first
        if first == but and first >= 0:
            own, costs[but] = costs[but], NEVER
            least = min(costs)
            first, costs[but] = costs.index(least), own
        return None if least >= NEVER else (least, first)

    def _cost(self, row: str, shift: S, step: int) -> int:
        """How many persons more would be withheld in a row; `NEVER` where it is not possible."""
        more, fewer = (shift.more, shift.fewer) if step > 0 else (shift.fewer, shift.more)
        far = abs(step)
        rise, fall = self._room.get(far), self._room.get(-far)
        if rise is None or fall is None:
            rise, fall = self._roomy(far), self._roomy(-far)
        if not (more <= rise[row] and fewer <= fall[row]):
            return NEVER
        if not self._moves.fits(row, shift, step):
            return NEVER
        price = self._price[row]
        return sum([price[part] for part in shift.parts])

    def _roomy(self, step: int) -> dict[str, set[Part]]:
        """By row, the parts whose count can change so much and stay between its bounds."""
        room = self._room[step] = defaultdict(set)
        for cell, count in self._world.value.items():
            if 0 <= count + step <= self._world.high[cell] and cell not in self._fixed:
                room[cell[0]].add(cell[1:])
        return room


def _move(row: str, shift: Shift, step: int, partner: str) -> Move:
    steps = {row: step, partner: step if ALL in (row, partner) else -step}
    return {
        (each, *part): by * sign for each, by in steps.items() for part, sign in shift.parts.items()
    }
