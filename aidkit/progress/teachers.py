"""Teachers who help learners one to one: who was turned round, what they reached, prizes."""

from typing import Any

import polars as pl

from aidkit.progress.bands import interval
from aidkit.progress.prizes import with_prizes
from aidkit.progress.settings import PRIZES, ProgressSettings
from aidkit.progress.teacher_luck import prize_by_luck
from aidkit.progress.turned_round import PAIR, turned_round
from aidkit.tables.progress import TeacherResults

DIGITS = 9


def teacher_results(
    pairs: pl.DataFrame,
    progress: pl.DataFrame,
    sittings: pl.DataFrame,
    sessions: pl.DataFrame,
    settings: ProgressSettings,
) -> pl.DataFrame:
    """What the pupils of each helper reached, with its uncertainty, and the prizes of a school.

    Mean growth has the interval that chance leaves open: growth differs between the pupils of a
    grade by error and by all that has nothing to do with one helper, and with one or two pupils
    most of it does not average out. Its standard error is √Σ s² ÷ n with s² the mean square of
    growth in the pupil's grade. Prizes go by pupils turned round, then by mean growth, in declared
    shares of those who have either; whose interval reaches that of the last winner of a prize
    shares this prize, since the results do not tell the two apart. Help logged stands beside, and
    the chance of a prize for who helped as many and changed nothing, with exams as reliable as
    declared. A pair that began less than the declared days before the pupil's last exam of the
    term counts for nothing in it.

    Args:
        pairs: `teacher_no`, `school_code` (of the teacher) and `student_no`, and `paired_on`;
            a pair may be there more than once, for instance for two subjects.
        progress: `tables.progress.Progress` of the term.
        sittings: `tables.progress.Sittings` that it was made from.
        sessions: `teacher_no` and `student_no`, one row per session logged.
        settings: Declared figures.

    Returns:
        `tables.progress.TeacherResults`, by teacher_no.
    """
    pairs = (
        pairs.group_by(PAIR).agg(pl.col("school_code").min(), pl.col("paired_on").min()).sort(PAIR)
    )
    helped = _long_enough(pairs, sittings, settings)
    spread = pl.col("growth").pow(2).mean().over("school_code", "grade")
    declared = {grade: settings.declared_reliability(grade) for grade in progress["grade"].unique()}
    reliability = pl.col("grade").replace_strict(declared, default=None, return_dtype=pl.Float64)
    growth = progress.select("student_no", "growth", spread=spread, reliability=reliability)
    logged = (
        sessions.join(pairs, on=PAIR, how="semi")
        .group_by("teacher_no")
        .agg(pl.len().alias("sessions"))
    )
    known = pl.col("growth").is_not_null()
    found = (
        helped.join(growth, on="student_no", how="left", maintain_order="left")
        .join(turned_round(helped, progress, sittings, settings), on=PAIR, how="left")
        .sort(PAIR)
        .group_by("teacher_no")
        .agg(
            known.sum().alias("pupils"),
            pl.col("turned").count().alias("inside"),
            pl.col("exams").max(),
            pl.col("reliability").min(),
            pl.col("turned").fill_null(value=False).sum().alias("turned_round"),
            pl.col("growth").mean().round(DIGITS),
            (pl.col("spread").filter(known).sum().sqrt() / known.sum()).alias("error"),
        )
    )
    far = interval(settings.confidence) * pl.col("error")
    nothing = ("pupils", "inside", "exams", "turned_round", "sessions")
    results = (
        pairs.group_by("teacher_no")
        .agg(pl.col("school_code").min())
        .join(found, on="teacher_no", how="left")
        .join(logged, on="teacher_no", how="left")
        .with_columns(pl.col(nothing).fill_null(0))
        .with_columns(
            low=(pl.col("growth") - far).round(DIGITS),
            high=(pl.col("growth") + far).round(DIGITS),
            luck=_luck(settings),
        )
    )
    return TeacherResults.validate(
        _with_shared_prizes(results, settings)
        .select(TeacherResults.column_names())
        .sort("teacher_no"),
        cast=True,
    )


def _long_enough(
    pairs: pl.DataFrame, sittings: pl.DataFrame, settings: ProgressSettings
) -> pl.DataFrame:
    """Pairs that began the declared days or more before the pupil's last exam of the term."""
    outcome = sittings.filter(pl.col("role") == "outcome")
    last = outcome.group_by("student_no").agg(pl.col("exam_date").max().alias("last_on"))
    begun = pl.col("paired_on") + pl.duration(days=settings.least_days_helped)
    return pairs.join(last, on="student_no").filter(begun <= pl.col("last_on")).drop("last_on")


def _luck(settings: ProgressSettings) -> pl.Expr:
    """Chance of a prize if help did nothing, from a helper's own numbers."""

    def chance(row: dict[str, Any]) -> float:
        told = row["pupils"], row["inside"], row["exams"], row["reliability"] or 0.0
        return prize_by_luck(*told, settings.entry_share)

    asked = pl.struct("pupils", "inside", "exams", "reliability")
    return asked.map_elements(chance, return_dtype=pl.Float64).round(DIGITS)


def _with_shared_prizes(results: pl.DataFrame, settings: ProgressSettings) -> pl.DataFrame:
    school = ["school_code"]
    reached = (pl.col("turned_round") > 0) | (pl.col("growth") > 0).fill_null(value=False)
    order = pl.struct("turned_round", pl.col("growth").fill_null(float("-inf")))
    earned = results.filter(reached).with_columns(order=order.rank("dense").cast(pl.Int64))
    given = with_prizes(earned, school, "order", settings.teacher_prizes, settings.ties)
    shared = pl.col("prize")
    for better in reversed(PRIZES[:-1]):
        won = pl.col("prize") == better
        last = won & (pl.col("order") == pl.col(f"last_{better}"))
        given = given.with_columns(
            pl.col("order").filter(won).min().over(school).alias(f"last_{better}")
        ).with_columns(pl.col("low").filter(last).min().over(school).alias(f"border_{better}"))
        reaches = (pl.col("order") < pl.col(f"last_{better}")) & (
            pl.col("high") >= pl.col(f"border_{better}")
        )
        shared = pl.when(reaches).then(pl.lit(better)).otherwise(shared)
    prizes = given.select("teacher_no", prize=shared)
    return results.join(prizes, on="teacher_no", how="left").with_columns(
        pl.col("prize").fill_null("none")
    )
