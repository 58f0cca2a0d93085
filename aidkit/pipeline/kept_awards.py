"""What a run leaves so that the next one tells only those for whom something changed.

The decisions themselves and the facts are taken from the last results, by the digests noted here.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from aidkit import caches
from aidkit.awards import Awards, Earlier
from aidkit.digests import digest_of, file_digest

_TOLD = ("facts", "decisions")

_RULES = ("package", "environment", "params", "county_params", "settings", "term")
"""What decisions rest on besides the facts."""


@dataclass(frozen=True)
class KeptAwards:
    """Where a county's term keeps what was settled.

    Attributes:
        file: The kept file.
        key: Digest of all but the facts that decisions rest on: nothing else is kept for it.
    """

    file: Path
    key: str

    def load(self, last: Path) -> Earlier | None:
        """What the last run left; None where anything is missing, changed or of other rules.

        Args:
            last: Folder of the last results.
        """
        kept = caches.load(self.file)
        if kept is None:
            return None
        head, _, settled = kept.partition(b"\n")
        try:
            told = [_table(last, name).read_bytes() for name in _TOLD]
            if head.decode() != self._head([digest_of(content) for content in told]):
                return None
            facts, decisions = (pl.read_parquet(io.BytesIO(content)) for content in told)
            return Earlier(facts, decisions, pl.read_ipc(io.BytesIO(settled)))
        except (OSError, PolarsError):
            return None

    def store(self, folder: Path, awards: Awards) -> None:
        """Leave it for the next run.

        Args:
            folder: Has the stored tables of this run.
            awards: What it decided.
        """
        settled = io.BytesIO()
        awards.settled.clone().write_ipc(settled)  # see `Aside`
        head = self._head([file_digest(_table(folder, name)) for name in _TOLD])
        caches.store(self.file, head.encode() + b"\n" + settled.getvalue())

    def _head(self, told: list[str]) -> str:
        return " ".join([self.key, *told])


def kept_awards(ground: Mapping[str, Any], store: Path) -> KeptAwards:
    """What is kept for a term of a county, under the rules as they are now.

    Args:
        ground: What the results rest on; see `pipeline.ground`.
        store: Folder of what is kept for the county.
    """
    rests_on = {name: ground[name] for name in _RULES}
    return KeptAwards(store / f"{ground['term']}.awards", digest_of(repr(rests_on).encode()))


def _table(folder: Path, name: str) -> Path:
    return folder / "internal" / "tables" / f"{name}.parquet"
