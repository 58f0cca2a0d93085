"""The public slice of learners: how the county's pupils moved, counted and through the door."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import polars as pl

from aidkit.disclosure.progress import progress_table
from aidkit.disclosure.told import Told
from aidkit.pipeline.slice_digests import packed_digest, packing
from aidkit.pipeline.slice_files import write_files
from aidkit.pipeline.table_files import write_tables
from aidkit.tables.learner_slices import OF_PUBLIC, PublicLearnerRoom
from aidkit.tables.slices import COUNTY, pack

ROOM: PublicLearnerRoom = "public_progress"

FILES = ("public/progress.parquet", f"slices/{ROOM}/")
"""What `write_public` writes: the table and, in a folder, the slice."""

_VOCABULARIES = ("stage", "progress_band")
_FIGURES = ("band_z",)

Frames = Mapping[str, pl.DataFrame]


def write_public(
    folder: Path,
    progress: pl.DataFrame,
    shared: Frames,
    last: Path | None,
    told: Told,
) -> None:
    """Write `public/progress.parquet` and the slice that the county's public report reads.

    Args:
        folder: The term's results in the making.
        progress: `tables.progress.Progress` of the term; empty where there were no exams.
        shared: As `learner_figures.shared_frames` gives them.
        last: The term's last results; None where they cannot be believed.
        told: What was published of the term before.
    """
    door = shared["settings"].row(0, named=True)
    table = progress_table(progress, door["threshold"], door["width"], told)
    write_tables({"progress": table}, folder / "public")
    held = {
        "settings": shared["settings"].with_columns(audience=pl.lit(ROOM)),
        "labels": shared["labels"].filter(pl.col("vocabulary").is_in(_VOCABULARIES)),
        "figures": shared["figures"].filter(pl.col("figure").is_in(_FIGURES)),
        "progress": table,
    }
    write_files(folder, ROOM, _OfCounty(held), last)


class _OfCounty:
    """The one slice of the room.

    Attributes:
        digests: The county to a digest of all that its slice holds.
    """

    def __init__(self, held: Frames) -> None:
        self._packed = {name: pack(held[name].select(OF_PUBLIC[name])) for name in OF_PUBLIC}
        self.digests = {COUNTY: packed_digest(self._packed, rests_on=packing())}

    def packed(self, scopes: Collection[str]) -> Iterator[tuple[str, Mapping[str, bytes]]]:
        """The slice, if it is asked for."""
        if COUNTY in scopes:
            yield COUNTY, self._packed
