"""Sittings written as totals by exam: what the measures are tested on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from aidkit.progress.normal import mid_rank_share, normal_score
from aidkit.progress.settings import ProgressSettings, read_progress_settings
from aidkit.project import find_project
from aidkit.tables.progress import Progress, Sittings

EARLIER, TERM = "2026-spring", "2026-autumn"
EXAMS = {
    "一月考": (EARLIER, dt.date(2026, 4, 1), "baseline"),
    "二月考": (EARLIER, dt.date(2026, 5, 1), "baseline"),
    "期末": (EARLIER, dt.date(2026, 6, 29), "choice"),
    "期中": (TERM, dt.date(2026, 11, 10), "other"),
    "学期末": (TERM, dt.date(2027, 1, 21), "outcome"),
}
"""Name to term, day and role."""

SCHOOL, GRADE, ROOM, FULL = "9900000001", "p5", "1班", 300.0
SETTINGS = read_progress_settings(find_project().params)
LOOSE = replace(SETTINGS, least_pupils=3)

Place = tuple[str, str, str]
HERE: Place = (SCHOOL, GRADE, ROOM)


def sat(
    totals: Mapping[str, Sequence[float | str | None]],
    exams: Sequence[str] = ("一月考", "二月考", "期末", "学期末"),
    places: Mapping[str, Place] | None = None,
    settings: ProgressSettings = SETTINGS,
) -> pl.DataFrame:
    """Sittings of students by number: their totals in the order of the exams.

    A word is the state of who has no total; None is a student who is not on the exam's sheet.
    """
    rows = []
    for student, row in totals.items():
        school, grade, room = (places or {}).get(student, HERE)
        for exam, total in zip(exams, row, strict=True):
            term, day, role = EXAMS[exam]
            if total is not None:
                state, points = (total, None) if isinstance(total, str) else ("scored", total)
                rows.append(
                    (term, exam, day, school, grade, room, student, role, points, FULL, state)
                )
    columns = [name for name in Sittings.column_names() if name not in {"pupils", "position", "z"}]
    schema = {name: Sittings.columns()[name].dtype for name in columns}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    wide = pl.col("exam").is_in(list(settings.county_wide))
    unit = ["exam", pl.when(wide).then(pl.lit("")).otherwise("school_code"), "grade"]
    placed = frame.with_columns(
        pupils=pl.col("total").count().over(unit).cast(pl.Int64),
        position=mid_rank_share(pl.col("total")).over(unit),
    ).with_columns(z=normal_score(pl.col("position")))
    return Sittings.validate(placed.select(Sittings.column_names()), cast=True)


def group(*students: str) -> pl.DataFrame:
    """The learners who are looked after."""
    return pl.DataFrame({"student_no": list(students)}, schema={"student_no": pl.String})


def by_student(frame: pl.DataFrame, *columns: str) -> dict[str, object]:
    """A column by student, or a tuple of columns."""
    rows = frame.select("student_no", *columns).iter_rows()
    return {row[0]: row[1] if len(columns) == 1 else row[1:] for row in rows}


ROW: dict[str, object] = {
    "term": "2026-autumn", "school_code": "9900000001", "grade": "p5", "class_name": "1班",
    "in_group": True, "baseline_exams": 2, "baseline_z": 0.0, "choice_z": 0.0, "outcome_z": 0.0,
    "earlier_z": 0.0, "choice_weight": 0.3, "slope": 0.8, "expected_z": 0.0, "growth": 0.1,
    "sem": 0.5, "low": -0.7, "high": 0.9,
    "band": "steady", "reason": None, "ceiling": False, "floor": False, "rank_before": 3,
    "rank_now": 2, "rank_change": 1, "rank_prize": "none", "fair_prize": "none",
}  # fmt: skip


def progress_of(*rows: Mapping[str, object]) -> pl.DataFrame:
    """Rows of progress that differ from a plain one."""
    numbered = [ROW | {"student_no": f"{n:02}"} | dict(row) for n, row in enumerate(rows)]
    schema = {name: column.dtype for name, column in Progress.columns().items()}
    return Progress.validate(pl.DataFrame(numbered, schema))
