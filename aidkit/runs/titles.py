"""Match titles on forms to programs; what fails, or contradicts itself, is a problem."""

from collections.abc import Collection, Mapping

import dataframely as dy
import polars as pl

from aidkit.labels import folded, project_labels
from aidkit.tables import Problems


def no_problems() -> pl.DataFrame:
    """An empty `tables.Problems`."""
    return Problems.create_empty()


def match_titles(
    table: str, rows: pl.DataFrame, by_title: Mapping[str, str], active: Collection[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give each row the `program_id` that its `program_title` means.

    Args:
        table: Name of the table, for messages.
        rows: Rows with `program_title`.
        by_title: Folded titles to program ids.
        active: Ids of programs that have a version in force.

    Returns:
        The rows that could be matched, and a problem for each row that could not (set aside) or
        whose program is not in force here (kept).
    """
    written = rows["program_title"].unique().to_list()
    ids = {title: by_title.get(folded(title)) for title in written}
    matched = rows.with_columns(
        program_id=pl.col("program_title").replace_strict(ids, return_dtype=pl.String)
        if ids
        else pl.lit(None, pl.String)
    )
    unknown = matched.filter(pl.col("program_id").is_null())
    idle = matched.filter(~pl.col("program_id").is_in(list(active)))
    header = project_labels().columns[table]["program_title"].header
    problems = pl.concat(
        [
            _problems(
                unknown,
                header,
                value=pl.col("program_title"),
                code="unknown_program",
                severity="error",
                message="没有哪个资助项目叫这个名称。",
                remedy="请写项目的全称或简称，不加括号；可用 aidkit program list 查看。",
            ),
            _problems(
                idle,
                header,
                value=pl.col("program_title"),
                code="program_not_in_force",
                severity="warning",
                message="这个项目本学期在本县没有有效的版本，这一行不起作用。",
                remedy="请核对项目；来源没有写地区的项目要在 county.toml 的 adopts 里列出。",
            ),
        ]
    )
    return matched.filter(pl.col("program_id").is_not_null()), problems


def contradicting_tiers(decisions: pl.DataFrame) -> dy.DataFrame[Problems]:
    """A problem for each panel decision that another one for the same program contradicts.

    Args:
        decisions: `tables.PanelDecisions` with `program_id`.
    """
    several = pl.col("tier").n_unique().over("student_no", "program_id") > 1
    labels = project_labels()
    return _problems(
        decisions.filter(several),
        labels.columns["panel_decisions"]["tier"].header,
        value=pl.col("tier").replace_strict(labels.names("tier"), return_dtype=pl.String),
        code="contradicting_tiers",
        severity="error",
        message="同一名学生、同一个项目有不同的认定档次，都没有采用。",
        remedy="请核对评审记录，只留一个。",
    )


def _problems(
    rows: pl.DataFrame,
    header: str,
    *,
    value: pl.Expr,
    code: str,
    severity: str,
    message: str,
    remedy: str,
) -> dy.DataFrame[Problems]:
    return Problems.validate(
        rows.select(
            file="source_file",
            sheet="source_sheet",
            row="source_row",
            column=pl.lit(header),
            value=value,
            code=pl.lit(code),
            severity=pl.lit(severity),
            message=pl.lit(message),
            remedy=pl.lit(remedy),
        ).sort("file", "sheet", "row"),
        cast=True,
    )
