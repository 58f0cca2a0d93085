"""Rows of one table put together: every column of the table, in the order of the sheets."""

from collections.abc import Sequence

import polars as pl

from aidkit.intake.batches import SHEET
from aidkit.intake.lexicon import polars_schema
from aidkit.tables import INPUTS, SPREAD


def assemble(table: str, frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """All rows of a table, faulty ones too.

    Columns are those of the schema and `set_aside`; a faulty cell is null. Sheets that spread a
    vocabulary over their columns have one row for each cell that holds something: an empty score
    cell says nothing and makes no row.

    Args:
        table: Table name.
        frames: Its rows as `judge_sheets` returns them.
    """
    nothing = no_rows(table)
    if not frames:
        return nothing
    rows = pl.concat(frames, how="diagonal")
    if table in SPREAD:
        said = pl.col("score").is_not_null() | pl.col("absence").is_not_null() | pl.col("set_aside")
        place = ("source_file", "source_sheet", "source_row")
        rows = rows.filter(said).sort(place, maintain_order=True)
    elif len(frames) > 1:
        rows = rows.sort(SHEET, maintain_order=True)
    return rows.select(
        pl.col(name) if name in rows.columns else pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in nothing.schema.items()
    )


def no_rows(table: str) -> pl.DataFrame:
    """A table as `assemble` makes it, without rows."""
    return pl.DataFrame(schema={**polars_schema(INPUTS[table]), "set_aside": pl.Boolean()})
