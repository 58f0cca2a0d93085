"""Which published figures a later publication corrects."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import dataframely as dy
import polars as pl

from aidkit.calendar import Term

Tables = Mapping[str, pl.DataFrame]
"""Public tables by name."""

_SAID_BY_FIGURES: Final = ("suppressed",)
"""A figure that is null says the same."""

_SCHEMA: Final[Mapping[str, pl.DataType]] = {
    "table": pl.String(),
    "key": pl.List(pl.String()),
    "column": pl.String(),
    "then": pl.String(),
    "now": pl.String(),
}


@dataclass(frozen=True)
class Corrected:
    """A publication that corrects the one before it.

    Attributes:
        term: The term that was published.
        number: Which publication corrects, from 2.
        on: The day of it.
        reason: Why; empty where no decision differs.
        figures: What differs, see `corrections`.
    """

    term: Term
    number: int
    on: dt.date
    reason: str
    figures: pl.DataFrame


def corrections(then: Tables, now: Tables, schemas: Mapping[str, type[dy.Schema]]) -> pl.DataFrame:
    """Hold public tables against those of an earlier publication, cell by cell.

    Args:
        then: What was published.
        now: What is published instead; a table that only one of both has counts as empty in the
            other.
        schemas: The tables to compare, with what names their rows.

    Returns:
        One row is a figure that differs, in the order of tables, rows and columns: `table`, `key`
        (the values that name its row), `column`, `then` and `now` (as text; null where it was or
        is not published, or there is no such row). A row that came or went tells each of its
        figures.
    """
    parts = [
        _differing(name, schema, then.get(name), now.get(name)) for name, schema in schemas.items()
    ]
    return pl.concat([pl.DataFrame(schema=_SCHEMA), *parts])


def _differing(
    name: str, schema: type[dy.Schema], then: pl.DataFrame | None, now: pl.DataFrame | None
) -> pl.DataFrame:
    key, columns = schema.primary_key(), schema.column_names()
    told = [
        one for one in columns if one not in {*key, *_SAID_BY_FIGURES} and not _nested(schema, one)
    ]
    sides = [_texts(side, key, told) for side in (then, now)]
    both = sides[0].join(sides[1], on=key, how="full", coalesce=True, suffix="_now")
    rows = both.sort(key).with_row_index("row")
    long = [
        rows.select(
            "row",
            table=pl.lit(name),
            key=pl.concat_list(key),
            column=pl.lit(column),
            then=pl.col(column),
            now=pl.col(f"{column}_now"),
        )
        for column in told
    ]
    changed = pl.col("then").ne_missing(pl.col("now"))
    return pl.concat(long).filter(changed).sort("row", maintain_order=True).drop("row")


def _texts(side: pl.DataFrame | None, key: list[str], told: list[str]) -> pl.DataFrame:
    """A table as text; what it does not have is null."""
    if side is None:
        side = pl.DataFrame(schema=dict.fromkeys(key, pl.String()))
    lacking = [pl.lit(None).alias(one) for one in told if one not in side.columns]
    return side.with_columns(lacking).select(pl.col(*key, *told).cast(pl.String))


def _nested(schema: type[dy.Schema], column: str) -> bool:
    return schema.columns()[column].dtype.is_nested()
