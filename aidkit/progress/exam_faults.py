"""Scores that were read well and cannot be used: whose they are, or out of how many points."""

import polars as pl

from aidkit.labels import project_labels
from aidkit.runs.faulty import no_problems, row_problems

SHEET_ROW = ("source_file", "source_sheet", "source_row")
"""Columns that say where a row stood."""

_UNPLACED = pl.col("grade").is_null()
_WITHOUT_FULL = pl.col("grade").is_not_null() & pl.col("full_score").is_null()
_ABOVE_FULL = pl.col("score") > pl.col("full_score")
_ODD_FULL = pl.col("odd").fill_null(value=False)


def unusable_row() -> pl.Expr:
    """Whether a score with `grade`, `full_score` and `odd` makes its row of the sheet unusable."""
    return _UNPLACED | _WITHOUT_FULL | _ABOVE_FULL | _ODD_FULL


def exam_faults(rows: pl.DataFrame) -> pl.DataFrame:
    """A problem for each score that makes its row unusable; of a pupil without grade one a row.

    Args:
        rows: Such scores, with `grade`, `full_score`, `odd` and the columns of `tables.Scores`
            that say whose they are and where they stood.

    Returns:
        `tables.Problems`.
    """
    found = [no_problems(), _unplaced(rows.filter(_UNPLACED))]
    for subject, header in project_labels().names("subject").items():
        of_subject = rows.filter(pl.col("subject") == subject)
        found += [
            _above_full(of_subject.filter(_ABOVE_FULL), header),
            _without_full(of_subject.filter(_WITHOUT_FULL), header),
            _odd_full(of_subject.filter(_ODD_FULL), header),
        ]
    return pl.concat(found)


def _unplaced(rows: pl.DataFrame) -> pl.DataFrame:
    """Pupils who came after the roll was made: nobody knows in which grade they are."""
    return row_problems(
        rows.unique(SHEET_ROW, maintain_order=True),
        project_labels().columns["scores"]["student_no"].header,
        value=pl.col("student_no"),
        code="score_without_grade",
        severity="error",
        message="这名学生不在考试那个学期的学生名册里，不知道年级，成绩没有采用。",
        remedy="请在那个学期的学生名册里补上这名学生。",
    )


def _above_full(rows: pl.DataFrame, header: str) -> pl.DataFrame:
    return row_problems(
        rows,
        header,
        value=pl.col("score").cast(pl.String).str.strip_suffix(".0"),
        code="score_above_full",
        severity="error",
        message="分数高于满分，这一行各科的成绩都没有采用。",
        remedy="请核对分数；试卷满分与规定不同的，写在表头，例如“数学（120分）”。",
    )


def _without_full(rows: pl.DataFrame, header: str) -> pl.DataFrame:
    """Grades of a stage without declared full marks, such as kindergartens."""
    return row_problems(
        rows,
        header,
        value=pl.lit(""),
        code="full_score_unknown",
        severity="error",
        message="不知道这个年级这一科的满分，这一行各科的成绩都没有采用。",
        remedy="请把满分写在表头，例如“数学（120分）”。",
    )


def _odd_full(rows: pl.DataFrame, header: str) -> pl.DataFrame:
    """Marks out of other totals than those of the rest of the grade: their sum says nothing."""
    full = pl.col("full_score").cast(pl.String).str.strip_suffix(".0")
    return row_problems(
        rows,
        header,
        value=full,
        code="full_score_differs",
        severity="error",
        message=pl.format(
            "这一行的满分是 {} 分，与本年级同一次考试的别的行不同，不能放在一起比，"
            "这一行各科的成绩都没有采用。",
            full,
        ),
        remedy="请核对表头的满分，没有写的按规定的满分算；确是两种试卷的，请换算成同一个满分再填。",
    )
