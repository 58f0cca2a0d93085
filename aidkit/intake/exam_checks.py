"""Scores held against the roll: whether there is such a class."""

import polars as pl


def unknown_classes(scores: pl.DataFrame, students: pl.DataFrame) -> pl.DataFrame:
    """The first row of each sheet that names a class which its pupil's grade does not have.

    Args:
        scores: `tables.Scores`.
        students: `tables.Students` of the same terms.
    """
    grade = ["term", "school_code", "grade"]
    roll = students.drop_nulls(["student_no", *grade, "class_name"])
    classes = roll.select(*grade, "class_name").unique()
    pupils = roll.select("student_no", *grade).unique(["term", "student_no"], keep="none")
    return (
        scores.drop_nulls("class_name")
        .unique(["source_file", "source_sheet", "source_row"], keep="first", maintain_order=True)
        .join(pupils, on=["term", "student_no"], maintain_order="left")
        .join(classes, on=[*grade, "class_name"], how="anti", maintain_order="left")
        .sort("source_row", maintain_order=True)
        .unique(["source_file", "source_sheet", "class_name"], keep="first", maintain_order=True)
    )
