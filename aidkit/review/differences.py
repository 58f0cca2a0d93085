"""What a signature no longer covers."""

from typing import Literal

import polars as pl

from aidkit.review.content import KEY, Content

Kind = Literal["changed", "new", "gone"]
"""A part of other decisions than were signed, one that nobody signed, one that is no more."""


def differences(signed: Content, now: Content) -> pl.DataFrame:
    """Hold what was signed against what there is.

    Returns:
        One row is a school and a program whose decisions differ, sorted by these: `school_code`,
        `program_id`, `kind` (see `Kind`), `persons_then`, `persons_now`, `fen_then`, `fen_now`
        (0 where there is no such part). Sums may be the same: then other people get them.
    """
    both = signed.parts.join(
        now.parts, on=KEY, how="full", coalesce=True, suffix="_now", maintain_order="left_right"
    )
    kind = (
        pl.when(pl.col("digest").is_null())
        .then(pl.lit("new"))
        .when(pl.col("digest_now").is_null())
        .then(pl.lit("gone"))
        .otherwise(pl.lit("changed"))
    )
    return (
        both.filter(pl.col("digest").ne_missing(pl.col("digest_now")))
        .select(
            *KEY,
            kind=kind,
            persons_then=pl.col("persons").fill_null(0),
            persons_now=pl.col("persons_now").fill_null(0),
            fen_then=pl.col("fen").fill_null(0),
            fen_now=pl.col("fen_now").fill_null(0),
        )
        .sort(KEY)
    )
