"""How the relations of versions bind programs: groups of which one is kept, and who yields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from aidkit.errors import ParamsError
from aidkit.programs import Version


@dataclass(frozen=True)
class Bonds:
    """What binds the programs of a run together.

    Attributes:
        group: Program id to the name of its `higher_of` group; its own id where it has none.
        stratum: Group to its turn: a program that yields comes after those it yields to.
        yields: Program id to those it yields to, `exclusive`.
    """

    group: Mapping[str, str]
    stratum: Mapping[str, int]
    yields: Mapping[str, frozenset[str]]

    @property
    def circles(self) -> Mapping[str, str]:
        """Group to the name of all groups that have to do with each other: the first of them."""
        circle = {group: group for group in self.stratum}
        for _ in circle:
            for own, others in self.yields.items():
                met = {circle[self.group[p]] for p in (own, *others)}
                circle = {g: min(met) if c in met else c for g, c in circle.items()}
        return circle

    def yielding(self) -> pl.DataFrame:
        """One row for each program and one that it yields to: `program_id`, `other`."""
        pairs = [(own, other) for own in sorted(self.yields) for other in sorted(self.yields[own])]
        return pl.DataFrame(
            pairs, schema={"program_id": pl.String, "other": pl.String}, orient="row"
        )


def bonds(versions: Iterable[Version]) -> Bonds:
    """The bonds between the programs in force; what is not in force binds nobody.

    Raises:
        ParamsError: Programs wait for each other in a circle.
    """
    versions = tuple(versions)
    group = {version.program.id: version.program.id for version in versions}
    yields: dict[str, frozenset[str]] = dict.fromkeys(group, frozenset())
    for version in versions:
        for relation in version.relations:
            if relation.kind == "higher_of":
                group[version.program.id] = f"={relation.group}"
            elif relation.kind == "exclusive":
                yields[version.program.id] |= set(relation.others) & set(group)
    return Bonds(group, _strata(group, yields), yields)


def _strata(group: Mapping[str, str], yields: Mapping[str, frozenset[str]]) -> dict[str, int]:
    after = {
        (group[own], group[other])
        for own, others in yields.items()
        for other in others
        if group[own] != group[other]
    }
    stratum = dict.fromkeys(sorted(group.values()), 0)
    for _ in stratum:
        for own, other in sorted(after):
            stratum[own] = max(stratum[own], stratum[other] + 1)
    if max(stratum.values(), default=0) >= len(stratum) > 0:
        raise ParamsError(
            "有几个项目互相让位，排不出先后。",
            where="、".join(sorted({own for own, others in yields.items() if others})),
            remedy="请核对这些项目的 exclusive 和 higher_of 关系，去掉其中一条。",
        )
    return stratum
