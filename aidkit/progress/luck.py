"""What luck alone would give: places that learners rise though nobody has grown."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from random import Random

import polars as pl

from aidkit.progress.rank_rule import places

AMONG = ("all", "group")
"""Places among all pupils, as a class tells them, or among the group, as the documents order."""

DRAWN = 60_000
"""Pupils that are drawn at random; so many classes as they fill are simulated."""

THREE = 3
"""Places that are told as a clear rise where ranks are told."""

SEED = 20_260_901


@dataclass(frozen=True)
class ByLuck:
    """What a group chosen as the last of one exam gets at the next, on average over classes.

    Attributes:
        share_rise: Share of the group that rises, 0 to 1.
        mean_places: Places that one of the group rises, falls counted against it.
        share_three: Share that rises `THREE` places or more.
        best_places: Places of who rises furthest.
    """

    share_rise: float
    mean_places: float
    share_three: float
    best_places: float


@cache
def by_luck(pupils: int, group: int, reliability: float, among: str) -> ByLuck:
    """Simulate classes in which nobody grows: two exams, true scores alike, only errors differ.

    The group are the last of the first exam. The seed is always the same, so that figures differ
    between classes only where size and reliability do, and never between two runs.

    Args:
        pupils: Pupils of the class or grade that the group is chosen from.
        group: How many are chosen, from 1 to all of them.
        reliability: Of each exam, 0 to 1.
        among: One of `AMONG`.
    """
    ranked = _ranked(pupils, reliability)
    chosen = ranked.filter(pl.col("before") >= pupils - group)
    if among == "group":
        # In the order of the second exam, so that places among the group are rows again.
        chosen = chosen.with_columns(before=pl.col("before") - (pupils - group), now=_ROW % group)
    risen = chosen.select("class", risen=pl.col("before") - pl.col("now"))
    best = risen.group_by("class").agg(pl.col("risen").max())
    told = risen.select(
        share_rise=(pl.col("risen") > 0).mean(),
        mean_places=pl.col("risen").mean(),
        share_three=(pl.col("risen") >= THREE).mean(),
    )
    return ByLuck(**told.row(0, named=True), best_places=best["risen"].to_frame().mean().item())


FIGURES = ("share_rise", "mean_places", "share_three", "best_places")


def risen_places(pupils: pl.DataFrame, within: Sequence[str], among: str) -> pl.DataFrame:
    """How far the group rose, one row for each `within`: `group` (how many) and `FIGURES`.

    Args:
        pupils: `within`, `in_group`, and the totals `before` and `now`; who lacks one of them is
            not ordered.
        within: Columns that say who is ordered with whom.
        among: One of `AMONG`.
    """
    ordered = pupils.filter("in_group") if among == "group" else pupils
    risen = pl.col("rank_before") - pl.col("rank_now")
    return (
        ordered.with_columns(places("before", within), places("now", within))
        .select(*within, "in_group", risen=risen)
        .filter("in_group", pl.col("risen").is_not_null())
        .group_by(within)
        .agg(
            pl.len().cast(pl.Int32).alias("group"),
            (pl.col("risen") > 0).mean().alias("share_rise"),
            pl.col("risen").mean().alias("mean_places"),
            (pl.col("risen") >= THREE).mean().alias("share_three"),
            pl.col("risen").max().cast(pl.Float64).alias("best_places"),
        )
    )


_ERRORS = ("error_before", "error_now")
_ROW = pl.int_range(pl.len(), dtype=pl.Int64)

FAR = 100.0
"""No score is so far from another: classes do not mix."""


@lru_cache(maxsize=1)
def _ranked(pupils: int, reliability: float) -> pl.DataFrame:
    """Places from 0 of everybody `before` and `now`, by `class`, in the order of the second exam.

    Whoever the group is, the places are the same: asked by class size, they are drawn up once.
    """
    drawn = _drawn(max(DRAWN, pupils))
    true = pl.col("true") * reliability**0.5
    before, now = (true + pl.col(error) * (1 - reliability) ** 0.5 for error in _ERRORS)
    # Classes are equally large: sorted by class and score, the place is the row in the class.
    apart = pl.col("class") * FAR
    return (
        drawn.head(drawn.height // pupils * pupils)
        .with_columns((_ROW // pupils).alias("class"))
        .select("class", before=apart - before, now=apart - now)
        .sort("before")
        .with_columns(before=_ROW % pupils)
        .sort("now")
        .with_columns(now=_ROW % pupils)
    )


@cache
def _drawn(number: int) -> pl.DataFrame:
    rng = Random(SEED)
    return pl.DataFrame({name: [rng.gauss() for _ in range(number)] for name in ("true", *_ERRORS)})
