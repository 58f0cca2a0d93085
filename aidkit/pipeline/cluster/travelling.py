"""Recorded reads between machines: a worker's folders become names, names become our folders."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from aidkit.project import is_address
from aidkit.reads import FILE, UNSEEN, URL, WRITTEN


@dataclass(frozen=True)
class Places:
    """Where the same things lie on one machine.

    Attributes:
        root: The project, or the kit that stands for it.
        work: Slices: the work folder, or the folder or address that workers read.
        made: Below it notebooks are written; the work folder again where a run is at home.
    """

    root: str
    work: str
    made: str


def abroad(lines: Iterable[str], places: Places) -> tuple[str, ...]:
    """A worker's record with the names of its folders in place of the folders.

    What it read elsewhere no other machine can check: such lines become unseen reads. A file that
    it wrote elsewhere and took away again, as `tempfile` does, was nobody's input.
    """
    return tuple(_named(line, places) for line in lines if not _gone(line))


def at_home(lines: Iterable[str], places: Places) -> tuple[str, ...]:
    """The record as a local run would have written it, sorted."""
    folders = {"{root}": places.root, "{work}": places.work, "{made}": places.made}

    def placed(line: str) -> str:
        kind, what = line.split(":", 1)
        name, _, rest = what.partition("/")
        return f"{kind}:{PurePath(folders[name], rest)}" if name in folders else line

    return tuple(sorted({placed(line) for line in lines}))


def _named(line: str, places: Places) -> str:
    kind, what = line.split(":", 1)
    if kind == UNSEEN:
        return line
    for name, place in (("{made}", places.made), ("{work}", places.work), ("{root}", places.root)):
        separator = "/" if is_address(place) else os.sep
        below = place.rstrip("/\\") + separator
        if what == place or what.startswith(below):
            rest = what[len(below) :].replace(os.sep, "/")
            return f"{FILE if kind == URL else kind}:{name}/{rest}"
    return f"{UNSEEN}:{what}"


def _gone(line: str) -> bool:
    kind, what = line.split(":", 1)
    return kind == WRITTEN and not os.path.lexists(what)
