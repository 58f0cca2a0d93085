"""Every learner at every exam, placed among those who sat the same one."""

from collections.abc import Sequence

import polars as pl

from aidkit.progress.coded import coded, coded_like, spelled
from aidkit.progress.normal import mid_rank_share, normal_score
from aidkit.progress.reliability import with_unit
from aidkit.progress.roles import EXAM
from aidkit.progress.settings import ProgressSettings
from aidkit.tables.progress import STATES, Sittings, SubjectSittings

_UNIT = ("term", "exam", "unit", "grade")
_READ = (
    *("term", "exam", "exam_date", "school_code", "grade", "class_name", "student_no"),
    *("subject", "score", "full_score", "state"),
)
_WORST = pl.Enum([STATES[0], *reversed(STATES[1:])])
"""States in order: that of a sitting is the last of those of its results."""

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
    rows = with_unit(coded(results.select(_READ)), settings)
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
            state=pl.when((pl.col("sat") < pl.col("subjects")) & (pl.col("state") == "scored"))
            .then(pl.lit("unstated", _WORST))
            .otherwise("state")
        )
        .with_columns(
            total=pl.when(pl.col("state") == "scored").then(pl.col("points").round(_DIGITS))
        )
    )
    placed = _placed(found, "total", _UNIT, roles).select(Sittings.column_names()).sort(_ORDER)
    return Sittings.validate(spelled(placed), cast=True)


def _by_student(rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each student at each exam."""
    return (
        rows.lazy()
        .group_by("term", "exam", "student_no")
        .agg(
            pl.col("unit", "school_code", "grade", "exam_date").first(),
            # Sheets of two subjects may name two classes: the order of rows must not decide.
            pl.col("class_name").min(),
            sat=pl.len(),
            points=pl.col("score").sum(),
            state=pl.col("state").cast(_WORST).max(),
        )
        .collect(engine="streaming")
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
    rows = with_unit(coded(results), settings)
    placed = _placed(rows, "score", (*_UNIT, "subject"), roles)
    chosen = placed.select(SubjectSittings.column_names()).sort(*_ORDER, "subject")
    return SubjectSittings.validate(spelled(chosen), cast=True)


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
    known = coded_like(roles.select(*EXAM, "role"), rows)
    return (
        rows.join(known, on=EXAM, how="left", maintain_order="left")
        .with_columns(
            pupils=pl.col(value).count().over(unit).cast(pl.Int64),
            position=mid_rank_share(pl.col(value)).over(unit),
        )
        .with_columns(z=normal_score(pl.col("position")))
    )
