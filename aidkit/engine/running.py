"""A forked child as its template sees it."""

import os
import pickle
import select
import signal
import time
from contextlib import suppress
from typing import Any

from aidkit.engine import frames
from aidkit.engine.protocol import (
    Cells,
    Ended,
    Event,
    Imported,
    NeedsKernel,
    Request,
    Written,
)

GRACE_SECONDS = 5.0
"""For what a notebook registered with `atexit`, as a kernel has."""


class Running:
    """One process, from its fork to its end."""

    def __init__(self, request: Request, process: int, pipe: int) -> None:
        """Take over a process just forked.

        Args:
            request: What it does.
            process: Its id.
            pipe: Where it speaks.
        """
        self.request = request
        self.process = process
        self.gone = os.pidfd_open(process)
        self.pipe = pipe
        self.learned: tuple[str, ...] = ()
        self.said: list[bytes] = []
        self._incoming = frames.Incoming(pipe)
        self._began = time.monotonic()
        self._written: Written | None = None
        self._needs_kernel = False
        self._silent = False
        self._late = ""
        self.deadline = self._began + request.limit_seconds
        self._tick()

    def listen(self) -> list[bytes]:
        """Take what the child says; returns events to pass on."""
        events: list[bytes] = []
        try:
            arrived = self._incoming.arrived()
        except EOFError:
            self._silent = True
            return events
        for frame in arrived:
            message = pickle.loads(frame)
            if isinstance(message, Event):
                self.said.append(message.body)
                events.append(frame)
                self._tick()
            elif isinstance(message, Written):
                self._written = message
                self.deadline = min(self.deadline, time.monotonic() + GRACE_SECONDS)
            elif isinstance(message, Imported):
                self.learned = message.names
            elif isinstance(message, NeedsKernel):
                self._needs_kernel = True
        return events

    def ends(self) -> list[int]:
        """File descriptors to wait for."""
        return [self.gone] if self._silent else [self.pipe, self.gone]

    def _tick(self) -> None:
        if cell := self._cell_seconds():
            self.deadline = time.monotonic() + cell

    def _cell_seconds(self) -> float | None:
        work = self.request.work
        return work.cell_seconds if isinstance(work, Cells) else None

    def stop(self) -> None:
        """Kill the whole group for being over time."""
        if self._written is None:
            cell = self._cell_seconds()
            what = (
                f"单元格运行超过 {cell:g} 秒"
                if cell
                else f"运行超过 {self.request.limit_seconds:g} 秒"
            )
            self._late = f"{what}的时限，已终止"
        self.kill()

    def kill(self) -> None:
        """Kill the process and all it has started in its group."""
        with suppress(ProcessLookupError):
            os.killpg(self.process, signal.SIGKILL)
        with suppress(ProcessLookupError):  # before it leads a group of its own
            os.kill(self.process, signal.SIGKILL)

    def reap(self) -> Ended:
        """Take leave of a process that is gone."""
        while not self._silent and select.select([self.pipe], [], [], 0)[0]:
            self.listen()
        self.kill()  # what it leaves behind in its group
        _, status, usage = os.wait4(self.process, 0)
        os.close(self.gone)
        os.close(self.pipe)
        how, error = self._verdict(os.waitstatus_to_exitcode(status))
        seconds = time.monotonic() - self._began
        return Ended(self.request.number, how, error, seconds, usage.ru_maxrss * 1024)

    def _verdict(self, code: int) -> tuple[Any, str]:
        if self._written is not None:
            return "done", self._written.error
        if self._needs_kernel:
            return "kernel", ""
        if self._late:
            return "late", self._late
        return "died", f"笔记本进程意外退出（{_meaning(code)}）"


def _meaning(code: int) -> str:
    if code >= 0:
        return f"退出码 {code}"
    name = signal.Signals(-code).name
    return f"信号 {name}，可能内存不足" if name == "SIGKILL" else f"信号 {name}"
