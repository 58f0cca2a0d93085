"""Slices written below a term's folder; those that are as they were are linked to the last ones."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from aidkit.digests import digest_of
from aidkit.tables.slices import Audience, slice_bytes

INDEX = "index.json"
"""Scope → digests of a slice's tables and of its file: equal tables need not be packed again."""


def write_files(
    folder: Path,
    audience: Audience,
    slices: Iterable[tuple[str, Mapping[str, bytes]]],
    last: Path | None,
) -> None:
    """Write `slices/<audience>/<scope>.parquet` and their index; whatever lay there goes.

    Args:
        folder: The term's folder, in a work folder that is put in place whole.
        audience: Whose slices.
        slices: Scope and packed tables of each.
        last: Folder of the term's last good results.
    """
    room = Path("slices", audience)
    shutil.rmtree(folder / room, ignore_errors=True)
    (folder / room).mkdir(parents=True)
    known = {} if last is None else _index(last / room)
    index = {}
    for scope, packed in slices:
        name, tables = room / f"{scope}.parquet", _digest(packed)
        there, file = known.get(scope, ("", ""))
        if last is None or there != tables or not _linked(last / name, file, folder / name):
            content = slice_bytes(packed)
            file = digest_of(content)
            (folder / name).write_bytes(content)
        index[scope] = (tables, file)
    text = json.dumps(index, indent=0, sort_keys=True)
    (folder / room / INDEX).write_text(text, encoding="utf-8")


def _digest(packed: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(packed):
        digest.update(f"{name}\0{len(packed[name])}\0".encode())
        digest.update(packed[name])
    return digest.hexdigest()


def _index(room: Path) -> dict[str, tuple[str, str]]:
    """The index of other slices; empty where there is none that can be read."""
    try:
        stored = json.loads((room / INDEX).read_text(encoding="utf-8"))
        return {str(scope): (str(tables), str(file)) for scope, (tables, file) in stored.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _linked(old: Path, digest: str, new: Path) -> bool:
    """Whether the old file is as it was written and the new name now stands for it too."""
    try:
        if digest_of(old.read_bytes()) != digest:
            return False
        os.link(old, new)
    except OSError:  # there is none, or the file system knows no links
        return False
    return True
