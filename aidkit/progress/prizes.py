"""First, second and third prizes in declared shares of those who earn one."""

from collections.abc import Sequence
from typing import Literal

import polars as pl

from aidkit.apportion import apportion
from aidkit.progress.settings import PRIZES


def with_prizes(
    candidates: pl.DataFrame, within: Sequence[str], by: str, shares: Sequence[int], ties: str
) -> pl.DataFrame:
    """Add `prize` to those who all earn one, the highest `by` first.

    How many get which prize is split by largest remainder, but where there are too few for each
    prize the better ones are given: the only one gets the first. Equals on a border all get the
    better prize (`share_better`) or all the worse one (`share_worse`): no order among equals is
    made up.

    Args:
        candidates: Those who earn a prize, whatever which; nobody else.
        within: Columns that say who competes with whom.
        by: Column of what is compared; null nowhere.
        shares: Weights of the first, second and third prize.
        ties: One of `settings.TIES`.
    """
    method: Literal["min", "max"] = "min" if ties == "share_better" else "max"
    place = pl.col(by).rank(method, descending=True).over(within).cast(pl.Int64)
    counted = candidates.with_columns(
        _place=place, _among=pl.len().over(within).cast(pl.Int64)
    )  # fmt: skip
    numbers = counted["_among"].unique().to_list()
    parts = [_numbers(number, shares) for number in numbers]
    borders = pl.DataFrame(
        {
            "_among": numbers,
            "_first": [first for first, _, _ in parts],
            "_second": [first + second for first, second, _ in parts],
        },
        schema={"_among": pl.Int64, "_first": pl.Int64, "_second": pl.Int64},
    )
    first, second, third = map(pl.lit, PRIZES)
    return (
        counted.join(borders, on="_among", how="left", maintain_order="left")
        .with_columns(
            prize=pl.when(pl.col("_place") <= pl.col("_first"))
            .then(first)
            .when(pl.col("_place") <= pl.col("_second"))
            .then(second)
            .otherwise(third)
        )
        .drop("_place", "_among", "_first", "_second")
    )


def _numbers(winners: int, shares: Sequence[int]) -> list[int]:
    """How many get each prize; a worse one is given up where a better one would go to nobody."""
    parts = apportion(winners, shares)
    for better, share in enumerate(shares):
        worse = [prize for prize in range(better + 1, len(parts)) if parts[prize]]
        if share and not parts[better] and worse:
            parts[better] += 1
            parts[worse[-1]] -= 1
    return parts
