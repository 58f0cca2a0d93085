"""Scores of workbooks as results: who sat which exam, out of how many points, or why not."""

from typing import NamedTuple

import polars as pl

from aidkit.progress.exam_faults import SHEET_ROW, exam_faults, unusable_row
from aidkit.progress.exam_reminders import NTH, exam_reminders
from aidkit.progress.full_marks import with_full_marks
from aidkit.progress.reliability import with_unit
from aidkit.progress.settings import ProgressSettings
from aidkit.progress.zeros import withdrawn
from aidkit.runs.faulty import no_problems
from aidkit.tables.progress import Results

_EXAM = ("term", "exam")
_OF_SCORES = (*_EXAM, "exam_date", "student_no", "class_name", "subject", "score", "absence")


class Exams(NamedTuple):
    """What exams say, and what of it could not be used."""

    results: pl.DataFrame
    """`tables.progress.Results`, by exam, school, grade, class, student and subject."""
    problems: pl.DataFrame
    """`tables.Problems`: a row with an error is not among the results, with all its subjects."""


def read_exams(scores: pl.DataFrame, rolls: pl.DataFrame, settings: ProgressSettings) -> Exams:
    """Give every score its school, grade, class, full marks and state.

    Place and grade are those of the roll of the exam's term; the class is the one at the exam
    where the grade has such a class, else that of the roll. An exam's date is the day on which
    most of the unit's results were got, the first of several such days.

    Args:
        scores: `tables.Scores` of the term and of those before it.
        rolls: `tables.Students` of the same terms.
        settings: Full marks where a sheet states none, and which zeros are no scores.
    """
    roll = _roll(rolls)
    rows, unusable = _placed(scores, roll, settings)
    problems = exam_faults(unusable) if unusable.height else no_problems()
    return Exams(_results(_good(rows, scores, unusable), roll, settings), problems)


def exam_problems(
    scores: pl.DataFrame, rolls: pl.DataFrame, settings: ProgressSettings
) -> pl.DataFrame:
    """The `problems` of `read_exams` and reminders: all that is asked of a term's scores at first.

    Args:
        scores: `tables.Scores`.
        rolls: `tables.Students` of the same terms.
        settings: Full marks where a sheet states none.

    Returns:
        `tables.Problems`; what only is to be looked at is a warning.
    """
    if scores.is_empty():
        return no_problems()
    rows, unusable = _placed(scores, _roll(rolls), settings)
    faults = exam_faults(unusable) if unusable.height else no_problems()
    reminders = exam_reminders(_good(rows, scores, unusable), scores, settings)
    return pl.concat([faults, reminders])


def _good(rows: pl.DataFrame, scores: pl.DataFrame, unusable: pl.DataFrame) -> pl.DataFrame:
    """Without all that stands in the same row of a sheet as something that cannot be used."""
    if unusable.is_empty():
        return rows
    places = scores.with_row_index(NTH).select(NTH, *SHEET_ROW)
    faulty = places.join(unusable, on=SHEET_ROW, how="semi")[NTH]
    return rows.filter(~pl.col(NTH).is_in(faulty.implode()))


def _roll(rolls: pl.DataFrame) -> pl.DataFrame:
    return rolls.select("term", "student_no", "school_code", "grade", own_class="class_name")


def _placed(
    scores: pl.DataFrame, roll: pl.DataFrame, settings: ProgressSettings
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Scores with the pupil's place, grade and full marks; and those that cannot be used."""
    # Where a row stood is asked of few: it is not carried along for all.
    rows = (
        scores.with_row_index(NTH)
        .select(NTH, *_OF_SCORES, stated="full_score")
        .join(roll, on=["term", "student_no"], how="left", maintain_order="left")
    )
    rows = with_full_marks(rows, settings)
    unusable = rows.filter(unusable_row())
    if unusable.height:
        places = scores.with_row_index(NTH).select(NTH, *SHEET_ROW)
        unusable = unusable.join(places, on=NTH, maintain_order="left")
    return rows, unusable


def _results(good: pl.DataFrame, roll: pl.DataFrame, settings: ProgressSettings) -> pl.DataFrame:
    state = (
        pl.when(pl.col("score").is_not_null())
        .then(pl.lit("scored"))
        .otherwise(pl.col("absence").fill_null("unstated"))
    )
    rows = _on_one_day(good, settings).with_columns(class_name=_class(good, roll), state=state)
    zeros = rows[NTH].is_in(withdrawn(rows, settings).implode())
    rows = rows.with_columns(
        state=pl.when(zeros).then(pl.lit("withdrawn")).otherwise("state"),
        score=pl.when(~zeros).then("score"),
    )
    order = ["exam_date", "exam", "school_code", "grade", "class_name", "student_no", "subject"]
    return Results.validate(rows.select(Results.column_names()).sort(order))


def _class(rows: pl.DataFrame, roll: pl.DataFrame) -> pl.Series:
    """The class at the exam if the grade has such a class, else that of the roll."""
    grade = ["term", "school_code", "grade"]
    classes = roll.select(*grade, class_name="own_class").unique()
    others = rows.filter(pl.col("class_name") != pl.col("own_class"))
    moved = others.join(classes, on=[*grade, "class_name"], how="semi")[NTH]
    known = pl.col(NTH).is_in(moved.implode())
    return rows.select(pl.when(known).then("class_name").otherwise("own_class").alias("class"))[
        "class"
    ]


def _on_one_day(rows: pl.DataFrame, settings: ProgressSettings) -> pl.DataFrame:
    """Rows with the date of their exam in place of their own."""
    unit = [*_EXAM, "unit", "grade"]
    placed = with_unit(rows, settings)
    days = placed.group_by(*unit, "exam_date").len()
    several = (
        days.filter(pl.len().over(unit) > 1)
        .sort("len", "exam_date", descending=[True, False])
        .unique(unit, keep="first", maintain_order=True)
        .select(*unit, day="exam_date")
    )
    if several.is_empty():
        return rows
    return (
        placed.join(several, on=unit, how="left", maintain_order="left")
        .with_columns(exam_date=pl.coalesce("day", "exam_date"))
        .drop("day", "unit")
    )
