"""Notebooks of a folder run by one worker one after the other: PROJECT FOLDER NAME….

The names are those of notebooks in the folder.
"""

import json
import sys
from pathlib import Path

from aidkit.engine import Task, open_engine


def main(project: str, folder: str, *names: str) -> None:
    """Run them; the executed copies are `<number>-<name>.ipynb`."""
    home = Path(folder)
    tasks = [
        Task(name, home / f"{name}.ipynb", home / f"{number}-{name}.ipynb", {})
        for number, name in enumerate(names)
    ]
    with open_engine(
        root=Path(project), environment={}, workers=1, preload=["polars", "altair"]
    ) as engine:
        outcomes = list(engine.run(tasks))
    failed = [f"{outcome.task.name}: {outcome.error}" for outcome in outcomes if outcome.error]
    if failed:
        raise SystemExit("\n".join(failed))
    print(json.dumps({"notebooks": len(outcomes)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
