"""Donors who agreed to be named: a declared named table."""

from collections.abc import Collection

import polars as pl

from aidkit.calendar import Term
from aidkit.disclosure.settings import PERMITTED_COLUMNS
from aidkit.errors import ParamsError

_NOT_NAMED = ("government", "student")
"""The treasury is no donor; a child cannot agree to it alone, and nobody asked the parents."""


def named_donors(
    donations: pl.DataFrame, term: Term, columns: Collection[str] = PERMITTED_COLUMNS["donors"]
) -> pl.DataFrame:
    """Gifts of a term whose donor wrote 实名, numbered by day, in the columns declared.

    The registers hold gifts of all years: one without a day is of no term. A column of the schema
    that is not declared is left empty where it may be; number, name and amount are what the table
    is.

    Raises:
        ParamsError: Columns beyond the permitted ones, or the name or amount not declared.
    """
    permitted = PERMITTED_COLUMNS["donors"]
    if set(columns) - set(permitted) or not {"number", "donor", "amount_fen"} <= set(columns):
        raise ParamsError(
            "捐赠人实名表的列不对。",
            where="disclosure.toml：named_tables.donors.columns",
            remedy="必须有 number、donor、amount_fen，另外只能有 donated_on。",
        )
    day = pl.col("donated_on") if "donated_on" in columns else pl.lit(None, pl.Date)
    return (
        donations.filter(
            pl.col("consent") == "named",
            pl.col("donated_on").is_between(term.starts, term.ends),
            ~pl.col("donor_class").is_in(_NOT_NAMED).fill_null(value=False),
        )
        .select("donor", "amount_fen", day.alias("donated_on"))
        .sort("donated_on", "donor", "amount_fen", nulls_last=True)
        .with_row_index("number", offset=1)
        .cast({"number": pl.Int64})
    )
