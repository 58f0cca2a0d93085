"""Statements of banks made in memory, as intake would have read them."""

import datetime as dt
from collections.abc import Sequence

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.reconciling.cancelled import cancelled
from aidkit.fund.reconciling.sides import book_side
from aidkit.intake.lexicon import polars_schema
from aidkit.tables.fund_registers import BankStatement

Line = tuple[dt.date, int, str, str, str]
"""Day, fen (what comes in is positive), counterparty, text, number."""


def line(day: dt.date, fen: int, party: str = "", text: str = "", number: str = "") -> Line:
    return day, fen, party, text, number


def statement(
    lines: Sequence[Line], *, opening: int = 0, newest_first: bool = False
) -> pl.DataFrame:
    """`tables.county.BankStatement` with balances; rows are numbered from 2, as in a file."""
    rows = []
    balance = opening
    for day, fen, party, text, number in lines:
        balance += fen
        rows.append(
            {
                "source_file": "流水.xlsx",
                "source_sheet": "Sheet1",
                "term": None,
                "booked_on": day,
                "counterparty": party or None,
                "in_fen": fen if fen > 0 else None,
                "out_fen": -fen if fen < 0 else None,
                "balance_fen": balance,
                "summary": text or None,
                "reference": number or None,
            }
        )
    if newest_first:
        rows.reverse()
    rows = [{"source_row": n, **row} for n, row in enumerate(rows, 2)]
    schema = polars_schema(BankStatement)
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def statement_of(book: Book, fund: str) -> pl.DataFrame:
    """The statement of a bank that saw every voucher but those that took each other back."""
    side = book_side(book, fund)
    opening = pl.col("kind") == "opening"
    live = side.filter(~pl.col("voucher_no").is_in(list(cancelled(side))))
    seen = live.filter(~opening).select("date", "fen", "party")
    begun = live.filter(opening)["fen"].sum()
    return statement([line(*row) for row in seen.iter_rows()], opening=int(begun))
