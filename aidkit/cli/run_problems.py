"""What `check` cannot see in a workbook, and a run would find: titles, and exams of a grade."""

from pathlib import Path

import polars as pl

from aidkit.cli.titles import unmatched_titles
from aidkit.county import SETTINGS
from aidkit.intake import Intake
from aidkit.intake.checker import Headers
from aidkit.labels import project_labels
from aidkit.progress.exams import exam_problems
from aidkit.progress.settings import read_progress_settings
from aidkit.project import Project


def run_problems(project: Project, folder: Path, intake: Intake) -> pl.DataFrame:
    """The problems that a run would find besides those of intake, each with its column.

    Args:
        project: Holds the programs and the settings.
        folder: What was checked; nothing is said of what is no county's own folder.
        intake: What was read from it.

    Returns:
        `tables.Problems`.
    """
    return pl.concat(
        [unmatched_titles(project, folder, intake), _of_exams(project, folder, intake)]
    )


def _of_exams(project: Project, folder: Path, intake: Intake) -> pl.DataFrame:
    if not (folder / SETTINGS).is_file():
        return intake.problems.clear()
    students = intake.tables["students"]
    found = exam_problems(
        intake.tables["scores"], students, read_progress_settings(project.params, folder)
    )
    # Intake has said who is on no roll; of a roll that cannot be read nobody is missing.
    found = found.filter(pl.col("code") != "score_without_grade")
    return found.with_columns(column=pl.Series(_columns(found, intake.headers), dtype=pl.String))


def _columns(found: pl.DataFrame, headers: Headers) -> list[str]:
    """The columns as they stand in the sheets."""
    labels = project_labels()
    names = {label: code for code, label in labels.names("subject").items()}
    names |= {text.header: name for name, text in labels.columns["scores"].items()}
    places = found.select("file", "sheet", "column").iter_rows()
    return [headers[file, sheet].get(names[column], "") for file, sheet, column in places]
