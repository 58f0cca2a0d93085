"""控辍保学: who is missing from compulsory education, since when, and the dropout rate."""

import datetime as dt
from collections.abc import Mapping

import dataframely as dy
import polars as pl

from aidkit.calendar import Term
from aidkit.facts.enrolment import ARRIVED, presence
from aidkit.labels import folded
from aidkit.tables.pairing import Absent, DropoutRates

ALL = "all"
"""Stands for the county where others have a school code."""

_PLACE = ["student_no", "name", "school_code", "grade", "class_name"]
_COMPULSORY = ("p", "j")
_LAST_GRADES = {"p6": "not_continued", "j3": "finished"}
"""Grades that end a stage in the spring, and what it is to be on no roll in the autumn after."""


def absent_children(
    tables: Mapping[str, pl.DataFrame], before: pl.DataFrame, term: Term, as_of: dt.date
) -> dy.DataFrame[Absent]:
    """Everybody in compulsory grades of whom nobody knows a school; whoever came back is none.

    - `dropped_out`: so reported.
    - `no_destination`: transferred away, and nobody wrote down where to.
    - `not_arrived`: transferred to a school of the county, which has not reported an arrival.
    - `vanished`: on the roll of the term before and not on this one, without any report.
    - `not_continued`: the same, after the last grade of primary school.

    Suspended pupils are not absent. The term's rate counts who is on its roll, and who vanished;
    who was reported in the term before was counted there, and primary leavers have graduated.

    Args:
        tables: Input tables by name; `enrolment_changes` of earlier terms too.
        before: `tables.Students` of the term before; empty where there is none.
        term: The term.
        as_of: The day on which is asked; what is dated later is not known yet.
    """
    here = tables["students"].filter(pl.col("term") == term.code)
    roll = _compulsory(here)
    earlier = _compulsory(before.filter(pl.col("term") == term.previous().code))
    changes = tables["enrolment_changes"].filter(pl.col("change_date") <= as_of)
    graduated = changes.filter(pl.col("change_kind") == "graduated")
    gone = earlier.join(here, on="student_no", how="anti")
    gone = gone.join(graduated, on="student_no", how="anti")
    known = {**tables, "enrolment_changes": changes}
    now = _away(roll, known, term).with_columns(counted=pl.lit(True), since=pl.lit(term.starts))
    since = term.previous().starts
    lost = _away(gone, known, term).with_columns(
        pl.coalesce("kind", _unreported(term)), counted=pl.lit(False), since=pl.lit(since)
    )
    rows = pl.concat([now, lost]).filter(pl.col("kind").is_not_null())
    rows = rows.filter(pl.col("kind") != "finished").with_columns(
        counted=pl.col("counted") | (pl.col("kind") == "vanished")
    )
    told = rows.join(_last_seen(tables, as_of), on="student_no", how="left").with_columns(
        seen_on=pl.col("seen_on").fill_null(pl.col("since")),
        seen_by=pl.col("seen_by").fill_null("roll"),
    )
    return Absent.validate(
        told.select(Absent.column_names()).sort("school_code", "student_no"), cast=True
    )


def dropout_rates(
    students: pl.DataFrame, absent: pl.DataFrame, term: Term, most_percent: int
) -> dy.DataFrame[DropoutRates]:
    """The rate of each school with compulsory grades and of the county, held against the limit.

    Args:
        students: `tables.Students`.
        absent: `tables.pairing.Absent` of the term.
        term: The term.
        most_percent: Highest rate, in percent.
    """
    roll = _compulsory(students.filter(pl.col("term") == term.code))
    counted = absent.filter("counted")
    heads = pl.concat(
        [
            roll.select("school_code", roll=pl.lit(1), absent=pl.lit(0)),
            counted.select("school_code", roll=pl.lit(0), absent=pl.lit(1)),
        ]
    )
    county = heads.select(pl.col("roll", "absent").sum()).select(
        pl.lit(ALL).alias("school_code"), "roll", "absent"
    )
    schools = heads.group_by("school_code").agg(pl.col("roll", "absent").sum())
    some = pl.when(pl.col("roll") > 0)
    rows = pl.concat([schools, county]).with_columns(
        rate=some.then(pl.col("absent") * 100 / pl.col("roll")),
        most_percent=pl.lit(most_percent, pl.Int64),
        # In whole numbers: a rate of exactly the limit is within it.
        within=some.then(pl.col("absent") * 100 <= pl.col("roll") * most_percent),
    )
    return DropoutRates.validate(
        rows.select(DropoutRates.column_names()).sort("school_code"), cast=True
    )


def _compulsory(students: pl.DataFrame) -> pl.DataFrame:
    return students.filter(pl.col("grade").str.head(1).is_in(_COMPULSORY)).select(_PLACE)


def _away(roll: pl.DataFrame, tables: Mapping[str, pl.DataFrame], term: Term) -> pl.DataFrame:
    """Pupils with `kind`, null for who is not absent, and the day the school reported."""
    changes, schools = tables["enrolment_changes"], tables["schools"]
    there = presence(roll.select("school_code", "student_no"), changes, schools, term)
    last = (
        changes.sort("change_date", "other_school")
        .filter(~pl.col("change_kind").is_in(ARRIVED))
        .group_by("student_no", "change_kind", maintain_order=True)
        .agg(left_on=pl.col("change_date").last(), to=pl.col("other_school").last())
    )
    own = sorted({folded(name) for name in schools["school_name"]})
    told = pl.col("to").is_not_null()
    inside = pl.col("to").map_elements(folded, return_dtype=pl.String).is_in(own)
    transferred = pl.col("left_by") == "transfer_out"
    kind = (
        pl.when(pl.col("left_by") == "dropped_out")
        .then(pl.lit("dropped_out"))
        .when(transferred & ~told)
        .then(pl.lit("no_destination"))
        .when(transferred & inside)
        .then(pl.lit("not_arrived"))
    )
    return (
        roll.join(there.select("student_no", "left_by"), on="student_no", how="left")
        .join(
            last, left_on=["student_no", "left_by"], right_on=["student_no", "change_kind"],
            how="left",
        )
        .with_columns(kind=kind)
        .select(*_PLACE, "kind", "left_on", "left_by")
    )  # fmt: skip


def _unreported(term: Term) -> pl.Expr:
    """What it is to have gone from the roll without a report; null where one explains it."""
    unreported = pl.lit("vanished")
    if term.season == "autumn":
        unreported = pl.col("grade").replace_strict(_LAST_GRADES, default="vanished")
    return pl.when(pl.col("left_by").is_null()).then(unreported)


def _last_seen(tables: Mapping[str, pl.DataFrame], as_of: dt.date) -> pl.DataFrame:
    """The last day on which each pupil is known to have been there, and by what."""
    arrivals = tables["enrolment_changes"].filter(pl.col("change_kind").is_in(ARRIVED))
    seen = [
        rows.select("student_no", seen_on=day, seen_by=pl.lit(by))
        for rows, day, by in (
            (tables["scores"].drop_nulls("score"), "exam_date", "exam"),
            (tables["visits"], "visited_on", "visit"),
            (tables["help_logs"], "helped_on", "help"),
            (arrivals, "change_date", "arrival"),
        )
    ]
    return (
        pl.concat(seen)
        .filter(pl.col("seen_on") <= as_of)
        .sort("seen_on", "seen_by")
        .group_by("student_no", maintain_order=True)
        .agg(pl.col("seen_on", "seen_by").last())
    )
