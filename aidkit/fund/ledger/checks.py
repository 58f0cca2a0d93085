"""The rules of the book: what a voucher must be before it is posted, and what audit looks for."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from aidkit.fund.accounts import ASSETS
from aidkit.fund.book import Book
from aidkit.fund.entry import Entry
from aidkit.fund.ledger.check_alone import alone
from aidkit.fund.ledger.check_corrections import corrections
from aidkit.fund.ledger.faults import Fault, fault
from aidkit.fund.ledger.lines import Tables
from aidkit.fund.ledger.overdrawn import overdrafts
from aidkit.fund.ledger.writing import Writing
from aidkit.fund.settings import Fund
from aidkit.money import yuan

__all__ = ["CHECKED", "EARLIER", "Fault", "check", "faults"]

EARLIER = ("voucher_no", "line", "kind", "fund", "date", "corrects")
"""Columns of the entries in the book that new ones are checked against."""

CHECKED = (
    *EARLIER,
    "program",
    "reason",
    "consent_of",
    "approved_by",
    "entered_by",
)
"""Columns of new entries that are checked."""


def faults(book: Book, entries: Sequence[Entry], entered_on: dt.date) -> list[Fault]:
    """What is wrong with entries that are to be posted to a book; by place in the batch.

    Args:
        book: What stands already.
        entries: What is to be added, as one batch.
        entered_on: The day of entering: nothing may be dated later.
    """
    writing = Writing(book, "", CHECKED)
    for _ in writing.parts(entries):
        pass
    return check(book, writing.tables(), entered_on)


def check(book: Book, new: Tables, entered_on: dt.date | None) -> list[Fault]:
    """The same for vouchers as tables, of which `index` is the place.

    Args:
        book: What stands already; the columns `EARLIER` are enough.
        new: What is to be added; the columns `CHECKED` are enough.
        entered_on: Nothing may be dated later; None: any date.
    """
    entries = new.entries.with_row_index("index").with_columns(pl.col("index").cast(pl.Int64))
    found = [*alone(entries, new, book.funds, entered_on), *corrections(book, entries, new)]
    sound = _without(entries.select("index", "voucher_no"), found)
    # What is left out may have brought what others spend: so until nothing more is found.
    while overdrawn := list(_overdrawn(book, new, sound)):
        found += overdrawn
        sound = _without(sound, overdrawn)
    return sorted(dict.fromkeys(found), key=lambda one: (one.index, one.code))


def _without(entries: pl.DataFrame, found: Sequence[Fault]) -> pl.DataFrame:
    wrong = pl.Series(sorted({one.index for one in found}), dtype=pl.Int64)
    return entries.filter(~pl.col("index").is_in(wrong.implode()))


def _overdrawn(book: Book, new: Tables, sound: pl.DataFrame) -> Iterator[Fault]:
    """What sound entries spend before it is there: of accounts, of pools, of goods."""
    postings, goods = new.postings, new.goods
    if sound.height < new.entries.height:
        postings = postings.join(sound, on="voucher_no", how="semi")
        goods = goods.join(sound, on="voucher_no", how="semi")
    names = _Names(book.funds)
    for code, key, of, before, after in (
        ("account_overdrawn", _ACCOUNT, _accounts, book.postings, postings),
        ("pool_overdrawn", _POOL, _pools, book.postings, postings),
        ("goods_overdrawn", _GOODS, _stores, book.goods, goods),
    ):
        for one in overdrafts(of(before), of(after), sound, key):
            said = names.told(dict(zip(key, one.key, strict=True)))
            missing = f"{one.missing / 1000:g}" if key is _GOODS else yuan(one.missing)
            yield fault(one.index, code, date=one.date, missing=missing, **said)


_ACCOUNT = ("fund", "account")
_POOL = ("fund", "purpose", "held_in")
"""Coats in store pay no school fees: what a pool holds in goods is looked at apart."""

_GOODS = ("fund", "item", "spec", "unit")


def _accounts(postings: pl.DataFrame) -> pl.LazyFrame:
    """What changes accounts."""
    assets = postings.lazy().filter(pl.col("account").is_in(ASSETS))
    return assets.select("voucher_no", *_ACCOUNT, "date", amount="fen")


def _pools(postings: pl.DataFrame) -> pl.LazyFrame:
    """What changes pools, and whether it does so in money or in goods."""
    goods = postings.lazy().filter(account="goods").select("voucher_no").unique().collect()
    in_goods = pl.col("voucher_no").is_in(goods["voucher_no"].implode())
    changes = postings.lazy().filter(~pl.col("account").is_in(ASSETS))
    held_in = pl.when(in_goods).then(pl.lit("物品")).otherwise(pl.lit("资金"))
    return changes.with_columns(held_in=held_in, amount=-pl.col("fen")).select(
        "voucher_no", *_POOL, "date", "amount"
    )


def _stores(goods: pl.DataFrame) -> pl.LazyFrame:
    """What changes what is in store."""
    return goods.lazy().select("voucher_no", *_GOODS, "date", amount="thousandths")


class _Names:
    """What people call funds, pools and accounts."""

    def __init__(self, funds: Mapping[str, Fund]) -> None:
        self._funds = funds

    def told(self, key: dict[str, str]) -> dict[str, str]:
        fund = self._funds.get(key["fund"])
        if "purpose" in key:
            pool = fund and fund.purposes.get(key["purpose"])
            title = pool.title if pool else key["purpose"]
            key["purpose"] = f"“{title}”" if title else "非限定性"
        return key | {"fund": fund.name if fund else key["fund"]}
