"""Who is no longer at the school that has them on its roll."""

import polars as pl

from aidkit.calendar import Term

_AWAY = ("transfer_out", "suspended", "dropped_out", "graduated")


def left_school(changes: pl.DataFrame, term: Term) -> pl.DataFrame:
    """Whether each student with a change this term ended it away from the school that reports it.

    Only the last change up to the term's last day counts; of several on one day, leaving counts,
    so that money never goes to someone who is gone. A transfer out reported by the old school says
    nothing of the roll of the new one.

    Returns:
        One row for each school and student with a change: `school_code`, `student_no`, `left`.
    """
    return (
        changes.filter((pl.col("term") == term.code) & (pl.col("change_date") <= term.ends))
        .with_columns(left=pl.col("change_kind").is_in(list(_AWAY)))
        .group_by("school_code", "student_no")
        .agg(pl.col("left").filter(pl.col("change_date") == pl.col("change_date").max()).any())
    )
