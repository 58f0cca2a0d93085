"""Where the documents' rule and the fair measure say different things of a learner."""

import polars as pl

from aidkit.tables.progress import Disagreements

VERDICTS = ("both", "neither", "rank_only", "fair_only", "not_assessed")


def disagreements(progress: pl.DataFrame) -> pl.DataFrame:
    """Everybody of the group with the word of both rules, those they differ about first.

    Who could not be ordered or not be measured is `not_assessed`: no rule was asked.

    Args:
        progress: `tables.progress.Progress`.

    Returns:
        `tables.progress.Disagreements`; `rank_only` first, who rose furthest on top.
    """
    by_rank, by_growth = pl.col("rank_prize") != "none", pl.col("fair_prize") != "none"
    unknown = pl.col("rank_change").is_null() | (pl.col("band") == "not_assessed")
    verdict = (
        pl.when(unknown)
        .then(pl.lit("not_assessed"))
        .when(by_rank & by_growth)
        .then(pl.lit("both"))
        .when(by_rank)
        .then(pl.lit("rank_only"))
        .when(by_growth)
        .then(pl.lit("fair_only"))
        .otherwise(pl.lit("neither"))
    )
    order = ("rank_only", "fair_only", "both", "neither", "not_assessed")
    found = (
        progress.filter("in_group")
        .with_columns(verdict=verdict)
        .select(Disagreements.column_names())
        .sort(
            *("school_code", "grade"),
            pl.col("verdict").replace_strict(order, range(len(order)), return_dtype=pl.Int8),
            -pl.col("rank_change"),
            "class_name",
            "student_no",
        )
    )
    return Disagreements.validate(found, cast=True)
