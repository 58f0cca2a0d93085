"""The students on the roll of a term, and how long they were there."""

import polars as pl

from aidkit.facts.enrolment import presence
from aidkit.runs import Run

_STAGE_BY_FIRST_LETTER = {
    "k": "kindergarten",
    "p": "primary",
    "j": "junior",
    "s": "senior",
    "v": "vocational",
}


def students(run: Run) -> pl.DataFrame:
    """One row for each student on the roll of the run's term, with columns of `tables.Facts`.

    `stage` follows from the grade; primary and junior grades of a special school are `special`.
    """
    tables, term = run.tables, run.term
    roll = tables["students"].filter(pl.col("term") == term.code)
    there = presence(
        roll.select("school_code", "student_no"),
        tables["enrolment_changes"],
        tables["schools"],
        term,
    )
    schools = tables["schools"].select(
        "school_code", "school_type", "ownership", "locality", place_tier="hardship_level"
    )
    return (
        roll.join(schools, on="school_code", how="left")
        .join(there, on="student_no", how="left")
        .select(
            "name",
            "id_number",
            "school_code",
            "grade",
            "class_name",
            "boarder",
            "residence",
            "household_place",
            "major",
            "school_type",
            "ownership",
            "locality",
            "place_tier",
            "present_months",
            "present_days",
            "left_on",
            "left_by",
            "left_county",
            subject=pl.lit("student"),
            person_no="student_no",
            stage=_stage(),
            enrolled=pl.col("present_months") > 0,
        )
    )


def _stage() -> pl.Expr:
    by_grade = pl.col("grade").str.head(1).replace_strict(_STAGE_BY_FIRST_LETTER)
    compulsory = by_grade.is_in(["primary", "junior"])
    special = (pl.col("school_type") == "special").fill_null(False)
    return pl.when(special & compulsory).then(pl.lit("special")).otherwise(by_grade)
