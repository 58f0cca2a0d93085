"""Words as numbers: results are many, and words are slow to group and to sort, and large."""

import polars as pl


def coded(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with each column of words as a `polars.Enum` of the words that occur in it.

    They order as the words do, and compare with them; a column that is one stays as it is. The
    empty word is always among them.
    """
    words = frame.select(pl.col(pl.String)).columns
    return frame.with_columns(frame[name].cast(_occurring(frame[name])) for name in words)


def coded_like(frame: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """The frame with the columns that it shares with another as those are, so that they join.

    Words that do not occur there become null, which joins with nothing.
    """
    shared = [name for name in frame.columns if isinstance(other.schema.get(name), pl.Enum)]
    return frame.with_columns(
        pl.col(name).cast(other.schema[name], strict=False) for name in shared
    )


def spelled(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with its words as words again."""
    return frame.with_columns(pl.col(pl.Enum).cast(pl.String))


def _occurring(column: pl.Series) -> pl.Enum:
    words = column.unique().drop_nulls()
    return pl.Enum(pl.concat([words, pl.Series(words.name, [""], pl.String)]).unique().sort())
