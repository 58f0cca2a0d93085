"""Out of how many points each score is, and where a grade is not of one mind about it."""

import polars as pl

from aidkit.progress.reliability import with_unit
from aidkit.progress.settings import ProgressSettings

_PAPER = ("term", "exam", "unit", "grade", "subject")
"""What names one paper: those who sat it are compared with each other."""


def with_full_marks(rows: pl.DataFrame, settings: ProgressSettings) -> pl.DataFrame:
    """Add the full marks of every score, the sheet's word before the declared figure.

    Args:
        rows: Scores with `term`, `exam`, `school_code`, `grade`, `subject` and `stated`.
        settings: Declared full marks, and which exams are the whole county's.

    Returns:
        The rows with `declared`, `full_score` and `odd`: whether its full marks are not those of
        most scores of the same paper, of the school's grade or the county's. Where as many have
        one as another, all are odd.
    """
    grade = ["grade", "subject"]
    known = rows.join(_declared(rows, settings), on=grade, how="left", maintain_order="left")
    known = known.with_columns(full_score=pl.coalesce("stated", "declared"))
    own = known.filter(
        pl.col("stated").is_not_null(),
        pl.col("stated").ne_missing(pl.col("declared")),
        pl.col("grade").is_not_null(),
    )
    if own.is_empty():
        return known.with_columns(odd=pl.lit(value=False))
    odd = _odd(with_unit(known, settings), with_unit(own, settings).select(_PAPER).unique())
    return (
        with_unit(known, settings)
        .join(odd, on=[*_PAPER, "full_score"], how="left", maintain_order="left")
        .with_columns(pl.col("odd").fill_null(value=False))
        .drop("unit")
    )


def _odd(rows: pl.DataFrame, papers: pl.DataFrame) -> pl.DataFrame:
    """Full marks of some papers that are not those of most: `_PAPER`, `full_score`, `odd`."""
    counted = (
        rows.join(papers, on=_PAPER, how="semi")
        .drop_nulls("full_score")
        .group_by(*_PAPER, "full_score")
        .len()
    )
    most = pl.col("len") == pl.col("len").max().over(_PAPER)
    alone = most & (most.sum().over(_PAPER) == 1)
    return counted.filter(~alone).select(*_PAPER, "full_score", odd=pl.lit(value=True))


def _declared(rows: pl.DataFrame, settings: ProgressSettings) -> pl.DataFrame:
    """Declared full marks of each grade and subject that occur: `grade`, `subject`, `declared`."""
    pairs = rows.select("grade", "subject").drop_nulls().unique()
    return pairs.with_columns(
        declared=pl.Series(
            [settings.full_score(grade, subject) for grade, subject in pairs.iter_rows()],
            dtype=pl.Float64,
        )
    )
