"""How far the totals of an exam can be trusted: estimated where the results allow it."""

import polars as pl

from aidkit.progress.coded import coded, coded_like, spelled
from aidkit.progress.settings import ProgressSettings

UNIT = ("exam", "exam_date", "unit", "grade")
"""What names those who are standardised together: see `with_unit`."""

LEAST, MOST = 0.3, 0.98
"""Estimates are kept in these bounds: a paper of a whole grade is never worse or better, and
an estimate outside them only says that few pupils sat it or that they hardly differed."""


def with_unit(frame: pl.DataFrame, settings: ProgressSettings) -> pl.DataFrame:
    """Add `unit`: the school whose grade an exam is compared in, empty for the whole county."""
    wide = pl.col("exam").is_in(list(settings.county_wide))
    return frame.with_columns(unit=pl.when(wide).then(pl.lit("")).otherwise("school_code"))


def reliability(
    sittings: pl.DataFrame, results: pl.DataFrame, settings: ProgressSettings
) -> pl.DataFrame:
    """Reliability of the total of each exam in each unit: the share of its variance without error.

    Cronbach's alpha over the subjects; of an exam of one subject the mean correlation with the
    exams next to it; where there are too few pupils for either, or the settings ask for no
    estimate, what the settings declare for the stage. Alpha counts as error what is true of one
    subject alone, and a neighbouring exam what has truly changed since: both are cautious.

    Args:
        sittings: `tables.progress.Sittings`.
        results: `tables.progress.Results` of the same exams.
        settings: Declared figures.

    Returns:
        The columns `UNIT`, `reliability`, `reliability_source` (`alpha`, `neighbour`, `declared`),
        and `error`: the variance of the error in `z`.
    """
    columns = ("exam", "exam_date", "school_code", "grade", "student_no", "total", "z")
    placed = with_unit(sittings.select(columns), settings).drop("school_code")
    scored = placed.filter(pl.col("z").is_not_null())
    units = scored.group_by(UNIT).agg(
        pl.len().alias("pupils"),
        pl.col("z").var().alias("_spread"),
        pl.col("total").var().alias("_total"),
    )
    declared = {
        grade: settings.declared_reliability(grade) for grade in units["grade"].unique().to_list()
    }
    units = units.with_columns(
        _declared=pl.col("grade").replace_strict(declared, return_dtype=pl.Float64),
        alpha=pl.lit(None, pl.Float64),
        neighbour=pl.lit(None, pl.Float64),
    )
    if settings.estimate_reliability:
        subjects = _subjects(placed.filter(pl.col("z").is_null()), with_unit(results, settings))
        units = _with_alpha(units.drop("alpha"), subjects, settings)
        lacking = scored.join(units.filter(pl.col("alpha").is_null()), on=UNIT, how="semi")
        units = units.drop("neighbour").join(
            spelled(neighbours(coded(scored.join(lacking, on="student_no", how="semi")), settings)),
            on=UNIT,
            how="left",
        )
    names = ("alpha", "neighbour")
    known = [pl.when(pl.col(name).is_not_null()).then(pl.lit(name)) for name in names]
    estimate = pl.coalesce(names).clip(LEAST, MOST)
    share = pl.coalesce(estimate, "_declared").round(9)
    return units.select(
        *UNIT,
        reliability=share,
        reliability_source=pl.coalesce(*known, pl.lit("declared")),
        error=((1 - share) * pl.col("_spread").fill_null(0.0)).round(9),
    )


def _subjects(without: pl.DataFrame, results: pl.DataFrame) -> pl.DataFrame:
    """Subjects that everybody with a total sat: `UNIT`, `parts` and their summed `variance`.

    Args:
        without: Sittings without a total.
        results: `tables.progress.Results` with `unit`.
    """
    n = pl.col("n")
    marks = coded(results.select(*UNIT, "student_no", "subject", "score"))
    if without.height:
        keys = ["exam", "exam_date", "student_no"]
        marks = marks.join(coded_like(without.select(keys), marks), on=keys, how="anti")
    return spelled(
        marks.lazy()
        .filter(pl.col("score").is_not_null())
        .group_by(*UNIT, "subject")
        .agg(pl.len().alias("n"), pl.col("score").var().alias("variance"))
        .filter(n == n.max().over(UNIT))
        .sort(*UNIT, "subject")
        .group_by(UNIT)
        .agg(pl.len().cast(pl.Float64).alias("parts"), pl.col("variance").sum())
        .collect(engine="streaming")
    )


def _with_alpha(
    units: pl.DataFrame, subjects: pl.DataFrame, settings: ProgressSettings
) -> pl.DataFrame:
    """Add Cronbach's `alpha`; null for one subject, few pupils, or totals that are all equal."""
    parts, total = pl.col("parts"), pl.col("_total")
    told = (parts >= 2) & (pl.col("pupils") >= settings.least_pupils) & (total > 0)
    return units.join(subjects, on=UNIT, how="left").with_columns(
        alpha=pl.when(told).then(parts / (parts - 1) * (1 - pl.col("variance") / total))
    )


def neighbours(scored: pl.DataFrame, settings: ProgressSettings) -> pl.DataFrame:
    """Mean correlation of each exam with those that its pupils sat just before and just after.

    `UNIT` and `neighbour`.
    """
    ordered = scored.sort("student_no", "exam_date", "exam")
    found = [
        ordered.with_columns(
            *(
                pl.col(name).shift(step).over("student_no").alias(f"next_{name}")
                for name in ("exam", "exam_date", "z")
            )
        )
        .drop_nulls("next_z")
        .group_by(*UNIT, "next_exam", "next_exam_date")
        .agg(pl.corr("z", "next_z").alias("found"), pl.len().alias("n"))
        for step in (1, -1)
    ]
    return (
        pl.concat(found)
        .filter(pl.col("n") >= settings.least_pupils, pl.col("found").is_finite())
        .sort(*UNIT, "next_exam_date", "next_exam")
        .group_by(UNIT)
        .agg(pl.col("found").mean().alias("neighbour"))
    )
