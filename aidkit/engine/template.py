"""The warm interpreter: `python -m aidkit.engine.template` imports, then forks a child a notebook.

It never runs anything of a notebook and never queries, validates or draws: libraries that have
worked once hold threads and locks that a forked child would wait for.
"""

import gc
import json
import os
import pickle
import select
import sys
import time
import warnings
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from aidkit.engine import frames
from aidkit.engine.child import Child
from aidkit.engine.imports import family, import_all
from aidkit.engine.protocol import Cells, Ended, Obituary, Ready, Report, Request, StartAgain
from aidkit.engine.running import Running
from aidkit.engine.shell import make_shell
from aidkit.engine.warm import warm_up

OBITUARY_SECONDS = 60.0


class Template:
    """Forks, listens, kills and reaps; one thread, one loop."""

    def __init__(self, requests: int, replies: int, preload: list[str], without: list[str]) -> None:
        """Import.

        Args:
            requests: File descriptor to read from.
            replies: File descriptor to write to.
            preload: Modules for children to inherit.
            without: Packages that must be left to them.
        """
        self._incoming = frames.Incoming(requests)
        self._replies = replies
        self._began_with = _environment_at_start()
        self._preload = preload
        self._without = without
        self._families = set(map(family, preload))
        self._shell = make_shell(_nobody_asks)
        self._running: dict[int, Running] = {}
        self._taught: set[str] = set()
        self._unfit = ""
        warm_up(self._shell)
        self._learn(())

    def serve(self) -> None:
        """Take requests until the client closes, or until this process must not fork any more."""
        frames.send(self._replies, Ready())
        try:
            while self._running or not self._unfit:
                self._turn()
        except EOFError:  # the client is gone or has enough
            for child in self._running.values():
                child.kill()
            return
        frames.send(self._replies, StartAgain((*self._without, self._unfit), tuple(self._preload)))

    def _turn(self) -> None:
        children = list(self._running.values())
        waits = [end for child in children for end in child.ends()]
        if not self._unfit:
            waits.append(self._incoming.pipe)
        patience = min((child.deadline for child in children), default=None)
        if patience is not None:
            patience = max(0.0, patience - time.monotonic())
        ready = select.select(waits, [], [], patience)[0]
        for child in children:
            if child.pipe in ready:
                self._listen(child)
            if child.gone in ready:
                self._part(child)
            elif time.monotonic() >= child.deadline:
                child.stop()
        if self._incoming.pipe in ready:
            for frame in self._incoming.arrived():
                self._fork(pickle.loads(frame))

    def _listen(self, child: Running) -> None:
        events = child.listen()
        if isinstance(child.request.work, Cells):
            for event in events:
                frames.forward(self._replies, event)

    def _part(self, child: Running) -> None:
        ended = child.reap()
        del self._running[ended.number]
        self._learn(child.learned)
        work = child.request.work
        if ended.how in {"died", "late"} and not isinstance(work, Cells):
            last = self._bury(child, ended)
            if last is not None:
                self._fork(last)
                return
        frames.send(self._replies, ended)

    def _bury(self, child: Running, ended: Ended) -> Request | None:
        """Another child writes the copy, by hand if `finish` is what died; nobody, if that died."""
        request = child.request
        if isinstance(request.work, Report):
            work = Obituary(request.work, ended.error, tuple(child.said))
        elif isinstance(request.work, Obituary) and request.work.report.finish:
            plain = Report(request.work.report.task, finish="")
            work = Obituary(plain, request.work.error, request.work.said)
        else:
            return None
        return Request(ended.number, work, request.cwd, request.environment, OBITUARY_SECONDS)

    def _fork(self, request: Request) -> None:
        if self._unfit:
            return  # the next template is given it
        families = None
        if request.source and request.source not in self._taught:
            self._taught.add(request.source)
            families = self._families
        reading, writing = os.pipe()
        gc.freeze()  # so that collections in the child leave shared pages alone
        template = os.getpid()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # threads: we have looked
            process = os.fork()
        if process == 0:
            self._shed(reading)
            Child(request, writing, self._shell).live(template, self._began_with, families)
        os.close(writing)
        self._running[request.number] = Running(request, process, reading)

    def _shed(self, reading: int) -> None:
        """In a child: close what belongs to the template."""
        ends = [reading, self._incoming.pipe, self._replies]
        for other in self._running.values():
            ends += [other.pipe, other.gone]
        for end in ends:
            with suppress(OSError):
                os.close(end)

    def _learn(self, names: Iterable[str]) -> None:
        self._preload += [name for name in names if name not in self._preload]
        if not self._unfit:
            self._unfit = import_all(self._preload, self._without)


def _environment_at_start() -> Mapping[str, str]:
    """The environment before anything was imported."""
    lines = Path("/proc/self/environ").read_bytes().split(b"\0")
    return dict(os.fsdecode(line).split("=", 1) for line in lines if b"=" in line)


def _nobody_asks(why: str) -> NoReturn:
    raise NotImplementedError(why)


def main() -> None:
    """Serve the client at the other ends of stdin and stdout."""
    settings = json.loads(sys.argv[1])
    sys.path.pop(0)  # the folder it was started in; `make_shell` puts it where kernels have it
    requests, replies = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    gc.disable()
    Template(requests, replies, settings["preload"], settings["without"]).serve()
    os._exit(0)


if __name__ == "__main__":
    main()
