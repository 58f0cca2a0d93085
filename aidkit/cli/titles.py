"""Titles of programs on forms, held against the programs: what `check` cannot see in a workbook."""

from pathlib import Path

import polars as pl

from aidkit.county import SETTINGS
from aidkit.intake import Intake
from aidkit.project import Project
from aidkit.runs import title_problems

_COLUMNS = {
    "contradicting_tiers": "tier",
    "contradicting_amounts": "amount_fen",
    "panel_without_answer": "amount_fen",
    "panel_too_large": "panel",
    "waiver_unsigned": "signed",
    "revocation_without_reason": "reason",
}
"""The column that a problem lies in, where it is not that of the program's title."""


def unmatched_titles(project: Project, folder: Path, intake: Intake) -> pl.DataFrame:
    """The problems that a run would find besides those of intake, each with its column.

    Args:
        project: Holds the programs.
        folder: What was checked; only a county's own folder says which programs are in force.
        intake: What was read from it.

    Returns:
        `tables.Problems`.
    """
    if not (folder / SETTINGS).is_file():
        return intake.problems.clear()
    found = title_problems(project, folder, intake.tables)
    columns = []
    for file, sheet, code in found.select("file", "sheet", "code").iter_rows():
        headers = intake.headers[file, sheet]
        # A column that may be left out, and was, cannot be marked.
        columns.append(headers.get(_COLUMNS.get(code, ""), headers["program_title"]))
    return found.with_columns(column=pl.Series(columns, dtype=pl.String))
