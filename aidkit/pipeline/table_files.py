"""Tables into a folder, one file each."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl


def write_tables(tables: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Write each table as `<name>.parquet` into a folder that is put in place as a whole."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        # Equal tables give equal bytes, whatever chunks they were put together from.
        frame.rechunk().write_parquet(
            folder / f"{name}.parquet", compression="zstd", compression_level=1, statistics=False
        )
