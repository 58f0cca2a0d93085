"""Who keeps what where places are few and programs shut each other out.

Deferred acceptance: everybody asks, in each group of which one may be kept, for the offer that
pays most; a quota keeps the best and turns the others away; those ask for their next. Programs
that yield to others are settled after those. So no place is given twice, none stays free while
somebody who may have it waits, and where places alone are few nobody is passed over for one who
comes later in the order.
"""

from collections.abc import Iterable, Mapping

import polars as pl

from aidkit.awards.quota import Bench, Row, best, needs_bench
from aidkit.programs.version import Quota

_PERSON = ["person_no", "group"]
# Of equals first the one without places: nobody takes from others what they have elsewhere.
_LIMITED = pl.col("list").is_not_null()
_MOST = -pl.col("due_fen"), _LIMITED, -pl.col("full_fen")
_LIKED = (*_MOST, "is_floor", "program_id", "version_no")


def settle(offers: pl.DataFrame, quotas: Mapping[int, Quota], yields: pl.DataFrame) -> pl.DataFrame:
    """Decide every offer.

    Of two that pay the same everybody asks for the one without a quota first.

    Args:
        offers: One row for each person and version that the person is eligible under: `offer`
            (number of the row), `version_no`, `program_id`, `person_no`, `school_code`, `group`,
            `stratum`, `due_fen`, `full_fen`, `is_floor`, and for a version with a quota `list`,
            `places`, `position`, `kinds`, `nominated_by`.
        quotas: By `version_no`.
        yields: One row for each program and one that it yields to: `program_id`, `other`.

    Returns:
        The offers with `kept`; `refused` (turned away by a quota, though nothing better is kept);
        `yielded_to`, the program for which the person does without this one.
    """
    settled: list[pl.DataFrame] = []
    taken = offers.head(0).select("person_no", other="program_id")
    for _, here in offers.sort("stratum").group_by("stratum", maintain_order=True):
        shut = (
            here.join(yields, on="program_id")
            .join(taken, on=["person_no", "other"])
            .group_by("offer")
            .agg(yielded_to=pl.col("other").min())
        )
        free = here.join(shut, on="offer", how="anti")
        accepted = _with_outcome(free, _accept(free, quotas))
        shut_out = here.join(shut, on="offer").with_columns(kept=False, refused=False)
        settled += [accepted, shut_out.select(accepted.columns)]
        got = accepted.filter("kept").select("person_no", other="program_id")
        taken = pl.concat([taken, got])
    if not settled:
        extra = {"kept": pl.Boolean, "refused": pl.Boolean, "yielded_to": pl.String}
        return offers.with_columns(pl.lit(None, t).alias(name) for name, t in extra.items())
    return pl.concat(settled)


def _accept(offers: pl.DataFrame, quotas: Mapping[int, Quota]) -> pl.Series:
    """The offers that are kept, by number."""
    rivals = pl.col("version_no").n_unique().over("group") > 1
    contested = offers.with_columns(contested=rivals | pl.col("list").is_not_null())
    alone = contested.filter(~pl.col("contested"))["offer"]
    waiting = _by_liking(contested.filter("contested").drop("contested"))
    everyone = waiting
    while True:
        asks = waiting.unique(_PERSON, keep="first", maintain_order=True)
        kept = best(asks, quotas)
        if kept.height == asks.height:
            break
        turned_away = asks.join(kept, on="offer", how="anti")
        waiting = waiting.join(turned_away, on="offer", how="anti")
    filled = _fill_up(everyone, kept, quotas)
    return pl.concat([alone, filled])


def _by_liking(offers: pl.DataFrame) -> pl.DataFrame:
    return offers.sort(*_PERSON, *_LIKED)


def _fill_up(everyone: pl.DataFrame, kept: pl.DataFrame, quotas: Mapping[int, Quota]) -> pl.Series:
    """Use places that limits left free because those who could take them were turned away early.

    Each step gives one person more and nobody less, so it ends.
    """
    hard = [number for number, quota in quotas.items() if needs_bench(quota)]
    groups = set(everyone.filter(pl.col("version_no").is_in(hard))["group"])
    if not groups:
        return kept["offer"]
    concerned = pl.col("group").is_in(sorted(groups))
    choice = pl.int_range(pl.len()).over(_PERSON)
    choices = everyone.filter(concerned).with_columns(choice=choice)
    rows = choices.sort("version_no", "list", "position").to_dicts()
    holding = set(kept["offer"])
    held = {_whose(row): row for row in rows if row["offer"] in holding}
    benches: dict[tuple[int, str], Bench] = {}
    for row in rows:
        if row["list"] is not None:
            fresh = Bench(quotas[row["version_no"]], row["places"])
            bench = benches.setdefault(_which(row), fresh)
            if row["offer"] in holding:
                bench.take(row)
    while move := _next_move(rows, held, benches):
        before = held.get(_whose(move))
        if before is not None and before["list"] is not None:
            benches[_which(before)].release(before)
        benches[_which(move)].take(move)
        held[_whose(move)] = move
    elsewhere = kept.filter(~concerned)["offer"]
    here = [row["offer"] for row in held.values()]
    return pl.concat([elsewhere, pl.Series(here, dtype=elsewhere.dtype)])


def _next_move(
    rows: Iterable[Row],
    held: Mapping[tuple[str, str], Row],
    benches: Mapping[tuple[int, str], Bench],
) -> Row | None:
    """The first in order who would rather have a place that is free, and may."""
    for row in rows:
        own = held.get(_whose(row))
        better = own is None or row["choice"] < own["choice"]
        if better and row["list"] is not None and benches[_which(row)].refusal(row) is None:
            return row
    return None


def _whose(row: Row) -> tuple[str, str]:
    return row["person_no"], row["group"]


def _which(row: Row) -> tuple[int, str]:
    return row["version_no"], row["list"]


def _with_outcome(offers: pl.DataFrame, kept: pl.Series) -> pl.DataFrame:
    ordered = _by_liking(offers).with_columns(
        kept=pl.col("offer").is_in(kept.implode()), choice=pl.int_range(pl.len()).over(_PERSON)
    )
    own = pl.col("choice").filter("kept").first().over(_PERSON)
    got = pl.col("program_id").filter("kept").first().over(_PERSON)
    refused = ~pl.col("kept") & (own.is_null() | (pl.col("choice") < own))
    return ordered.with_columns(
        refused=refused, yielded_to=pl.when(~pl.col("kept") & ~refused).then(got)
    ).drop("choice")
