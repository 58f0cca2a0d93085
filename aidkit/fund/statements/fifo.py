"""First in, first out: which of what came in paid for which of what went out."""

from collections.abc import Sequence

import polars as pl

KEY = pl.UInt32
"""Type of the row numbers that are matched."""


def matched(came: pl.DataFrame, went: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Match sums in their order within each group, all rows at once.

    Both sides are laid end to end on one line; every stretch between two ends belongs to one row
    of each.

    Args:
        came: Columns `by` (never null) and `fen` (above 0), in the order to be used up.
        went: The same of what uses it up.
        by: Columns of the group.

    Returns:
        One row for each pair that shares money: `came` and `went` (row numbers in the arguments,
        null where the other side has no more) and `fen`, which sums to the longer side's fen.
    """
    groups = (
        pl.concat([came.select(*by), went.select(*by)]).unique().sort(*by).with_row_index("group")
    )
    sides = [_numbered(side, groups, by) for side in (came, went)]
    totals = [side.group_by("group").agg(pl.col("fen").sum()) for side in sides]
    gaps = groups.select("group")
    for total, name in zip(totals, ("came", "went"), strict=True):
        gaps = gaps.join(total.rename({"fen": name}), on="group", how="left")
    short = gaps.fill_null(0).with_columns(gap=pl.col("came") - pl.col("went"))
    ends = [
        _ends(side, short.select("group", fen=sign * pl.col("gap")), name)
        for side, sign, name in ((sides[0], -1, "came"), (sides[1], 1, "went"))
    ]
    bounds = pl.concat([end.select("end") for end in ends]).unique().sort("end")
    stretches = bounds.with_columns(fen=pl.col("end") - pl.col("end").shift(1, fill_value=0))
    for end in ends:
        stretches = stretches.join_asof(end, on="end", strategy="forward")
    return stretches.select("came", "went", "fen")


def shared(
    came: pl.DataFrame, went: pl.DataFrame, by: Sequence[str], names: tuple[str, str]
) -> pl.DataFrame:
    """`matched`, with what rows are called in the place of their numbers.

    Args:
        came: See `matched`; and the column of the first name.
        went: See `matched`; and the column of the second name.
        by: Columns of the group.
        names: What rows of either side are called in.
    """
    columns = [*by, "fen"]
    pairs = matched(came.select(columns), went.select(columns), by)
    called = came.select(names[0]).with_row_index("came"), went.select(names[1])
    return (
        pairs.join(called[0], on="came", how="left")
        .join(called[1].with_row_index("went"), on="went", how="left")
        .select(*names, "fen")
    )


def left_of(side: pl.DataFrame, taken: pl.DataFrame, name: str) -> pl.DataFrame:
    """What of a side is not yet shared, in its order.

    Args:
        side: Column `fen`, and what its rows are called in.
        taken: Rows of `shared`.
        name: The column in which rows are called.
    """
    gone = taken.group_by(name).agg(gone=pl.col("fen").sum())
    rest = side.join(gone, on=name, how="left", maintain_order="left")
    less = pl.col("fen") - pl.col("gone").fill_null(0)
    return rest.with_columns(fen=less).filter(pl.col("fen") > 0).drop("gone")


def _numbered(side: pl.DataFrame, groups: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    rows = side.select(*by, pl.col("fen").cast(pl.Int64)).with_row_index("row")
    return rows.join(groups, on=list(by)).select("group", pl.col("row").cast(KEY), "fen")


def _ends(side: pl.DataFrame, gaps: pl.DataFrame, name: str) -> pl.DataFrame:
    """Where each row ends on the line; a row without a number fills what the side lacks."""
    pads = gaps.filter(pl.col("fen") > 0).select("group", pl.lit(None, KEY).alias("row"), "fen")
    rows = pl.concat([side, pads]).sort("group", "row", nulls_last=True)
    return rows.select(pl.col("fen").cum_sum().alias("end").set_sorted(), pl.col("row").alias(name))
