"""Openings: what an account held of a purpose when the book began is said once."""

from collections.abc import Iterator

import polars as pl

from aidkit.fund.accounts import MONEY, OPENING
from aidkit.fund.book import Book
from aidkit.fund.ledger.faults import Fault, fault
from aidkit.fund.ledger.lines import Tables
from aidkit.fund.ledger.names import Names, unspaced

_ONCE = ["fund", "account", "purpose", "party"]


def openings(book: Book, entries: pl.DataFrame, new: Tables) -> Iterator[Fault]:
    """A fault for each new opening that says again what one says that stands.

    Args:
        book: What stands already.
        entries: The new entries with `index`.
        new: Their postings.
    """
    made = entries.filter(pl.col("kind") == "opening")
    if made.is_empty():
        return
    corrected = pl.concat([book.entries["corrects"], entries["corrects"]])
    earlier = book.entries.filter(pl.col("kind") == "opening")
    heads = pl.concat([one.select("voucher_no", "party") for one in (earlier, made)]).filter(
        ~pl.col("voucher_no").is_in(corrected.implode())
    )
    lines = pl.concat(
        [one.filter(pl.col("kind") == "opening") for one in (book.postings, new.postings)]
    )
    held = lines.filter(pl.col("account").is_in(MONEY)).select("voucher_no", "fund", "account")
    pools = lines.filter(account=OPENING).select("voucher_no", "purpose")
    said = held.join(pools, on="voucher_no").join(heads, on="voucher_no")
    again = (
        said.unique(maintain_order=True)
        .sort("voucher_no", maintain_order=True)
        .with_columns(unspaced("party"))
        .with_columns(earlier=pl.col("voucher_no").first().over(_ONCE))
        .filter(pl.col("voucher_no") != pl.col("earlier"))
        .join(made.select("voucher_no", "index"), on="voucher_no")
    )
    names = Names(book.funds)
    for row in again.iter_rows(named=True):
        yield fault(row.pop("index"), "opened_twice", **names.told(row))
