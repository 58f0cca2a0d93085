"""Where things lie: the project's folders, found from wherever a command or notebook starts."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast, get_args

from aidkit.calendar import Season, Term
from aidkit.errors import UsageError

FUND_PREFIX = "fund-"
"""Begins the scope of a fund's slices and the names of its reports: `fund-<id>`."""


@dataclass(frozen=True)
class Project:
    """A checkout with `params/`, `notebooks/`, `site/` and the generated `reports/`."""

    root: Path

    @property
    def params(self) -> Path:
        """Labels, programs, terms."""
        return self.root / "params"

    @property
    def notebooks(self) -> Path:
        """Notebook sources, stored without outputs."""
        return self.root / "notebooks"

    @property
    def site(self) -> Path:
        """The Quarto project."""
        return self.root / "site"

    def reports(self, county: Path, term: str) -> Path:
        """Everything made for one county and term: `reports/<county folder>/<term>`."""
        return self.root / "reports" / county.name / term

    def terms(self, county: Path) -> list[Term]:
        """Terms of a county with results, stored or under way, oldest first.

        Folders that are no term, such as what a killed run left behind, are passed over.
        """
        work = _work()
        roots = [self.root / "reports", *([Path(work)] if work and not is_address(work) else [])]
        names = {
            folder.name
            for root in roots
            for season in get_args(Season)
            for folder in (root / county.name).glob(f"[0-9][0-9][0-9][0-9]-{season}")
        }
        return sorted(map(Term.parse, names))

    def term_folder(self, county: Path, term: str) -> Path:
        """Where to read a term's tables: the run under way (`AIDKIT_WORK`), else `reports`."""
        return _under_way(Path(county.name) / term) or self.reports(county, term)

    def slice(self, county: Path, term: str, audience: str, scope: str) -> str:
        """Where to read what a report reads, a file or an address: see `term_folder`.

        Args:
            county: The county folder.
            term: Term code.
            audience: `internal` or `public`.
            scope: School code, `county`, or `fund-<id>`.
        """
        name = f"slices/{audience}/{scope}.parquet"
        if (work := _work()) and is_address(work):
            return f"{work.rstrip('/')}/{county.name}/{term}/{name}"
        return str(self.term_folder(county, term) / name)

    def simulation(self, county: Path, term: str, name: str) -> Path:
        """A what-if: `reports/<county folder>/simulations/<term>/<name>`, beside the terms."""
        return self.root / "reports" / _simulation(county, term, name)

    def simulation_folder(self, county: Path, term: str, name: str) -> Path:
        """Where to read a what-if: the one under way (`AIDKIT_WORK`), else the stored one."""
        under_way = _under_way(_simulation(county, term, name))
        return under_way or self.simulation(county, term, name)

    def county(self, folder: str) -> Path:
        """The county folder that a parameter names: absolute, or relative to the project."""
        return (self.root / folder).resolve()

    def remembered_county(self) -> str | None:
        """The county folder last used by `demo` or `init`, as remembered in `.aidkit.json`."""
        memory = self.root / ".aidkit.json"
        if not memory.is_file():
            return None
        return cast(str, json.loads(memory.read_text(encoding="utf-8"))["county"])

    def remember_county(self, folder: str) -> None:
        """Remember the county folder for commands without `--county`."""
        with replacing(self.root / ".aidkit.json") as file:
            file.write(json.dumps({"county": folder}, ensure_ascii=False).encode())


def is_address(place: str) -> bool:
    """Whether a place is an address such as `s3://…` and not a path."""
    return "://" in place


def _work() -> str:
    """The folder, or address, under which the results of the run under way lie; or nothing."""
    return os.environ.get("AIDKIT_WORK", "")


def _under_way(results: Path) -> Path | None:
    """Results in the run under way, if they are being made there."""
    work = _work()
    if not work or is_address(work):
        return None
    return folder if (folder := Path(work) / results).is_dir() else None


def _simulation(county: Path, term: str, name: str) -> Path:
    return Path(county.name) / "simulations" / term / name


def find_project(start: Path | None = None) -> Project:
    """The project around `start` (default: the working directory), else the checkout of aidkit.

    Raises:
        UsageError: Neither holds `params/labels.toml`.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[1]):
        if (folder / "params" / "labels.toml").is_file():
            return Project(folder)
    raise UsageError(
        "找不到 aidkit 项目（含 params/labels.toml 的文件夹）。",
        where=str(here),
        remedy="请在项目文件夹里运行命令。",
    )


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Write a file so that readers see the old or the new content, never a half one.

    Yields:
        A binary file beside `path`; it takes the name of `path` when the block ends well.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with draft.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
