"""Which versions of each program are in force for a county in a term."""

import datetime as dt
from collections.abc import Collection, Iterable

from aidkit.programs.version import Version

UNSTATED = "unstated"
"""Region of a version whose source names none: in force only where a county adopts it."""


def lies_in(region: str, around: str) -> bool:
    """Whether a region is another one or lies in it."""
    return f"{region}/".startswith(f"{around}/")


def depth(region: str) -> int:
    """How narrow a region is; 0 where none is stated."""
    return 0 if region == UNSTATED else region.count("/") + 1


def nearness(version: Version, county: str) -> tuple[int, bool]:
    """How near a version is to a county: the greatest decides.

    What a county adopts is its own decision and so nearer than its province's or the country's
    rule; only a version written for the county itself is nearer still.
    """
    unstated = version.region == UNSTATED
    return depth(county if unstated else version.region), not unstated


def applies_in(version: Version, region: str, adopts: Collection[str]) -> bool:
    """Whether a version can decide in a county: for all of it, or for one school of it."""
    if version.region == UNSTATED:
        return version.program.id in adopts
    if version.school_code is not None and lies_in(version.region, region):
        return True
    return lies_in(region, version.region)


def choose(
    versions: Iterable[Version],
    *,
    region: str,
    adopts: Collection[str],
    on: dt.date,
    season: str | None,
) -> tuple[Version, ...]:
    """The versions that decide: of those in force, the nearest for the whole county.

    Beside it stand what no lower level may fall short of (`floor`) and what holds in single
    schools. A version that pays nothing in the season still shuts out the levels above it:
    otherwise a county that pays the year's sum in autumn would pay the national half in spring.

    Args:
        versions: All versions, e.g. of `load_programs`.
        region: The county's path, e.g. `cn/henan/xinxiang`.
        adopts: Program ids that the county adopted though their source names no region.
        on: The day that counts: the first day of the term.
        season: `autumn` or `spring`; None: also what pays nothing in the term.

    Returns:
        By program id, and for one program from the widest region to the narrowest.
    """
    reaching = [v for v in versions if v.in_force(on) and applies_in(v, region, adopts)]
    nearest: dict[str, tuple[int, bool]] = {}
    for version in reaching:
        if not _for_one_school(version, region):
            own = nearness(version, region)
            nearest[version.program.id] = max(own, nearest.get(version.program.id, own))
    chosen = (
        version
        for version in reaching
        if (season is None or version.pays_in(season))
        and (
            version.floor
            or _for_one_school(version, region)
            or nearness(version, region) == nearest[version.program.id]
        )
    )
    return tuple(sorted(chosen, key=lambda v: (v.program.id, nearness(v, region), v.region)))


def _for_one_school(version: Version, region: str) -> bool:
    return version.school_code is not None and version.region != region
