"""What anyone can know without the tables."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from aidkit.tables import ALL
from tests.disclosure.worlds import World

Heads = Mapping[tuple[str, str], Mapping[str, Collection[int]]]


@dataclass(frozen=True)
class Law:
    """What anyone can read in the rules and on school gates.

    Attributes:
        heads: (program, tier or "") to stage to the amounts per head.
        stages: School to its stages.
        exclusive: Programs of which nobody gets two.
        special: Special schools.
        places: (school or `all`, program) to the places of its quota.
    """

    heads: Heads
    stages: dict[str, set[str]]
    exclusive: list[tuple[str, str]]
    special: set[str]
    places: dict[tuple[str, str], int]

    def places_of(self, school: str, group: str) -> int | None:
        """Places that a program or tier may fill; the county's list may fill them in one school."""
        program = group.partition("/")[0]
        return self.places.get((school, program), self.places.get((ALL, program)))


def law_of(world: World, heads: Heads, exclusive: list[tuple[str, str]]) -> Law:
    """What is publicly known beside the tables."""
    stages: dict[str, set[str]] = defaultdict(set)
    for school, stage in world["facts"].select("school_code", "stage").iter_rows():
        stages[school].add(stage)
    special = world["schools"].filter(pl.col("school_type") == "special")["school_code"]
    places: dict[tuple[str, str], int] = defaultdict(int)
    for school, program, number in (
        world["quotas"].select("school_code", "program_id", "places").iter_rows()
    ):
        for row in {school, ALL}:
            places[row, program] += number
    return Law(heads, stages, exclusive, set(special), dict(places))
