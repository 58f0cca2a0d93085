"""What was published last of the same counts: of the term before in the same school year."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from aidkit.disclosure.boarders import BOARDERS
from aidkit.disclosure.ledger import Before
from aidkit.disclosure.search import Cell

_AID = ["school_code", "breakdown", "group"]
_ROLL = ["school_code", "grade"]


def published(public: Mapping[str, pl.DataFrame], full: Mapping[str, pl.DataFrame]) -> Before:
    """Every count that was published or withheld.

    Args:
        public: `roll` and `aid` as `disclose` gave them.
        full: The same with nothing withheld, as `aggregates` gives them.
    """
    aid = _both(public["aid"], full["aid"], _AID, "persons")
    roll = _both(public["roll"], full["roll"], _ROLL, "boarders")
    found: dict[Cell, tuple[int, bool]] = {}
    for school, kind, group, count, shown in aid:
        found[school, kind, group] = count, shown
    for school, grade, count, shown in roll:
        found[school, BOARDERS, grade] = count, shown
    return found


def _both(
    public: pl.DataFrame, full: pl.DataFrame, key: list[str], count: str
) -> list[tuple[Any, ...]]:
    shown = pl.col(count).is_not_null().alias("shown")
    # In full there is no row for a category of which nobody has aid in the school.
    both = public.select(*key, shown).join(full.select(*key, count), on=key, how="left")
    return both.select(*key, pl.col(count).fill_null(0), "shown").sort(key).rows()
