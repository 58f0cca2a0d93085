"""One run at a time, by a lock that the system takes back when its holder dies.

`filelock` would do the same; importing it takes longer than finding out that nothing changed.
"""

import os
import sys
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


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Hold a lock that a killed process gives up by itself.

    Args:
        lock: A file for nothing else; it stays.

    Raises:
        UsageError: Another aidkit holds it.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _take(file)
        except OSError:
            raise UsageError(
                "另一个 aidkit 命令正在运行。", where=lock.name, remedy="请等它结束再运行。"
            ) from None
        yield
    finally:
        os.close(file)
