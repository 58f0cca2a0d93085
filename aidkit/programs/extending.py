"""`extends = true`: a version takes what it does not say from the level above it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from aidkit.programs.choose import UNSTATED, depth, lies_in
from aidkit.toml import TomlTable

OWN = (
    "region",
    "effective_from",
    "effective_to",
    "date_status",
    "checked_until",
    "extends",
    "floor",
    "conflicts",
)
"""Keys that are never taken over: where, when, who checked it, what its own source leaves open."""

TOGETHER = {
    "amounts": ("derivation", "difference"),
    "leavers": ("rounding",),
    "tier_from": ("tier_rule",),
    "unit": ("paid",),
}
"""Keys that explain another one: who sets that one does not take these over."""


@dataclass(frozen=True)
class Draft:
    """A version before it is read.

    Attributes:
        program_id: The program.
        table: What its file says.
        region: Its region.
        starts: First day.
        ends: Last day; None while no end is known.
    """

    program_id: str
    table: TomlTable
    region: str
    starts: dt.date
    ends: dt.date | None

    @property
    def extends(self) -> bool:
        """Whether it takes over what it does not say."""
        return self.table.flag_or("extends", False)

    def covers(self, other: "Draft") -> bool:
        """Whether this one is in force for the whole period of the other."""
        return self.starts <= other.starts and (
            self.ends is None or (other.ends is not None and other.ends <= self.ends)
        )

    def touches(self, other: "Draft") -> bool:
        """Whether this one is in force on a day of the other."""
        return (self.ends is None or other.starts <= self.ends) and (
            other.ends is None or self.starts <= other.ends
        )


@dataclass(frozen=True)
class Filled:
    """A version's table with what it takes over, and the region that set each key."""

    table: TomlTable
    set_by: dict[str, str]


def filled(draft: Draft, drafts: Sequence[Draft]) -> Filled:
    """What a version says together with the levels that it extends.

    Args:
        draft: The version.
        drafts: All versions of all programs.

    Raises:
        ParamsError: Nothing lies above it for its whole period, or its own figures have no source.
    """
    own = dict.fromkeys(draft.table.keys, draft.region)
    if not draft.extends:
        return Filled(draft.table, own)
    if "amounts" in draft.table and "source" not in draft.table:
        raise draft.table.fault(
            "source", "写了自己的金额，却没有写依据。", "请写 [[version.source]]。"
        )
    above = filled(_parent(draft, drafts), drafts)
    kept = set(OWN).union(own, *(TOGETHER.get(key, ()) for key in own))
    taken = [key for key in above.table.keys if key not in kept]
    return Filled(
        draft.table.filled_from(above.table, taken),
        {key: above.set_by[key] for key in taken} | own,
    )


def _parent(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    above = [
        other
        for other in drafts
        if other.program_id == draft.program_id
        and other.region != draft.region
        and (other.region == UNSTATED or lies_in(draft.region, other.region))
        and draft.region != UNSTATED
        and other.touches(draft)
    ]
    nearest = max((depth(other.region) for other in above), default=0)
    for other in above:
        if depth(other.region) == nearest and other.covers(draft):
            return other
    if above:
        raise draft.table.fault(
            "extends",
            "上一级的规定在这个版本的有效期内变了或中断了。",
            "请按上一级的日期把这个版本拆成两个。",
        )
    raise draft.table.fault(
        "extends", "上面没有可以沿用的规定。", "请写全这个版本，并删去 extends。"
    )
