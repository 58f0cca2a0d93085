"""Score sheets and rolls as frames, in few words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import polars as pl

from aidkit.intake.assembly import no_rows
from aidkit.progress.settings import ProgressSettings, read_progress_settings
from aidkit.project import find_project

TERM, BEFORE, EARLIER = "2026-autumn", "2026-spring", "2025-autumn"
SCHOOL, OTHER = "9901010001", "9901010002"
DAYS = {
    (EARLIER, "期中"): dt.date(2025, 11, 10),
    (EARLIER, "期末"): dt.date(2026, 1, 21),
    (BEFORE, "期中"): dt.date(2026, 4, 28),
    (BEFORE, "期末"): dt.date(2026, 6, 29),
    (TERM, "月考"): dt.date(2026, 10, 13),
    (TERM, "期中"): dt.date(2026, 11, 10),
}
"""The exams, in order of time."""


def number(pupil: int) -> str:
    """The 学籍号 of a made-up pupil."""
    return f"G9901012015{pupil:08d}"


@cache
def shipped() -> ProgressSettings:
    return read_progress_settings(find_project().params)


def declared(**changes: object) -> ProgressSettings:
    """The shipped settings with some changes."""
    return replace(shipped(), **changes)  # type: ignore[arg-type]


def roll(
    pupils: Sequence[int],
    *,
    terms: Sequence[str] = (TERM,),
    school: str = SCHOOL,
    grade: str = "j2",
    classes: Mapping[int, str] | None = None,
) -> pl.DataFrame:
    """`tables.Students` with the columns that exams need."""
    known = classes or {}
    rows = [(term, number(p), school, grade, known.get(p, "1班")) for term in terms for p in pupils]
    names = ["term", "student_no", "school_code", "grade", "class_name"]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def scores(
    marks: Mapping[int, Mapping[str, float | str | None]],
    *,
    exam: tuple[str, str] = (TERM, "期中"),
    full: Mapping[str, float] | None = None,
    class_name: str | None = "1班",
    day: dt.date | None = None,
) -> pl.DataFrame:
    """`tables.Scores` of one sheet: pupil to subject to score, or code of an absence."""
    term, name = exam
    rows = [
        {
            "source_file": f"{term}/考试成绩.xlsx",
            "source_sheet": name,
            "source_row": 10 + pupil,
            "term": term,
            "student_no": number(pupil),
            "name": f"学生{pupil}",
            "class_name": class_name,
            "exam": name,
            "exam_date": day or DAYS[exam],
            "subject": subject,
            "score": mark if isinstance(mark, int | float) else None,
            "absence": mark if isinstance(mark, str) else None,
            "full_score": (full or {}).get(subject),
        }
        for pupil, subjects in marks.items()
        for subject, mark in subjects.items()
    ]
    schema = no_rows("scores").drop("set_aside").schema
    return pl.DataFrame(rows, schema=schema)
