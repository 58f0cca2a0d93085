"""Pairs whose pupil was turned round (转化), and how many exams could have shown it."""

import polars as pl

from aidkit.progress.group import inside_entry
from aidkit.progress.roles import EXAM
from aidkit.progress.settings import ProgressSettings

PAIR = ("teacher_no", "student_no")


def turned_round(
    pairs: pl.DataFrame, progress: pl.DataFrame, sittings: pl.DataFrame, settings: ProgressSettings
) -> pl.DataFrame:
    """Say of every pair whose pupil began inside the entry criterion whether it was turned round.

    The pupil began inside when it was so at the last exam before the pair; where there is none, at
    the first one after. Who was named but stood outside was never to be turned round. It is turned
    round when it is outside at two successive exams of the pair, the first two that are so, and the
    second of them is of the term: a pair counts once. An exam missed in between ends a row: what
    is unknown is never counted as reached.

    Args:
        pairs: `PAIR` and `paired_on`, each pair once.
        progress: `tables.progress.Progress` of the term.
        sittings: `tables.progress.Sittings` of this term and earlier ones.
        settings: The entry criterion.

    Returns:
        `PAIR`, `turned`, and `exams`: successive exams that could have shown it in this term; no
        row where it could not have been turned round at all.
    """
    placed = inside_entry(_of_whole_grades(sittings), EXAM, settings)
    known, before = pl.col("inside").is_not_null(), pl.col("exam_date") < pl.col("paired_on")
    now = pl.col("term") == pl.col("looked_at")
    outside = ~pl.col("inside").fill_null(value=True)
    return (
        pairs.join(progress.select("student_no", looked_at="term"), on="student_no")
        .join(placed, on="student_no")
        .sort(*PAIR, "exam_date", "exam")
        .with_columns(
            entry=_at_entry(known & before, known & ~before, "inside"),
            entered_on=_at_entry(known & before, known & ~before, "exam_date"),
        )
        .filter("entry", ~before, pl.col("exam_date") > pl.col("entered_on"))
        .with_columns(again=(outside & outside.shift(1).fill_null(value=False)).over(PAIR))
        .with_columns(first=pl.col("again") & (pl.col("again").cum_sum().over(PAIR) == 1))
        .group_by(PAIR)
        .agg(
            turned=(pl.col("first") & now).any(),
            done=(pl.col("first") & ~now).any(),
            # The last exam of earlier terms may be the first of the two.
            exams=now.sum().cast(pl.Int64) + (~now).any().cast(pl.Int64),
        )
        .filter(~pl.col("done"))
        .select(*PAIR, "turned", "exams")
        .sort(PAIR)
    )


def _at_entry(before: pl.Expr, after: pl.Expr, column: str) -> pl.Expr:
    """A column at the last known exam before the pair, else at the first one after."""
    value = pl.col(column)
    return pl.coalesce(
        value.filter(before).last().over(PAIR), value.filter(after).first().over(PAIR)
    )


def _of_whole_grades(sittings: pl.DataFrame) -> pl.DataFrame:
    """Without exams of a few, such as one sat later: the last fifth of ten is nobody's."""
    scored = pl.col("position").count().over(EXAM)
    most = pl.col("scored").max().over("term", "school_code", "grade")
    return sittings.with_columns(scored=scored).filter(pl.col("scored") * 2 >= most).drop("scored")
