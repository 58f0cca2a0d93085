"""Vouchers that took each other back, so that the bank knows neither."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

import polars as pl


def cancelled(side: pl.DataFrame, start: dt.date = dt.date.min) -> set[str]:
    """Vouchers that took each other back, so that the bank knows neither.

    A correction of the same day takes its voucher away. One of a later day takes away what was
    entered again on that day, of the same kind, sum and party: then the bank knows the first
    voucher. Where there is none, it takes its voucher away, unless that lies before the first
    day: to that the bank agreed.

    Args:
        side: `book_side`, up to the day that is asked about.
        start: First day that is compared.
    """
    # The book takes no correction of a correction, nor a second one of the same voucher.
    made = side.filter(pl.col("corrects").is_in(side["voucher_no"].implode()))
    what = ["voucher_no", "date", "kind", "fen", "party"]
    pairs = made.join(side.select(what), left_on="corrects", right_on="voucher_no", suffix="_of")
    again = _Again(side.join(made.select("date").unique(), on="date", how="semi").select(what))
    gone: set[str] = set()
    for row in pairs.sort(pl.col("date") != pl.col("date_of"), "voucher_no").iter_rows(named=True):
        before = row["date_of"] < start <= row["date"]
        later = row["date"] != row["date_of"]
        other = again.of(row, gone, anybody=before and row["fen_of"] > 0) if later else None
        other = other or ("" if before else row["corrects"])
        if other and other not in gone:
            gone |= {row["voucher_no"], other}
    return gone


class _Again:
    """Vouchers that may be others entered again, by day, kind, sum and party."""

    def __init__(self, vouchers: pl.DataFrame) -> None:
        self._known: dict[tuple[object, ...], list[str]] = {}
        for number, *what, party in vouchers.iter_rows():
            for who in (party, None):
                self._known.setdefault((*what, who), []).append(number)

    def of(self, row: Mapping[str, Any], gone: Collection[str], *, anybody: bool) -> str | None:
        """The first that is not gone yet; of the party itself, or else of anybody."""
        for who in (row["party_of"], None)[: 1 + anybody]:
            alike = self._known.get((row["date"], row["kind_of"], row["fen_of"], who), ())
            for number in alike:
                if number not in gone:
                    return number
        return None
