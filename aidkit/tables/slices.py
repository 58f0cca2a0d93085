"""A slice: one file with everything that one report reads of tables, and nothing else.

A slice is a parquet file of two columns, `name` and `frame` (a table as Arrow IPC stream). That of
a school holds its own rows, and of the county what its report shows: it stays the same byte for
byte while nothing of this changed.
"""

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import polars as pl

from aidkit import reads
from aidkit.calendar import Term
from aidkit.errors import MissingTablesError
from aidkit.project import FUND_PREFIX, Project, is_address
from aidkit.tables.disclosed import DISCLOSED
from aidkit.tables.fund_slices import FUND, fund_slice_columns
from aidkit.tables.learner_slices import AnyLearnerRoom, learner_slice_columns

Audience = Literal["internal", "public"]
Room = Audience | AnyLearnerRoom

COUNTY = "county"
"""The scope that is no school: the whole county."""

SCHOOL = "school"
"""What the settings of a school's slice give as its scope; which school its tables say."""

PERSON = ("person_no", "name", "school_code", "grade", "class_name")

_SCHEMA = {"name": pl.String, "frame": pl.Binary}

SETTINGS = ("audience", "scope", "term", "county", "publisher", "contact", "threshold")
LABELS = ("vocabulary", "code", "label")

PERSONS: Mapping[str, tuple[str, ...]] = {
    "decisions": (
        "subject",
        *PERSON,
        "program_id",
        "version_id",
        "outcome",
        "awarded",
        "tier",
        "full_fen",
        "amount_fen",
        "reserve_no",
        "yielded_to",
    ),
    "facts": ("person_no", "present_months", "left_on", "left_by"),
    "award_changes": ("person_no", "program_id", "award_change", "changed_on"),
    "tasks": (*PERSON, "task", "programs"),
    "problems": ("file", "sheet", "row", "column", "severity", "message", "remedy"),
    "quotas": (
        "program_id",
        "school_code",
        "version_id",
        "base",
        "places",
        "candidates",
        "awarded",
        "replaced",
        "reserve",
        "cut_line",
    ),
    "funding_demand": ("program_id", "school_code", "level", "amount_fen"),
    "duplicates": ("group_no", "person_no", "school_code", "kind", "name", "message"),
    "completeness": ("kind", "person_no", "name", "school_code", "program_id", "message"),
    "corrections": (
        *("kind", "person_no", "name", "school_code", "program_id"),
        *("paid_fen", "due_fen", "difference_fen", "message"),
    ),
    "school_names": ("school_code", "school_name"),
}
"""Tables with persons in an internal slice: the columns that reports read.

Decisions are those not plainly against: whoever got, waits, yielded or lost."""

COUNTY_PERSONS: Mapping[str, tuple[str, ...]] = {
    "donations": ("donated_on", "amount_fen"),
    "visits": ("student_no",),
}
"""The same that only the county's reports read."""


@cache
def slice_columns(audience: Room, scope: str) -> dict[str, tuple[str, ...]]:
    """Every table of a slice with its columns."""
    if audience not in get_args(Audience):
        return learner_slice_columns(audience, of_county=scope == COUNTY)
    if scope.startswith(FUND_PREFIX):
        return fund_slice_columns(audience)

    def of_terms(name: str) -> tuple[str, ...]:
        return ("term", *DISCLOSED[name].column_names())

    columns: dict[str, tuple[str, ...]] = {
        "settings": SETTINGS,
        "labels": LABELS,
        "county": ("term", "share"),
        **{name: of_terms(name) for name in ("schools", "roll", "aid", "programs")},
        "data_quality": tuple(DISCLOSED["data_quality"].column_names()),
    }
    if audience == "internal":
        columns |= PERSONS
    if scope == COUNTY:
        columns |= (
            COUNTY_PERSONS
            if audience == "internal"
            else {"named_donors": tuple(DISCLOSED["named_donors"].column_names())}
        )
    return columns


def pack(frame: pl.DataFrame) -> bytes:
    """A table as bytes; equal tables give equal bytes, and nothing else is in them."""
    return _stream(_bare(frame).select(pl.all().gather(pl.int_range(pl.len()))))


def pack_by(frame: pl.DataFrame, scope: str) -> dict[str, bytes]:
    """The rows of each value of the column `scope`, without that column, as `pack` gives them."""
    parts = _bare(frame).partition_by(scope, as_dict=True, include_key=False)
    covered = [column.name for column in frame if column.null_count() and column.name != scope]
    return {
        str(code): _stream(_whole(part, covered))
        for (code,), part in parts.items()
        if code is not None
    }


def _whole(part: pl.DataFrame, covered: list[str]) -> pl.DataFrame:
    """A part without the bits that say of each row that it is no null, where none of it is.

    They are inherited from rows of other scopes: a part that is cut alone would not have them.
    """
    full = [name for name in covered if not part[name].null_count()]
    anew = pl.col(full).gather(pl.int_range(pl.len()))
    return part.with_columns(anew) if full else part


def _bare(frame: pl.DataFrame) -> pl.DataFrame:
    """The same table with nothing under its nulls.

    There polars leaves whatever was computed or read before: a figure that is withheld, a pupil of
    another school. Arrow writes it out, and equal tables would give different bytes.
    """
    anew = [_anew(column) for column in frame if _may_cover(column)]
    return frame.with_columns(anew) if anew else frame


def _may_cover(column: pl.Series) -> bool:
    if isinstance(column.dtype, pl.List) and not column.null_count():
        items = column.filter(column.list.len() > 0).explode()
        return _may_cover(items)
    return column.null_count() > 0 or column.dtype.is_nested()


def _anew(column: pl.Series) -> pl.Series:
    if not column.dtype.is_nested():
        return pl.Series(column.name, column.to_list(), dtype=column.dtype)
    rows = [(value,) for value in column.to_list()]  # far quicker by rows
    return pl.DataFrame(rows, {column.name: column.dtype}, orient="row").to_series()


def _stream(gathered: pl.DataFrame) -> bytes:
    """A bare table, its rows gathered anew (then bits beyond its end are the same too), as bytes.

    The oldest layout copies the text that is there; newer ones carry along whole buffers.
    """
    buffer = io.BytesIO()
    gathered.rechunk().write_ipc_stream(buffer, compat_level=pl.CompatLevel.oldest())
    return buffer.getvalue()


def slice_bytes(packed: Mapping[str, bytes]) -> bytes:
    """A slice of packed tables by name; equal tables give equal bytes."""
    names = sorted(packed)
    frame = pl.DataFrame([names, [packed[name] for name in names]], schema=_SCHEMA)
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=False)
    return buffer.getvalue()


def read_slice(
    project: Project, county: Path, term: Term, audience: Room, scope: str = COUNTY
) -> dict[str, pl.DataFrame]:
    """Read the tables of a slice by name, from the run under way or the stored results.

    Args:
        project: The checkout.
        county: The county folder.
        term: The term.
        audience: Whose slice; one for another audience is refused wherever it lies.
        scope: School code, `county`, or `fund-<id>`.

    Raises:
        MissingTablesError: There is none, or another version of aidkit made it; the remedy names
            the command that makes it.
    """
    where = f"reports/{county.name}/{term.code}/slices/{audience}"
    location = project.slice(county, term.code, audience, scope)
    try:
        held = _read(location)
    except FileNotFoundError:
        raise MissingTablesError(
            f"没有 {term.label}的报告要用的表（{scope}）。",
            where=where,
            remedy=f"请先运行 aidkit run {term.code} --tables",
        ) from None
    except pl.exceptions.PolarsError:
        held = {}
    if not _fits(held, audience, scope, term):
        raise MissingTablesError(
            f"{term.label}的报告要用的表（{scope}）是另一个版本的程序做的，或已损坏。",
            where=where,
            remedy=f"请重新运行 aidkit run {term.code} --tables",
        )
    return held


def _read(location: str) -> dict[str, pl.DataFrame]:
    reads.note(location)
    source = location if is_address(location) else Path(location).read_bytes()
    table = pl.read_parquet(source)
    rows = table.iter_rows() if table.schema == _SCHEMA else ()
    return {name: pl.read_ipc_stream(frame) for name, frame in rows}


def _fits(held: Mapping[str, pl.DataFrame], audience: Room, scope: str, term: Term) -> bool:
    """Whether the slice is what this version writes, and of whom it was asked for."""
    if {name: tuple(frame.columns) for name, frame in held.items()} != slice_columns(
        audience, scope
    ):
        return False
    kind = COUNTY if scope == COUNTY else FUND if scope.startswith(FUND_PREFIX) else SCHOOL
    if held["settings"].select(SETTINGS[:3]).rows() != [(audience, kind, term.code)]:
        return False
    if kind == FUND:
        return held["fund"]["fund"].to_list() == [scope.removeprefix(FUND_PREFIX)]
    return kind == COUNTY or set(held["schools"]["school_code"]) == {scope}
