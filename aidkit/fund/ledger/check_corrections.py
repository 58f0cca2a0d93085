"""Corrections: the exact opposite of a voucher that stands, once."""

from collections.abc import Iterator

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.entry import APPROVED
from aidkit.fund.ledger.faults import Fault, fault
from aidkit.fund.ledger.lines import Tables
from aidkit.fund.ledger.names import unspaced

_WHO = ["fund", "party", "program", "person_no"]
_MONEY = ["corrects", "fund", "account", "purpose", "program"]
_THINGS = ["corrects", "fund", "item", "spec", "unit"]


def corrections(book: Book, entries: pl.DataFrame, new: Tables) -> Iterator[Fault]:
    """What is wrong with the corrections among new entries.

    Args:
        book: What stands already.
        entries: The new entries with `index`.
        new: Their postings and goods.
    """
    made = entries.filter(pl.col("kind") == "correction")
    if made.is_empty():
        return
    known = ["voucher_no", "kind", "date", *_WHO]
    every = pl.concat([book.entries.select(known), entries.select(known)])
    wanted = made.select("corrects").unique()
    originals = every.join(wanted, left_on="voucher_no", right_on="corrects")
    of = {number: said for number, *said in originals.select(known).rows()}
    earlier = book.entries.filter(pl.col("kind") == "correction")
    done = set(earlier["corrects"])
    unlike = _unlike(book, made, new)
    rows = made.select("index", "corrects", unspaced("approved_by"), "date", *_WHO).rows()
    for index, corrects, approver, date, *who in rows:
        if corrects not in of:
            yield fault(index, "corrects_nothing", corrects=corrects)
            continue
        kind, first, *whose = of[corrects]
        if kind == "correction":
            yield fault(index, "corrects_correction", corrects=corrects)
        elif corrects in done:
            yield fault(index, "corrected_twice", corrects=corrects)
        elif corrects in unlike or who != whose:
            yield fault(index, "not_opposite", corrects=corrects)
        if kind in APPROVED and not approver:
            yield fault(index, "no_approver")
        if date < first:
            yield fault(index, "corrects_later", corrects=corrects)
        done.add(corrects)


def _unlike(book: Book, made: pl.DataFrame, new: Tables) -> set[str]:
    """Vouchers whose corrections are not their exact opposite."""
    # Of two corrections of one voucher the second is refused for that; only the first is compared.
    first = made.unique("corrects", keep="first").select("voucher_no", "corrects")
    original = first.select("corrects").with_columns(voucher_no="corrects")
    found: set[str] = set()
    for ours, theirs, key, number in (
        (new.postings, book.postings, _MONEY, "fen"),
        (new.goods, book.goods, _THINGS, "thousandths"),
        (new.goods, book.goods, [*_THINGS, "fen"], "thousandths"),
    ):
        columns = ["voucher_no", *key[1:], number]
        every = pl.concat([theirs.select(columns), ours.select(columns)])
        both = pl.concat(
            [every.join(first, on="voucher_no"), every.join(original, on="voucher_no")]
        )
        rest = both.group_by(key).agg(pl.col(number).sum()).filter(pl.col(number) != 0)
        found |= set(rest["corrects"])
    return found
