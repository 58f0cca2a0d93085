"""From growth and its standard error to an interval and a word, or why there is none."""

from statistics import NormalDist

import polars as pl

from aidkit.progress.settings import ProgressSettings

BANDS = ("clearly_better", "better", "steady", "attention", "not_assessed")
REASONS = ("withdrawn", "no_outcome", "no_baseline", "few_exams", "few_pupils")
"""Why nothing is said of a learner; the first that holds is given."""


def interval(confidence: float) -> float:
    """Standard errors on either side that make an interval of this confidence, 0 to 1."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def band(settings: ProgressSettings) -> pl.Expr:
    """Word for `growth`, beyond so many `sem` as the settings say; null is `not_assessed`."""
    growth, sem = pl.col("growth"), pl.col("sem")
    return (
        pl.when(growth.is_null())
        .then(pl.lit("not_assessed"))
        .when(growth > settings.prize_z * sem)
        .then(pl.lit("clearly_better"))
        .when(growth > settings.band_z * sem)
        .then(pl.lit("better"))
        .when(growth < -settings.band_z * sem)
        .then(pl.lit("attention"))
        .otherwise(pl.lit("steady"))
    )


def reason(settings: ProgressSettings) -> pl.Expr:
    """Why a learner is not assessed, null for who may be.

    From `outcome_state`, `outcome_z`, `baseline_exams` and `line_pupils`, the number of pupils
    whom a line could be drawn through.
    """
    exams = pl.col("baseline_exams")
    return (
        pl.when(pl.col("outcome_state") == "withdrawn")
        .then(pl.lit("withdrawn"))
        .when(pl.col("outcome_z").is_null())
        .then(pl.lit("no_outcome"))
        .when(exams == 0)
        .then(pl.lit("no_baseline"))
        .when(exams + 1 < settings.least_exams)
        .then(pl.lit("few_exams"))
        .when(pl.col("line_pupils") < settings.least_pupils)
        .then(pl.lit("few_pupils"))
    )
