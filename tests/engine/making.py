"""Notebooks for tests of the engine, and how executed ones are compared."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat

from aidkit.engine import Kind, Outcome, Task, open_engine

PYTHON = {"name": "python3", "language": "python", "display_name": "Python 3"}
ERROR_CELL = "papermill-error-cell-tag"

_VARYING = (
    (re.compile(r"ipykernel_\d+/\d+"), "ipykernel"),
    (re.compile(r"0x[0-9a-fA-F]{6,}|(?<=object at )[0-9a-f]{12}"), "0x"),
    (re.compile(r"altair-viz-[0-9a-f]+"), "altair-viz"),
)

Cell = str | tuple[str, Sequence[str]]


def write(path: Path, cells: Iterable[Cell], kernel: Mapping[str, str] = PYTHON) -> Path:
    """A notebook of code cells, each a source or a source with tags."""
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": dict(kernel)})
    for number, cell in enumerate(cells):
        source, tags = (cell, []) if isinstance(cell, str) else cell
        notebook.cells.append(
            nbformat.v4.new_code_cell(
                source, id=f"cell-{number}", metadata={"tags": list(tags)} if tags else {}
            )
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def run_all(
    root: Path, sources: Iterable[Path], outputs: Path, kind: Kind = "fork", **settings: Any
) -> dict[str, Outcome]:
    """Run notebooks with an engine of their own; outcomes by the name of the file."""
    tasks = [Task(source.stem, source, outputs / source.name, {}) for source in sources]
    with open_engine(root=root, environment={}, kind=kind, **settings) as engine:
        return {outcome.task.name: outcome for outcome in engine.run(tasks)}


def executed(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def shown(path: Path) -> list[str]:
    """What each code cell shows, as plain text."""
    texts = []
    for cell in executed(path).cells:
        if cell.cell_type == "code":
            texts.append("".join(_text(output) for output in cell.outputs))
    return texts


def _text(output: Any) -> str:
    if output.output_type == "stream":
        return str(output.text)
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    return str(output.data.get("text/plain", ""))


def comparable(path: Path) -> dict[str, Any]:
    """An executed notebook without what two equal runs of nbclient do not share either.

    A kernel sends text in pieces as time passes, so neighbouring pieces of a stream are one.
    """
    notebook = executed(path)
    notes = notebook.metadata.papermill
    notebook.metadata.papermill = {key: notes.get(key) for key in ("parameters", "exception")}
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("execution", None)
        cell.metadata.pop("papermill", None)
        if {"injected-parameters", ERROR_CELL} & set(cell.metadata.get("tags", [])):
            cell["id"] = f"inserted-{number}"
        if cell.cell_type == "code":
            cell.outputs = _joined(cell.outputs)
    text = nbformat.writes(notebook)
    for pattern, fixed in _VARYING:
        text = pattern.sub(fixed, text)
    result: dict[str, Any] = nbformat.reads(text, as_version=4)
    return result


def _joined(outputs: Sequence[Any]) -> list[Any]:
    joined: list[Any] = []
    for output in outputs:
        last = joined[-1] if joined else None
        if (
            last is not None
            and output.output_type == last.output_type == "stream"
            and output.name == last.name
        ):
            last.text += output.text
        else:
            joined.append(output)
    return joined


def alive(process: int) -> bool:
    """Whether a process still runs; one that nobody has reaped does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2]
    except FileNotFoundError:
        return False
    return state.split()[0] not in {"Z", "X"}
