"""Problems of rows that were read well but cannot be believed, or cannot be used."""

import dataframely as dy
import polars as pl

from aidkit.tables import Problems


def no_problems() -> dy.DataFrame[Problems]:
    """An empty `tables.Problems`."""
    return Problems.create_empty()


def row_problems(
    rows: pl.DataFrame,
    header: str | pl.Expr,
    *,
    value: pl.Expr,
    code: str,
    severity: str,
    message: str | pl.Expr,
    remedy: str,
) -> dy.DataFrame[Problems]:
    """The same problem for each of some rows.

    Args:
        rows: Rows of an input table.
        header: The column for people, e.g. `申请项目`; an expression where rows differ in it.
        value: What stands in it.
        code: Kind of problem.
        severity: `error` or `warning`.
        message: What is wrong, Chinese; an expression where rows differ in it.
        remedy: What to do, Chinese.
    """
    if rows.is_empty():
        return no_problems()
    return Problems.validate(
        rows.select(
            file="source_file",
            sheet="source_sheet",
            row="source_row",
            column=pl.lit(header) if isinstance(header, str) else header,
            value=value.fill_null(""),
            code=pl.lit(code),
            severity=pl.lit(severity),
            message=pl.lit(message) if isinstance(message, str) else message,
            remedy=pl.lit(remedy),
        ).sort("file", "sheet", "row"),
        cast=True,
    )
