"""The fair measure: what a learner reached beyond what the baseline let expect, and its error."""

import polars as pl

CLASS = ("unit", "class_unit")
LEAST_OF_CLASS = 3
"""A straight line through fewer pupils of a class says nothing of its slope."""

LEAST_SHARE = 0.1
"""Of the baseline's variance at least so much is taken to be true."""

NOTHING = 1e-12
"""Sums of squares up to this are 0 but for the last bits."""


def residual_gain(pupils: pl.DataFrame) -> pl.DataFrame:
    """Growth of each pupil against a line through the unit, with its standard error.

    One line per unit, growth = outcome − (a + b · baseline), turned a little for each class: the
    slope of a class is shrunk to the unit's by empirical Bayes, weight = τ² ÷ (τ² + se²), where
    τ² is the variance of true class slopes by the method of moments. All lines of a unit cross
    at its means, so that what a whole class gains stays visible as growth.

    The standard error is that of the growth g as an estimate of the residual r of error-free
    scores. Write B = T_b + e_b for the baseline (in a run what `mixed` makes of
    it), Y = T_y + e_y for the outcome, ρ_b for the share of true variance in B. The observed slope
    b is smaller than the true one, β = b ÷ ρ_b, so

        r = T_y − β · T_b,    g = Y − b · B,    δ = g − r = e_y − b · e_b + (β − b) · T_b,

    and over pupils the three parts are uncorrelated:

        v = Var δ = Var e_y + b² · Var e_b + (β − b)² · Var T_b.

    With equal numbers of baseline exams, Var e_b = (1 − ρ_b) · Var B and Var T_b = ρ_b · Var B,
    this is Var e_y + b² · Var B · (1 − ρ_b) ÷ ρ_b. Here Var e_b is the pupil's own: who sat fewer
    exams has a larger one. Var T_b is the observed variance less the mean error, which is the
    Spearman-Brown reliability where exams are alike, and stays right where they are not.

    The line is itself estimated, with the pupil among the points. Its error at the pupil is
    Σ h_ij ε_j with the leverages h and ε = r + δ; since Cov(δ, r) = 0,

        Var(δ_i − Σ h_ij ε_j) = v − 2 h v + h (v + Var r) = v (1 − h) + h · Var r,

    and what the turned slope of the class leaves open, weight · se² · (B_i − mean)², is added.
    This holds over the pupils of a grade, not for each true starting level.

    Args:
        pupils: One row per pupil without nulls: `unit` and `class_unit` (who shares a line and
            who a slope), `baseline`, `outcome`, `baseline_error`, `outcome_error` (variances of
            the errors in them).

    Returns:
        The rows with `pupils` (n of the line), `slope`, `expected`, `growth`, `sem`.
    """
    x, y = pl.col("baseline"), pl.col("outcome")
    n = pl.len().cast(pl.Float64)
    lines = (
        pupils.group_by("unit")
        .agg(
            pl.len().cast(pl.Int64).alias("pupils"),
            x.mean().alias("mean_x"),
            y.mean().alias("mean_y"),
            (n * x.var(ddof=0)).alias("sxx"),
            (n * pl.cov("baseline", "outcome", ddof=0)).alias("sxy"),
            (n * y.var(ddof=0)).alias("syy"),
            pl.col("baseline_error").mean().alias("mean_error"),
            pl.col("outcome_error").mean().alias("mean_outcome_error"),
        )
        .with_columns(line_slope=_ratio("sxy", "sxx"))
        .with_columns(
            residual=(
                (pl.col("syy") - pl.col("line_slope") * pl.col("sxy")) / _at_least_one()
            ).clip(0.0)
        )
    )
    of_class = _class_slopes(pupils, lines)
    slope = pl.col("line_slope") + pl.col("turned").fill_null(0.0)
    away = x - pl.col("mean_x")
    expected = pl.col("mean_y") + slope * away
    return (
        pupils.join(lines, on="unit", how="left", maintain_order="left")
        .join(of_class, on=CLASS, how="left", maintain_order="left")
        .with_columns(slope=slope, expected=expected, growth=y - expected)
        .with_columns(sem=_standard_error(away))
        .select(*pupils.columns, "pupils", "slope", "expected", "growth", "sem")
    )


def _class_slopes(pupils: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """`CLASS`, `turned` (shrunk slope less the unit's) and `open` (variance left in it)."""
    n = pl.len().cast(pl.Float64)
    classes = (
        pupils.group_by(CLASS)
        .agg(
            pl.len().alias("n"),
            (n * pl.col("baseline").var(ddof=0)).alias("class_sxx"),
            (n * pl.cov("baseline", "outcome", ddof=0)).alias("class_sxy"),
        )
        .filter(pl.col("n") >= LEAST_OF_CLASS, pl.col("class_sxx") > NOTHING)
        .join(lines.select("unit", "line_slope", "residual"), on="unit")
        .filter(pl.col("residual") > NOTHING)
    )
    weight = pl.col("weight")
    own = pl.col("class_sxy") / pl.col("class_sxx")
    common = pl.col("class_sxy").sum().over("unit") / pl.col("class_sxx").sum().over("unit")
    # Method of moments of DerSimonian and Laird, with the unit's residual variance for all classes.
    misfit = (weight * (own - common).pow(2)).sum().over("unit")
    free = pl.len().over("unit").cast(pl.Float64) - 1
    scale = weight.sum().over("unit") - _ratio_of(
        weight.pow(2).sum().over("unit"), weight.sum().over("unit")
    )
    between = pl.when(free > 0).then(((misfit - free) / scale).clip(0.0)).otherwise(0.0)
    error = 1 / weight
    share = between / (between + error)
    return (
        classes.with_columns(weight=pl.col("class_sxx") / pl.col("residual"))
        .with_columns(share=share)
        .select(
            *CLASS,
            turned=pl.col("share") * (own - pl.col("line_slope")),
            open=pl.col("share") * error,
        )
    )


def _standard_error(away: pl.Expr) -> pl.Expr:
    slope, pupils = pl.col("slope"), pl.col("pupils")
    variance = pl.col("sxx") / pupils
    true_variance = pl.max_horizontal(variance - pl.col("mean_error"), LEAST_SHARE * variance)
    steeper = slope * (_ratio_of(variance, true_variance) - 1)

    def blurred(baseline_error: str, outcome_error: str) -> pl.Expr:
        own = pl.col(outcome_error) + slope.pow(2) * pl.col(baseline_error)
        return own + steeper.pow(2) * true_variance

    error = blurred("baseline_error", "outcome_error")
    true_residual = (pl.col("residual") - blurred("mean_error", "mean_outcome_error")).clip(0.0)
    leverage = (1 / pupils + _ratio_of(away.pow(2), pl.col("sxx"))).clip(upper_bound=1.0)
    open_slope = pl.col("open").fill_null(0.0) * away.pow(2)
    return (error * (1 - leverage) + leverage * true_residual + open_slope).sqrt()


def _at_least_one() -> pl.Expr:
    return (pl.col("pupils") - 2).clip(1)


def _ratio(above: str, below: str) -> pl.Expr:
    return _ratio_of(pl.col(above), pl.col(below))


def _ratio_of(above: pl.Expr, below: pl.Expr) -> pl.Expr:
    """A ratio, 0 where there is nothing to divide by."""
    return pl.when(below > NOTHING).then(above / below).otherwise(0.0)
