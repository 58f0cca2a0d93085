"""What remains is searched: rows of one side that alone add up to a row of the other."""

import datetime as dt
from bisect import bisect_left, bisect_right

import polars as pl

MOST_ROWS = 2_000
"""Rows of a side beyond which nothing is searched: something else is wrong."""

MOST_CANDIDATES = 20
"""Rows near a row beyond which it is passed over: many sums would fit by chance."""

Ids = tuple[int, ...]
_Row = tuple[dt.date, int, int]


def sums_found(one: pl.DataFrame, many: pl.DataFrame, days: int) -> list[tuple[Ids, Ids]] | None:
    """Rows of one side with the only rows of the other, two or more, that sum to them.

    Args:
        one: `id`, `date`, `fen`.
        many: The other side.
        days: How many days may lie between them.

    Returns:
        Ids of both; None where too much is left to search.
    """
    if max(one.height, many.height) > MOST_ROWS:
        return None
    rows: list[_Row] = many.sort("date", "id").select("date", "fen", "id").rows()
    dates = [date for date, _, _ in rows]
    span = dt.timedelta(days=days)
    used: set[int] = set()
    found: list[tuple[Ids, Ids]] = []
    for date, fen, id_ in one.sort("date", "id").select("date", "fen", "id").iter_rows():
        near = rows[bisect_left(dates, date - span) : bisect_right(dates, date + span)]
        fits = [r for r in near if r[2] not in used and r[1] * fen > 0 and abs(r[1]) < abs(fen)]
        if 2 <= len(fits) <= MOST_CANDIDATES and (ids := _only_sum(fits, fen)):
            used |= set(ids)
            found.append(((id_,), ids))
    return found


def _only_sum(rows: list[_Row], fen: int) -> Ids | None:
    """The ids of the only rows that sum to an amount; None where there are none or several."""
    half = len(rows) // 2
    left, right = _subsets(rows[:half]), _subsets(rows[half:])
    ways = [
        first + second
        for total, firsts in left.items()
        for first in firsts
        for second in right.get(fen - total, ())
    ]
    return ways[0] if len(ways) == 1 else None


def _subsets(rows: list[_Row]) -> dict[int, list[Ids]]:
    """Sums of some of the rows, each with its first two ways: two are one too many."""
    sums: dict[int, list[Ids]] = {0: [()]}
    for _, fen, id_ in rows:
        for total, ways in list(sums.items()):
            more = [(*way, id_) for way in ways]
            sums[total + fen] = (sums.get(total + fen, []) + more)[:2]
    return sums
