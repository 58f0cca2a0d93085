"""What each person is eligible for, ready to be settled: one offer for each person and version."""

import polars as pl
from polars.datatypes import DataType, DataTypeClass

from aidkit.awards.layers import Layer
from aidkit.awards.order import in_order, sort_keys, standing, with_keys
from aidkit.awards.places import ALL
from aidkit.awards.quota import SHARE_KINDS
from aidkit.awards.relations import Bonds
from aidkit.calendar import Term
from aidkit.conditions.forms import own
from aidkit.programs import Version

PolarsDataType = DataType | DataTypeClass

OFFERS: dict[str, PolarsDataType] = {
    "version_no": pl.Int64,
    "program_id": pl.String,
    "person_no": pl.String,
    "school_code": pl.String,
    "group": pl.String,
    "stratum": pl.Int64,
    "is_floor": pl.Boolean,
    "tier": pl.String,
    "full_fen": pl.Int64,
    "due_fen": pl.Int64,
    "whole": pl.Int64,
    "begins": pl.Int64,
    "ends": pl.Int64,
    "vacant": pl.Int64,
    "gone_on": pl.Date,
    "list": pl.String,
    "places": pl.Int64,
    "position": pl.UInt32,
    "standing": pl.String,
    "kinds": pl.List(pl.String),
    "nominated_by": pl.String,
}
"""Columns of offers: those of `settle`, the time of each person for `replacements`, and
`standing`, what the order of a quota saw."""


def offers_of(
    number: int, layer: Layer, eligible: pl.DataFrame, lists: pl.DataFrame, bound: Bonds
) -> pl.DataFrame:
    """The offers of one version, as `OFFERS`.

    Args:
        number: Number of the version.
        layer: The version.
        eligible: To whom something is due if places and relations allow: `person_no`,
            `school_code`, `tier`, amounts and time, and for a quota what `queued` adds.
        lists: Lists of the version's quota, of `places`; not read without one.
        bound: Relations between programs.
    """
    version = layer.version
    group = bound.group[version.program.id]
    rows = eligible.with_columns(
        version_no=pl.lit(number, pl.Int64),
        program_id=pl.lit(version.program.id),
        group=pl.lit(group),
        stratum=pl.lit(bound.stratum[group], pl.Int64),
        is_floor=pl.lit(layer.is_floor),
    )
    if version.quota is not None:
        which = pl.col("school_code") if version.quota.by_school else pl.lit(ALL)
        rows = (
            in_order(rows, version)
            .with_columns(list=which)
            .join(lists.select("list", "places"), on="list", how="left")
            .with_columns(pl.col("places").fill_null(0))
        )
    absent = [pl.lit(None, t).alias(name) for name, t in OFFERS.items() if name not in rows.columns]
    return rows.with_columns(absent).select(pl.col(name).cast(t) for name, t in OFFERS.items())


def queued(
    eligible: pl.DataFrame, version: Version, facts: pl.DataFrame, term: Term
) -> pl.DataFrame:
    """Who is eligible with what the quota, if there is one, looks at.

    Args:
        eligible: `person_no`, `tier` and more.
        version: The version.
        facts: `tables.Facts` of them, and maybe of others.
        term: The term.
    """
    if version.quota is None:
        return eligible
    own_facts = facts.filter(pl.col("subject") == version.program.subject)
    who = eligible.select("person_no", "tier")
    limited = sorted({limit.kind for limit in version.quota.limits})
    kinds = [pl.when(SHARE_KINDS[kind]).then(pl.lit(kind)) for kind in limited]
    none = pl.lit([], pl.List(pl.String))
    seen = with_keys(own_facts.join(who, on="person_no"), version, term).select(
        *sort_keys(version),
        standing=standing(version),
        kinds=pl.concat_list(kinds).list.drop_nulls() if kinds else none,
        nominated_by=own("applications", "nominated_by", version.program.id),
    )
    return eligible.join(seen, on="person_no")
