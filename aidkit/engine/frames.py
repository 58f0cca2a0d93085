"""Objects over a pipe: a length, then that many bytes of pickle."""

import os
import pickle
import struct
from collections.abc import Iterator
from typing import Any

_LENGTH = struct.Struct("<Q")
_CHUNK = 1 << 18


def send(pipe: int, message: Any) -> None:
    """Write one object whole; blocks while the pipe is full."""
    forward(pipe, pickle.dumps(message, pickle.HIGHEST_PROTOCOL))


def forward(pipe: int, body: bytes) -> None:
    """Write one object that is pickled already."""
    rest = memoryview(_LENGTH.pack(len(body)) + body)
    while rest:
        rest = rest[os.write(pipe, rest) :]


class Incoming:
    """The reading end of a pipe."""

    def __init__(self, pipe: int) -> None:
        self.pipe = pipe
        self._waiting = bytearray()

    def arrived(self) -> list[bytes]:
        """Read once and return the frames that are whole now.

        Raises:
            EOFError: Nobody holds the writing end any more.
        """
        chunk = os.read(self.pipe, _CHUNK)
        if not chunk:
            raise EOFError
        self._waiting += chunk
        return list(self._whole())

    def _whole(self) -> Iterator[bytes]:
        while len(self._waiting) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(self._waiting)[0]
            if len(self._waiting) < end:
                return
            yield bytes(self._waiting[_LENGTH.size : end])
            del self._waiting[:end]

    def messages(self) -> Iterator[Any]:
        """Every object until the other end closes."""
        while True:
            try:
                frames = self.arrived()
            except (EOFError, OSError):
                return
            yield from map(pickle.loads, frames)
