"""Files that only save time: the digest at the head of each says whether it may be believed."""

from pathlib import Path

from aidkit.digests import digest_of

_HEAD = 65
"""Bytes before the content: its digest and a line end."""


def store(path: Path, content: bytes) -> None:
    """Write a file below a digest of its content.

    A write cut short costs the file, which `load` then does not believe; so it need not be atomic.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(f"{digest_of(content)}\n".encode() + content)


def load(path: Path) -> bytes | None:
    """The content of a stored file; None where there is none, or it was damaged."""
    try:
        stored = path.read_bytes()
    except OSError:
        return None
    content = stored[_HEAD:]
    return content if stored[:_HEAD] == f"{digest_of(content)}\n".encode() else None
