"""Visits due and done: by each helper every month, by anybody over the school year."""

import datetime as dt

import dataframely as dy
import polars as pl

from aidkit.calendar import Term
from aidkit.pairing.months import months_of_year, school_months, state_of_due, terms_of_year
from aidkit.pairing.settings import VisitRule
from aidkit.tables.pairing import VisitsDue, VisitsOfYear

MONTHS_OF_YEAR = 10
"""School months of a school year."""

_KEY = ["teacher_no", "student_no"]


def visits_due(
    pairs: pl.DataFrame, visits: pl.DataFrame, term: Term, *, rule: VisitRule, as_of: dt.date
) -> dy.DataFrame[VisitsDue]:
    """Each pair in each school month that has begun and on whose 15th the pair was there.

    Only the helper's own visits count, each day once.

    Args:
        pairs: `tables.pairing.Pairs` of one role.
        visits: `tables.Visits`, of this term at least.
        term: The term.
        rule: How often.
        as_of: The day on which is asked; what is dated later is not known yet.
    """
    made = _days(visits, as_of)
    monthly = (
        made.group_by(*_KEY, month=pl.col("visited_on").dt.month_start())
        .agg(done=pl.col("visited_on").n_unique().cast(pl.Int64))
        .select(*_KEY, "month", "done")
    )
    last = made.group_by(_KEY).agg(last_on=pl.col("visited_on").max())
    village = (pl.col("locality") == "village").fill_null(False)
    rows = (
        pairs.join(school_months(term, as_of), how="cross")
        .filter(_there_on(pl.col("counted")))
        .join(monthly, on=[*_KEY, "month"], how="left")
        .join(last, on=_KEY, how="left")
        .with_columns(
            pl.col("done").fill_null(0),
            due=pl.when(village).then(rule.village_month).otherwise(rule.month),
        )
        .with_columns(state=state_of_due(as_of))
    )
    return VisitsDue.validate(
        rows.select(VisitsDue.column_names()).sort("school_code", *_KEY, "month"), cast=True
    )


def visits_of_year(
    pairs: pl.DataFrame,
    register: pl.DataFrame,
    visits: pl.DataFrame,
    term: Term,
    *,
    rule: VisitRule,
    as_of: dt.date,
) -> dy.DataFrame[VisitsOfYear]:
    """Each pupil who has a helper on the day, over both terms of the school year so far.

    Whoever visited counts, each day once. So far is due what falls on the school months that are
    over and on whose 15th the pupil had a helper, this one or another, rounded down.

    Args:
        pairs: `tables.pairing.Pairs` of one role.
        register: What they were made from, and the same register of the year's earlier term.
        visits: `tables.Visits` of the whole school year so far.
        term: The term.
        rule: How often.
        as_of: The day on which is asked.
    """
    months = months_of_year(term, as_of)
    over = (
        _of_year(pairs, register, term)
        .join(months.filter(pl.col("due_by") < as_of), how="cross")
        .filter(_there_on(pl.col("counted")))
        .group_by("student_no")
        .agg(over=pl.col("month").n_unique().cast(pl.Int64))
    )
    first = months["month"].min()
    year = _days(visits, as_of).filter(pl.col("visited_on") >= first)
    made = year.group_by("student_no").agg(
        done=pl.col("visited_on").n_unique().cast(pl.Int64), last_on=pl.col("visited_on").max()
    )
    now = pl.col("ends_on").is_null() | (pl.col("ends_on") > as_of)
    state = (
        pl.when(pl.col("done") >= rule.year)
        .then(pl.lit("done"))
        .when(pl.col("done") < pl.col("due_so_far"))
        .then(pl.lit("behind"))
        .otherwise(pl.lit("open"))
    )
    rows = (
        pairs.filter(now)
        .sort(_KEY)
        .unique("student_no", keep="first", maintain_order=True)
        .join(over, on="student_no", how="left")
        .join(made, on="student_no", how="left")
        .with_columns(
            pl.col("done").fill_null(0),
            due=pl.lit(rule.year, pl.Int64),
            due_so_far=pl.col("over").fill_null(0) * rule.year // MONTHS_OF_YEAR,
        )
        .with_columns(state=state)
    )
    return VisitsOfYear.validate(
        rows.select(VisitsOfYear.column_names()).sort("school_code", "student_no"), cast=True
    )


def _of_year(pairs: pl.DataFrame, register: pl.DataFrame, term: Term) -> pl.DataFrame:
    """When each pupil had a helper: `student_no`, `paired_on`, `ends_on`.

    What the register of autumn leaves open ends with autumn: what goes on stands in that of spring.
    """
    autumn, spring = terms_of_year(term)
    before = register.filter(pl.col("term") == autumn.code, pl.lit(term == spring)).select(
        "student_no", "paired_on", ends_on=pl.min_horizontal("ended_on", pl.lit(spring.starts))
    )
    return pl.concat([pairs.select(before.columns), before])


def _days(visits: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    return visits.filter(pl.col("visited_on") <= as_of).select(*_KEY, "visited_on")


def _there_on(day: pl.Expr) -> pl.Expr:
    """Whether a pair has begun and not ended on a day."""
    return (pl.col("paired_on") <= day) & (pl.col("ends_on").is_null() | (pl.col("ends_on") > day))
