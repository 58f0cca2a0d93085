"""Match titles on forms to programs; a title that means none of them is a problem."""

from collections.abc import Collection, Iterable, Mapping

import polars as pl

from aidkit.labels import folded, project_labels
from aidkit.programs import Version, spellings
from aidkit.runs.faulty import row_problems


def ids_by_title(versions: Iterable[Version]) -> dict[str, str]:
    """Every folded spelling of the versions' programs to the program's id."""
    programs = {version.program for version in versions}
    return {title: program.id for program in programs for title in spellings(program)}


def match_titles(
    table: str, rows: pl.DataFrame, by_title: Mapping[str, str], active: Collection[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give each row the `program_id` that its `program_title` means.

    Args:
        table: Name of the table, for messages.
        rows: Rows with `program_title`.
        by_title: Of `ids_by_title`.
        active: Ids of programs that have a version in force.

    Returns:
        The rows that could be matched, and a problem for each row that could not (set aside) or
        whose program is not in force here (kept).
    """
    matched = with_program(rows, by_title)
    unknown = matched.filter(pl.col("program_id").is_null())
    idle = matched.filter(~pl.col("program_id").is_in(list(active)))
    header = project_labels().columns[table]["program_title"].header
    problems = pl.concat(
        [
            row_problems(
                unknown,
                header,
                value=pl.col("program_title"),
                code="unknown_program",
                severity="error",
                message="没有哪个资助项目叫这个名称。",
                remedy="请写项目的全称或简称，不加括号；可用 aidkit program list 查看。",
            ),
            row_problems(
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


def with_program(rows: pl.DataFrame, by_title: Mapping[str, str]) -> pl.DataFrame:
    """Rows with the `program_id` that their `program_title` means; null where it means none.

    Args:
        rows: Rows with `program_title`.
        by_title: Of `ids_by_title`.
    """
    ids = {title: by_title.get(folded(title)) for title in rows["program_title"].unique()}
    return rows.with_columns(
        program_id=pl.col("program_title").replace_strict(ids, return_dtype=pl.String)
        if ids
        else pl.lit(None, pl.String)
    )
