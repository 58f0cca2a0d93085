"""Programs run and timed: wall clock, processor time of all they started, memory at its highest."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.held import family, memory

CHECKOUT = Path(__file__).resolve().parents[1]

_EVERY = 0.25
"""Seconds between two looks at memory; each costs about a millisecond a process."""


@dataclass(frozen=True)
class Ran:
    """A program that ended well.

    Attributes:
        seconds: From its start to its end.
        cpu_seconds: User and system time of it and of all its children that it waited for.
        peak_mib: Most memory of all its processes together, where it was asked for; shared
            memory counts once (PSS).
        figures: What it printed as JSON in its last line, where it did.
    """

    seconds: float
    cpu_seconds: float
    peak_mib: float
    figures: dict[str, Any]


def aidkit(root: Path, *words: str, watched: bool = False) -> Ran:
    """Run a command of aidkit in a project, as a user does."""
    return run([sys.executable, "-m", "aidkit", *words], cwd=root, watched=watched)


def side(module: str, *words: object, watched: bool = False) -> Ran:
    """Run a task of a module of this folder in a process of its own."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, words)]
    return run(command, cwd=CHECKOUT, watched=watched)


def run(command: Sequence[str | Path], *, cwd: Path, watched: bool = False) -> Ran:
    """Run any program to its end.

    Raises:
        RuntimeError: It ended badly; with the last of what it said.
    """
    before = os.times()
    started = time.perf_counter()
    with subprocess.Popen(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as program:
        watch = _Watch(program.pid)
        if watched:
            watch.start()
        out, err = program.communicate()
        seconds = time.perf_counter() - started
        watch.stop()
    after = os.times()
    if program.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{out[-1000:]}\n{err[-3000:]}")
    cpu = sum(getattr(after, n) - getattr(before, n) for n in ("children_user", "children_system"))
    return Ran(seconds, cpu, watch.peak, _figures(out))


def _figures(out: str) -> dict[str, Any]:
    last = out.splitlines()[-1:]
    return dict(json.loads(last[0])) if last and last[0].startswith("{") else {}


class _Watch(threading.Thread):
    """Looks at the memory of a program and its children while they run."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._over = threading.Event()
        self.peak = 0.0

    def run(self) -> None:
        while not self._over.wait(_EVERY):
            self.peak = max(self.peak, memory(family(self._pid)))

    def stop(self) -> None:
        self._over.set()
        if self.is_alive():
            self.join()
