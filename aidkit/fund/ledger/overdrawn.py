"""What would have been spent before it was there: no account and no pool is below zero, ever."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Overdraft:
    """An entry that takes more than there is.

    Attributes:
        index: The entry, by its place among the new ones.
        key: Of the account, pool or goods.
        missing: How much is missing at the end of the day.
        date: That day, ISO.
    """

    index: int
    key: tuple[str, ...]
    missing: int
    date: str


def overdrafts(
    before: pl.LazyFrame, new: pl.LazyFrame, place: pl.DataFrame, key: Sequence[str]
) -> Iterator[Overdraft]:
    """Which new entries leave less than nothing at the end of their day or of a later one.

    Of several the last one is named, by date and then by place, until the rest can be borne.

    Args:
        before: Columns `key`, `date`, `amount` (out is negative): what is in the book. Lazy, as a
            million postings are not copied only to be added up.
        new: The same of the new entries, and their `voucher_no`.
        place: Their `voucher_no` and `index`.
        key: What is looked at apart.
    """
    moves = [*key, "date", "amount"]
    daily = (
        pl.concat([before.select(moves), new.select(moves)])
        .group_by(*key, "date")
        .agg(pl.col("amount").sum())
        .sort(*key, "date")
        .with_columns(there=pl.col("amount").cum_sum().over(key))
        .collect(engine="streaming")
    )
    for wanting in daily.filter(pl.col("there") < 0).select(key).unique().sort(key).iter_rows():
        at = dict(zip(key, wanting, strict=True))
        days = daily.filter(**at).select("date", "amount")
        takes = (
            new.filter(**at)
            .join(place.lazy(), on="voucher_no")
            .group_by("index", "date")
            .agg(pl.col("amount").sum())
            .filter(pl.col("amount") < 0)
            .sort("date", "index")
            .collect()
        )
        yield from _blamed(wanting, days, takes)


def _blamed(key: tuple[str, ...], days: pl.DataFrame, takes: pl.DataFrame) -> Iterator[Overdraft]:
    waiting = list(takes.select("date", "index", "amount").iter_rows())[::-1]
    able: list[tuple[int, int]] = []
    balance = 0
    for date, amount in days.iter_rows():
        balance += amount
        while waiting and waiting[-1][0] <= date:
            able.append(waiting.pop()[1:])
        while balance < 0 and able:
            index, taken = able.pop()
            yield Overdraft(index, key, -balance, date.isoformat())
            balance -= taken
