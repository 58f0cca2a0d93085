"""What every child would do once, done once for all of them: pure Python that keeps no thread."""

from datetime import datetime
from types import SimpleNamespace

import nbformat
import papermill.engines
from nbclient import NotebookClient
from papermill.parameterize import parameterize_notebook

from aidkit.engine.shell import Shell


def warm_up(shell: Shell) -> None:
    """Compile, parse and fill the caches of the machinery; nothing a notebook could see changes."""
    kernel = {"name": "python3", "language": "python", "display_name": "Python"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel, "papermill": {}})
    notebook.cells = [nbformat.v4.new_code_cell("1", metadata={"tags": ["parameters"]})]
    parameterize_notebook(notebook, {"name": "value"})
    nbformat.reads(nbformat.writes(notebook), as_version=4)
    NotebookClient(notebook)
    # It reads back each time that it has just written, with a parser that guesses the format.
    parser = SimpleNamespace(parse=datetime.fromisoformat)
    papermill.engines.dateutil = SimpleNamespace(parser=parser)
    shell.transform_cell("1")
    shell.display_formatter.format("")
