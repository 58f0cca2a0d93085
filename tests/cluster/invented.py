"""Invented notebooks and jobs of a project that holds nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from aidkit.pipeline.jobs import NotebookJob


@dataclass(frozen=True)
class Invented:
    """A project with one slice and no notebook yet."""

    root: Path

    @property
    def work(self) -> Path:
        return self.root / "reports" / ".work"

    @property
    def slices(self) -> Path:
        return self.work / "demo" / "2026-autumn" / "slices"

    def jobs(
        self, source: str, values: Sequence[str], *code: str, **more: str
    ) -> list[NotebookJob]:
        """A notebook with one parameter `x`, run once for each value."""
        path = self.root / "notebooks" / f"{source}.ipynb"
        cells = [new_code_cell('x = ""', metadata={"tags": ["parameters"]}, id="parameters")]
        cells += [new_code_cell(text, id=f"cell-{n}") for n, text in enumerate(code)]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
        folder = self.work / "demo" / "2026-autumn" / "internal" / "notebooks"
        return [
            NotebookJob(
                f"internal/{source}-{x}", path, folder / f"{source}-{x}.ipynb", {"x": x, **more}
            )
            for x in values
        ]


def printed(path: Path) -> str:
    """What the last cell of an executed notebook printed."""
    return str(nbformat.read(path, as_version=4).cells[-1].outputs[0].text)
