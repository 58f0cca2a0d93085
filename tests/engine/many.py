"""Many notebooks in a row, and what they leave behind: `python -m tests.engine.many 5000`."""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aidkit.engine import Task, open_engine
from tests.engine.making import write

CELLS = ["print('x')", "list(range(100))", "1/0"]


@dataclass(frozen=True)
class Standing:
    """What the runner and its template hold between two notebooks.

    Attributes:
        notebooks: Run so far.
        files: Open file descriptors of the runner.
        files_of_template: Those of the template.
        children: Processes of the template, dead ones that nobody reaped among them.
        bytes_here: Resident memory of the runner.
        bytes_of_template: That of the template.
    """

    notebooks: int
    files: int
    files_of_template: int
    children: int
    bytes_here: int
    bytes_of_template: int


def run_many(root: Path, notebooks: int, *, every: int) -> list[Standing]:
    """Run one small notebook again and again; what stands after each batch of `every`."""
    source = write(root / "many.ipynb", CELLS)

    def tasks() -> Iterator[Task]:
        for number in range(every):
            yield Task("many", source, root / "out" / f"{number % 10}.ipynb", {})

    standings = []
    with open_engine(root=root, environment={}, preload=["polars", "altair"]) as engine:
        for batch in range(notebooks // every):
            assert all("ZeroDivisionError" in outcome.error for outcome in engine.run(tasks()))
            template = engine._template
            assert template is not None
            standings.append(_standing((batch + 1) * every, template._process.pid))
    return standings


def _standing(notebooks: int, template: int) -> Standing:
    gc.collect()
    folder = Path(f"/proc/{template}")
    children = folder / "task" / str(template) / "children"
    return Standing(
        notebooks,
        len(list(Path("/proc/self/fd").iterdir())),
        len(list((folder / "fd").iterdir())),
        len(children.read_text(encoding="utf-8").split()),
        _resident(Path("/proc/self")),
        _resident(folder),
    )


def _resident(process: Path) -> int:
    pages = int((process / "statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Print what stands after each tenth, and the slopes from the first to the last."""
    notebooks = int(sys.argv[1])
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        standings = run_many(Path(folder), notebooks, every=max(1, notebooks // 10))
    for standing in standings:
        print(standing)
    first, last = standings[0], standings[-1]
    between = last.notebooks - first.notebooks
    print(
        f"bytes per notebook: runner {(last.bytes_here - first.bytes_here) / between:.0f},"
        f" template {(last.bytes_of_template - first.bytes_of_template) / between:.0f};"
        f" {(time.monotonic() - began) / notebooks * 1000:.1f} ms each"
    )


if __name__ == "__main__":
    main()
