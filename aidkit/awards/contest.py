"""What has to be settled over everybody: places, relations, floors; every time anew."""

from collections.abc import Mapping
from dataclasses import dataclass

import dataframely as dy
import polars as pl

from aidkit.awards.judge import entitled
from aidkit.awards.offers import OFFERS, PolarsDataType, offers_of, queued
from aidkit.awards.outcomes import outcomes
from aidkit.awards.places import LIST, lists_of, per_school, roll_of
from aidkit.awards.plan import Plan
from aidkit.programs import Version
from aidkit.tables.settled import Quotas

OF_OFFER: dict[str, PolarsDataType] = {
    "yielded_to": pl.String,
    "yielded_fen": pl.Int64,
    "list": pl.String,
    "places": pl.Int64,
    "candidates": pl.Int64,
    "rank": pl.Int64,
    "reserve_no": pl.Int64,
    "hindrance": pl.String,
    "standing": pl.String,
    "cut_line": pl.String,
    "free_on": pl.Date,
    "beaten": pl.String,
}
"""What explanations tell of an offer; `beaten`: titles of what was given up for it."""

SETTLED: dict[str, PolarsDataType] = {
    "person_no": pl.String,
    "program_id": pl.String,
    "version_no": pl.Int64,
    "kept": pl.Boolean,
    "refused": pl.Boolean,
    "paid_fen": pl.Int64,
    "held_as_successor": pl.Int64,
    **OF_OFFER,
}
"""One row for each person and contested version under which something is due."""


@dataclass(frozen=True)
class Contest:
    """What came of the offers that have to do with others.

    Attributes:
        settled: As `SETTLED`; by person and version.
        quotas: One row for each list of a quota; by program and list.
    """

    settled: pl.DataFrame
    quotas: dy.DataFrame[Quotas]


def contest(plan: Plan, facts: pl.DataFrame) -> Contest:
    """Settle the contested versions of a plan over all persons.

    Args:
        plan: Of the versions in force.
        facts: `tables.Facts`.
    """
    layers = {number: plan.layers[number] for number in plan.contested}
    due = pl.collect_all(
        entitled(facts.lazy().filter(layer.concerns), layer.version, plan.term)
        for layer in layers.values()
    )
    roll = roll_of(facts)
    offers = [pl.DataFrame(schema=OFFERS)]
    lists = [pl.DataFrame(schema=LIST | {"version_no": pl.Int64})]
    for (number, layer), own in zip(layers.items(), due, strict=True):
        eligible = queued(own, layer.version, facts, plan.term)
        lists.append(lists_of(number, layer, roll, per_school(eligible), plan.at))
        offers.append(offers_of(number, layer, eligible, lists[-1], plan.bound))
    settled = outcomes(pl.concat(offers), plan.versions, plan.bound)
    return Contest(_as_told(settled, plan), _quotas(pl.concat(lists), settled, plan.versions))


def _as_told(settled: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """What decisions tell of settled offers; also for which others one was kept: `beaten`."""
    group = pl.col("yielded_to").replace_strict(
        list(plan.bound.group), list(plan.bound.group.values()), default=None
    )
    beaten = (
        settled.filter(pl.col("yielded_to") != pl.col("program_id"), group == pl.col("group"))
        .group_by("person_no", program_id="yielded_to")
        .agg(beaten=plan.told.titled(pl.col("program_id").unique().sort()).str.join(""))
    )
    return (
        settled.join(beaten, on=["person_no", "program_id"], how="left")
        .rename({"due_fen": "paid_fen", "held": "held_as_successor"})
        .select(pl.col(name).cast(dtype) for name, dtype in SETTLED.items())
        .sort("person_no", "version_no")
    )


def _quotas(
    lists: pl.DataFrame, settled: pl.DataFrame, versions: Mapping[int, Version]
) -> dy.DataFrame[Quotas]:
    succeeded = pl.col("free_on").is_not_null()
    counts = settled.group_by("version_no", "list").agg(
        awarded=pl.col("kept").sum(),
        replaced=succeeded.sum(),
        reserve=(pl.col("refused") & ~succeeded).sum(),
        cut_line=pl.col("cut_line").first(),
    )
    zero = pl.col("awarded", "replaced", "reserve").fill_null(0)
    filled = lists.join(counts, on=["version_no", "list"], how="left").with_columns(zero)
    names = {number: version.id for number, version in versions.items()}
    programs = {number: version.program.id for number, version in versions.items()}
    return Quotas.validate(
        filled.select(
            "base",
            "places",
            "awarded",
            "replaced",
            "reserve",
            "cut_line",
            program_id=pl.col("version_no").replace_strict(programs, return_dtype=pl.String),
            school_code="list",
            version_id=pl.col("version_no").replace_strict(names, return_dtype=pl.String),
            candidates=pl.col("awarded") + pl.col("reserve"),
        ).sort("program_id", "school_code", "version_id"),
        cast=True,
    )
