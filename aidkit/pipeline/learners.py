"""The tables and slices of a term's learners; what rests on the same as before is taken over."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from aidkit.calendar import Term
from aidkit.digests import digest_of
from aidkit.intake.kept import Later, at_once
from aidkit.pipeline.learner_ground import workbooks_in
from aidkit.pipeline.learner_public import FILES as PUBLIC
from aidkit.pipeline.learner_rooms import STORED, LearnerRooms
from aidkit.pipeline.table_files import write_tables
from aidkit.pipeline.taking_over import take_over
from aidkit.project import Project
from aidkit.tables.learner_slices import LearnerRoom

RESTS_ON = f"{STORED}/rests_on.json"
"""Room to a digest of all that it was made from, and the names of the files that it is."""

Note = tuple[str, list[str]]

_GROUND = ("package", "environment", "term", "settings")

_PARAMS: Mapping[LearnerRoom, tuple[str, ...]] = {
    "progress": ("labels.toml", "disclosure.toml", "progress.toml"),
    "helping": ("labels.toml", "disclosure.toml", "pairing.toml"),
}

_MADE: Mapping[LearnerRoom, tuple[str, ...]] = {
    "progress": ("slices/progress/", *PUBLIC),
    "helping": ("slices/helping/",),
}
"""What a room makes besides tables: files, and folders that end in a slash."""

_PLACES = (f"{STORED}/", *(place for places in _MADE.values() for place in places))


def make_learners(
    project: Project,
    county: Path,
    term: Term,
    folder: Path,
    *,
    ground: Mapping[str, Any],
    last: Path | None = None,
    store: Path | None = None,
    workers: int = 1,
    later: Later = at_once,
) -> list[str]:
    """Make `internal/learners/*.parquet` and the slices of learners, or take over what stands.

    Of all that, `public/progress.parquet` and its slice are public.

    Args:
        project: The checkout.
        county: The county folder.
        term: The term.
        folder: The term's results in the making; its tables with persons lie in it.
        ground: What results rest on, see `pipeline.ground`; looked at before anything was read.
        last: The term's last results, as the run left them; None where they cannot be believed.
        store: Folder in which intake keeps what it read.
        workers: Most processes to read workbooks with.
        later: Renews what intake keeps.

    Returns:
        The names of all files of learners.

    Raises:
        ParamsError: `progress.toml` or `pairing.toml` is wrong.
    """
    rooms = LearnerRooms(project, county, term, folder, ground, last, store, workers, later)
    kept = _notes(last)
    workbooks = workbooks_in(ground["learners"])

    def note(
        room: LearnerRoom, make: Callable[[], Mapping[str, pl.DataFrame]], read: Iterable[object]
    ) -> Note:
        rests_on = [*(ground[name] for name in _GROUND), _params(ground, room), workbooks, *read]
        digest = digest_of(repr(rests_on).encode())
        if last is not None and room in kept and kept[room][0] == digest:
            take_over(kept[room][1], last, folder)
            return kept[room]
        made = make()
        write_tables(made, folder / STORED)
        paths = (path for place in _MADE[room] for path in _files_of(folder / place))
        names = [path.relative_to(folder).as_posix() for path in paths]
        return digest, sorted([*names, *(f"{STORED}/{name}.parquet" for name in made)])

    # In this order: whom teachers should help is what exams say.
    notes = {"progress": note("progress", rooms.progress, rooms.progress_read())}
    asked = [ground["learners"], *rooms.helping_read()]
    notes["helping"] = note("helping", rooms.helping, asked)
    text = json.dumps(notes, indent=0, sort_keys=True)
    (folder / RESTS_ON).write_text(text, encoding="utf-8", newline="\n")
    return [RESTS_ON, *(name for _, names in notes.values() for name in names)]


def of_learners(name: str) -> bool:
    """Whether an output of a term is one of `make_learners`."""
    return name.startswith(_PLACES)


def _files_of(place: Path) -> list[Path]:
    """A file, or those of a folder; none where there is no such thing."""
    if place.is_dir():
        return list(place.iterdir())
    return [place] if place.is_file() else []


def _params(ground: Mapping[str, Any], room: LearnerRoom) -> list[str | None]:
    """Digests of the project's and the county's params that a room rests on."""
    places = (ground["params"], ground["county_params"])
    return [place.get(name) for place in places for name in _PARAMS[room]]


def _notes(last: Path | None) -> dict[str, Note]:
    """What the last run noted of its rooms; nothing where it noted nothing."""
    if last is None:
        return {}
    try:
        noted = json.loads((last / RESTS_ON).read_text(encoding="utf-8"))
        return {room: (digest, names) for room, (digest, names) in noted.items()}
    except (OSError, ValueError):
        return {}
