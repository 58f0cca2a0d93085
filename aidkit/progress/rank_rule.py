"""The documents' rule: order these learners among themselves after each exam, reward who rises."""

from collections.abc import Sequence

import polars as pl

from aidkit.progress.prizes import with_prizes

DIGITS = 6
"""Totals are equal when they agree so far: sums of the same marks may differ in the last bit."""


def rank_rule(
    pupils: pl.DataFrame, within: Sequence[str], shares: Sequence[int], ties: str
) -> pl.DataFrame:
    """Places of the learners among themselves before and now, how far each rose, and the prizes.

    Only who has a total at both exams is ordered, so that nobody rises because somebody else was
    ill. Equal totals have the same place, and the next place is left out. Who rises gets a prize,
    the furthest first; who does not gets none (catalogue C, 001-4).

    Args:
        pupils: One row per learner of the group: `student_no`, the columns `within`, and the
            totals `before` and `now`, null where there is none.
        within: Columns that say who is ordered with whom.
        shares: Weights of the first, second and third prize.
        ties: One of `settings.TIES`, for equal rises on a border between prizes.

    Returns:
        `student_no`, `rank_before`, `rank_now`, `rank_change` (places risen, whole numbers that
        may be negative; null who was not ordered) and `rank_prize`.
    """
    placed = pupils.select("student_no", *within, *(places(name, within) for name in _EXAMS))
    placed = placed.with_columns(rank_change=pl.col("rank_before") - pl.col("rank_now"))
    risen = placed.filter(pl.col("rank_change") > 0)
    prizes = with_prizes(risen, within, "rank_change", shares, ties)
    return placed.join(
        prizes.select("student_no", rank_prize="prize"), on="student_no", how="left"
    ).select(
        "student_no",
        "rank_before",
        "rank_now",
        "rank_change",
        pl.col("rank_prize").fill_null("none"),
    )


_EXAMS = ("before", "now")


def places(exam: str, within: Sequence[str]) -> pl.Expr:
    """Places at one exam among those who have a total at both, from 1, the best first."""
    both = pl.all_horizontal(pl.col(_EXAMS).is_not_null())
    total = pl.when(both).then(pl.col(exam).round(DIGITS))
    # polars ranks are unsigned: a difference of them would wrap.
    return (
        total.rank("min", descending=True).over(within).cast(pl.Int32).alias(f"rank_{exam}")
    )  # fmt: skip
