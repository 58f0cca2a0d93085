"""How many places a quota has, on which lists."""

import polars as pl

from aidkit.apportion import apportion_up_to
from aidkit.awards.layers import Layer
from aidkit.awards.presence import Frame
from aidkit.county import County, CountyQuota
from aidkit.programs import Version

ALL = "all"
"""The one list of a quota that is not split over schools."""

LIST = {"list": pl.String, "base": pl.Int64, "places": pl.Int64}


def roll_of(facts: Frame) -> Frame:
    """Students on the roll: `n` for each `school_code`, `stage` and `boarder`."""
    counted = (pl.col("subject") == "student") & pl.col("enrolled")
    return facts.filter(counted).group_by("school_code", "stage", "boarder").agg(n=pl.len())


def per_school(candidates: Frame) -> Frame:
    """How many candidates each school has: `school_code`, `n`."""
    return candidates.group_by("school_code").agg(n=pl.len())


def lists_of(
    number: int, layer: Layer, roll: pl.DataFrame, candidates: pl.DataFrame, county: County
) -> pl.DataFrame:
    """The lists of a version, as `places`, with its `version_no`; none without a quota.

    Where a school has a version of its own, its students are the base of that one alone.
    """
    none, own_roll = layer.version.quota is None, roll.filter(layer.schools)
    lists = (
        pl.DataFrame(schema=LIST) if none else places(layer.version, own_roll, candidates, county)
    )
    return lists.with_columns(version_no=pl.lit(number, pl.Int64))


def places(
    version: Version, roll: pl.DataFrame, candidates: pl.DataFrame, county: County
) -> pl.DataFrame:
    """The lists of a version's quota and the places of each.

    A share is of the county's students as a whole, rounded down to whole places; places then go
    to schools by largest remainder, schools in the order of their codes. No school gets more than
    it has candidates (or may have at most): what it cannot use is split again, by the same rule,
    over those where somebody still waits. While nobody has said how many places there are, or
    what a share is of, there are none.

    Args:
        version: One with a quota.
        roll: Of `roll_of`, of the schools that the version holds in: what a share is of.
        candidates: How many meet every condition: `school_code`, `n`.
        county: May set places or base of its own.

    Returns:
        One row for each list: `list` (school code or `all`), `base` (null with fixed places),
        `places`.
    """
    quota = version.quota
    assert quota is not None
    own = said_by(county, version)
    total, base = own.places, own.base or quota.base
    counts = None
    if total is None:
        total = quota.places or 0
        if quota.permille is not None and base is not None:
            counts = _of_schools(version, roll, base)
            total = quota.permille * int(counts["n"].sum()) // 1000
    if not quota.by_school:
        whole = None if counts is None else int(counts["n"].sum())
        return pl.DataFrame([(ALL, whole, total)], schema=LIST, orient="row")
    if quota.split_by == "candidates":
        weights = candidates
    else:
        weights = _of_schools(version, roll, quota.split_by)
    usable = candidates.select("school_code", most=pl.col("n").clip(upper_bound=quota.per_school))
    schools = (
        weights.join(usable, on="school_code", how="full", coalesce=True)
        .with_columns(pl.col("n", "most").fill_null(0))
        .sort("school_code")
    )
    parts = apportion_up_to(total, schools["n"].to_list(), schools["most"].to_list())
    split = schools.select("school_code", places=pl.Series(parts, dtype=pl.Int64))
    bases = split.select("school_code", n=pl.lit(None)) if counts is None else counts
    return split.join(bases, on="school_code", how="left").select(
        list="school_code", base=pl.col("n").cast(pl.Int64), places="places"
    )


def are_told(version: Version, county: County) -> bool:
    """Whether somebody said how many places there are."""
    quota = version.quota
    assert quota is not None
    own = said_by(county, version)
    has_base = quota.permille is not None and (own.base or quota.base) is not None
    return own.places is not None or quota.places is not None or has_base


def said_by(county: County, version: Version) -> CountyQuota:
    """The county's word on a quota; it says nothing of one that a school has for itself."""
    nothing = CountyQuota(None, None)
    if version.school_code and version.region != county.region:
        return nothing
    return dict(county.quotas).get(version.program.id, nothing)


def _of_schools(version: Version, roll: pl.DataFrame, base: str) -> pl.DataFrame:
    """Students on the roll of each school in the version's stages, or those who board."""
    counted = pl.col("stage").is_in(list(version.stages)) if version.stages else pl.lit(True)
    if base == "boarders":
        counted &= pl.col("boarder")
    rows = roll.filter(counted)
    return rows.group_by("school_code").agg(pl.col("n").sum()).sort("school_code")
