"""Whether the warm engine's notebooks are those of nbclient, cell by cell.

Usage, from the checkout: python -m benchmarks.equal --date 2026-11-22
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from benchmarks.bench import Bench
from benchmarks.command import main
from benchmarks.processes import side
from benchmarks.row import Row, none_of

_OF_THE_RUN = ("execution", "papermill")
"""Metadata of cells with times in them."""


def rows(bench: Bench) -> Iterator[Row]:
    """Every notebook of the sample county, by both."""
    root = bench.project("county")
    ours, theirs = bench.scratch("ours"), bench.scratch("theirs")
    side("sides.engine", root, ours, "all", 2)
    side("sides.papermill_loop", root, theirs, "all")
    names = sorted(path.name for path in theirs.glob("*.ipynb"))
    if not names or names != sorted(path.name for path in ours.glob("*.ipynb")):
        raise RuntimeError("not the same notebooks")
    cells = differing = 0
    for name in names:
        one, other = cells_of(ours / name), cells_of(theirs / name)
        cells += max(len(one), len(other))
        differing += abs(len(one) - len(other))
        differing += sum(mine != his for mine, his in zip(one, other, strict=False))
    note = f"（{len(names)} 份笔记本）"
    yield none_of("示例县全部笔记本，与 nbclient 不同的单元格", differing, cells, note)


def cells_of(path: Path) -> list[dict[str, Any]]:
    """What two runs of a notebook must have in common: all but times and the id of the new cell."""
    found = []
    for cell in nbformat.read(path, as_version=4).cells:
        kept = dict(cell)
        kept["metadata"] = {k: v for k, v in cell.metadata.items() if k not in _OF_THE_RUN}
        if "injected-parameters" in cell.metadata.get("tags", []):
            del kept["id"]
        found.append(kept)
    return found


if __name__ == "__main__":
    raise SystemExit(main({"equal": rows}))
