"""Many small notebooks in a row, with a look at the engine between them: PROJECT FOLDER NUMBER."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from aidkit.engine import Task, open_engine
from benchmarks.held import family, files, memory

LOOKS = 100
"""How often it looks."""

METADATA = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}

CELLS = (
    "import altair as alt\nimport polars as pl",
    'frame = pl.DataFrame({"n": range(1000)}).with_columns(square=pl.col("n") ** 2)\nframe.sum()',
    "points = alt.Data(values=frame.head(20).to_dicts())\n"
    'alt.Chart(points).mark_bar().encode(x="n:Q", y="square:Q").to_dict()["mark"]',
    "print(number)",
)


def main(project: str, folder: str, number: str) -> None:
    """Run them one after the other, the copies over each other, and print the counts."""
    home, count = Path(folder), int(number)
    source = home / "source.ipynb"
    parameters = new_code_cell("number = 0", metadata={"tags": ["parameters"]})
    cells = [parameters, *map(new_code_cell, CELLS)]
    nbformat.write(new_notebook(cells=cells, metadata=METADATA), source)
    looks: dict[str, list[float]] = {"after": [], "memory": [], "files": [], "processes": []}
    every = max(1, count // LOOKS)
    with open_engine(
        root=Path(project), environment={}, workers=1, preload=["polars", "altair"]
    ) as engine:
        for done, outcome in enumerate(engine.run(_tasks(source, home, count)), 1):
            if outcome.error:
                raise SystemExit(f"{outcome.task.name}: {outcome.error}")
            if done % every == 0:
                _look(looks, done)
    print(json.dumps(looks))


def _tasks(source: Path, home: Path, count: int) -> Iterator[Task]:
    for number in range(count):
        yield Task(str(number), source, home / f"{number % 10}.ipynb", {"number": number})


def _look(looks: dict[str, list[float]], done: int) -> None:
    """Count what this process and all below it hold."""
    processes = family(os.getpid())
    looks["after"].append(done)
    looks["memory"].append(memory(processes))
    looks["files"].append(files(processes))
    looks["processes"].append(len(processes))


if __name__ == "__main__":
    main(*sys.argv[1:])
