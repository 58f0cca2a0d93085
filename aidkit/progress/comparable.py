"""Which sittings say something of learners where they are now."""

import polars as pl

from aidkit.progress.reliability import with_unit
from aidkit.progress.settings import ProgressSettings

COLUMNS = (
    "exam", "exam_date", "school_code", "grade", "student_no", "role", "total", "full_total",
    "state", "z", "position",
)  # fmt: skip


def comparable(
    sittings: pl.DataFrame, pupils: pl.DataFrame, settings: ProgressSettings
) -> pl.DataFrame:
    """Sittings with a role that can be told beside those at the pupil's school of the term.

    What was sat at another school was compared with other pupils, on other papers; it counts
    only where the exam was that of the whole county.

    Args:
        sittings: `tables.progress.Sittings`.
        pupils: `student_no` and `school_code`: where each is now.
        settings: Declared figures.

    Returns:
        `COLUMNS` of the sittings that count, and `unit`: the school they are compared in, empty
        for all.
    """
    now = pupils.select("student_no", _now="school_code")
    return (
        with_unit(sittings.select(COLUMNS).filter(pl.col("role") != "other"), settings)
        .join(now, on="student_no")
        .filter((pl.col("unit") == "") | (pl.col("unit") == pl.col("_now")))
        .drop("_now")
    )


def of_role(used: pl.DataFrame, role: str, *names: str) -> pl.DataFrame:
    """The one sitting of a role for each learner: `student_no`, and columns named `<role>_…`."""
    columns = {f"{role}_{name}": pl.col(name) for name in names}
    return (
        used.filter(pl.col("role") == role)
        .sort("student_no", "exam_date", "exam")
        .unique("student_no", keep="last", maintain_order=True)
        .select("student_no", **columns)
    )
