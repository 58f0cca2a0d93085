"""Voucher numbers: `2026-000001`, counted up within the year of the voucher's date."""

import datetime as dt

import polars as pl


class Numbers:
    """Gives the next number of a year.

    Args:
        taken: Numbers already given, column `voucher_no` of `FundEntries`.
    """

    def __init__(self, taken: pl.Series) -> None:
        last = parts(taken).group_by("year").agg(pl.col("number").max())
        self._last: dict[int, int] = dict(last.iter_rows())

    def next(self, date: dt.date) -> str:
        """The number after the last one of the year of `date`."""
        number = self._last[date.year] = self._last.get(date.year, 0) + 1
        return f"{date.year}-{number:06d}"


def parts(voucher_nos: pl.Series) -> pl.DataFrame:
    """`year` and `number` of voucher numbers; null where it is none."""
    text = voucher_nos.str
    return pl.DataFrame(
        {
            "year": text.slice(0, 4).cast(pl.Int64, strict=False),
            "number": text.slice(5).cast(pl.Int64, strict=False),
        }
    )
