"""Goods that go back to their donor: never more of a thing than the donor gave."""

from collections.abc import Sequence

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.ledger.check_goods import COUNTED, STORED, counts, values
from aidkit.fund.ledger.lines import Tables
from aidkit.fund.ledger.names import unspaced

COUNTED_BACK = (*COUNTED, "party")
STORED_BACK = (*STORED, "party")

_MOVES = ("goods_in", "opening", "goods_returned")

Moves = tuple[str, Sequence[str], pl.LazyFrame, pl.LazyFrame]
"""Code of the fault, what is looked at apart, its moves in the book, and the new ones."""


def goods_back(book: Book, new: Tables) -> list[Moves]:
    """What changes how much of a thing can go back to its donor, where anything goes back.

    Args:
        book: What stands already.
        new: What is to be added, as far as it is sound.
    """
    made = [book.goods, new.goods]
    if not any("goods_returned" in one["kind"] for one in made):
        return []
    every = pl.concat(
        [
            one.select("voucher_no", "kind", "corrects", "party")
            for one in (book.entries, new.entries)
        ]
    )
    wrong = every.filter(kind="correction").select("voucher_no", "party", "corrects")
    meant = every.select(corrects="voucher_no", kind="kind")
    whose = (
        pl.concat([every.select("voucher_no", "party", "kind"), _as(wrong, meant)])
        .filter(pl.col("kind").is_in(_MOVES), pl.col("party") != "")
        .select("voucher_no", unspaced("party"))
        .lazy()
    )
    counted, valued = (
        [of(one).join(whose, on="voucher_no") for one in made] for of in (counts, values)
    )
    return [
        ("goods_overreturned", COUNTED_BACK, counted[0], counted[1]),
        ("goods_value_overreturned", STORED_BACK, valued[0], valued[1]),
    ]


def _as(wrong: pl.DataFrame, meant: pl.DataFrame) -> pl.DataFrame:
    """Corrections as what they take back."""
    return wrong.join(meant, on="corrects").select("voucher_no", "party", "kind")
