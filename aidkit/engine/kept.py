"""The template that stays warm from one call of papermill to the next, until Python exits."""

import atexit
import os
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NotebookExecutionManager
from papermill.log import logger

from aidkit.engine.notebook import blame, note
from aidkit.engine.protocol import Cells, Ended, Event, Finished, Request, StartAgain
from aidkit.engine.servers import Server, single_threaded, start_template

_NO_LIMIT_SECONDS = 1e9
_TRIES = 2


@dataclass
class _Kept:
    """The template, if one runs, and what has to hold to use it again.

    Attributes:
        settings: Variables that Python or the loader read when it started.
        server: The template.
        said: What it says; None when it is gone.
        preload: Modules it has learned to import.
        without: Packages it must not import.
        number: Of the last request.
        process: Whose template it is.
    """

    settings: Mapping[str, str]
    server: Server | None
    said: SimpleQueue[Any]
    preload: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    number: int = 0
    process: int = field(default_factory=os.getpid)


_kept = _Kept({}, None, SimpleQueue())
_one_at_a_time = Lock()


def run_in_kept_template(
    nb: Any,
    for_cells: Mapping[str, Any],
    options: Mapping[str, Any],
    *,
    progress_bar: Any,
    log_output: bool,
) -> Any:
    """Run the cells of a notebook.

    Args:
        nb: As papermill has prepared it; gets the outputs.
        for_cells: Arguments for nbclient.
        options: What else papermill was called with.
        progress_bar: As papermill's own.
        log_output: As papermill's own.

    Returns:
        The notebook; None if it needs a kernel.
    """
    # Without an output path it does not save after every cell.
    manager = NotebookExecutionManager(nb, progress_bar=progress_bar, log_output=log_output)
    log = PapermillNotebookClient(
        manager,
        log=logger,
        log_output=log_output,
        stdout_file=options.get("stdout_file"),
        stderr_file=options.get("stderr_file"),
    )
    cell_seconds = options.get("execution_timeout") or options.get("timeout")
    manager.notebook_start()
    try:
        source = str(options.get("input_path") or "")
        with _one_at_a_time:
            for message in _messages(Cells(nb, for_cells, cell_seconds), source):
                if isinstance(message, Event):
                    event = pickle.loads(message.body)
                    note(manager, event, replay=True)
                    if isinstance(event, Finished):
                        for output in nb.cells[event.index].get("outputs", []):
                            log.log_output_message(output)
                elif message.how == "kernel":
                    return None
                elif message.error:
                    blame(nb, message.error)
    finally:
        manager.cleanup_pbar()
        manager.notebook_complete()
    return nb


def _messages(work: Cells, source: str) -> Iterator[Event | Ended]:
    """Events of one notebook and its end; a template that dies is started again, once."""
    for _ in range(_TRIES):
        server = _template()
        _kept.number += 1
        request = Request(
            _kept.number,
            work,
            Path.cwd(),
            single_threaded(os.environ),
            _NO_LIMIT_SECONDS,
            source=source,
        )
        server.send(request)
        ended = False
        try:
            while (message := _kept.said.get()) is not None:
                if isinstance(message, Event | Ended):
                    yield message
                if isinstance(message, Ended):
                    ended = True
                    return
                if isinstance(message, StartAgain):
                    _kept.preload, _kept.without = message.preload, message.without
        finally:
            if not ended:
                close()
    yield Ended(_kept.number, "died", "这个笔记本两次使运行它的程序意外退出", 0.0, 0)


def _template() -> Server:
    if _kept.process != os.getpid():  # a fork of the process whose template it is
        _kept.server, _kept.process = None, os.getpid()
    settings = {k: v for k, v in os.environ.items() if k.startswith(("PYTHON", "LD_"))}
    if _kept.server is not None and _kept.settings != settings:
        close()
    if _kept.server is None:
        said: SimpleQueue[Any] = SimpleQueue()
        _kept.settings, _kept.said = settings, said
        _kept.server = start_template(
            _kept.preload,
            _kept.without,
            cwd=Path.cwd(),
            environment=single_threaded(os.environ),
            tell=lambda _, message: said.put(message),
        )
    return _kept.server


@atexit.register
def close() -> None:
    """End the template."""
    server, _kept.server = _kept.server, None
    if server is not None and _kept.process == os.getpid():
        server.close()
