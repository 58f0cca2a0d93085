"""The teachers on the schools' staff, and how long they were in post."""

import datetime as dt

import polars as pl

from aidkit.calendar import Term
from aidkit.facts.enrolment import counted_days, school_days
from aidkit.runs import Run


def teachers(run: Run) -> pl.DataFrame:
    """One row for each teacher of the run's county, with columns of `tables.Facts`.

    A month counts for who is in post on its 15th. Without the day on which a post began, how long
    it was held is unknown; who is retired holds none.
    """
    term = run.term
    rows = run.tables["teachers"].filter(pl.col("term").is_null() | (pl.col("term") == term.code))
    schools = run.tables["schools"].select(
        "school_code", "school_type", "ownership", "locality", place_tier="hardship_level"
    )
    left_on = pl.col("post_to") + dt.timedelta(days=1)
    return rows.join(schools, on="school_code", how="left").select(
        "name",
        "id_number",
        "school_code",
        "post",
        "employment",
        "school_type",
        "ownership",
        "locality",
        "place_tier",
        subject=pl.lit("teacher"),
        person_no="teacher_no",
        stage=pl.lit(""),
        grade=pl.lit(""),
        class_name=pl.lit(""),
        present_months=_in_post(_months(term)),
        present_days=_in_post(_days(term)),
        enrolled=_in_post(_months(term)) > 0,
        left_on=pl.when(left_on <= term.ends).then(left_on.clip(lower_bound=term.starts)),
    )


def _in_post(held: pl.Expr) -> pl.Expr:
    """What was held of a post, for who is in one; null where that is unknown."""
    in_post = pl.when(pl.col("employment") == "in_post").then(held)
    return pl.when(pl.col("employment") == "retired").then(0).otherwise(in_post)


def _months(term: Term) -> pl.Expr:
    held = [
        pl.lit(day).is_between(pl.col("post_from"), _last_day()).cast(pl.Int64)
        for day in counted_days(term)
    ]
    return pl.sum_horizontal(held, ignore_nulls=False)


def _days(term: Term) -> pl.Expr:
    last = term.starts + dt.timedelta(days=school_days(term) - 1)
    first = pl.col("post_from").clip(lower_bound=term.starts)
    held = (_last_day().clip(upper_bound=last) - first).dt.total_days() + 1
    return held.clip(lower_bound=0)


def _last_day() -> pl.Expr:
    return pl.col("post_to").fill_null(dt.date.max)
