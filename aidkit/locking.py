"""One writer at a time, by a lock that the system takes back when its holder dies.

`filelock` would do the same; importing it takes longer than finding out that nothing changed.
"""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aidkit.errors import UsageError

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}
"""What the systems say of a lock that somebody else holds."""

_EVERY = 0.05
"""Seconds between two attempts."""


@contextmanager
def one_at_a_time(lock: Path, wait: float = 0) -> Iterator[None]:
    """Hold a lock that a killed process gives up by itself.

    Args:
        lock: A file for nothing else; it stays.
        wait: Seconds to wait for another holder.

    Raises:
        UsageError: Another aidkit holds it, and went on holding it; or the disk knows no locks.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take_within(file, lock, wait)
        yield
    finally:
        os.close(file)


def _take_within(file: int, lock: Path, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            return _take(file)
        except OSError as fault:
            if fault.errno not in _HELD:
                raise UsageError(
                    f"这个磁盘不能给文件加锁（{fault.strerror}），没法保证只有一个命令在写。",
                    where=str(lock),
                    remedy="请把整个文件夹复制到本机的磁盘上再运行。",
                ) from fault
            if time.monotonic() >= until:
                raise UsageError(
                    "另一个 aidkit 命令正在运行。", where=lock.name, remedy="请等它结束再运行。"
                ) from None
        time.sleep(_EVERY)
