"""Pairs of one role as their register holds them, with where each pupil is."""

import datetime as dt

import dataframely as dy
import polars as pl

from aidkit.calendar import Term
from aidkit.tables.pairing import Pairs

_KEY = ["teacher_no", "student_no"]


def pairs_of(
    register: pl.DataFrame, facts: pl.DataFrame, term: Term, as_of: dt.date
) -> dy.DataFrame[Pairs]:
    """The pairs of a term that have begun by a day, those that ended since among them.

    A pair ends on its day, or when the pupil leaves the county's schools. One that stands in the
    register twice, for two subjects, is one pair. Who is on no roll was set aside by intake.

    Args:
        register: `tutor_pairs`, `conduct_pairs` or `care_pairs`; never two of them together.
        facts: `tables.Facts` of the term.
        term: The term.
        as_of: The day on which is asked.
    """
    subject = pl.col("subject") if "subject" in register.columns else pl.lit(None, pl.String)
    begun = register.filter(pl.col("term") == term.code, pl.col("paired_on") <= as_of)
    still = pl.col("ended_on").is_null().any()
    held = (
        begun.with_columns(subject=subject)
        .sort("paired_on", "subject", "teacher_name")
        .group_by(_KEY)
        .agg(
            pl.col("teacher_name", "subject", "paired_on").first(),
            ended_on=pl.when(~still).then(pl.col("ended_on").max()),
        )
    )
    joined = held.join(learners_of(facts), on="student_no").with_columns(
        ends_on=pl.min_horizontal("ended_on", "left_on")
    )
    return Pairs.validate(joined.select(Pairs.column_names()).sort(_KEY), cast=True)


def held_on(pairs: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """The pairs that have not ended by a day."""
    return pairs.filter(pl.col("ends_on").is_null() | (pl.col("ends_on") > as_of))


def learners_of(facts: pl.DataFrame) -> pl.DataFrame:
    """One row for each pupil and student at college of `tables.Facts`, by `student_no`.

    Who is on a roll and has a place at a university already counts as a pupil.
    """
    return (
        facts.filter(pl.col("subject") != "teacher")
        .sort(pl.col("subject") != "student", "person_no")
        .unique("person_no", keep="first", maintain_order=True)
        .select(
            "name",
            "stage",
            "grade",
            "class_name",
            "locality",
            "special_groups",
            "left_on",
            at_college=pl.col("subject") == "freshman",
            student_no="person_no",
            school_code=pl.when(pl.col("subject") == "student")
            .then("school_code")
            .otherwise(pl.lit("")),
        )
    )


def staff_of(teachers: pl.DataFrame, term: Term, as_of: dt.date) -> pl.DataFrame:
    """Teachers of a term who are in post on a day; who does not say so is.

    Args:
        teachers: `tables.Teachers`, county-wide or of terms.
        term: The term.
        as_of: The day on which is asked.
    """
    return teachers.filter(
        pl.col("term").is_null() | (pl.col("term") == term.code),
        pl.col("employment").ne_missing("retired"),
        pl.col("post_from").is_null() | (pl.col("post_from") <= as_of),
        pl.col("post_to").is_null() | (pl.col("post_to") >= as_of),
    )
