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
    nobody valued: no sum is theirs. Those without a number may be the same every time. Nor does who
    gave back, or was corrected, what another group paid: together with it no sum is theirs. What
    comes back without a number may be all of any voucher that is no more, and who gives back may be
    one of those without a number.
    """
    of = [*by, "whole"]
    named, moved, got = pl.col("person_no") != "", pl.col("fen") != 0, pl.col("got")
    rows = rows.with_columns(whole=0)
    here = pl.col("sign").max().over(*of, "root") > 0
    each = (
        rows.with_columns(
            named=named,
            who=pl.when(named).then("person_no").otherwise("root"),
            got=pl.when(here).then("fen").otherwise(0),
        )
        .group_by(*of, "named", "who")
        .agg(pl.col("fen").sum(), pl.col("people").sum(), got.sum())
        .filter(moved | (pl.col("people") != 0))
    )
    known, unpaid, back = pl.col("named"), ~moved.any(), got < 0
    returned = -got.filter(~known & back).sum()
    alike = pl.col("people").abs().filter(~known, unpaid | (got > returned)).max().fill_null(0)
    least = pl.max_horizontal(
        (known & (unpaid | (got > 0))).sum().cast(pl.Int64),
        alike + pl.col("people").filter(back).sum(),
    )
    sums = {"told": moved.any(), "fen": pl.col("fen").sum()}
    return each.group_by(of).agg(least=least, **sums).drop("whole")


def smallest_first(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells by month, the smallest sum first; those without a sum only after all others.

    Args:
        cells: `CELL`, `told` and `fen`.
    """
    # Where no sum is told there is none to hide behind.
    return cells.sort(pl.col("month"), ~pl.col("told"), pl.col("fen").abs(), pl.col("program"))


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
    standing = smallest_first(alone).select(CELL)
    months = rows["month"].unique().sort()
    found = [hidden.clear()]
    for month in short["month"]:
        for way in (months.filter(months <= month).reverse(), months.filter(months >= month)):
            found.append(_cover(rows, hidden, standing, way, threshold))
    return pl.concat(found).unique().sort(CELL)


def _cover(
    rows: pl.DataFrame,
    hidden: pl.DataFrame,
    standing: pl.DataFrame,
    way: pl.Series,
    threshold: int,
) -> pl.DataFrame:
    """What of `standing` is put together too, from the first month of a way on, until it is enough.

    One is, but where it was taken back within the way.
    """
    added = hidden.clear()
    for at, month in enumerate(way):
        within = way[: max(at, 1)]
        for cell in standing.filter(month=month).iter_slices(1):
            together = rows.join(pl.concat([hidden, added]), on=CELL, how="semi")
            of_way = together.filter(pl.col("month").is_in(within.implode()))
            if least_of(of_way, [])["least"].sum() >= threshold:
                return added
            added, within = pl.concat([added, cell]), way[: at + 1]
    return added
