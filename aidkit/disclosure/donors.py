"""Donors who agreed to be named: a declared named table."""

from collections.abc import Collection

import polars as pl

from aidkit.disclosure.settings import PERMITTED_COLUMNS
from aidkit.errors import ParamsError


def named_donors(
    donations: pl.DataFrame, columns: Collection[str] = PERMITTED_COLUMNS["donors"]
) -> pl.DataFrame:
    """Gifts whose donor wrote 实名, numbered by day, in the columns declared.

    A column of the schema that is not declared is left empty where it may be; number, name and
    amount are what the table is.

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
        donations.filter(pl.col("consent") == "named")
        .select("donor", "amount_fen", day.alias("donated_on"))
        .sort("donated_on", "donor", "amount_fen", nulls_last=True)
        .with_row_index("number", offset=1)
        .cast({"number": pl.Int64})
    )
