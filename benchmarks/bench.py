"""The scratch folder of a run: projects with sample counties, made once, and how much is asked."""

import os
import platform
import shutil
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from aidkit.digests import file_digest
from benchmarks.processes import CHECKOUT, aidkit, side

TERM = "2026-autumn"
EARLIER = ("2025-autumn", "2026-spring")
COUNTY = "data/demo"
"""Where a project's county lies: where the parameters of the checkout look for it."""

_FRAME = ("params", "notebooks", "site")
_STAGED = ("_site*", ".quarto", "index.ipynb", "schools", "reports", "downloads", "vega.js")

Number = TypeVar("Number", int, float)


@dataclass(frozen=True)
class Bench:
    """What the parts share.

    Attributes:
        home: Scratch folder.
        pairs: How often two ways run in turn.
        smallest: Whether every part does as little as it can, to see that it runs.
    """

    home: Path
    pairs: int = 3
    smallest: bool = False
    _ran: set[Path] = field(default_factory=set, compare=False)

    def of(self, usual: Number, smallest: Number) -> Number:
        """How many, or how much, of something."""
        return smallest if self.smallest else usual

    def project(self, size: str) -> Path:
        """A project whose sample county has run its three terms, the last with reports; signed off.

        All parts share it: whoever changes something in it puts it back.
        """
        root = self.workbooks(size)
        if root not in self._ran:
            for term in EARLIER:
                aidkit(root, "run", term, "--tables")
            aidkit(root, "run", TERM)
            sign_off(root)
            self._ran.add(root)
        return root

    def workbooks(self, size: str) -> Path:
        """A project whose sample county has its workbooks; perhaps nothing was run yet."""
        root = self.home / self._size(size)
        if not (root / COUNTY / "county.toml").is_file():
            for name in _FRAME:
                shutil.copytree(
                    CHECKOUT / name,
                    root / name,
                    ignore=shutil.ignore_patterns(*_STAGED),
                    dirs_exist_ok=True,
                )
            side("sides.county", root / COUNTY, self._size(size))
        return root

    def scratch(self, name: str) -> Path:
        """An empty folder."""
        folder = self.home / "scratch" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def _size(self, size: str) -> str:
        return "tiny" if self.smallest else size


def sign_off(root: Path) -> None:
    """Let two people sign what a project's terms came to: without that no site is built."""
    side("sides.sign_off", root)


def digests_below(folder: Path) -> dict[str, str]:
    """Digest of every file below a folder, by its path there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in files}


def machine() -> str:
    """Cores, memory, Python and polars."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    return f"{os.cpu_count()} 核 {memory:.0f} GiB，CPython {python}，polars {version('polars')}"
