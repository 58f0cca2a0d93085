"""Executed notebooks as files: nothing in them that two equal runs do not share."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from aidkit import reads
from aidkit.staging.executed_pages import write_page

KEPT = ("parameters", "version", "exception")
"""papermill's notes on a run that do not depend on when and where it ran."""

PUBLIC = "public"
"""Folder of the notebooks that become pages of the site."""


def finish(notebook: NotebookNode, output: Path) -> None:
    """Save an executed notebook, and the page of a public one, in the process that ran it.

    Args:
        notebook: The executed notebook; it is cleaned in place.
        output: `<term>/<audience>/notebooks/<name>.ipynb`, in a folder that is put in place whole.

    Raises:
        NotebookError: A public notebook gave no title for its page.
    """
    reads.stop()
    clean(notebook)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(f"{nbformat.writes(notebook)}\n".encode())
    failed = notebook.metadata["papermill"].get("exception")
    if output.parent.parent.name == PUBLIC and not failed:
        write_page(notebook, output)


def clean(notebook: NotebookNode) -> None:
    """Take times, paths and random ids out of an executed notebook."""
    notes = notebook.metadata.get("papermill", {})
    notebook.metadata["papermill"] = {key: notes[key] for key in KEPT if key in notes}
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = "injected-parameters"
        elif "papermill-error-cell-tag" in cell.metadata.get("tags", []):
            cell["id"] = f"papermill-error-{number}"
