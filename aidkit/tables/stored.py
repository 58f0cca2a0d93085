"""Disclosed tables back from their folder: all that public notebooks and pages read."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.errors import MissingTablesError
from aidkit.project import Project
from aidkit.tables.disclosed import DISCLOSED


def read_disclosed(project: Project, county: Path, term: Term) -> Mapping[str, pl.DataFrame]:
    """Read the disclosed tables of a term.

    Raises:
        MissingTablesError: One is absent or was made by another version of aidkit; the remedy
            names the command that makes it.
    """
    folder = project.term_folder(county, term.code) / "public"
    paths = {name: folder / f"{name}.parquet" for name in DISCLOSED}
    for name, path in paths.items():
        if not path.is_file():
            raise MissingTablesError(
                f"没有 {term.label}可公开的表“{name}”。",
                where=f"reports/{county.name}/{term.code}/public",
                remedy=f"请先运行 aidkit run {term.code} --tables",
            )
    tables = {name: pl.read_parquet(path) for name, path in paths.items()}
    for name, table in tables.items():
        if table.columns != DISCLOSED[name].column_names():
            raise MissingTablesError(
                f"{term.label}的表“{name}”是另一个版本的程序做的。",
                where=f"reports/{county.name}/{term.code}/public",
                remedy=f"请重新运行 aidkit run {term.code} --tables",
            )
    return tables


def disclosed_terms(project: Project, county: Path) -> list[Term]:
    """Terms of a county whose disclosed tables are stored, or being made, oldest first."""
    return [
        term
        for term in project.terms(county)
        if (project.term_folder(county, term.code) / "public" / "aid.parquet").is_file()
    ]
