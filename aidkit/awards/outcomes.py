"""What came of each offer: kept, on a reserve list, given up for another; with rank and reason."""

from collections.abc import Mapping

import polars as pl

from aidkit.awards.quota import Bench, needs_bench
from aidkit.awards.relations import Bonds
from aidkit.awards.replacing import replacements
from aidkit.awards.settle import settle
from aidkit.programs import Version

_LIST = ["version_no", "list"]


def outcomes(offers: pl.DataFrame, versions: Mapping[int, Version], bound: Bonds) -> pl.DataFrame:
    """Settle all offers.

    Args:
        offers: Of `offers_of`, of all versions that have to do with each other.
        versions: By the number that offers carry.
        bound: Relations between their programs.

    Returns:
        The offers with `kept` (successors too), `refused`, `yielded_to`, `yielded_fen` (what the
        program yielded to pays), `rank` and `candidates` of the list, `reserve_no`, `hindrance`
        (which rule of the quota stands in the way), `free_on` (day from which a successor has the
        place) and `cut_line`; `due_fen` and `held` are those of the part that a successor gets.
    """
    quotas = {n: v.quota for n, v in versions.items() if v.quota is not None}
    settled = settle(offers.with_row_index("offer"), quotas, bound.yielding())
    followers = replacements(settled, versions, _blocked(settled, bound), bound.circles)
    listed = settled.filter(pl.col("list").is_not_null())
    ranked = (
        _with_ranks(listed)
        .join(_cut_lines(listed), on=_LIST, how="left")
        .join(_hindrances(listed, versions), on="offer", how="left")
    )
    unlimited = settled.filter(pl.col("list").is_null())
    paid = settled.filter("kept").select(
        "person_no", yielded_to="program_id", yielded_fen="due_fen"
    )
    return (
        pl.concat([ranked, unlimited], how="diagonal")
        .join(paid, on=["person_no", "yielded_to"], how="left")
        .join(followers, on="offer", how="left", suffix="_follower")
        .with_columns(
            kept=pl.col("kept") | pl.col("free_on").is_not_null(),
            due_fen=pl.coalesce("due_fen_follower", "due_fen"),
        )
        .drop("due_fen_follower")
    )


def _blocked(settled: pl.DataFrame, bound: Bonds) -> pl.DataFrame:
    """Who may not come into a program any more, because of one that they got and that yields."""
    got = settled.filter("kept").select("person_no", program_id="program_id")
    return got.join(bound.yielding(), on="program_id").select("person_no", program_id="other")


def _with_ranks(listed: pl.DataFrame) -> pl.DataFrame:
    counted = pl.col("kept") | pl.col("refused")
    place = pl.col("position").rank("ordinal").cast(pl.Int64)
    return listed.with_columns(counted=counted).with_columns(
        rank=pl.when("counted").then(place.over(*_LIST, "counted")),
        reserve_no=pl.when("refused").then(place.over(*_LIST, "refused")),
        candidates=pl.col("counted").sum().over(_LIST).cast(pl.Int64),
    )


def _cut_lines(listed: pl.DataFrame) -> pl.DataFrame:
    """What the last one in had, for lists that not everybody got into."""
    by_list = listed.sort("position").group_by(_LIST)
    last = pl.col("standing").filter("kept").last()
    return by_list.agg(cut_line=last, full=pl.col("refused").any()).filter("full").drop("full")


def _hindrances(listed: pl.DataFrame, versions: Mapping[int, Version]) -> pl.DataFrame:
    """Which rule of a quota stands in the way of those it turned away."""
    found: list[tuple[int, str]] = []
    hard = [n for n, v in versions.items() if v.quota is not None and needs_bench(v.quota)]
    lists = listed.filter(pl.col("version_no").is_in(hard)).sort("position")
    for (number, _), rows in lists.group_by(_LIST, maintain_order=True):
        quota = versions[int(str(number))].quota
        assert quota is not None
        bench = Bench(quota, rows["places"][0])
        for row in rows.filter("kept").iter_rows(named=True):
            bench.take(row)
        for row in rows.filter("refused").iter_rows(named=True):
            found.append((row["offer"], bench.refusal(row) or "places"))
    schema = {"offer": pl.UInt32, "hindrance": pl.String}
    return pl.DataFrame(found, schema=schema, orient="row")
