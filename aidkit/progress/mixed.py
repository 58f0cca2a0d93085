"""What is known of a learner from before: the baseline and the choice exam, in the best mix."""

import polars as pl

LEAST_MIXED = 10
"""Pupils with both that a unit must have for its own mix; with fewer the baseline stands alone."""

NOTHING = 1e-6
"""Of exams as like as this nobody can say which tells more."""


def mixed(pupils: pl.DataFrame) -> pl.DataFrame:
    """Mix the baseline with the choice exam, so that choosing by it does not bias growth.

    The group is chosen on one exam, C, and the baseline B are others. Growth as the residual on B
    alone is blind to B, not to C: of two pupils alike in B, the one who was worse at C is truly
    worse, so that the group as a whole seems to fall behind. With B = T + e, C = T + f, the
    reliability ρ of B and the slope β of the error-free scores, its mean is off by

        E[g − r | chosen on C] = β · (1 − ρ) · E[T | chosen on C],

    which is 0.06 to 0.14 standard deviations in the simulation. The residual of the regression on
    both is blind to both, and what is chosen on C is no longer off (Lord 1960, Large-sample
    covariance analysis when the control variable is fallible, JASA 55, 307–321; Cochran 1968,
    Errors of measurement in statistics, Technometrics 10, 637–666). By least squares

        b_B = (S_CC S_By − S_BC S_Cy) ÷ D,  b_C = (S_BB S_Cy − S_BC S_By) ÷ D,
        D = S_BB S_CC − S_BC²,  w = b_C ÷ (b_B + b_C),

    and M = (1 − w) · B + w · C is one predictor that has both. w is kept from 0 to 1: no exam
    counts against a pupil. The errors of exams being independent, that of M has the variance
    (1 − w)² · Var e_B + w² · Var e_C. Who missed the choice exam has B alone and its error.

    Args:
        pupils: One row per pupil: `unit`, `baseline`, `outcome`, `baseline_error`, and `choice`
            and `choice_error`, null for who missed it.

    Returns:
        The rows with `choice_weight` (w), `earlier` (M) and `earlier_error`, the variance of the
        error in it.
    """
    both = pl.col("choice").is_not_null()
    weights = _weights(pupils.filter(both))
    weight = pl.when(both).then(pl.col("choice_weight").fill_null(0.0)).otherwise(0.0)
    return (
        pupils.join(weights, on="unit", how="left", maintain_order="left")
        .with_columns(choice_weight=weight)
        .with_columns(
            earlier=_of_both("baseline", "choice", 1),
            earlier_error=_of_both("baseline_error", "choice_error", 2),
        )
    )


def _of_both(baseline: str, choice: str, power: int) -> pl.Expr:
    weight = pl.col("choice_weight")
    return (1 - weight).pow(power) * pl.col(baseline) + weight.pow(power) * pl.col(
        choice
    ).fill_null(0.0)


def _weights(pupils: pl.DataFrame) -> pl.DataFrame:
    """`unit` and `choice_weight`, for units that have one of their own."""
    b, c, y = "baseline", "choice", "outcome"
    sums = pupils.group_by("unit").agg(
        pl.len().alias("n"),
        **{"bb": pl.col(b).var(ddof=0), "cc": pl.col(c).var(ddof=0)},
        **{"bc": pl.cov(b, c, ddof=0), "by": pl.cov(b, y, ddof=0), "cy": pl.cov(c, y, ddof=0)},
    )
    apart = pl.col("bb") * pl.col("cc") - pl.col("bc").pow(2)
    of_b = pl.col("cc") * pl.col("by") - pl.col("bc") * pl.col("cy")
    of_c = pl.col("bb") * pl.col("cy") - pl.col("bc") * pl.col("by")
    told = (
        (pl.col("n") >= LEAST_MIXED)
        & (apart > NOTHING * pl.col("bb") * pl.col("cc"))
        & (of_b + of_c > NOTHING)
    )
    return sums.filter(told).select("unit", choice_weight=(of_c / (of_b + of_c)).clip(0.0, 1.0))
