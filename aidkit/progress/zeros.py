"""Zeros that are no scores: who came and handed nothing in, or came no more."""

import polars as pl

from aidkit.progress.settings import ProgressSettings


def withdrawn(rows: pl.DataFrame, settings: ProgressSettings) -> pl.Series:
    """Which results are a zero that the settings count as a withdrawal.

    Two kinds are declared, each for itself: zeros in all subjects in which the student has a
    score at this exam; and a zero in a subject that the school examined again later, while the
    student never got a point in it from then on.

    Args:
        rows: Results of all exams that are known, with `nth`, `term`, `exam`, `exam_date`,
            `school_code`, `student_no`, `subject`, `score`.
        settings: Which of the two count.

    Returns:
        `nth` of these results.
    """
    zeros = rows.filter(pl.col("score") == 0)
    found = [zeros.head(0)]
    # Nearly nobody has a zero: only their other results are looked at.
    others = rows.join(zeros.select("student_no").unique(), on="student_no", how="semi")
    points = others.filter(pl.col("score") > 0)
    if settings.zero_all_subjects:
        found.append(zeros.join(points, on=["term", "exam", "student_no"], how="anti"))
    if settings.zero_nothing_later:
        again = rows.group_by("school_code", "subject").agg(again=pl.col("exam_date").max())
        last_point = points.group_by("student_no", "subject").agg(point=pl.col("exam_date").max())
        known = zeros.join(again, on=["school_code", "subject"], how="left").join(
            last_point, on=["student_no", "subject"], how="left"
        )
        never = pl.col("point").is_null() | (pl.col("point") < pl.col("exam_date"))
        found.append(known.filter((pl.col("exam_date") < pl.col("again")) & never))
    return pl.concat(each["nth"] for each in found)
