"""The small sample county with the tables of two terms, as the tables stage hands them over."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.disclosure import Counted, aggregates, count_term, disclose, read_settings
from aidkit.disclosure.told import NOTHING
from aidkit.pipeline.slicing import write_slices
from aidkit.pipeline.tables import make_tables
from aidkit.project import Project
from tests.conftest import make_project

SPRING, AUTUMN = Term.parse("2026-spring"), Term.parse("2026-autumn")

Frames = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Made:
    """A county whose tables are made.

    Attributes:
        project: The checkout.
        county: The county folder.
        internal: The tables of the autumn with persons.
        public: Those disclosed.
        folder: The autumn's results.
    """

    project: Project
    county: Path
    internal: Frames
    public: Frames
    folder: Path

    def disclosed(self, internal: Frames) -> Frames:
        """What is disclosed of other tables with persons."""
        settings = read_settings(self.project.params / "disclosure.toml")
        return disclose(
            self.counted(internal),
            term=AUTUMN,
            **{name: internal[name] for name in ("schools", "donations", "problems", "counts")},
            programs=self.public["programs"],
            threshold=settings.threshold,
            width=settings.width,
            told=NOTHING,
            donor_columns=settings.named_tables["donors"].columns,
        )

    def counted(self, internal: Frames) -> Counted:
        """What other tables with persons count."""
        names = ("facts", "decisions", "schools", "quotas")
        tables = {name: internal[name] for name in names}
        return count_term(**tables, programs=self.public["programs"])

    def slices(self, folder: Path, internal: Frames, last: Path | None = None) -> dict[str, Path]:
        """Write the slices of these tables below a folder, and list them by audience/scope."""
        write_slices(
            *(self.project, self.county, AUTUMN, folder),
            internal=internal,
            public=self.disclosed(internal),
            full=aggregates(self.counted(internal)),
            last=last,
        )
        return {
            path.relative_to(folder / "slices").as_posix().removesuffix(".parquet"): path
            for path in sorted((folder / "slices").rglob("*.parquet"))
        }


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    project = Project(make_project(tmp_path_factory.mktemp("sliced")))
    county = project.root / "data" / "demo"
    for term in (SPRING, AUTUMN):
        make_tables(project, county, term, project.reports(county, term.code))
    folder = project.reports(county, AUTUMN.code)
    internal = _tables(folder / "internal" / "tables")
    return Made(project, county, internal, _tables(folder / "public"), folder)


def _tables(folder: Path) -> Frames:
    return {path.stem: pl.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}
