"""What a signature covers: a term's decisions, school by school and program by program."""

import hashlib
from dataclasses import dataclass
from typing import Final

import polars as pl

from aidkit.digests import digest_of

KEY: Final = ("school_code", "program_id")
"""What names a part of the content."""

_SIGNED: Final = (
    "person_no",
    "name",
    "version_id",
    "outcome",
    "tier",
    "amount_fen",
    "reserve_no",
    "yielded_to",
)
"""What of a decision is signed. Its sentences are not: a better wording voids no signature."""

_SCHEMA: Final = {
    "school_code": pl.String,
    "program_id": pl.String,
    "persons": pl.Int64,
    "fen": pl.Int64,
    "digest": pl.String,
}

_FIELD, _ROW = "\x1f", "\x1e"


@dataclass(frozen=True)
class Content:
    """A term's decisions as they are signed.

    Attributes:
        parts: One row is a school and a program: `school_code`, `program_id`, `persons` (that are
            awarded), `fen` (due to them) and `digest` (SHA-256 of all decisions of the part,
            whatever their outcome), sorted by the key.
    """

    parts: pl.DataFrame

    @property
    def text(self) -> str:
        """The parts as CSV, LF line ends: the file that is kept beside the log."""
        return self.parts.write_csv()

    @property
    def digest(self) -> str:
        """SHA-256 of the text: what is signed."""
        return digest_of(self.text.encode())

    @property
    def persons(self) -> int:
        """Awards, not people: somebody with two programs counts twice."""
        return int(self.parts["persons"].sum())

    @property
    def fen(self) -> int:
        """All that is due."""
        return int(self.parts["fen"].sum())


def content_of(decisions: pl.DataFrame) -> Content:
    """The content of a term's decisions; the order of its rows does not matter.

    Args:
        decisions: `tables.county.Decisions` of a term; a school code may be null.
    """
    fields = [pl.col(name).cast(pl.String).fill_null("\x00") for name in _SIGNED]
    rows = decisions.select(
        pl.col("school_code").fill_null(""),
        "program_id",
        persons=pl.col("awarded").cast(pl.Int64),
        fen="amount_fen",
        row=pl.concat_str(fields, separator=_FIELD),
    )
    parts = (
        rows.sort(*KEY, "row")
        .group_by(*KEY, maintain_order=True)
        .agg(pl.col("persons").sum(), pl.col("fen").sum(), pl.col("row").str.join(_ROW))
        .with_columns(digest=pl.col("row").map_elements(_hash, return_dtype=pl.String))
        .drop("row")
    )
    return Content(parts)


def content_from(text: str) -> Content:
    """The content that a kept text holds; see `Content.text`."""
    return Content(pl.read_csv(text.encode(), schema=_SCHEMA))


def _hash(rows: str) -> str:
    return hashlib.sha256(rows.encode()).hexdigest()
