"""What is wrong with a term's scores, and the school on whose report it stands."""

from collections.abc import Mapping

import polars as pl

READS = ("problems", "counts", "scores", "students", "schools")
"""Tables of the term that they are found in."""

_SHEET = ["file", "sheet"]
_ROW = [*_SHEET, "row"]


def score_problems(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Errors and warnings of sheets of scores, whether found when they were read or later.

    Whose they are is said by the pupil of the row, where the row was read and the pupil is on the
    roll; else by the other rows of the sheet, where all of them are of one school; else by the
    name of the file. What nobody is told of here stands in the term's problems all the same.

    Args:
        tables: Those of `READS`.

    Returns:
        `tables.Problems` and `school_code`, null where nobody knows.
    """
    sheets = tables["counts"].filter(table="scores").select(_SHEET).unique()
    faults = tables["problems"].join(sheets, on=_SHEET, how="semi", maintain_order="left")
    placed = _placed(tables["scores"], tables["students"])
    of_row = placed.unique(_ROW).rename({"school_code": "of_row"})
    of_sheet = (
        placed.group_by(_SHEET)
        .agg(of_sheet=pl.col("school_code").first(), schools=pl.col("school_code").n_unique())
        .filter(schools=1)
        .drop("schools")
    )
    stem = pl.col("file").str.split("/").list.last().str.replace(r"\.[^.]+$", "")
    of_file = tables["schools"].select("school_name", of_file="school_code").unique("school_name")
    return (
        faults.with_columns(school_name=stem)
        .join(of_row, on=_ROW, how="left", maintain_order="left")
        .join(of_sheet, on=_SHEET, how="left", maintain_order="left")
        .join(of_file, on="school_name", how="left", maintain_order="left")
        .with_columns(school_code=pl.coalesce("of_row", "of_sheet", "of_file"))
        .select(*faults.columns, "school_code")
    )


def _placed(scores: pl.DataFrame, students: pl.DataFrame) -> pl.DataFrame:
    """File, sheet and row of each usable score with the school of its pupil."""
    roll = students.select("student_no", "school_code").unique("student_no", keep="none")
    return (
        scores.select("student_no", file="source_file", sheet="source_sheet", row="source_row")
        .unique(_ROW)
        .join(roll, on="student_no")
        .drop_nulls("school_code")
        .select(*_ROW, "school_code")
    )
