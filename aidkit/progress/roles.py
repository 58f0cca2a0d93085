"""What each exam is for in the term looked at: baseline, choice of the group, outcome."""

import polars as pl

from aidkit.calendar import Term
from aidkit.progress.coded import coded, coded_like, spelled
from aidkit.progress.reliability import with_unit
from aidkit.progress.settings import ProgressSettings

EXAM = ("term", "exam", "school_code", "grade")
"""What names one exam of one grade of a school."""

GRADE = ("term", "school_code", "grade")
"""What names a grade of a school in a term."""

_HALF = 0.5


def exam_roles(results: pl.DataFrame, term: Term, settings: ProgressSettings) -> pl.DataFrame:
    """Say of every exam of every grade what it is for.

    The last exam of the term is the outcome, the last one of the term before is the choice: on it
    the group is chosen, and with it the documents' rule compares. It is never part of the
    baseline, for who is chosen for a bad day looks better on any other; what it says besides the
    baseline is a predictor of its own, see `mixed`. The baseline is all other exams of earlier
    terms. Where fewer than half of a grade's pupils have one at their school, or one of the whole
    county, the term's own earlier exams are its baseline, as in the first term at a new school;
    otherwise these are told and not used.

    An exam for which fewer than half of the grade's pupils with a score in that term have one is
    none of the grade: a second chance for a few, or one exam under another name. It has no role.

    Args:
        results: `tables.progress.Results`.
        term: The term looked at; exams of later ones have no role.
        settings: Which exams are the whole county's.

    Returns:
        One row for each exam of a grade: the columns `EXAM`, `exam_date`, `role`.
    """
    # Of two exams on one day the name decides, so that the order of rows cannot.
    results = coded(results.select(*EXAM, "exam_date", "student_no", "state"))
    days = results.lazy().group_by(EXAM).agg(pl.col("exam_date").min())
    exams = (
        spelled(days.collect(engine="streaming"))
        .join(sat_by(results.with_columns(scored=pl.col("state") == "scored")), on=EXAM)
        .with_columns(common=2 * pl.col("sat") >= pl.col("of"))
        .sort("exam_date", *EXAM)
    )
    before = _before(term)
    common = pl.col("common")
    last = common & (pl.col("exam") == pl.col("exam").filter(common).last().over(GRADE))
    starts = {code: Term.parse(code).starts for code in exams["term"].unique()}
    begins = pl.col("term").replace_strict(starts, return_dtype=pl.Date)
    roles = exams.with_columns(
        role=pl.when((pl.col("term") == term.code) & last)
        .then(pl.lit("outcome"))
        .when((pl.col("term") == before.code) & last)
        .then(pl.lit("choice"))
        .when(common & (begins < term.starts))
        .then(pl.lit("baseline"))
        .otherwise(pl.lit("other"))
    )
    new = _without_baseline(results, roles, term, settings)
    early = (pl.col("term") == term.code) & (pl.col("role") == "other") & common
    own = roles.join(new, on=["school_code", "grade"], how="left", maintain_order="left")
    return (
        own.with_columns(
            role=pl.when(early & pl.col("new").fill_null(value=False))
            .then(pl.lit("baseline"))
            .otherwise("role")
        )
        .select(*EXAM, "exam_date", "role")
        .sort("exam_date", *EXAM)
    )


def sat_by(rows: pl.DataFrame) -> pl.DataFrame:
    """How many pupils of a grade have a score at each of its exams, and how many at any.

    Args:
        rows: `EXAM`, `student_no` and `scored`: whether this result is a score.

    Returns:
        A row for each exam: the columns `EXAM`, `sat` and `of`, pupils at it and in its term.
    """
    pupils = rows.lazy().group_by(*EXAM, "student_no").agg(pl.col("scored").any())
    examined = pupils.group_by(*GRADE, "student_no").agg(pl.col("scored").any())
    of = examined.group_by(GRADE).agg(of=pl.col("scored").sum().cast(pl.Int64))
    sat = pupils.group_by(EXAM).agg(sat=pl.col("scored").sum().cast(pl.Int64))
    return spelled(sat.join(of, on=list(GRADE)).collect(engine="streaming"))


def _before(term: Term) -> Term:
    """The term before: of the same calendar year's spring, or of the last year's autumn."""
    year = term.starts.year
    return Term.parse(f"{year}-spring" if term.season == "autumn" else f"{year - 1}-autumn")


def _without_baseline(
    results: pl.DataFrame, roles: pl.DataFrame, term: Term, settings: ProgressSettings
) -> pl.DataFrame:
    """Grades of the term of whose pupils few have a baseline: `school_code`, `grade`, `new`."""
    rows = results.lazy().select(*EXAM, "student_no", scored=pl.col("state") == "scored")
    pupils = (
        rows.filter(pl.col("term") == term.code)
        .select("student_no", "school_code", "grade")
        .group_by("student_no")
        .first()
        .collect(engine="streaming")
    )
    baseline = coded_like(roles.filter(pl.col("role") == "baseline").select(EXAM), results)
    sat = (
        rows.filter("scored")
        .join(baseline.lazy(), on=EXAM, how="semi")
        .select("student_no", "exam", "school_code")
        .unique()
        .collect(engine="streaming")
    )
    here = (
        with_unit(sat, settings)
        .join(pupils, on="student_no", suffix="_now")
        .filter((pl.col("unit") == "") | (pl.col("unit") == pl.col("school_code_now")))
        .select("student_no", has=pl.lit(value=True))
        .unique()
    )
    return spelled(
        pupils.join(here, on="student_no", how="left")
        .group_by("school_code", "grade")
        .agg(new=pl.col("has").fill_null(value=False).mean() < _HALF)
    )
