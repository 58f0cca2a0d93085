"""What a report read, named from the project so that the next run finds it again, and digested.

A key is `kind:place:path`; the place is `term` (the term's results), `project`, or `else` (relative
to the project, or absolute on another drive).
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from aidkit.digests import ABSENT, digest_of, file_digest
from aidkit.reads import FILE, FOLDER, STAT, UNSEEN, URL, WRITTEN

CHANGED = "changed during the run"
"""Instead of a digest: nobody knows which content the report read."""

_NEVER = frozenset({URL, UNSEEN})


@dataclass(frozen=True)
class Places:
    """Where reads are looked up.

    Attributes:
        root: The project.
        work: What notebooks got as `AIDKIT_WORK`.
        term: The term's results there, or the last good ones.
    """

    root: Path
    work: Path
    term: Path

    def keys(self, lines: Iterable[str]) -> tuple[str, ...]:
        """The keys of recorded lines, sorted; what a stronger key implies is left out."""
        found = {key for line in lines if (key := self._key(line))}
        named = {key.partition(":")[2] for key in found if not key.startswith(STAT)}
        return tuple(
            sorted(k for k in found if not (k.startswith(STAT) and k.partition(":")[2] in named))
        )

    def _key(self, line: str) -> str | None:
        kind, _, what = line.partition(":")
        if kind in _NEVER:
            return line
        path = Path(what)
        if path.is_relative_to(self.term):
            return f"{kind}:term:{path.relative_to(self.term).as_posix()}"
        if path.is_relative_to(self.work):
            return None  # nothing lies there but the term itself
        if path.is_relative_to(self.root):
            return f"{kind}:project:{path.relative_to(self.root).as_posix()}"
        try:
            elsewhere = os.path.relpath(path, self.root)
        except ValueError:
            elsewhere = what
        return f"{kind}:else:{Path(elsewhere).as_posix()}"

    def _path(self, place: str, name: str) -> Path:
        return (self.term if place == "term" else self.root) / name

    def digest(self, key: str) -> str:
        """What the key's digest is now; of what nobody can see it is never twice the same."""
        kind, place, name = key.split(":", 2)
        path = self._path(place, name)
        try:
            if kind == STAT:
                return "folder" if path.is_dir() else "file" if path.exists() else ABSENT
            if kind == FOLDER:
                names = sorted(one.name for one in path.iterdir() if not one.name.startswith("."))
                return digest_of(repr(names).encode())
            return file_digest(path)
        except (FileNotFoundError, NotADirectoryError):
            return ABSENT
        except OSError as fault:
            return f"unreadable {fault.strerror}"

    def digests(self, keys: Iterable[str], since_ns: int) -> dict[str, str]:
        """Digests of what reports just read, by key, sorted.

        Args:
            keys: Keys of all reports of a run.
            since_ns: When the run began; what was changed later may not be what was read.
        """
        found = {}
        for key in sorted(set(keys)):
            kind = key.partition(":")[0]
            if kind in _NEVER:
                found[key] = CHANGED
                continue
            digest = self.digest(key)
            if kind == WRITTEN and digest == ABSENT:
                continue
            place, name = key.split(":", 2)[1:]
            inside = kind == WRITTEN or place == "term"
            if not inside and _touched(self._path(place, name), since_ns):
                digest = CHANGED
            found[key] = digest
        return found


def together(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """Digests of two lots of reports; where they differ, what was read changed between them."""
    found = {**one, **other}
    return {k: v if one.get(k, v) == v else CHANGED for k, v in found.items()}


def differing(record: Mapping[str, str], now: Places, known: Mapping[str, str]) -> set[str]:
    """Keys of a run's reads whose digest is another one now, or can never be known.

    Args:
        record: Key to digest, as the run recorded them.
        now: Where to look.
        known: Digests of files of the term's results that are known already.
    """
    found = set()
    for key, digest in record.items():
        if digest == CHANGED:
            found.add(key)
            continue
        kind, place, name = key.split(":", 2)
        if kind == FILE and place == "term" and name in known:
            if known[name] != digest:
                found.add(key)
        elif now.digest(key) != digest:
            found.add(key)
    return found


def _touched(path: Path, since_ns: int) -> bool:
    """Whether a file or folder, or where it was, changed since; an older one may be moved there."""
    for place in (path, *path.parents):
        try:
            status = place.stat()
        except OSError:
            continue
        return max(status.st_mtime_ns, status.st_ctime_ns) >= since_ns
    return True
