"""Whether pairs last as long as they should: what became of those of the term before."""

import datetime as dt

import dataframely as dy
import polars as pl

from aidkit.pairing.pairs import held_on
from aidkit.tables.pairing import Continuity

_KEY = ["teacher_no", "student_no"]
_POST = ["teacher_no", "school_code"]


def continuity(
    before: pl.DataFrame,
    now: pl.DataFrame,
    staff: pl.DataFrame,
    learners: pl.DataFrame,
    *,
    years: int,
    as_of: dt.date,
) -> dy.DataFrame[Continuity]:
    """What became of each pair that held at the end of the term before, all of one role.

    - `kept`: the pair holds; `fulfilled`: it has lasted its years, whatever became of it since.
    - `pupil_left`, `teacher_left`: it could not go on.
    - `moved_on`: the pupil is at another school of the county now; nobody here gave the pair up.
    - `teacher_moved`: the helper is in post at another school, and helps nobody at this one.
    - `replaced`: somebody else looks after the pupil now; `dropped`: nobody does.

    Whoever looks after the pupil now, at whichever school, is told as who took over.

    Args:
        before: `tables.pairing.Pairs` that held then.
        now: The same of this term.
        staff: `staff_of` this term.
        learners: `learners_of` this term's facts.
        years: How long a pair should last.
        as_of: The day on which is asked.
    """
    held = held_on(now, as_of)
    gone = (pl.col("left_on") <= as_of).fill_null(value=False)
    present = learners.filter(~gone, ~pl.col("at_college"))
    # Who came from elsewhere to help, and still helps somebody there, has not moved.
    posts = pl.concat([staff.select(_POST), held.select(_POST)])
    others = (
        held.sort("paired_on", "teacher_no", descending=[True, False])
        .group_by("student_no", maintain_order=True)
        .agg(helped_by=pl.col("teacher_no").first())
    )
    away = pl.col("school_now") != pl.col("school_code")
    state = (
        pl.when(pl.col("until") <= as_of)
        .then(pl.lit("fulfilled"))
        .when("holds")
        .then(pl.lit("kept"))
        .when(~pl.col("here"))
        .then(pl.lit("pupil_left"))
        .when(away)
        .then(pl.lit("moved_on"))
        .when(~pl.col("in_post"))
        .then(pl.lit("teacher_left"))
        .when(~pl.col("in_school"))
        .then(pl.lit("teacher_moved"))
        .when(pl.col("helped_by").is_not_null())
        .then(pl.lit("replaced"))
        .otherwise(pl.lit("dropped"))
    )
    told = (
        before.join(_marked(held, _KEY, "holds"), on=_KEY, how="left")
        .join(
            present.select("student_no", here=pl.lit(True), school_now="school_code"),
            on="student_no",
            how="left",
        )
        .join(_marked(staff, ["teacher_no"], "in_post"), on="teacher_no", how="left")
        .join(_marked(posts, _POST, "in_school"), on=_POST, how="left")
        .join(others, on="student_no", how="left")
        .with_columns(
            pl.col("holds", "here", "in_post", "in_school").fill_null(False),
            until=pl.col("paired_on").dt.offset_by(f"{years}y"),
        )
        .with_columns(
            helped_by=pl.when(~pl.col("holds")).then("helped_by"),
            school_now=pl.when(away).then("school_now"),
            state=state,
        )
    )
    return Continuity.validate(told.select(Continuity.column_names()).sort(_KEY), cast=True)


def _marked(rows: pl.DataFrame, key: list[str], mark: str) -> pl.DataFrame:
    return rows.select(key).unique().with_columns(pl.lit(True).alias(mark))
