"""Work that leaves Python alone, such as compressing: done on a thread while the rest goes on."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self


class Aside:
    """One thread that does one thing after the other; as a context manager it waits at the end.

    What it writes to something of Python's must be a clone of a frame that others use: polars locks
    a frame until it is written, for which it needs Python, and who waits for the lock keeps Python.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._under_way: list[Future[None]] = []

    def __call__(self, work: Callable[[], None]) -> None:
        """Have something done; what it raises is raised by `wait`."""
        self._under_way.append(self._thread.submit(work))

    def wait(self) -> None:
        """Wait until all is done; raises what went wrong first."""
        for work in self._under_way:
            work.result()
        self._under_way.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self.wait()
        finally:
            self._thread.shutdown(cancel_futures=True)
