"""Those from the county who are at, or have a place at, a university or college."""

import polars as pl

from aidkit.runs import Run


def freshmen(run: Run) -> pl.DataFrame:
    """One row for each student of the run's term in table `freshmen`, with columns of `Facts`.

    `stage` is the kind of the university or college. The school is the one left for it; its type
    and place say nothing of theirs and stay unknown, as does how long they were where.
    """
    rows = run.tables["freshmen"].filter(pl.col("term") == run.term.code)
    return rows.select(
        "name",
        "id_number",
        "college_place",
        "household_place",
        subject=pl.lit("freshman"),
        person_no="student_no",
        school_code=pl.col("school_code").fill_null(""),
        stage="college_kind",
        grade=pl.lit(""),
        class_name=pl.lit(""),
    )
