"""`sys.stdout` and `sys.stderr` of a notebook, with what is written to the file descriptors.

A stock kernel moves text from the descriptors into its streams in a thread, now and then too late.
Here a file in memory takes it, which is looked at wherever the streams are flushed: nothing is
late, no thread runs and no pipe fills up.
"""

import codecs
import ctypes
import os
from typing import Any

from ipykernel import iostream

_LIBC = ctypes.CDLL(None)


class _NoThread(iostream.IOPubThread):
    """Stands where a kernel has the thread that sends: here text is handed on at each flush."""

    def __init__(self) -> None:
        none: Any = None
        self.thread = none
        self.io_loop = none

    def schedule(self, f: Any) -> None:
        pass

    def stop(self) -> None:
        pass


class OutStream(iostream.OutStream):
    """One stream of a notebook, which knows it by the name it has in a kernel."""

    __module__ = iostream.__name__

    def __init__(self, session: Any, name: str, descriptor: int) -> None:
        """Take over a file descriptor.

        Args:
            session: Where messages go.
            name: `stdout` or `stderr`.
            descriptor: 1 or 2; from now on a file in memory.
        """
        super().__init__(session, _NoThread(), name, watchfd=False)  # type: ignore[no-untyped-call]
        self._original_stdstream_copy = os.dup(descriptor)
        self._file = os.memfd_create(name)
        self._taken = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._c_stream = ctypes.c_void_p.in_dll(_LIBC, name)
        self._process = os.getpid()
        os.dup2(self._file, descriptor)

    def write(self, string: str) -> Any:
        """Take text of Python; whatever reached the descriptor before stands before it."""
        if os.getpid() != self._process and isinstance(string, str):
            # Forked by the notebook: what it says comes through the file that both share.
            return os.write(self._file, string.encode("utf-8", "backslashreplace"))
        self._take(last=False)
        return super().write(string)

    def _flush(self) -> None:
        if os.getpid() != self._process:
            return
        _LIBC.fflush(self._c_stream)
        self._take(last=True)
        super()._flush()  # type: ignore[no-untyped-call]

    def _take(self, *, last: bool) -> None:
        size = os.fstat(self._file).st_size
        if size > self._taken:
            text = self._decoder.decode(os.pread(self._file, size - self._taken, self._taken), last)
            self._taken = size
            if text:
                super().write(text)
