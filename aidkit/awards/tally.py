"""How many persons get how much, counted for millions of them in bounded memory.

The same rules as `award`, without explanations and ids. Facts are read in slices of whole schools.
A program that has nothing to do with others is counted slice by slice; so are quotas and relations
that end at the school gate, once it is known how many places each school has. Only for a list of
the whole county the candidates are kept until the end, and of them only what the order looks at.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import polars as pl
from polars.datatypes import DataTypeClass

from aidkit.awards.judge import entitled
from aidkit.awards.offers import offers_of, queued
from aidkit.awards.outcomes import outcomes
from aidkit.awards.places import lists_of, per_school, roll_of
from aidkit.awards.plan import Plan, plan_of
from aidkit.calendar import Term
from aidkit.county import County
from aidkit.programs import Version

SLICE = 100_000
"""Persons who are in memory at a time, at least; a school is never cut."""

TALLY: dict[str, DataTypeClass] = {
    "school_code": pl.String,
    "program_id": pl.String,
    "tier": pl.String,
    "persons": pl.Int64,
    "amount_fen": pl.Int64,
}
"""Columns of a tally: one row for each school, program and tier to whom anything is due."""


def tally(
    facts: pl.LazyFrame | Path,
    versions: Iterable[Version],
    term: Term,
    county: County,
    *,
    rows: int = SLICE,
) -> pl.DataFrame:
    """Count what a term's rules give.

    Args:
        facts: `tables.Facts` sorted by `school_code`, or a parquet file of it.
        versions: What is in force for the county.
        term: The term that is decided.
        county: For quotas that the county sets itself.
        rows: Persons in memory at a time, at least; a school is never cut.

    Returns:
        One row for each school, program and tier, as `TALLY`; sums equal those of `award`.
    """
    source = pl.scan_parquet(facts) if isinstance(facts, Path) else facts
    plan = plan_of(versions, term, county)
    slices = _slices(source, rows)
    roll = roll_of(source).collect(engine="streaming")
    lists = _lists(plan, source, slices, roll)
    counted: list[pl.DataFrame] = []
    waiting: dict[int, list[pl.DataFrame]] = defaultdict(list)
    for start, length in slices:
        part = source.slice(start, length).collect()
        counted += _free(plan, part)
        for numbers in plan.local:
            due = {n: _queued(plan, n, part) for n in numbers}
            counted.append(_settled(plan, due, lists))
        for number in chain.from_iterable(plan.county):
            waiting[number].append(_queued(plan, number, part))
    for numbers in plan.county:
        due = {n: pl.concat(waiting.pop(n)) for n in numbers}
        counted.append(_settled(plan, due, lists))
    key = ["school_code", "program_id", "tier"]
    whole = pl.concat([pl.DataFrame(schema=TALLY), *counted])
    return whole.group_by(key).agg(pl.col("persons", "amount_fen").sum()).sort(key)


def _slices(source: pl.LazyFrame, rows: int) -> list[tuple[int, int]]:
    """First row and length of each slice of whole schools; one empty slice where nobody is."""
    schools = source.select(pl.col("school_code").rle()).unnest("school_code")
    ends = schools.select(pl.col("len").cum_sum()).collect(engine="streaming")["len"].to_list()
    slices: list[tuple[int, int]] = []
    start = 0
    for end in ends:
        if end - start >= rows or end == ends[-1]:
            slices.append((start, end - start))
            start = end
    return slices or [(0, 0)]


def _lists(
    plan: Plan,
    source: pl.LazyFrame,
    slices: Iterable[tuple[int, int]],
    roll: pl.DataFrame,
) -> dict[int, pl.DataFrame]:
    """Places of each list; where schools share them, candidates are counted before."""
    counted = [
        number
        for number, version in plan.versions.items()
        if version.quota is not None and version.quota.by_school
    ]
    found: dict[int, list[pl.DataFrame]] = defaultdict(list)
    for start, length in slices if counted else ():
        part = source.slice(start, length).collect()
        for number in counted:
            found[number].append(per_school(_entitled(plan, number, part.lazy()).collect()))
    none = pl.DataFrame(schema={"school_code": pl.String, "n": pl.UInt32})
    return {
        number: lists_of(number, layer, roll, pl.concat([none, *found[number]]), plan.at)
        for number, layer in plan.layers.items()
    }


def _entitled(plan: Plan, number: int, part: pl.LazyFrame) -> pl.LazyFrame:
    layer = plan.layers[number]
    return entitled(part.filter(layer.concerns), layer.version, plan.term)


def _free(plan: Plan, part: pl.DataFrame) -> Iterator[pl.DataFrame]:
    sums = [
        _summed(
            _entitled(plan, number, part.lazy()).with_columns(
                program_id=pl.lit(plan.layers[number].version.program.id)
            )
        )
        for number in plan.free
    ]
    yield from pl.collect_all(sums)


def _queued(plan: Plan, number: int, part: pl.DataFrame) -> pl.DataFrame:
    due = _entitled(plan, number, part.lazy()).collect()
    version = plan.layers[number].version
    # Only a quota looks at more than what is due.
    candidates = part.join(due, on="person_no", how="semi") if version.quota else part.head(0)
    told = queued(due, version, candidates, plan.term)
    return told.drop("standing", strict=False)


def _settled(
    plan: Plan, due: Mapping[int, pl.DataFrame], lists: Mapping[int, pl.DataFrame]
) -> pl.DataFrame:
    offers = [
        offers_of(number, plan.layers[number], rows, lists[number], plan.bound)
        for number, rows in due.items()
    ]
    settled = outcomes(pl.concat(offers), plan.versions, plan.bound)
    return _summed(settled.filter("kept").lazy()).collect()


def _summed(rows: pl.LazyFrame) -> pl.LazyFrame:
    sums = rows.group_by("school_code", "program_id", "tier").agg(
        persons=pl.len(), amount_fen=pl.col("due_fen").sum()
    )
    return sums.select(pl.col(name).cast(t) for name, t in TALLY.items())
