"""Which version of each program is in force for a county on a day."""

import datetime as dt
from collections.abc import Collection, Iterable

from aidkit.programs.version import Version

UNSTATED = "unstated"
"""Region of a version whose source names none: in force only where a county adopts it."""


def applies_in(version: Version, region: str, adopts: Collection[str]) -> bool:
    """Whether a version reaches a county: its region is the county's or lies around it."""
    if version.region == UNSTATED:
        return version.program.id in adopts
    return f"{region}/".startswith(f"{version.region}/")


def choose(
    versions: Iterable[Version], *, region: str, adopts: Collection[str], on: dt.date
) -> tuple[Version, ...]:
    """The version of each program that decides: of those in force, the most specific region's.

    Args:
        versions: All versions, e.g. of `load_programs`.
        region: The county's path, e.g. `cn/henan/xinxiang`.
        adopts: Program ids that the county adopted though their source names no region.
        on: The day that counts: the first day of the term.

    Returns:
        At most one version of each program, by program id.
    """
    best: dict[str, Version] = {}
    for version in versions:
        if not (version.in_force(on) and applies_in(version, region, adopts)):
            continue
        rival = best.get(version.program.id)
        if rival is None or _depth(version) > _depth(rival):
            best[version.program.id] = version
    return tuple(best[program_id] for program_id in sorted(best))


def _depth(version: Version) -> int:
    return 0 if version.region == UNSTATED else version.region.count("/") + 1
