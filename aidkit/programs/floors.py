"""A floor of a higher level can be compared with what a lower one pays only if both pay alike."""

from collections.abc import Iterable

from aidkit.programs.choose import UNSTATED, lies_in
from aidkit.programs.version import SEASONS, Version
from aidkit.toml import TomlTable


def refuse_unlike_floors(found: Iterable[tuple[TomlTable, Version]]) -> None:
    """Check every floor against the versions below it.

    Raises:
        ParamsError: One pays in other terms than the floor: neither term's comparison would be
            the year's.
    """
    pairs = list(found)
    for _, floor in pairs:
        for table, version in pairs:
            if floor.floor and _below(version, floor) and _seasons(version) != _seasons(floor):
                raise table.fault(
                    "paid",
                    f"发放的学期与下限版本 {floor.id} 不同，没法逐学期比较。",
                    "请按下限版本的学期发放，两处写同样的 paid。",
                )


def _below(version: Version, floor: Version) -> bool:
    adopted = UNSTATED in (floor.region, version.region)
    under = adopted or lies_in(version.region, floor.region)
    together = (version.effective_to is None or floor.effective_from <= version.effective_to) and (
        floor.effective_to is None or version.effective_from <= floor.effective_to
    )
    elsewhere = version.region != floor.region
    return version.program.id == floor.program.id and under and together and elsewhere


def _seasons(version: Version) -> tuple[bool, ...]:
    return tuple(version.pays_in(season) for season in SEASONS)
