"""papermill's own steps around the cells: parameters, notes on the run, the error on top."""

import logging
from importlib import import_module
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from papermill.engines import NotebookExecutionManager
from papermill.exceptions import PapermillExecutionError
from papermill.execute import (
    prepare_notebook_metadata,
    raise_for_execution_errors,
    remove_error_markers,
)
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from aidkit.engine.protocol import Described, Said, Started
from aidkit.engine.tasks import Task

logging.getLogger("papermill").setLevel(logging.ERROR)


def prepare(task: Task) -> NotebookNode:
    """Read a notebook and put in its parameters."""
    notebook: NotebookNode = load_notebook_node(str(task.source))
    if task.parameters:
        notebook = parameterize_notebook(notebook, dict(task.parameters))
    notebook = prepare_notebook_metadata(notebook, str(task.source), str(task.output))
    remove_error_markers(notebook)
    return notebook


def keeper(notebook: NotebookNode) -> NotebookExecutionManager:
    """Papermill's keeper of times and states; it saves nothing, the copy is written once."""
    manager = NotebookExecutionManager(notebook, progress_bar=False)
    manager.notebook_start()
    return manager


def note(manager: NotebookExecutionManager, event: Said, *, replay: bool = False) -> None:
    """Keep papermill's notes; on a replay also what the cells showed."""
    if isinstance(event, Described):
        manager.nb.metadata["language_info"] = event.language
        return
    cell = manager.nb.cells[event.index]
    if isinstance(event, Started):
        if replay and event.count is not None:
            cell["execution_count"] = event.count
        manager.cell_start(cell, event.index)
        return
    if replay:
        for index, shown in event.cells.items():
            _take(manager.nb.cells[index], shown)
    if event.failed:
        manager.cell_exception(cell, event.index)
    manager.cell_complete(cell, event.index)


def put_error_on_top(notebook: NotebookNode) -> str:
    """Mark the failed cell as papermill does; returns the error in one line, empty if none."""
    try:
        raise_for_execution_errors(notebook, None)
    except PapermillExecutionError as error:
        return f"{error.ename}: {error.evalue}"
    return ""


def blame(notebook: NotebookNode, error: str) -> None:
    """Give the cell that ran last the error of a process that could not report one itself."""
    codes = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if not codes:
        codes = [nbformat.v4.new_code_cell(metadata={"papermill": {}, "tags": []})]
        notebook.cells += codes
    begun = [cell for cell in codes if cell.metadata.papermill.get("start_time")]
    cell = [*codes[:1], *begun][-1]
    shown = nbformat.v4.new_output("error", ename=error, evalue="", traceback=[error])
    cell.outputs = [*cell.outputs, shown]
    cell.metadata.papermill.update(exception=True, status="failed")
    notebook.metadata.papermill["exception"] = True


def _take(cell: NotebookNode, shown: NotebookNode) -> None:
    """Give a cell what its copy in another process shows."""
    if cell.cell_type != "code":
        return
    cell.outputs, cell.execution_count = shown.outputs, shown.execution_count
    if "execution" in shown.metadata:
        cell.metadata["execution"] = shown.metadata["execution"]


def conclude(notebook: NotebookNode, output: Path, finish: str, error: str) -> str:
    """Put what went wrong on top and write the executed copy.

    Args:
        notebook: The notebook, with papermill's notes completed.
        output: Where the copy goes.
        finish: `module:function` that writes it; empty: nbformat writes it. If that fails,
            nbformat writes it with that error on top.
        error: What no cell could report.

    Returns:
        The error in one line; empty when all is well.
    """
    if error:
        blame(notebook, error)
    shown = put_error_on_top(notebook)
    output.parent.mkdir(parents=True, exist_ok=True)
    try:
        _write(notebook, output, finish)
    except Exception as fault:
        if not shown:
            error = line(fault)
            blame(notebook, error)
            put_error_on_top(notebook)
        _write(notebook, output, "")
    return error or shown


def line(fault: Exception) -> str:
    """An exception in one line."""
    return f"{type(fault).__name__}: {fault}".strip()


def _write(notebook: NotebookNode, output: Path, finish: str) -> None:
    if finish:
        module, _, function = finish.partition(":")
        getattr(import_module(module), function)(notebook, output)
        return
    output.unlink(missing_ok=True)  # faster than to write over it
    nbformat.write(notebook, output)
