"""Sheets of one kind put together: every column of the table, and where each row stood."""

import polars as pl

from aidkit.intake.lexicon import polars_schema
from aidkit.intake.sheets import SheetRead
from aidkit.tables import INPUTS, SPREAD


def assemble(table: str, reads: list[SheetRead]) -> pl.DataFrame:
    """All rows of a table from all its sheets, faulty ones too.

    Columns are those of the schema and `set_aside`; a faulty cell is null. Sheets that spread a
    vocabulary over their columns become one row for each cell that holds something: an empty
    score cell says nothing and makes no row.

    Args:
        table: Table name.
        reads: Its sheets.
    """
    frames = [frame for read in reads for frame in _frames(read, spread=table in SPREAD)]
    nothing = no_rows(table)
    if not frames:
        return nothing
    rows = pl.concat(frames, how="diagonal")
    rows = rows.select(
        pl.col(name) if name in rows.columns else pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in nothing.schema.items()
    )
    if table not in SPREAD:
        return rows
    said = pl.col("score").is_not_null() | pl.col("absence").is_not_null() | pl.col("set_aside")
    return rows.filter(said).sort("source_file", "source_sheet", "source_row", maintain_order=True)


def no_rows(table: str) -> pl.DataFrame:
    """A table as `assemble` makes it, without rows."""
    return pl.DataFrame(schema={**polars_schema(INPUTS[table]), "set_aside": pl.Boolean()})


def _frames(read: SheetRead, *, spread: bool) -> list[pl.DataFrame]:
    rows = read.rows
    if rows.is_empty():
        return []
    size = rows.height
    place = [
        pl.Series("source_file", [read.source.file] * size, dtype=pl.String),
        pl.Series("source_sheet", [read.sheet] * size, dtype=pl.String),
        pl.Series("term", [read.source.term] * size, dtype=pl.String),
    ]
    placed = rows.hstack(place)
    if not spread:
        return [placed]
    return [
        placed.hstack([pl.Series("subject", [code] * size), scores, absences])
        for code, (scores, absences) in read.scores.items()
    ]
