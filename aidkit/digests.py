"""Digests of what results rest on: files, the package itself, the libraries it runs with."""

import hashlib
import platform
import re
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

ABSENT = "absent"
"""Stands for the digest of a file that is not there."""

PACKAGE = Path(__file__).parent

_CODE = ("*.py", "*.lua", "*.j2", "*.js", "*.css", "*.typ")


def digest_of(content: bytes) -> str:
    """SHA-256 of bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file, or `ABSENT`."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return ABSENT


def digests(folder: Path, patterns: Iterable[str]) -> dict[str, str]:
    """Digests of the files below a folder that match, by path relative to it, sorted."""
    files = sorted(path for pattern in patterns for path in folder.rglob(pattern))
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in files}


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
