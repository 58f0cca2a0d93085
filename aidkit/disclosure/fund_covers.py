"""What hides a month in which few in all were paid, in statements of longer periods.

All that such a month paid is put together with others of the period; where no other month adds
anything, that sum would be the few's own. So in the nearest month before and in the nearest after
in which something stands by itself, the smallest such figure is put together too. It is so whatever
the period is, since a figure that stands by itself in one statement and not in another would be
their difference. A statement that reaches neither of these months tells nothing by itself: between
them everything is put together, and its total is of enough or it is not published.
"""

from collections.abc import Sequence

import polars as pl

CELL = ["month", "program"]


def least_of(rows: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """How many people the vouchers of each group are of at least.

    Args:
        rows: Columns of `statements.payouts.spent`, and `by`.
        by: What makes a group; all are one where nothing does.

    Returns:
        `by`, `least`, `told` (whether there is any sum) and `fen`.

    Who got nothing in the end does not count; nor, where others were paid, who got goods that
    nobody valued: no sum is theirs. Those without a number may be the same every time.
    """
    of = [*by, "whole"]
    named, moved = pl.col("person_no") != "", pl.col("fen") != 0
    each = (
        rows.with_columns(
            whole=0, named=named, who=pl.when(named).then("person_no").otherwise("root")
        )
        .group_by(*of, "named", "who")
        .agg(pl.col("fen").sum(), pl.col("people").sum().abs())
        .filter(moved | (pl.col("people") != 0))
    )
    counted = each.filter(moved | ~moved.any().over(of))
    known, unknown = pl.col("named").sum(), pl.col("people").filter(~pl.col("named")).max()
    least = pl.max_horizontal(known.cast(pl.Int64), unknown.fill_null(0))
    sums = {"told": moved.any(), "fen": pl.col("fen").sum()}
    return counted.group_by(of).agg(least=least, **sums).drop("whole")


def smallest(cells: pl.DataFrame) -> pl.DataFrame:
    """Of each month the cell with the smallest sum; one without a sum only where no other is.

    Args:
        cells: `CELL`, `told` and `fen`.
    """
    # Where no sum is told there is none to hide behind.
    order = pl.col("month"), ~pl.col("told"), pl.col("fen").abs(), pl.col("program")
    return cells.sort(order).unique("month", keep="first", maintain_order=True)


def covers(rows: pl.DataFrame, hidden: pl.DataFrame, threshold: int) -> pl.DataFrame:
    """What else is put together, because in some month few in all were paid.

    Args:
        rows: Columns of `statements.payouts.spent` and `month`, of all months of the book.
        hidden: `CELL` of what is put together anyway.
        threshold: How many are enough.

    Returns:
        `CELL`, each once.
    """
    together = rows.join(hidden, on=CELL, how="semi")
    short = least_of(together, ["month"]).filter("told", pl.col("least") < threshold)
    if short.is_empty():
        return hidden.clear()
    alone = least_of(rows.join(hidden, on=CELL, how="anti"), CELL).filter("told")
    nearest = dict(smallest(alone).select(CELL).iter_rows())
    months = rows["month"].unique().sort().to_list()
    found: dict[tuple[object, ...], None] = {}
    for month in short["month"].sort():
        at = months.index(month)
        for way in (months[at::-1], months[at:]):
            place = next((n for n, one in enumerate(way) if one in nearest), None)
            if place is not None and not _enough(together, way[:place], threshold):
                found[way[place], nearest[way[place]]] = None
    return pl.DataFrame([*found], schema=hidden.schema, orient="row")


def _enough(together: pl.DataFrame, months: Sequence[object], threshold: int) -> bool:
    """Whether what is put together in some months is of enough people without more."""
    within = together.filter(pl.col("month").is_in([*months]))
    return bool((least_of(within, [])["least"] >= threshold).all())
