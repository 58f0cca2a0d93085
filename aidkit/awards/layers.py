"""Whom each version judges: a school's own, the county's, and floors under them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from aidkit.programs import Version
from aidkit.programs.choose import depth


@dataclass(frozen=True)
class Layer:
    """One version with the persons that it judges.

    Attributes:
        version: The version.
        is_floor: Whether it is the least that another version of the program must give.
        schools: Whether a row is of a school that it holds in.
    """

    version: Version
    is_floor: bool
    schools: pl.Expr

    @property
    def concerns(self) -> pl.Expr:
        """Whether a row of facts is judged by it."""
        return (pl.col("subject") == self.version.program.subject) & self.schools


def layers(versions: Iterable[Version]) -> tuple[Layer, ...]:
    """The layers of the versions in force, by program and version.

    A school's version takes the place of the county's for its persons; of several others of one
    program the nearest judges everybody else, and the rest, floors, judge all beside it. Where
    the nearest is itself a floor, it is one for those schools too.
    """
    by_program: dict[str, list[Version]] = defaultdict(list)
    for version in sorted(versions, key=lambda v: v.id):
        by_program[version.program.id].append(version)
    found: list[Layer] = []
    for own in by_program.values():
        schools = [v.school_code for v in own if v.school_code]
        wider = [v for v in own if not v.school_code]
        # Beside floors at most one other is chosen: an adopted one has no depth of its own.
        local = max(wider, key=lambda v: (not v.floor, depth(v.region)), default=None)
        for version in own:
            is_floor = version in wider and (
                version is not local or bool(version.floor and schools)
            )
            where = pl.lit(True)
            if version.school_code:
                where = pl.col("school_code") == version.school_code
            elif not is_floor:
                where = ~pl.col("school_code").is_in(schools)
            found.append(Layer(version, is_floor, where))
    return tuple(found)
