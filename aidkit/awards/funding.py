"""What each level of government has to give, summing exactly to what is due."""

from collections.abc import Iterable, Sequence

import dataframely as dy
import polars as pl

from aidkit.apportion import apportion
from aidkit.programs import Version
from aidkit.tables import FundingDemand

UNSTATED = "unstated"
WHOLE_COUNTY = "all"


def split_by_funding(fen: int, shares: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Split an amount over levels of government by largest remainder; the parts sum to it.

    Args:
        fen: What one person gets.
        shares: Level and weight, as `Version.funding`; empty where no source states them.

    Returns:
        Fen by level, in the order of the shares; all of it `unstated` without shares.
    """
    if not shares:
        return {UNSTATED: fen}
    parts = apportion(fen, [weight for _, weight in shares])
    return {level: part for (level, _), part in zip(shares, parts, strict=True)}


def funding_demand(
    decisions: pl.DataFrame, versions: Iterable[Version]
) -> dy.DataFrame[FundingDemand]:
    """What each level gives for each program and school, and for the whole county (`all`).

    The amount of each person is split, not the sum: so the demand of a school is the sum of its
    persons' parts and that of the county the sum of its schools'.

    Args:
        decisions: `tables.Decisions`.
        versions: All that decided.
    """
    key = ["program_id", "version_id"]
    awarded = decisions.filter("awarded")
    # Few amounts differ, so each is split once, for all who get it.
    amounts = awarded.select(*key, "amount_fen").unique()
    shares = {version.id: version.funding for version in versions}
    parts = [
        (program_id, version_id, fen, level, part)
        for program_id, version_id, fen in amounts.iter_rows()
        for level, part in split_by_funding(fen, shares[version_id]).items()
    ]
    schema = dict.fromkeys(key, pl.String) | {
        "amount_fen": pl.Int64,
        "level": pl.String,
        "part_fen": pl.Int64,
    }
    split = pl.DataFrame(parts, schema=schema, orient="row")
    by_amount = awarded.group_by(*key, "school_code", "amount_fen").agg(persons=pl.len())
    by_school = (
        by_amount.join(split, on=[*key, "amount_fen"])
        .group_by(*key, "school_code", "level")
        .agg(
            pl.col("persons").sum().cast(pl.Int64),
            amount_fen=(pl.col("part_fen") * pl.col("persons")).sum(),
        )
    )
    by_county = (
        by_school.group_by(*key, "level")
        .agg(pl.col("persons", "amount_fen").sum())
        .with_columns(school_code=pl.lit(WHOLE_COUNTY))
    )
    both = pl.concat([by_school, by_county], how="diagonal")
    return FundingDemand.validate(both.sort(*key, "school_code", "level"), cast=True)
