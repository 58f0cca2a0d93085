"""What client and servers say to each other: a request for each notebook, replies as it runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from aidkit.engine.tasks import Task


@dataclass(frozen=True)
class Report:
    """A task of the caller: prepared, run, finished and written in the server.

    Attributes:
        task: What to run.
        finish: `module:function` that writes the executed copy; empty: nbformat writes it.
    """

    task: Task
    finish: str


@dataclass(frozen=True)
class Cells:
    """A notebook that papermill has prepared and will write itself; its cells come back one by one.

    Attributes:
        notebook: The notebook.
        options: Further arguments of nbclient's `NotebookClient`.
        cell_seconds: The limit of each cell instead of one for all, or None.
    """

    notebook: Any
    options: Mapping[str, Any]
    cell_seconds: float | None = None


@dataclass(frozen=True)
class Obituary:
    """A report whose process is gone: its copy is written as far as it came, the error on top.

    Attributes:
        report: What was run.
        error: As `Outcome.error`.
        said: What it said of its cells, pickled, as it came.
    """

    report: Report
    error: str
    said: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Request:
    """One notebook for a server.

    Attributes:
        number: What replies refer to.
        work: What to do.
        cwd: Where the notebook starts.
        environment: The whole environment the notebook sees.
        limit_seconds: After this its process group is killed.
        source: What tells notebooks apart: the first of each teaches the template its imports;
            empty: it teaches nothing.
    """

    number: int
    work: Report | Cells | Obituary
    cwd: Path
    environment: Mapping[str, str]
    limit_seconds: float
    source: str = ""


@dataclass(frozen=True)
class Started:
    """A cell begins.

    Attributes:
        index: Which.
        count: Its execution count; None where it does not run.
    """

    index: int
    count: int | None


@dataclass(frozen=True)
class Finished:
    """A cell ended.

    Attributes:
        index: Which.
        cells: That cell and others whose shown outputs it updated, by index.
        failed: Whether it ended the notebook.
    """

    index: int
    cells: Mapping[int, Any]
    failed: bool


@dataclass(frozen=True)
class Described:
    """All cells are done.

    Attributes:
        language: The notebook's `language_info`.
    """

    language: Mapping[str, Any]


Said = Started | Finished | Described


@dataclass(frozen=True)
class Imported:
    """Modules that a notebook imported and its template has not."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """The notebook is done.

    Attributes:
        error: As `Outcome.error`.
    """

    error: str


@dataclass(frozen=True)
class NeedsKernel:
    """The notebook uses something only a real kernel has."""

    why: str


@dataclass(frozen=True)
class Event:
    """Something a running notebook says, passed on by its server.

    Attributes:
        number: Of the request.
        body: A pickled `Said`.
    """

    number: int
    body: bytes


@dataclass(frozen=True)
class Ready:
    """A server can take requests."""


@dataclass(frozen=True)
class StartAgain:
    """A template must not fork any more and ends; what it has not begun is for the next one.

    Attributes:
        without: Packages the next one must not import.
        preload: Modules it has learned to import.
    """

    without: tuple[str, ...]
    preload: tuple[str, ...]


@dataclass(frozen=True)
class Ended:
    """The process of a request is gone.

    Attributes:
        number: Of the request.
        how: Done; needs a kernel; died by itself; killed at its limit.
        error: As `Outcome.error`.
        seconds: Wall time.
        peak_bytes: Largest resident memory.
    """

    number: int
    how: Literal["done", "kernel", "died", "late"]
    error: str
    seconds: float
    peak_bytes: int
