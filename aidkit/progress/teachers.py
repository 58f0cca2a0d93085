"""Teachers who help learners one to one: who was turned round, what they reached, prizes."""

import polars as pl

from aidkit.progress.bands import interval
from aidkit.progress.group import inside_entry
from aidkit.progress.prizes import with_prizes
from aidkit.progress.roles import EXAM
from aidkit.progress.settings import PRIZES, ProgressSettings
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
    shares this prize, since the results do not tell the two apart. Help logged stands beside.

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
        pairs.group_by("teacher_no", "student_no")
        .agg(pl.col("school_code").min(), pl.col("paired_on").min())
        .sort("teacher_no", "student_no")
    )
    spread = pl.col("growth").pow(2).mean().over("school_code", "grade")
    growth = progress.select("student_no", "growth", spread=spread)
    turned = turned_round(pairs, progress, sittings, settings)
    logged = (
        sessions.join(pairs, on=["teacher_no", "student_no"], how="semi")
        .group_by("teacher_no")
        .agg(pl.len().alias("sessions"))
    )
    far = interval(settings.confidence) * pl.col("error")
    results = (
        pairs.join(growth, on="student_no", how="left", maintain_order="left")
        .join(turned, on=["teacher_no", "student_no"], how="left", maintain_order="left")
        .group_by("teacher_no")
        .agg(
            pl.col("school_code").min(),
            pl.col("growth").count().alias("pupils"),
            pl.col("turned").fill_null(value=False).sum().alias("turned_round"),
            pl.col("growth").mean().round(DIGITS),
            (
                pl.col("spread").filter(pl.col("growth").is_not_null()).sum().sqrt()
                / pl.col("growth").count()
            ).alias("error"),
        )
        .join(logged, on="teacher_no", how="left")
        .with_columns(
            low=(pl.col("growth") - far).round(DIGITS),
            high=(pl.col("growth") + far).round(DIGITS),
            sessions=pl.col("sessions").fill_null(0),
        )
    )
    return TeacherResults.validate(
        _with_shared_prizes(results, settings)
        .select(TeacherResults.column_names())
        .sort("teacher_no"),
        cast=True,
    )


def turned_round(
    pairs: pl.DataFrame, progress: pl.DataFrame, sittings: pl.DataFrame, settings: ProgressSettings
) -> pl.DataFrame:
    """Pairs whose pupil was turned round: `teacher_no`, `student_no` and `turned`, always true.

    The pupil was looked after, or inside the entry criterion at the choice exam, and is outside
    it at two successive exams after that and not before the pair began. An exam missed in between
    ends a row: what is unknown is never counted as reached.
    """
    placed = inside_entry(sittings, EXAM, settings)
    choice = (
        placed.filter(pl.col("role") == "choice")
        .group_by("student_no")
        .agg(pl.col("exam_date").max().alias("chosen_on"), pl.col("inside").any().alias("entry"))
    )
    helped = (
        pairs.join(progress.select("student_no", "in_group"), on="student_no")
        .join(choice, on="student_no", how="left", maintain_order="left")
        .filter(pl.col("in_group") | pl.col("entry").fill_null(value=False))
    )
    pair = ("teacher_no", "student_no")
    return (
        helped.join(placed, on="student_no")
        .filter(
            pl.col("exam_date") > pl.col("chosen_on").fill_null(pl.col("paired_on")),
            pl.col("exam_date") >= pl.col("paired_on"),
        )
        .sort(*pair, "exam_date", "exam")
        .with_columns(outside=~pl.col("inside").fill_null(value=True))
        .with_columns(again=pl.col("outside").shift(1).over(pair).fill_null(value=False))
        .group_by(pair)
        .agg((pl.col("outside") & pl.col("again")).any().alias("turned"))
        .filter("turned")
    )


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
