"""What exams say of a term's learners: every table of it, from workbooks of this and past terms."""

from collections.abc import Mapping

import polars as pl

from aidkit.calendar import Term
from aidkit.progress.coded import coded, coded_like
from aidkit.progress.disagreement import disagreements
from aidkit.progress.exams import read_exams
from aidkit.progress.group import looked_after
from aidkit.progress.luck_table import luck
from aidkit.progress.progress import progress
from aidkit.progress.reliability import reliability
from aidkit.progress.roles import exam_roles
from aidkit.progress.settings import ProgressSettings
from aidkit.progress.sittings import sittings, subject_sittings
from aidkit.progress.teachers import teacher_results
from aidkit.tables.progress import (
    Disagreements,
    Group,
    Luck,
    Progress,
    Sittings,
    SubjectSittings,
    TeacherResults,
)

Frames = Mapping[str, pl.DataFrame]

READS = ("scores", "students", "tutor_pairs", "help_logs", "teachers")
"""Tables of the term that these are made from."""

LOOKS_BACK = ("scores", "students")
"""Tables of earlier terms that they are made from."""

TOLD = ("choice", "outcome")
"""Roles of the exams whose results are kept learner by learner."""

MOST_WEAK = 3
"""Subjects that a learner is proposed help in, at most."""

_EXAMS: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(["term", "exam", "school_code", "grade"], pl.String),
    "exam_date": pl.Date,
    "role": pl.String,
}
_WEAK: dict[str, type[pl.DataType] | pl.DataType] = {
    "student_no": pl.String,
    "weak": pl.List(pl.String),
    "need": pl.Float64,
}


def progress_tables(
    tables: Frames, earlier: Frames, settings: ProgressSettings, term: Term
) -> dict[str, pl.DataFrame]:
    """Every table of `tables.progress`, and those that were made on the way.

    Args:
        tables: The term's input tables.
        earlier: Those of `LOOKS_BACK` of all terms before.
        settings: Declared figures.
        term: The term.

    Returns:
        By name; `exams` are the roles of exams, `weak` has for each learner the weak subjects and
        the position at the last exam.
    """
    if tables["scores"].is_empty():
        return _nothing()
    both = {name: pl.concat([earlier[name], tables[name]]) for name in LOOKS_BACK}
    exams = read_exams(both["scores"], both["students"], settings)
    results = coded(exams.results)
    roles = exam_roles(results, term, settings)
    sat = sittings(results, roles, settings)
    shares = reliability(sat, results, settings)
    pairs, logs = tables["tutor_pairs"], tables["help_logs"]
    group = looked_after(tables["students"], pairs, sat, settings)
    measured = progress(sat, shares, group, settings, term.code)
    told = pl.col("role").is_in(TOLD)
    # Standardised among all who sat the exam, whatever it is for to some of them.
    asked = coded_like(roles.filter(told), results)
    kept = results.join(asked, on=["term", "exam"], how="semi")
    subjects = subject_sittings(kept, roles, settings).filter(told)
    schools = tables["teachers"].select("teacher_no", "school_code").unique("teacher_no")
    helped = pairs.join(schools, on="teacher_no", how="left").with_columns(
        pl.col("school_code").fill_null("")
    )
    return {
        "exams": roles.select(*_EXAMS),
        "sittings": sat.filter(told),
        "subject_sittings": subjects,
        "progress": measured,
        "group": group,
        "luck": luck(measured, sat, shares, settings),
        "disagreements": disagreements(measured),
        "teacher_results": teacher_results(helped, measured, sat, logs, settings),
        "weak": _weak(sat, subjects),
    }


def _weak(sat: pl.DataFrame, subjects: pl.DataFrame) -> pl.DataFrame:
    """Subjects in which learners were below the middle of their grade at their last exam."""
    last = pl.col("exam_date").max().over("student_no")
    of_last = pl.col("z").is_not_null() & (pl.col("exam_date") == last)
    weak = (
        subjects.filter(of_last, pl.col("z") < 0)
        .sort("student_no", "z", "subject")
        .group_by("student_no", maintain_order=True)
        .agg(weak=pl.col("subject").unique(maintain_order=True).head(MOST_WEAK))
    )
    need = (
        sat.filter(pl.col("role").is_in(TOLD))
        .filter(of_last)
        .group_by("student_no")
        .agg(need=pl.col("position").min())
    )
    found = weak.join(need, on="student_no", how="full", coalesce=True)
    return found.with_columns(pl.col("weak").fill_null([])).select(*_WEAK).sort("student_no")


def _nothing() -> dict[str, pl.DataFrame]:
    schemas = {
        "sittings": Sittings,
        "subject_sittings": SubjectSittings,
        "progress": Progress,
        "group": Group,
        "luck": Luck,
        "disagreements": Disagreements,
        "teacher_results": TeacherResults,
    }
    return {
        "exams": pl.DataFrame(schema=_EXAMS),
        **{name: pl.DataFrame(schema.create_empty()) for name, schema in schemas.items()},
        "weak": pl.DataFrame(schema=_WEAK),
    }
