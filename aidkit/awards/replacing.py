"""Places that become free during the term go to the reserve list (递补), for the rest of it."""

from collections.abc import Mapping
from heapq import heapify, heappop, heappush

import polars as pl
from polars.datatypes import DataTypeClass

from aidkit.awards.presence import part_of
from aidkit.awards.quota import Bench, Row
from aidkit.programs import Version

REPLACED: dict[str, DataTypeClass] = {
    "offer": pl.UInt32,
    "held": pl.Int64,
    "due_fen": pl.Int64,
    "free_on": pl.Date,
}
"""What `replacements` gives: who gets a place, for how long, how much, from which day."""


def replacements(
    settled: pl.DataFrame,
    versions: Mapping[int, Version],
    blocked: pl.DataFrame,
    circles: Mapping[str, str],
) -> pl.DataFrame:
    """Pass on each place of a quota whose holder left the county, gave it up or lost it.

    The first on the reserve list who is there afterwards, has nothing in its stead and may take it
    by limits and relations gets it for the rest of the term; a successor who leaves is replaced in
    turn. Where the whole term is always paid nothing is left to pass on.

    Args:
        settled: Of `settle`, with `whole` (months or days of the term; null where the whole term
            is always paid), `begins` and `ends` of each person's time, and `vacant`, from where
            somebody else may have the place, by day `gone_on`.
        versions: Those with a quota, by `version_no`.
        blocked: Persons and programs that shut each other out: `person_no`, `program_id`.
        circles: Group to the groups that have to do with each other: nobody follows twice there.

    Returns:
        One row for each successor, as `REPLACED`.
    """
    found: list[tuple[object, ...]] = []
    for_time = settled.filter(pl.col("list").is_not_null() & pl.col("whole").is_not_null())
    ended = for_time.filter(pl.col("kept") & pl.col("gone_on").is_not_null())
    lists = for_time.join(ended, on=["version_no", "list"], how="semi")
    busy = settled.filter("kept").select("person_no", "group").unique()
    waiting = (
        lists.filter("refused")
        .join(busy, on=["person_no", "group"], how="anti")
        .join(blocked, on=["person_no", "program_id"], how="anti")
    )
    rows = pl.concat([lists.filter("kept"), waiting]).sort("version_no", "list", "position")
    served: set[tuple[str, str]] = set()
    for (number, _), own in rows.group_by("version_no", "list", maintain_order=True):
        circle = circles[own["group"][0]]
        reserve = own.filter("refused").to_dicts()
        reserve = [row for row in reserve if (row["person_no"], circle) not in served]
        holders = own.filter("kept").to_dicts()
        successors = _successors(holders, reserve, versions[int(str(number))])
        served |= {(row["person_no"], circle) for row in successors}
        found += [(row["offer"], row["held"], row["due_fen"], row["free_on"]) for row in successors]
    return pl.DataFrame(found, schema=REPLACED, orient="row")


def _successors(holders: list[Row], reserve: list[Row], version: Version) -> list[Row]:
    assert version.quota is not None
    bench = Bench(version.quota, holders[0]["places"])
    for row in holders:
        bench.take(row)
    free = [(row["vacant"], row["position"], row) for row in holders if _leaves(row)]
    heapify(free)
    found: list[Row] = []
    while free:
        since, _, gone = heappop(free)
        bench.release(gone)
        successor = next((row for row in reserve if _can_follow(row, since, bench)), None)
        if successor is not None:
            reserve.remove(successor)
            bench.take(successor)
            held = successor["ends"] - max(successor["begins"], since)
            due = part_of(successor["full_fen"], held, successor["whole"], version.rounding)
            found.append(successor | {"held": held, "due_fen": due, "free_on": gone["gone_on"]})
            if _leaves(successor):
                heappush(free, (successor["vacant"], successor["position"], successor))
    return found


def _can_follow(row: Row, since: int, bench: Bench) -> bool:
    return row["ends"] > max(row["begins"], since) and bench.refusal(row) is None


def _leaves(row: Row) -> bool:
    return int(row["vacant"]) < int(row["whole"])
