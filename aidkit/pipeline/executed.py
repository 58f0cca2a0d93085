"""Executed notebooks as files: nothing in them that two equal runs do not share."""

from pathlib import Path

import nbformat

from aidkit.project import replacing

KEPT = ("parameters", "version", "exception")
"""papermill's notes on a run that do not depend on when and where it ran."""


def save_executed(raw: Path, output: Path) -> None:
    """Save an executed notebook without times, paths and random ids.

    Args:
        raw: papermill's own output.
        output: Where the clean copy goes; replaced whole.
    """
    notebook = nbformat.read(raw, as_version=4)
    notes = notebook.metadata.get("papermill", {})
    notebook.metadata["papermill"] = {key: notes[key] for key in KEPT if key in notes}
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = "injected-parameters"
        elif "papermill-error-cell-tag" in cell.metadata.get("tags", []):
            cell["id"] = f"papermill-error-{number}"
    text = nbformat.writes(notebook)
    with replacing(output) as file:
        file.write(f"{text}\n".encode())
