"""Every learner at every exam, placed among those who sat the same one."""

from collections.abc import Sequence

import polars as pl

from aidkit.progress.normal import mid_rank_share, normal_score
from aidkit.progress.reliability import with_unit
from aidkit.progress.roles import EXAM
from aidkit.progress.settings import ProgressSettings
from aidkit.tables.progress import STATES, Sittings, SubjectSittings

_UNIT = ("term", "exam", "unit", "grade")
_DIGITS = 6
"""Totals are equal when they agree so far: sums of the same marks may differ in the last bit."""


def sittings(
    results: pl.DataFrame, roles: pl.DataFrame, settings: ProgressSettings
) -> pl.DataFrame:
    """Total, position and normal score of each student at each exam.

    A subject is part of a grade's total if, absences counted, it has the declared share of the
    results that the subject with most of them has. Who lacks a score in one of these subjects has
    no total and no position: it is not known how good it would be, and others do not rise by it.

    Args:
        results: `tables.progress.Results`.
        roles: As `exam_roles` gives them for these results.
        settings: The share, and which exams are the whole county's.

    Returns:
        `tables.progress.Sittings`.
    """
    rows = with_unit(results, settings)
    counted, left_out = _subjects(rows, settings)
    if left_out.height:
        rows = rows.join(left_out, on=[*_UNIT, "subject"], how="anti")
    found = (
        _by_student(rows)
        .join(
            counted.group_by(_UNIT).agg(subjects=pl.len(), full_total=pl.col("full_score").sum()),
            on=_UNIT,
        )
        .with_columns(
            # No row in a subject is an absence that nobody explained; said reasons come first.
            worst=pl.when((pl.col("sat") < pl.col("subjects")) & (pl.col("worst") == 0))
            .then(_number("unstated"))
            .otherwise("worst")
        )
        .with_columns(state=_named("worst"))
        .with_columns(
            total=pl.when(pl.col("state") == "scored").then(pl.col("points").round(_DIGITS))
        )
    )
    placed = _placed(found, "total", _UNIT, roles).select(Sittings.column_names())
    return Sittings.validate(placed.sort(_ORDER), cast=True)


def _by_student(rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each student at each exam; the worst state as a number."""
    words = pl.col("term", "exam", "unit", "school_code", "grade", "student_no")
    # Results are many: streamed, and with words as numbers, they take a third of the memory.
    return (
        rows.lazy()
        .with_columns(words.cast(pl.Categorical))
        .group_by("term", "exam", "student_no")
        .agg(
            pl.col("unit", "school_code", "grade", "exam_date").first(),
            # Sheets of two subjects may name two classes: the order of rows must not decide.
            pl.col("class_name").min(),
            sat=pl.len(),
            points=pl.col("score").sum(),
            worst=_severity("state").max(),
        )
        .collect(engine="streaming")
        .with_columns(words.cast(pl.String))
    )


def subject_sittings(
    results: pl.DataFrame, roles: pl.DataFrame, settings: ProgressSettings
) -> pl.DataFrame:
    """Position and normal score of each student in each subject of each exam.

    Args:
        results: `tables.progress.Results`.
        roles: As `exam_roles` gives them for these results.
        settings: Which exams are the whole county's.

    Returns:
        `tables.progress.SubjectSittings`.
    """
    rows = with_unit(results, settings)
    placed = _placed(rows, "score", (*_UNIT, "subject"), roles)
    chosen = placed.select(SubjectSittings.column_names())
    return SubjectSittings.validate(chosen.sort(*_ORDER, "subject"), cast=True)


_ORDER = ("exam_date", "exam", "school_code", "grade", "class_name", "student_no")


def _subjects(rows: pl.DataFrame, settings: ProgressSettings) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Subjects that are part of each unit's total, and those that are not, with full marks."""
    subjects = (
        rows.lazy()
        .group_by(*_UNIT, "subject")
        .agg(sat=pl.len(), full_score=pl.col("full_score").max())
        .collect(engine="streaming")
    )
    enough = pl.col("sat") >= settings.least_subject_share * pl.col("sat").max().over(_UNIT)
    subjects = subjects.with_columns(enough=enough)
    return subjects.filter("enough"), subjects.filter(~pl.col("enough"))


def _placed(
    rows: pl.DataFrame, value: str, unit: Sequence[str], roles: pl.DataFrame
) -> pl.DataFrame:
    """With the role of the exam, and the position of each value among those of its unit."""
    return (
        rows.join(roles.select(*EXAM, "role"), on=EXAM, how="left", maintain_order="left")
        .with_columns(
            pupils=pl.col(value).count().over(unit).cast(pl.Int64),
            position=mid_rank_share(pl.col(value)).over(unit),
        )
        .with_columns(z=normal_score(pl.col("position")))
    )


def _severity(state: str) -> pl.Expr:
    """0 for `scored`; of reasons the first of `STATES` has the highest number."""
    return pl.col(state).replace_strict(
        {code: _number(code) for code in STATES}, return_dtype=pl.Int32
    )


def _named(number: str) -> pl.Expr:
    return pl.col(number).replace_strict(
        {_number(code): code for code in STATES}, return_dtype=pl.String
    )


def _number(state: str) -> int:
    return 0 if state == "scored" else len(STATES) - STATES.index(state)
