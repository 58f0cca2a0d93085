"""What the engine is given and what it hands back."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Kind = Literal["fork", "kernel"]
"""A child forked from the warm template, or a stock Jupyter kernel of its own."""


@dataclass(frozen=True)
class Task:
    """One notebook to run.

    Attributes:
        name: The caller's name for it.
        source: The notebook; never written to.
        output: Where the executed copy goes.
        parameters: Values for the cell after the one tagged `parameters`.
        reads: Where to record what the notebook reads, or None.
    """

    name: str
    source: Path
    output: Path
    parameters: Mapping[str, Any]
    reads: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """How one notebook ended.

    Attributes:
        task: What was run.
        error: Empty when all is well, else one line; the executed copy has it on top.
        seconds: Wall time from the start of the child.
        peak_bytes: Largest resident memory of the child, 0 where it is not known.
        engine: Which engine ran it.
    """

    task: Task
    error: str
    seconds: float
    peak_bytes: int
    engine: Kind
