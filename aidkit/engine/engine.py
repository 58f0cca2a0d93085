"""The engine's client: hands tasks to servers and yields outcomes as they come."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Literal, Self

from aidkit.engine.needs import needs_kernel
from aidkit.engine.protocol import Ended, Obituary, Ready, Report, Request, StartAgain
from aidkit.engine.servers import Server, can_fork, single_threaded, start_template
from aidkit.engine.tasks import Kind, Outcome, Task
from aidkit.errors import NotebookError

_DEATHS = 2
"""A task that has killed its server so many times is not tried again."""


@dataclass
class _Flight:
    """A task on its way.

    Attributes:
        task: What to run.
        kind: With which engine.
        deaths: Servers that died while they had it.
        server: Where it is.
    """

    task: Task
    kind: Kind
    deaths: int = 0
    server: Server | None = None


def open_engine(
    *,
    root: Path,
    environment: Mapping[str, str],
    workers: int = 2,
    limit_seconds: float = 600,
    preload: Sequence[str] = (),
    finish: str = "",
    kind: Literal["auto", "fork", "kernel"] = "auto",
) -> "Engine":
    """Start an engine; returns at once, imports go on in the background.

    Args:
        root: Where notebooks start.
        environment: Variables they see beside those of this process.
        workers: Notebooks at once.
        limit_seconds: After this a notebook is killed with all it has started.
        preload: Modules that the template imports, for all notebooks.
        finish: `module:function` that writes an executed copy, called with the notebook and its
            output; empty: nbformat writes it.
        kind: `auto` forks where the system can, with kernels for notebooks that need one.

    Raises:
        NotebookError: `fork` where the system cannot.
    """
    if kind == "auto":
        kind = "fork" if can_fork() else "kernel"
    if kind == "fork" and not can_fork():
        raise NotebookError("这个系统不能分出子进程。", remedy='请改用 kind="kernel"。')
    return Engine(
        root=root,
        environment=environment,
        workers=workers,
        limit_seconds=limit_seconds,
        preload=preload,
        finish=finish,
        kind=kind,
    )


class Engine:
    """Runs tasks; a context manager that ends its servers."""

    def __init__(
        self,
        *,
        root: Path,
        environment: Mapping[str, str],
        workers: int,
        limit_seconds: float,
        preload: Sequence[str],
        finish: str,
        kind: Kind,
    ) -> None:
        self._root = root.resolve()
        self._environment = single_threaded({**os.environ, **environment})
        self._workers = workers
        self._limit_seconds = limit_seconds
        self._finish = finish
        self._kind = kind
        self._preload = tuple(preload)
        self._without: tuple[str, ...] = ()
        self._events: SimpleQueue[tuple[Server, Any]] = SimpleQueue()
        self._template: Server | None = None
        self._ready: set[Server] = set()
        self._kernels: list[Server] = []
        self._flights: dict[int, _Flight] = {}
        self._number = 0
        if kind == "fork":
            self._template = self._start_template()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all servers and what they run."""
        self._drop(kill=False)

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Run tasks, pulling them as there is room; yields outcomes in the order they finish.

        Raises:
            NotebookError: The template does not start.
        """
        fresh = iter(tasks)
        again: deque[_Flight] = deque()
        try:
            while True:
                self._fill(fresh, again)
                if not self._flights:
                    return
                yield from self._settle(*self._events.get(), again)
        finally:
            if self._flights:  # the caller has had enough
                self._drop(kill=True)

    def _fill(self, fresh: Iterator[Task], again: deque[_Flight]) -> None:
        while len(self._flights) < self._workers:
            if any(flight.deaths for flight in self._flights.values()):
                return  # whoever may have killed a server runs alone
            if again:
                if again[0].deaths and self._flights:
                    return
                flight = again.popleft()
            else:
                task = next(fresh, None)
                if task is None:
                    return
                flight = _Flight(task, self._kind_of(task))
            self._send(flight)

    def _kind_of(self, task: Task) -> Kind:
        return "kernel" if self._kind == "kernel" or needs_kernel(task.source) else "fork"

    def _send(self, flight: _Flight) -> None:
        self._number += 1
        report = Report(flight.task, self._finish)
        work = report if flight.deaths < _DEATHS else Obituary(report, _KILLER)
        flight.task.output.unlink(missing_ok=True)  # never mistaken for the new one
        request = Request(
            self._number,
            work,
            self._root,
            self._environment,
            self._limit_seconds,
            source=str(flight.task.source),
        )
        flight.server = self._server(flight.kind)
        self._flights[self._number] = flight
        flight.server.send(request)

    def _server(self, kind: Kind) -> Server:
        if kind == "fork":
            if self._template is None:
                self._template = self._start_template()
            return self._template
        busy = {flight.server for flight in self._flights.values()}
        for server in self._kernels:
            if server not in busy:
                return server
        server = Server(
            "aidkit.engine.kernels",
            [],
            cwd=self._root,
            environment=self._environment,
            tell=self._tell,
        )
        self._kernels.append(server)
        return server

    def _start_template(self) -> Server:
        return start_template(
            self._preload,
            self._without,
            cwd=self._root,
            environment=self._environment,
            tell=self._tell,
        )

    def _tell(self, server: Server, message: Any) -> None:
        self._events.put((server, message))

    def _settle(self, server: Server, message: Any, again: deque[_Flight]) -> Iterator[Outcome]:
        if isinstance(message, Ready):
            self._ready.add(server)
        elif isinstance(message, StartAgain):
            self._without, self._preload = message.without, message.preload
            self._forget(server)
            again.extendleft(self._recalled(server))
        elif isinstance(message, Ended):
            flight = self._flights.pop(message.number)
            if message.how == "kernel":
                again.append(_Flight(flight.task, "kernel"))
                return
            yield Outcome(
                flight.task, message.error, message.seconds, message.peak_bytes, flight.kind
            )
        elif message is None:
            yield from self._bereaved(server, again)

    def _bereaved(self, server: Server, again: deque[_Flight]) -> Iterator[Outcome]:
        """A server is gone: what it had is run again, each task alone."""
        if server is not self._template and server not in self._kernels:
            return  # sent away before
        if server not in self._ready:
            self._forget(server)
            raise NotebookError(
                "运行笔记本的进程没有启动。", remedy="错误信息见上；请运行 aidkit doctor。"
            )
        self._forget(server)
        for flight in self._recalled(server):
            flight.deaths += 1
            if flight.deaths > _DEATHS:  # not even its copy could be written
                yield Outcome(flight.task, _KILLER, 0.0, 0, flight.kind)
            else:
                again.append(flight)

    def _recalled(self, server: Server) -> list[_Flight]:
        numbers = [n for n, flight in self._flights.items() if flight.server is server]
        return [self._flights.pop(number) for number in numbers]

    def _forget(self, server: Server) -> None:
        server.close()
        self._ready.discard(server)
        if server is self._template:
            self._template = None
        else:
            self._kernels.remove(server)

    def _drop(self, *, kill: bool) -> None:
        self._flights.clear()
        for server in self._kernels:
            server.close(kill=kill)
        self._kernels.clear()
        if self._template is not None:
            self._template.close(kill=self._template not in self._ready)  # it still imports
        self._template = None


_KILLER = "这个笔记本两次使运行它的程序意外退出"
