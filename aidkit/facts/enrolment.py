"""Where each student was during a term: at a school of the county, or away."""

import datetime as dt

import polars as pl

from aidkit.calendar import Term
from aidkit.labels import folded
from aidkit.programs.version import MONTHS_PER_TERM

ARRIVED = ("transfer_in", "resumed")
"""Kinds of change that bring a student to the school that reports them; all others take away."""

COUNTED_DAY = 15
"""A school month counts for the school that has the student on this day of it."""

_MAY_COME_BACK = "suspended"


def counted_days(term: Term) -> list[dt.date]:
    """The 15th of each of the term's five school months."""
    months = (term.starts.year * 12 + term.starts.month - 1 + n for n in range(MONTHS_PER_TERM))
    return [dt.date(month // 12, month % 12 + 1, COUNTED_DAY) for month in months]


def school_days(term: Term) -> int:
    """Calendar days of the term's five school months: up to 31 January or 31 July."""
    return (_after(term) - term.starts).days


def presence(
    roll: pl.DataFrame, changes: pl.DataFrame, schools: pl.DataFrame, term: Term
) -> pl.DataFrame:
    """How long each student on the roll was at schools of the county, and who is gone.

    Args:
        roll: `school_code`, `student_no` of the term; each student once.
        changes: `tables.EnrolmentChanges` of this term and of those before it.
        schools: `tables.Schools`.
        term: The term.

    Returns:
        One row for each student: `student_no`, `present_months`, `present_days`; for who is away
        at the end `left_on`, `left_by` and whether that is for good and out of the county:
        `left_county`.
    """
    here = pl.col("here")
    own = {folded(name) for name in schools["school_name"]}
    named = changes["other_school"].drop_nulls().unique().sort()
    inside = pl.col("other_school").is_in([name for name in named if folded(name) in own])
    moves_inside = (pl.col("change_kind") == "transfer_out") & inside
    gone = (pl.col("change_kind") != _MAY_COME_BACK) & ~moves_inside.fill_null(False)
    turned = ~here & here.shift(1, fill_value=True).over("student_no")
    changed = (
        time_at_schools(roll, changes, term)
        .with_columns(left_on=pl.when(turned).then("begins").forward_fill().over("student_no"))
        .group_by("student_no", maintain_order=True)
        .agg(
            present_months=pl.col("months").filter(here).sum(),
            present_days=pl.col("days").filter(here).sum(),
            left_on=pl.when(~here).then("left_on").last(),
            left_by=pl.when(~here).then("change_kind").last(),
            left_county=(~here & gone).last(),
        )
    )
    return (
        roll.select("student_no")
        .join(changed, on="student_no", how="left")
        .with_columns(
            pl.col("present_months").fill_null(MONTHS_PER_TERM),
            pl.col("present_days").fill_null(school_days(term)),
            pl.col("left_county").fill_null(False),
        )
    )


def time_at_schools(roll: pl.DataFrame, changes: pl.DataFrame, term: Term) -> pl.DataFrame:
    """The term of each student with a change, cut where the student came or went.

    A change counts from its day on. Who arrives at a school is no longer at another, and what that
    one reports of a departure later changes nothing. Of several changes at one school on one day,
    leaving counts, so that money never goes to someone who is gone. Who went in an earlier term
    and is still on the roll stays away until a school reports a return; only a graduation of an
    earlier term is over, because the same school may have taken the student on again.

    Returns:
        Rows by student and time: `student_no`, `school_code`, `here`, `change_kind`,
        `other_school`; `begins`, and the `months` and `days` from then to the next row.
    """
    changes = _up_to(term, changes).join(roll, on="student_no", how="semi")
    daily = (
        changes.with_columns(here=pl.col("change_kind").is_in(ARRIVED))
        .sort("here", "change_kind", "other_school")
        .group_by("student_no", "school_code", "change_date", maintain_order=True)
        .agg(pl.all().first(), arrived=pl.col("here").any())
    )
    rows = pl.concat([_at_first(roll, daily), daily], how="diagonal").sort(
        "student_no", "change_date", ~pl.col("here"), "on_roll", "school_code"
    )
    last_arrival = pl.when("here").then("school_code").forward_fill().over("student_no")
    begins = pl.col("change_date").clip(lower_bound=term.starts)
    ends = begins.shift(-1).over("student_no").fill_null(_after(term))
    held = pl.min_horizontal("ends", pl.lit(_after(term))) - pl.col("begins")
    return (
        rows.filter(pl.col("here") | (pl.col("school_code") == last_arrival).fill_null(True))
        .with_columns(begins=begins, ends=ends)
        .select(
            "student_no",
            "begins",
            "school_code",
            "here",
            "change_kind",
            "other_school",
            months=pl.sum_horizontal(
                pl.lit(day).is_between("begins", "ends", closed="left").cast(pl.Int64)
                for day in counted_days(term)
            ),
            days=held.dt.total_days().clip(lower_bound=0),
        )
    )


def _up_to(term: Term, changes: pl.DataFrame) -> pl.DataFrame:
    """The changes that are known in a term; not what later folders say of it."""
    later = [t for t in changes["term"].drop_nulls().unique() if Term.parse(t) > term]
    earlier = pl.col("term").ne_missing(term.code) & pl.col("term").is_not_null()
    return changes.filter(
        ~pl.col("term").is_in(later).fill_null(False),
        pl.col("change_date") <= term.ends,
        ~(earlier & (pl.col("change_kind") == "graduated")),
    ).select("student_no", "school_code", "change_date", "change_kind", "other_school")


def _at_first(roll: pl.DataFrame, daily: pl.DataFrame) -> pl.DataFrame:
    """Where each student with a change was before the first of them.

    At a school that the student leaves first of all; at that of the roll, if it reports nothing.
    """
    left_first = (
        daily.sort("change_date")
        .group_by("student_no", "school_code", maintain_order=True)
        .agg(pl.col("arrived").first())
        .filter(~pl.col("arrived"))
        .select("student_no", "school_code", on_roll=pl.lit(False))
    )
    silent = (
        roll.select("student_no", "school_code", on_roll=pl.lit(True))
        .join(daily, on="student_no", how="semi")
        .join(daily, on=["student_no", "school_code"], how="anti")
    )
    return pl.concat([left_first, silent]).with_columns(
        here=pl.lit(True), change_date=pl.lit(dt.date.min)
    )


def _after(term: Term) -> dt.date:
    """The day after the term's last school month."""
    month = term.starts.year * 12 + term.starts.month - 1 + MONTHS_PER_TERM
    return dt.date(month // 12, month % 12 + 1, 1)
