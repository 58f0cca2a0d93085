"""Scores held against the term, against each other and against the roll."""

import datetime as dt
from collections.abc import Iterator

import polars as pl

from aidkit.calendar import Term
from aidkit.intake.checker import PLACE, Checker, not_single
from aidkit.intake.faults import Problem
from aidkit.tables import KEYS

BEFORE_TERM = dt.timedelta(days=20)
"""So long before a term's first day its exams may be: schools examine when pupils come back."""

_ROW = list(PLACE)
_SAID = ("score", "absence")


def exam_checks(check: Checker) -> Iterator[Problem]:
    """Exams before their term, and pupils with two different results of one exam."""
    scores = check.tables["scores"]
    if scores.height:
        yield from check.report("exam_before_term", _before_term(scores), "exam_date", term="label")
        twice = _stand_twice(scores)
        again = twice.filter(~pl.col("differ"), pl.col("nth") > 0)
        yield from check.report("duplicate_row", again, "student_no", other="other")
        yield from check.report("exam_twice", twice.filter("differ"), "student_no", other="other")


def _before_term(scores: pl.DataFrame) -> pl.DataFrame:
    """A row for each row of a sheet whose day lies before the term; after it none can be read."""
    terms = [Term.parse(code) for code in scores["term"].drop_nulls().unique().sort()]
    earliest = {term.code: term.starts - BEFORE_TERM for term in terms}
    labels = {term.code: term.label for term in terms}
    first = pl.col("term").replace_strict(earliest, default=None, return_dtype=pl.Date)
    return (
        scores.filter(pl.col("exam_date") < first)
        .unique(_ROW, keep="first", maintain_order=True)
        .with_columns(
            label=pl.col("term").replace_strict(labels, default=None, return_dtype=pl.String)
        )
    )


def _stand_twice(scores: pl.DataFrame) -> pl.DataFrame:
    """One row for each row of a sheet that says what others say too of a pupil at an exam.

    `differ`: whether they differ in anything, so that nobody knows which one is right; `nth`: how
    many of them stand before; `other`: where one of them stands, the first where that is another.
    """
    key = list(KEYS["scores"])
    said = pl.format(
        "{} {} {}", "subject", *(pl.col(c).cast(pl.String).fill_null("") for c in _SAID)
    )
    again = not_single(scores.drop_nulls(key), key)
    whole = (
        scores.join(again, on=_ROW, how="semi")
        .group_by(_ROW)
        .agg(whole=said.sort().str.join(delimiter="\n"))
    )
    rows = again.unique([*_ROW, *key], keep="first", maintain_order=True)
    return (
        rows.join(whole, on=_ROW, maintain_order="left")
        .filter(pl.len().over(key) > 1)
        .with_columns(
            differ=pl.col("whole").n_unique().over(key) > 1,
            nth=pl.int_range(pl.len()).over(key),
            first=pl.col("elsewhere").first().over(key),
            last=pl.col("elsewhere").last().over(key),
        )
        .with_columns(
            differ=pl.col("differ").any().over(_ROW),
            other=pl.when(pl.col("nth") == 0).then("last").otherwise("first"),
        )
        .unique(_ROW, keep="first", maintain_order=True)
    )


def unknown_classes(scores: pl.DataFrame, students: pl.DataFrame) -> pl.DataFrame:
    """The first row of each sheet that names a class which its pupil's grade does not have.

    Args:
        scores: `tables.Scores`.
        students: `tables.Students` of the same terms.
    """
    grade = ["term", "school_code", "grade"]
    roll = students.drop_nulls(["student_no", *grade, "class_name"])
    classes = roll.select(*grade, "class_name").unique()
    pupils = roll.select("student_no", *grade).unique(["term", "student_no"], keep="none")
    return (
        scores.drop_nulls("class_name")
        .unique(["source_file", "source_sheet", "source_row"], keep="first", maintain_order=True)
        .join(pupils, on=["term", "student_no"], maintain_order="left")
        .join(classes, on=[*grade, "class_name"], how="anti", maintain_order="left")
        .sort("source_row", maintain_order=True)
        .unique(["source_file", "source_sheet", "class_name"], keep="first", maintain_order=True)
    )
