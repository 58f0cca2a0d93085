"""Digests of what results rest on: files, the package itself, the libraries it runs with."""

import hashlib
import os
import platform
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

ABSENT = "absent"
"""Stands for the digest of a file that is not there."""

PACKAGE = Path(__file__).parent

_CODE = (".py", ".lua", ".j2", ".js", ".css", ".typ")

_AT_A_TIME = 1 << 16
"""Bytes; most files are smaller, and for a larger buffer each would ask the system for pages."""


def digest_of(content: bytes) -> str:
    """SHA-256 of bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def file_digest(path: str | Path) -> str:
    """SHA-256 of a file, or `ABSENT`."""
    digest = hashlib.sha256()
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  a path is dear, they are many
            while part := file.read(_AT_A_TIME):
                digest.update(part)
    except (FileNotFoundError, NotADirectoryError):
        return ABSENT
    return digest.hexdigest()


def files_below(folder: Path) -> Iterator[str]:
    """Every file below a folder, by path relative to it; links to folders are not followed."""
    root = os.fspath(folder)
    for room, _, names in os.walk(root):
        within = room[len(root) + 1 :].replace(os.sep, "/")
        for name in names:
            yield f"{within}/{name}" if within else name


def digests(folder: Path, endings: tuple[str, ...]) -> dict[str, str]:
    """Digests of the files below a folder that end so, by path relative to it, sorted."""
    names = sorted(name for name in files_below(folder) if name.endswith(endings))
    return {name: file_digest(f"{folder}/{name}") for name in names}


def package_digest() -> str:
    """One digest of all code of aidkit; not cached, so that tests and long sessions see edits."""
    return digest_of(repr(digests(PACKAGE, _CODE)).encode())


@cache
def environment() -> dict[str, str]:
    """Versions of Python and of the libraries that aidkit declares, by name."""
    versions = {"python": platform.python_version()}
    try:
        declared = requires("aidkit") or []
    except PackageNotFoundError:
        declared = []
    names = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in declared if "extra" not in line]
    return versions | {name: version(name) for name in sorted(names)}
