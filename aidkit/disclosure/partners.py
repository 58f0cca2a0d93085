"""What it costs each school to take part in a change, as far as it was looked at."""

from dataclasses import dataclass, field

NEVER = 1 << 60
"""The cost of what is not possible."""


@dataclass
class Partners:
    """What a turn costs each school, in order; as many as were looked at."""

    costs: list[int] = field(default_factory=list)
    least: int = NEVER
    first: int = -1

    def note(self, place: int, cost: int) -> None:
        """The school at a place costs this."""
        if cost < self.least or (cost == self.least < NEVER and place < self.first):
            self.least, self.first = cost, place

    def is_dear_before(self, place: int) -> bool:
        """Whether it is known that each of those before a place costs something."""
        return len(self.costs) >= place and not (self.least == 0 and self.first < place)
