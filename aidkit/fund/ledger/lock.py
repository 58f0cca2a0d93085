"""The lock of whoever writes below `<county>/fund`."""

from pathlib import Path

LOCK = "journal.lock"
LONGEST_WAIT = 60.0
"""Seconds that a writer waits for another one."""


def lock_of(county: Path) -> Path:
    """The file that a writer holds."""
    return county / "fund" / LOCK
