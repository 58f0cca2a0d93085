"""A small county with the tables of a term, and learners' tables made of them."""

import shutil
from pathlib import Path
from typing import Any

import polars as pl

from aidkit.calendar import Term
from aidkit.pipeline.ground import foundations
from aidkit.pipeline.learners import make_learners
from aidkit.pipeline.parameters import term_parameters
from aidkit.pipeline.tables import make_tables
from aidkit.project import Project
from aidkit.tables.slices import read_slice
from tests.conftest import COUNTY

AUTUMN = Term.parse("2026-autumn")


class Made:
    """A small county with the tables of a term, and learners' tables made of them."""

    def __init__(self, root: Path) -> None:
        self.project = Project(root)
        self.county = root / COUNTY
        self.folder = self.project.reports(self.county, AUTUMN.code)

    def ground(self, **changes: str) -> dict[str, Any]:
        parameters = {**term_parameters(self.project, AUTUMN, {}), **changes}
        return foundations(self.project, self.county, AUTUMN, parameters)

    def tables(self) -> None:
        make_tables(self.project, self.county, AUTUMN, self.folder, ground=self.ground())

    def learners(self, folder: Path | None = None, last: Path | None = None, **more: str) -> Path:
        folder = folder or self.folder
        if folder != self.folder:
            tables = self.folder / "internal" / "tables"
            shutil.copytree(tables, folder / "internal" / "tables")
        place = (self.project, self.county, AUTUMN, folder)
        self.names = make_learners(*place, ground=self.ground(**more), last=last)
        return folder

    def table(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self.folder / "internal" / "learners" / f"{name}.parquet")

    def slice(self, room: Any, scope: str) -> dict[str, pl.DataFrame]:
        return read_slice(self.project, self.county, AUTUMN, room, scope)

    def scopes(self, room: str) -> list[str]:
        return sorted(path.stem for path in (self.folder / "slices" / room).glob("*.parquet"))
