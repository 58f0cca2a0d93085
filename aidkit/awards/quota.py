"""Accept the best within places, limits and reserved places."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from aidkit.programs.version import Quota

Row = dict[str, Any]
"""One offer, as `settle` has it."""

SHARE_KINDS = {"retired": pl.col("employment").fill_null("retired") == "retired"}
"""Who counts against a share limit; unknown does."""


class Bench:
    """The places of one list while they are given out one by one."""

    def __init__(self, quota: Quota, places: int) -> None:
        """Start with every place free.

        Args:
            quota: The rules.
            places: How many places the list has.
        """
        self._quota = quota
        self.places = places
        self._most = {limit.kind: places * limit.percent // 100 for limit in quota.limits}
        self._taken: Counter[tuple[str, str]] = Counter()
        self.offers: dict[int, Row] = {}

    def refusal(self, row: Row) -> str | None:
        """Why an offer cannot be taken now: `per_school`, the kind of a limit, or `places`."""
        per_school = self._quota.per_school
        if per_school is not None and self._taken["school", row["school_code"]] >= per_school:
            return "per_school"
        over = (k for k in row["kinds"] if self._taken["kind", k] >= self._most.get(k, self.places))
        return next(over, "places" if len(self.offers) >= self.places else None)

    def take(self, row: Row) -> None:
        """Give a place to an offer."""
        self.offers[row["offer"]] = row
        self._taken.update(_counted(row))

    def release(self, row: Row) -> None:
        """Take an offer's place back."""
        del self.offers[row["offer"]]
        self._taken.subtract(_counted(row))

    def take_best(self, rows: Iterable[Row]) -> None:
        """Fill the places from rows in order: reserved ones first, unused ones with anybody."""
        ordered = list(rows)
        for kept in self._quota.reserved:
            nominated = [r for r in ordered if r["nominated_by"] == kept.nominated_by]
            self._fill(nominated, len(self.offers) + kept.places)
        self._fill(ordered, self.places)

    def _fill(self, rows: Iterable[Row], up_to: int) -> None:
        for row in rows:
            if len(self.offers) >= up_to:
                return
            if row["offer"] not in self.offers and self.refusal(row) is None:
                self.take(row)


def _counted(row: Row) -> list[tuple[str, str]]:
    return [("school", row["school_code"]), *(("kind", kind) for kind in row["kinds"])]


def needs_bench(quota: Quota) -> bool:
    """Whether a quota has more rules than a number of places."""
    return bool(quota.limits or quota.reserved or quota.per_school is not None)


def best(asks: pl.DataFrame, quotas: Mapping[int, Quota]) -> pl.DataFrame:
    """The asks that get a place, of those that ask at the same time.

    Args:
        asks: Rows of `settle`; without a `list` there is no limit.
        quotas: By `version_no`.
    """
    harder = [number for number, quota in quotas.items() if needs_bench(quota)]
    hard = pl.col("version_no").is_in(harder)
    place = pl.col("position").rank("ordinal").over("version_no", "list")
    kept = asks.filter(~hard & (pl.col("list").is_null() | (place <= pl.col("places"))))
    chosen = [kept["offer"]]
    lists = asks.filter(hard).sort("position")
    for (number, _), rows in lists.group_by("version_no", "list", maintain_order=True):
        bench = Bench(quotas[int(str(number))], rows["places"][0])
        bench.take_best(rows.iter_rows(named=True))
        chosen.append(pl.Series(list(bench.offers), dtype=asks.schema["offer"]))
    return asks.filter(pl.col("offer").is_in(pl.concat(chosen).implode()))
