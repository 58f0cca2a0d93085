"""The book: the journal's content as tables, beside the files of the county's funds."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from aidkit.fund.settings import Fund


@dataclass(frozen=True)
class Book:
    """What every statement is told from.

    Attributes:
        funds: The county's funds by id.
        entries: `tables.fund.FundEntries`.
        postings: `tables.fund.FundPostings`.
        goods: `tables.fund.FundGoods`.
        batches: `tables.fund.FundBatches`.
        head: Hash of the journal's last line; 64 zeros where the journal is empty.
        lines: How many lines the journal has.
    """

    funds: Mapping[str, Fund]
    entries: pl.DataFrame
    postings: pl.DataFrame
    goods: pl.DataFrame
    batches: pl.DataFrame
    head: str
    lines: int
