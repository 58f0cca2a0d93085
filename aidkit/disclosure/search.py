"""The cheapest move for a withheld figure, without trying every pair of rows.

A move changes two rows in the same way, so its price is the sum of what each of them costs, and a
row's cost for a change does not depend on its partner. So for each change the costs of partners
stand ready, of as many as had to be looked at, and become less as figures are withheld.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from aidkit.tables import ALL

if TYPE_CHECKING:
    from aidkit.disclosure.ledger import Ledger

Cell = tuple[str, str, str]
"""School code (or `all`), breakdown, group."""

Part = tuple[str, str]
"""A cell of any row: breakdown, group."""

NEVER = 1 << 60
"""The cost of what is not possible."""


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
"""A shift, and 1 or -1: one person more or fewer in the row that is to be protected."""


class Moves(Protocol[S]):
    """Which moves there are.

    Two schools shift against each other, a school and the county's figure together.
    """

    @property
    def rows(self) -> Sequence[str]:
        """Schools and `all` in the order in which they are tried as partners."""

    def turns(self, cell: Cell) -> Iterable[Sequence[Turn[S]]]:
        """The turns that change a cell; all of a group are preferred to those of later groups."""

    def fits(self, row: str, shift: S, step: int) -> bool:
        """Whether a row's figures would stay plausible, counts between their bounds aside."""


@dataclass
class _Partners:
    """What a turn costs each school, in order; as many as were looked at."""

    costs: list[int] = field(default_factory=list)
    least: int = NEVER
    first: int = -1

    def note(self, place: int, cost: int) -> None:
        if cost < self.least or (cost == self.least < NEVER and place < self.first):
            self.least, self.first = cost, place

    def is_dear_before(self, place: int) -> bool:
        """Whether it is known that each of those before a place costs something."""
        return len(self.costs) >= place and not (self.least == 0 and self.first < place)


class Search(Generic[S]):
    """Finds moves while more and more cells of a ledger are withheld."""

    def __init__(self, ledger: "Ledger", moves: Moves[S]) -> None:
        """Start with the ledger's withheld cells.

        Args:
            ledger: Its hidden cells grow by `hide` alone from now on.
            moves: The moves to choose from.
        """
        self._ledger = ledger
        self._moves = moves
        self._places = {row: place for place, row in enumerate(moves.rows)}
        self._partners: dict[Turn[S], _Partners] = {}
        self._touching: dict[Part, list[_Partners]] = defaultdict(list)
        # By row: what withholding each part costs; the parts that can be one more, one fewer.
        self._price: dict[str, dict[Part, int]] = defaultdict(dict)
        self._can_rise: dict[str, set[Part]] = defaultdict(set)
        self._can_fall: dict[str, set[Part]] = defaultdict(set)
        for cell, count in ledger.value.items():
            row, part, low = cell[0], cell[1:], ledger.low[cell]
            self._price[row][part] = 0 if cell in ledger.hidden else count + 1
            if low <= count < ledger.high[cell]:
                self._can_rise[row].add(part)
            if low < count:
                self._can_fall[row].add(part)

    def cheapest(self, cell: Cell) -> set[Cell] | None:
        """The cells of the move with the least persons to withhold; None where there is none.

        Of equals the one of the first group, then with the first partner, then the first turn.
        """
        row = cell[0]
        best: tuple[int, int, int] | None = None
        found: tuple[S, str] | None = None
        for turns in self._moves.turns(cell):
            least = NEVER if best is None else best[0]
            best_here = (least, -1, -1)
            for number, (shift, step) in enumerate(turns):
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
                        best_here, found = key, (shift, self._moves.rows[place])
            if best_here[0] < least:
                best = best_here
            if best is not None and best[0] == 0:
                break
        if found is None:
            return None
        shift, partner = found
        return {(each, *part) for each in (row, partner) for part in shift.parts}

    def hide(self, cells: Iterable[Cell]) -> None:
        """Withhold cells: moves that touch them cost less from now on."""
        hidden = self._ledger.hidden
        for cell in sorted(set(cells) - hidden):
            hidden.add(cell)
            row, part = cell[0], cell[1:]
            place, saved = self._places[row], self._price[row][part]
            self._price[row][part] = 0
            for partners in self._touching[part]:
                if place < len(partners.costs) and partners.costs[place] < NEVER:
                    partners.costs[place] -= saved
                    partners.note(place, partners.costs[place])

    def _partners_of(self, shift: S, step: int) -> _Partners:
        partners = self._partners.get((shift, step))
        if partners is None:
            partners = self._partners[shift, step] = _Partners()
            for part in shift.parts:
                self._touching[part].append(partners)
        return partners

    def _offers(
        self, partners: _Partners, row: str, shift: S, step: int, before: int
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
        self, partners: _Partners, shift: S, step: int, *, but: int, before: int
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
        if not (more <= self._can_rise[row] and fewer <= self._can_fall[row]):
            return NEVER
        if not self._moves.fits(row, shift, step):
            return NEVER
        price = self._price[row]
        return sum([price[part] for part in shift.parts])
