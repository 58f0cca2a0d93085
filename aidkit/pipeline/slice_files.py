"""Slices written below a term's folder; those that are as they were are linked to the last ones."""

import json
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Protocol

from aidkit.digests import digest_of, file_digest
from aidkit.tables.slices import Room, slice_bytes

INDEX = "index.json"
"""Scope → digests of what a slice holds and of its file: what is the same needs no packing."""


class Slices(Protocol):
    """Slices, each packed only when asked for."""

    @property
    def digests(self) -> Mapping[str, str]:
        """Scope to a digest of all that its slice's bytes follow from."""

    def packed(self, scopes: Collection[str]) -> Iterable[tuple[str, Mapping[str, bytes]]]:
        """Scope and packed tables of these slices."""


def write_files(folder: Path, audience: Room, slices: Slices, last: Path | None) -> None:
    """Write `slices/<audience>/<scope>.parquet` and their index; whatever lay there goes.

    Args:
        folder: The term's folder, in a work folder that is put in place whole.
        audience: Whose slices.
        slices: What they hold.
        last: Folder of the term's last good results.
    """
    room = folder / "slices" / audience
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True)
    files = {} if last is None else _linked(last / "slices" / audience, slices.digests, room)
    for scope, packed in slices.packed(slices.digests.keys() - files):
        content = slice_bytes(packed)
        (room / f"{scope}.parquet").write_bytes(content)
        files[scope] = digest_of(content)
    index = {scope: (digest, files[scope]) for scope, digest in slices.digests.items()}
    text = json.dumps(index, indent=0, sort_keys=True)
    (room / INDEX).write_text(text, encoding="utf-8", newline="\n")


def _linked(old: Path, digests: Mapping[str, str], new: Path) -> dict[str, str]:
    """Give the old files that hold the same, and are as they were written, a second name.

    Returns:
        Scope to the file's digest.
    """
    linked = {}
    for scope, (holds, file) in _index(old).items():
        source = f"{old}/{scope}.parquet"
        try:
            if digests.get(scope) == holds and file_digest(source) == file:
                os.link(source, f"{new}/{scope}.parquet")
                linked[scope] = file
        except OSError:  # the file system knows no links
            continue
    return linked


def _index(room: Path) -> dict[str, tuple[str, str]]:
    """The index of other slices; empty where there is none that can be read."""
    try:
        stored = json.loads((room / INDEX).read_text(encoding="utf-8"))
        return {str(scope): (str(holds), str(file)) for scope, (holds, file) in stored.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
