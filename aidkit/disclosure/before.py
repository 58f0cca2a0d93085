"""Public tables read back: what they told of each count, and which sums of money they withheld."""

from collections.abc import Mapping, Sequence

import polars as pl

from aidkit.disclosure.boarders import BOARDERS
from aidkit.disclosure.ledger import Before
from aidkit.disclosure.progress import BAND
from aidkit.disclosure.search import Cell
from aidkit.disclosure.told import Told

Tables = Mapping[str, pl.DataFrame]

READ = ("aid", "roll", "progress")
"""The public tables that withhold."""

_WITH_MONEY = ("total", "program", "tier")


def told_by(earlier: Sequence[Tables], own: Sequence[Tables]) -> Told:
    """What publications told.

    Args:
        earlier: Public tables of the term before in the same school year, if there are any.
        own: Those of each publication of the term itself, oldest first; each as far as it had
            any of `READ`.
    """
    return Told(
        earlier=tuple(_counts(tables) for tables in earlier),
        own=tuple(_counts(tables) for tables in own),
        sums=frozenset(cell for tables in own for cell in _sums_withheld(tables)),
    )


def _counts(tables: Tables) -> Before:
    found: dict[Cell, int | None] = {}
    if "aid" in tables:
        aid = tables["aid"].select("school_code", "breakdown", "group", "persons")
        found |= {(school, kind, group): count for school, kind, group, count in aid.iter_rows()}
    if "roll" in tables:
        roll = tables["roll"].select("school_code", "grade", "boarders")
        found |= {(school, BOARDERS, grade): count for school, grade, count in roll.iter_rows()}
    if "progress" in tables:
        bands = tables["progress"].select("stage", "band", "pupils")
        found |= {(stage, BAND, band): count for stage, band, count in bands.iter_rows()}
    return found


def _sums_withheld(tables: Tables) -> list[Cell]:
    if "aid" not in tables:
        return []
    here = pl.col("breakdown").is_in(_WITH_MONEY) & pl.col("amount_fen").is_null()
    rows = tables["aid"].filter(here).select("school_code", "breakdown", "group")
    return [(school, kind, group) for school, kind, group in rows.iter_rows()]
