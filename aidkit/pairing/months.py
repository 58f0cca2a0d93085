"""The school months of a term: within each of them visits and screenings are due."""

import datetime as dt

import polars as pl

from aidkit.calendar import Term
from aidkit.facts.enrolment import counted_days


def school_months(term: Term, as_of: dt.date) -> pl.DataFrame:
    """The months of a term that have begun.

    Args:
        term: The term.
        as_of: The day on which is asked.

    Returns:
        One row for each month: `month` (its first day), `counted` (the day on which a pair or a
        class must be there for the month to count) and `due_by` (its last day).
    """
    begun = [day for day in counted_days(term) if day.replace(day=1) <= as_of]
    return pl.DataFrame({"counted": begun}, schema={"counted": pl.Date}).select(
        month=pl.col("counted").dt.month_start(),
        counted="counted",
        due_by=pl.col("counted").dt.month_end(),
    )


def months_of_year(term: Term, as_of: dt.date) -> pl.DataFrame:
    """The same for the whole school year that a term belongs to."""
    return pl.concat(school_months(each, as_of) for each in terms_of_year(term))


def terms_of_year(term: Term) -> tuple[Term, Term]:
    """Both terms of a term's school year."""
    first = term if term.season == "autumn" else term.previous()
    return first, first.next()


def last_day(term: Term) -> dt.date:
    """Last day of a term's last school month."""
    month = counted_days(term)[-1].replace(day=1)
    return (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def month_before(month: dt.date) -> dt.date:
    """First day of the school month before a school month; holidays lie between two terms."""
    if month.month in {3, 9}:
        return month.replace(month=month.month - 2)
    before = month - dt.timedelta(days=1)
    return before.replace(day=1)


def state_of_due(as_of: dt.date) -> pl.Expr:
    """`done`, `overdue` or `open`, from columns `done`, `due` and `due_by`."""
    return (
        pl.when(pl.col("done") >= pl.col("due"))
        .then(pl.lit("done"))
        .when(pl.col("due_by") < as_of)
        .then(pl.lit("overdue"))
        .otherwise(pl.lit("open"))
    )
