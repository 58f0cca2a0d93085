"""Monthly screening of classes: which are due, and what changed since the month before."""

import datetime as dt

import dataframely as dy
import polars as pl

from aidkit.calendar import Term
from aidkit.pairing.months import month_before, school_months, state_of_due
from aidkit.pairing.pairs import learners_of
from aidkit.tables.pairing import ScreeningChanges, ScreeningDue

_CLASS = ["school_code", "grade", "class_name"]


def screening_due(
    screening: pl.DataFrame, facts: pl.DataFrame, term: Term, as_of: dt.date
) -> dy.DataFrame[ScreeningDue]:
    """Each class of a roll in each school month that has begun, and screenings of other classes.

    Args:
        screening: `tables.ClassScreening`.
        facts: `tables.Facts` of the term.
        term: The term.
        as_of: The day on which is asked.
    """
    months = school_months(term, as_of)
    there = pl.col("left_on").is_null() | (pl.col("left_on") > pl.col("counted"))
    classes = (
        _pupils(facts)
        .join(months.select("month", "counted"), how="cross")
        .filter(there)
        .group_by(*_CLASS, "month")
        .agg(pupils=pl.len().cast(pl.Int64))
    )
    done = (
        _last_of_month(screening, as_of)
        .filter(pl.col("month").is_in(months["month"].implode()))
        .group_by(*_CLASS, "month")
        .agg(
            screened_on=pl.col("screened_on").first(),
            found=pl.col("student_no")
            .filter(pl.col("findings").list.len() > 0)
            .n_unique()
            .cast(pl.Int64),
        )
    )
    rows = (
        classes.join(done, on=[*_CLASS, "month"], how="full", coalesce=True)
        .join(months.select("month", "due_by"), on="month")
        .with_columns(
            pl.col("pupils").fill_null(0),
            done=pl.col("screened_on").is_not_null().cast(pl.Int64),
            due=pl.lit(1),
        )
        .with_columns(state=state_of_due(as_of))
    )
    return ScreeningDue.validate(
        rows.select(ScreeningDue.column_names()).sort(*_CLASS, "month"), cast=True
    )


def screening_changes(
    screening: pl.DataFrame, facts: pl.DataFrame, month: dt.date, as_of: dt.date
) -> dy.DataFrame[ScreeningChanges]:
    """Every finding of a month or of the school month before, and what became of it.

    - `new`, `same`: the class found it; the month before it did not, or did.
    - `first`: it found it, and nothing can be said of the month before.
    - `gone`: found then; the pupil's class was screened again and did not name it.
    - `unanswered`: found then; the class was not screened, or left the pupil's line open.
    - `left`: found then; the pupil has left the county's schools.

    Of several screenings of a class in one month the last counts. In the first month of a school
    year grades have moved up: who was not named before is `first` and not `new`.

    Args:
        screening: `tables.ClassScreening` of both months; of the term before too where the month
            is a term's first.
        facts: `tables.Facts` of the month's term.
        month: First day of the month.
        as_of: The day on which is asked; what is dated later is not known yet.
    """
    held = _last_of_month(screening, as_of)
    before = held.filter(pl.col("month") == month_before(month))
    now = held.filter(pl.col("month") == month)
    joined = _findings(now).join(
        _findings(before), on=["student_no", "finding"], how="full", coalesce=True, suffix="_before"
    )
    said = now.drop_nulls("student_no").group_by("student_no").agg(said=~pl.col("unsaid").all())
    said_before = (
        before.drop_nulls("student_no")
        .group_by("student_no")
        .agg(said_before=~pl.col("unsaid").all())
    )
    pupils = _pupils(facts).select(*_CLASS, "student_no", "name", "left_on")
    rows = (
        joined.join(pupils, on="student_no", how="left", suffix="_roll")
        .with_columns(
            # A pupil stands in the class that names it now; else in that of the roll.
            *(
                pl.coalesce(column, f"{column}_roll", f"{column}_before")
                for column in (*_CLASS, "name")
            ),
        )
        .join(said, on="student_no", how="left")
        .join(said_before, on="student_no", how="left")
        .join(_screened(now, "again"), on=_CLASS, how="left")
        .join(_screened(before, "earlier"), on=_CLASS, how="left")
        .with_columns(month=pl.lit(month), change=_change(pl.col("left_on") <= _end(month, as_of)))
    )
    return ScreeningChanges.validate(
        rows.select(ScreeningChanges.column_names()).sort(*_CLASS, "student_no", "finding"),
        cast=True,
    )


def _change(left: pl.Expr) -> pl.Expr:
    now, before = pl.col("found").fill_null(False), pl.col("found_before").fill_null(False)
    # Silence about a pupil says something only where the class answered.
    known_before = pl.col("said_before").fill_null(pl.col("earlier").fill_null(False))
    known_now = pl.col("said").fill_null(pl.col("again").fill_null(False))
    return (
        pl.when(now & before)
        .then(pl.lit("same"))
        .when(now & known_before)
        .then(pl.lit("new"))
        .when(now)
        .then(pl.lit("first"))
        .when(left.fill_null(False))
        .then(pl.lit("left"))
        .when(known_now)
        .then(pl.lit("gone"))
        .otherwise(pl.lit("unanswered"))
    )


def _findings(rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each pupil and finding."""
    return (
        rows.drop_nulls("student_no")
        .select(*_CLASS, "student_no", "name", finding="findings")
        .explode("finding")
        .drop_nulls("finding")
        .sort("student_no", "finding", *_CLASS, "name")
        .unique(["student_no", "finding"], keep="first", maintain_order=True)
        .with_columns(found=pl.lit(True))
    )


def _last_of_month(screening: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """Rows of the last screening of each class in each month; `unsaid`: the line is open."""
    known = screening.filter(pl.col("screened_on") <= as_of).with_columns(
        month=pl.col("screened_on").dt.month_start(), unsaid=pl.col("findings").is_null()
    )
    last = pl.col("screened_on").max().over(*_CLASS, "month")
    return known.filter(pl.col("screened_on") == last)


def _screened(rows: pl.DataFrame, mark: str) -> pl.DataFrame:
    return rows.select(_CLASS).unique().with_columns(pl.lit(True).alias(mark))


def _pupils(facts: pl.DataFrame) -> pl.DataFrame:
    return learners_of(facts).filter(~pl.col("at_college"))


def _end(month: dt.date, as_of: dt.date) -> dt.date:
    following = (month + dt.timedelta(days=31)).replace(day=1)
    return min(as_of, following - dt.timedelta(days=1))
