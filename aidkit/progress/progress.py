"""Each learner's term: the documents' rule and the fair measure, side by side; internal."""

import polars as pl

from aidkit.progress.bands import band, interval, reason
from aidkit.progress.comparable import comparable, of_role
from aidkit.progress.mixed import mixed
from aidkit.progress.prizes import with_prizes
from aidkit.progress.rank_rule import rank_rule
from aidkit.progress.reliability import UNIT
from aidkit.progress.residual_gain import residual_gain
from aidkit.progress.settings import ProgressSettings
from aidkit.tables.progress import Progress

PLACE = ("school_code", "grade")
"""Who is ordered with whom, and who competes for the same prizes."""

DIGITS = 9
"""Figures are kept to so many decimals, so that the order of rows cannot show in the last bit."""


def progress(
    sittings: pl.DataFrame,
    reliabilities: pl.DataFrame,
    group: pl.DataFrame,
    settings: ProgressSettings,
    term: str,
) -> pl.DataFrame:
    """Measure everybody who was examined in a term, and reward the group by both rules.

    Args:
        sittings: `tables.progress.Sittings` of this term and earlier ones.
        reliabilities: What `reliability` gives for them.
        group: `student_no` of the learners who are looked after.
        settings: Declared figures.
        term: Term that is looked at, e.g. `2026-autumn`.

    Returns:
        `tables.progress.Progress`, by school, grade, class and student_no.
    """
    pupils = _pupils(sittings, group, term)
    used = comparable(sittings, pupils, settings).join(
        reliabilities.select(*UNIT, "error"), on=UNIT, how="left"
    )
    pupils = (
        pupils.join(_baseline(used), on="student_no", how="left")
        .join(of_role(used, "choice", "z", "total", "error"), on="student_no", how="left")
        .join(of_role(used, "outcome", "z", "total", "state", "error"), on="student_no", how="left")
        .with_columns(pl.col("baseline_exams").fill_null(0))
    )
    measured = _measured(pupils, used, settings)
    pupils = pupils.join(measured, on="student_no", how="left").with_columns(
        line_pupils=pl.col("line_pupils").fill_null(0)
    )
    pupils = _told(pupils.with_columns(reason=reason(settings)), settings)
    return Progress.validate(_rewarded(pupils, settings), cast=True)


def _pupils(sittings: pl.DataFrame, group: pl.DataFrame, term: str) -> pl.DataFrame:
    """Everybody with a sitting in the term, and the group, each where they were last."""
    members = group.select("student_no").unique().with_columns(in_group=pl.lit(value=True))
    days = ("exam_date", "exam")
    return (
        sittings.lazy()
        .select("term", *days, *PLACE, "class_name", "student_no")
        .join(members.lazy(), on="student_no", how="left")
        .filter((pl.col("term") == term) | pl.col("in_group"))
        .sort("student_no", *days)
        .unique("student_no", keep="last")
        .drop(days)
        .collect()
        .with_columns(pl.lit(term).alias("term"), pl.col("in_group").fill_null(value=False))
    )


def _baseline(used: pl.DataFrame) -> pl.DataFrame:
    """One row per learner with a baseline: its mean, its error, how near it is to full marks."""
    n = pl.len()
    return (
        used.filter(pl.col("role") == "baseline", pl.col("z").is_not_null())
        .group_by("student_no")
        .agg(
            n.cast(pl.Int32).alias("baseline_exams"),
            pl.col("z").mean().round(DIGITS).alias("baseline_z"),
            (pl.col("error").sum() / n / n).alias("baseline_error"),
            (pl.col("total") / pl.col("full_total")).mean().round(DIGITS).alias("baseline_share"),
        )
    )


def _measured(pupils: pl.DataFrame, used: pl.DataFrame, settings: ProgressSettings) -> pl.DataFrame:
    """Growth of who has baseline and outcome; schools share a line where all exams are common."""
    common = used.group_by("student_no").agg((pl.col("unit") == "").all().alias("common"))
    whole = pl.col("common").all().over(PLACE)
    known = (
        pupils.filter(
            pl.col("outcome_z").is_not_null(),
            pl.col("baseline_exams") >= max(1, settings.least_exams - 1),
        )
        .join(common, on="student_no", how="left", maintain_order="left")
        .with_columns(
            unit=pl.concat_str(
                pl.when(whole).then(pl.lit("")).otherwise("school_code"), "grade", separator=" "
            ),
            class_unit=pl.concat_str("school_code", "class_name", separator=" "),
            baseline="baseline_z",
            choice="choice_z",
            outcome="outcome_z",
        )
    )
    found = residual_gain(
        mixed(known).select(
            *("student_no", "unit", "class_unit", "outcome", "outcome_error", "choice_weight"),
            baseline="earlier",
            baseline_error="earlier_error",
        )
    )
    enough = pl.col("pupils") >= settings.least_pupils
    figures = {"earlier_z": "baseline", "choice_weight": "choice_weight"}
    figures |= {"slope": "slope", "expected_z": "expected", "growth": "growth", "sem": "sem"}
    return found.select(
        "student_no",
        pl.col("pupils").alias("line_pupils"),
        **{name: pl.when(enough).then(pl.col(of).round(DIGITS)) for name, of in figures.items()},
    )


def _told(pupils: pl.DataFrame, settings: ProgressSettings) -> pl.DataFrame:
    """Interval, band, and whether the baseline left room."""
    far = interval(settings.confidence) * pl.col("sem")
    share = pl.col("baseline_share")
    return pupils.with_columns(
        band=band(settings),
        low=(pl.col("growth") - far).round(DIGITS),
        high=(pl.col("growth") + far).round(DIGITS),
        ceiling=(share >= settings.ceiling_share).fill_null(value=False),
        floor=(share <= settings.floor_share).fill_null(value=False),
    )


def _rewarded(pupils: pl.DataFrame, settings: ProgressSettings) -> pl.DataFrame:
    """Places and prizes of the group by both rules."""
    members = pupils.filter("in_group").with_columns(before="choice_total", now="outcome_total")
    by_rank = rank_rule(members, PLACE, settings.pupil_prizes, settings.ties)
    clear = members.filter(pl.col("band") == "clearly_better")
    by_growth = with_prizes(clear, PLACE, "growth", settings.pupil_prizes, settings.ties)
    return (
        pupils.join(by_rank, on="student_no", how="left")
        .join(by_growth.select("student_no", fair_prize="prize"), on="student_no", how="left")
        .with_columns(pl.col("rank_prize", "fair_prize").fill_null("none"))
        .select(Progress.column_names())
        .sort(*PLACE, "class_name", "student_no")
    )
