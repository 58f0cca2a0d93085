"""Which versions can be decided alone, and which have to be settled with others, and how widely."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from aidkit.awards.course import Told
from aidkit.awards.layers import Layer, layers
from aidkit.awards.relations import Bonds, bonds
from aidkit.calendar import Term
from aidkit.county import County
from aidkit.programs import Version


@dataclass(frozen=True)
class Plan:
    """Versions by how much of the county has to be seen to settle them.

    Attributes:
        layers: Every version with its number.
        free: Numbers of versions that have nothing to do with others.
        local: Numbers that are settled within a school; a list for each circle.
        county: Numbers that are settled over the whole county; a list for each circle.
        bound: Relations between the programs.
        term: The term.
        at: The county.
    """

    layers: Mapping[int, Layer]
    free: tuple[int, ...]
    local: tuple[tuple[int, ...], ...]
    county: tuple[tuple[int, ...], ...]
    bound: Bonds
    term: Term
    at: County

    @property
    def versions(self) -> dict[int, Version]:
        """The versions by number."""
        return {number: layer.version for number, layer in self.layers.items()}

    @property
    def contested(self) -> list[int]:
        """Numbers of the versions that have to be settled with others, in order."""
        return sorted(chain(*self.local, *self.county))

    @cached_property
    def told(self) -> Told:
        """What all explanations refer to."""
        return Told(self.bound, self.versions, self.term, self.at)

    @cached_property
    def programs(self) -> dict[str, tuple[int, ...]]:
        """Program ids to the numbers of their versions."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, layer in self.layers.items():
            numbers[layer.version.program.id].append(number)
        return {program_id: tuple(own) for program_id, own in numbers.items()}


def plan_of(versions: Iterable[Version], term: Term, county: County) -> Plan:
    """Put the versions in force in order.

    Raises:
        ParamsError: Programs yield to each other in a circle.
    """
    numbered = dict(enumerate(layers(versions)))
    bound = bonds(layer.version for layer in numbered.values())
    circle, circles = bound.circles, defaultdict[str, list[int]](list)
    for number, layer in numbered.items():
        circles[circle[bound.group[layer.version.program.id]]].append(number)
    free: list[int] = []
    local: list[tuple[int, ...]] = []
    whole: list[tuple[int, ...]] = []
    for numbers in circles.values():
        quotas = [q for n in numbers if (q := numbered[n].version.quota) is not None]
        if len(numbers) == 1 and not quotas:
            free += numbers
        elif all(quota.by_school for quota in quotas):
            local.append(tuple(numbers))
        else:
            whole.append(tuple(numbers))
    return Plan(numbered, tuple(free), tuple(local), tuple(whole), bound, term, county)
