"""What a reader knows: how small and how great each figure can be, and sums of figures."""

from dataclasses import dataclass, field

Name = tuple[str, ...]


@dataclass
class Knowledge:
    """Bounds of every unknown, and sums of unknowns that lie between two numbers."""

    room: dict[Name, int] = field(default_factory=dict)
    low: dict[Name, int] = field(default_factory=dict)
    high: dict[Name, int] = field(default_factory=dict)
    sums: list[tuple[dict[Name, int], int, int]] = field(default_factory=list)

    def unknown(self, name: Name, low: int, high: int) -> None:
        self.low[name], self.high[name] = low, high
        self.room[name] = high - low

    def equal(self, parts: dict[Name, int], whole: int = 0) -> None:
        self.sums.append((parts, whole, whole))

    def between(self, parts: dict[Name, int], low: int, high: int) -> None:
        self.sums.append((parts, low, high))

    def tighten(self, rounds: int = 60) -> None:
        for _ in range(rounds):
            changed = False
            for parts, low, high in self.sums:
                changed |= self._tighten(parts, low, high)
            if not changed:
                return

    def _tighten(self, parts: dict[Name, int], low: int, high: int) -> bool:
        bounds = []
        least = most = 0
        for name, factor in parts.items():
            ends = (factor * self.low[name], factor * self.high[name])
            least += min(ends)
            most += max(ends)
            if ends[0] != ends[1]:
                bounds.append((name, factor, min(ends), max(ends)))
        assert least <= high and low <= most, f"no possible values of {list(parts)}"
        changed = False
        for name, factor, mine_least, mine_most in bounds:
            # factor * x lies between what the others leave at least and at most.
            floor, ceiling = low - (most - mine_most), high - (least - mine_least)
            if factor < 0:
                floor, ceiling = -ceiling, -floor
            new_low, new_high = -(-floor // abs(factor)), ceiling // abs(factor)
            if new_low > self.low[name]:
                self.low[name], changed = new_low, True
            if new_high < self.high[name]:
                self.high[name], changed = new_high, True
            assert self.low[name] <= self.high[name], f"no possible value of {name}"
        return changed

    def of(self, term: str) -> "Knowledge":
        """The same of figures whose names begin with a term, so that terms can be put together."""

        def named(name: Name) -> Name:
            return (term, *name)

        return Knowledge(
            {named(name): room for name, room in self.room.items()},
            {named(name): low for name, low in self.low.items()},
            {named(name): high for name, high in self.high.items()},
            [
                ({named(name): factor for name, factor in parts.items()}, low, high)
                for parts, low, high in self.sums
            ],
        )

    def add(self, other: "Knowledge") -> None:
        """Know what another knows too, of other figures."""
        self.room |= other.room
        self.low |= other.low
        self.high |= other.high
        self.sums += other.sums
