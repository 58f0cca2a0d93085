"""Columns that say one thing in all rows of a piece are kept once, for all pieces together.

Of a million vouchers many columns are empty, and fund and enterer seldom change; each would take
sixteen bytes a row.
"""

import polars as pl
from polars import repeat

_FEWEST = 1024
"""Rows from which on it is worth it."""


class Repeats:
    """The columns of one journal that say one thing."""

    def __init__(self) -> None:
        self._known: dict[str, pl.Series] = {}

    def once(self, table: pl.DataFrame) -> pl.DataFrame:
        """The same table; texts that it repeats share their memory with other tables.

        Args:
            table: A text that is null in all rows becomes empty.
        """
        if table.height < _FEWEST:
            return table
        said = {column.name: _said(column) for column in table.iter_columns()}
        return table.with_columns(
            self._repeated(text, table.height).alias(name)
            for name, text in said.items()
            if text is not None
        )

    def _repeated(self, text: str, rows: int) -> pl.Series:
        known = self._known.get(text)
        if known is None or known.len() < rows:
            known = self._known[text] = repeat(text, 2 * rows, dtype=pl.String, eager=True)
        return known.head(rows)


def _said(column: pl.Series) -> str | None:
    """The text that a column says in all rows, empty where all are null; None: there is none."""
    if column.dtype != pl.String:
        return None
    if column.null_count() == column.len():
        return ""
    first: str | None = column[0]
    return first if not column.has_nulls() and (column == first).all() else None
