"""Whether the columns restricted and unrestricted of a year tell what few people got.

They take apart what other statements tell as one sum: of a program in a month, or of 其他资助. They
are one equation more, in which each sum that is of both sides leaves one of its sides at least,
whatever is added or taken off. So they tell of nobody where some sum has enough people on either
side, of whom nothing is taken back in a later month; or where no sum has both sides. How many the
sides are of in all of the year says nothing: the sums of other months can be taken off.
"""

import polars as pl

from aidkit.disclosure.fund_covers import CELL, least_of
from aidkit.tables.disclosed_notes import OTHER


def sides_tell(rows: pl.DataFrame, threshold: int) -> bool:
    """Whether the columns have to be withheld.

    Args:
        rows: `fund_months.payouts_by_month` of the year.
        threshold: How many people are enough.
    """
    shown = pl.when("hidden").then(pl.lit(OTHER)).otherwise("program")
    sides = least_of(rows.with_columns(program=shown), [*CELL, "restricted"]).filter("told")
    both = sides.group_by(CELL).agg(pl.len(), pl.min("least")).filter(pl.col("len") == 2)
    undone = (pl.col("fen") < 0) | (pl.col("sign") < 0)
    since = pl.col("month").filter(undone).max().fill_null(pl.col("month").min())
    kept = pl.col("month") >= pl.lit(rows.select(since).item(), pl.Date)
    if not both.filter(kept, pl.col("least") >= threshold).is_empty():
        return False
    return not both.is_empty() or _months_are_one(rows, sides, threshold)


def _months_are_one(rows: pl.DataFrame, sides: pl.DataFrame, threshold: int) -> bool:
    """Whether 其他资助 is of both sides only with the months beside one of few in all."""
    other = sides.filter(program=OTHER)
    months = least_of(rows.filter("hidden"), ["month"]).filter("told")
    return other["restricted"].n_unique() == 2 and bool((months["least"] < threshold).any())
