"""The rules of the book: what a voucher must be before it is posted, and what audit looks for."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from aidkit.fund.accounts import ASSETS
from aidkit.fund.book import Book
from aidkit.fund.entry import Entry
from aidkit.fund.ledger.check_alone import alone
from aidkit.fund.ledger.check_corrections import corrections
from aidkit.fund.ledger.check_goods import COUNTED, STORED, counts, left_behind, values
from aidkit.fund.ledger.check_goods_back import goods_back
from aidkit.fund.ledger.check_goods_out import mispriced
from aidkit.fund.ledger.check_openings import openings
from aidkit.fund.ledger.check_returns import returned
from aidkit.fund.ledger.check_texts import texts
from aidkit.fund.ledger.faults import Fault, fault
from aidkit.fund.ledger.lines import Tables
from aidkit.fund.ledger.names import Names
from aidkit.fund.ledger.overdrawn import Overdraft, overdrafts
from aidkit.fund.ledger.writing import Writing

__all__ = ["CHECKED", "EARLIER", "Fault", "check", "faults"]

EARLIER = (
    "voucher_no",
    "line",
    "kind",
    "fund",
    "date",
    "party",
    "program",
    "person_no",
    "corrects",
)
"""Columns of the entries in the book that new ones are checked against."""

CHECKED = (
    *EARLIER,
    "batch",
    "reference",
    "note",
    "reason",
    "consent_of",
    "approved_by",
    "entered_by",
)
"""Columns of new entries that are checked."""


def faults(
    book: Book, entries: Sequence[Entry], entered_on: dt.date, entered_by: str = ""
) -> list[Fault]:
    """What is wrong with entries that are to be posted to a book; by place in the batch.

    Args:
        book: What stands already.
        entries: What is to be added, as one batch.
        entered_on: The day of entering: nothing may be dated later.
        entered_by: Who enters the batch.
    """
    writing = Writing(book, entered_by, CHECKED)
    for _ in writing.parts(entries):
        pass
    new = writing.tables()
    return check(book, new, entered_on, {book.batches.height + 1: entered_by})


def check(
    book: Book, new: Tables, entered_on: dt.date | None, enterers: Mapping[int, str]
) -> list[Fault]:
    """The same for vouchers as tables, of which `index` is the place.

    Args:
        book: What stands already; the columns `EARLIER` are enough.
        new: What is to be added; the columns `CHECKED` are enough.
        entered_on: Nothing may be dated later; None: any date.
        enterers: Number of each batch of it to who entered that.
    """
    posted_by = pl.col("batch").replace_strict(enterers, default="", return_dtype=pl.String)
    entries = new.entries.with_row_index("index").with_columns(
        pl.col("index").cast(pl.Int64), posted_by=posted_by
    )
    found = [
        *alone(entries, new, book.funds, entered_on),
        *corrections(book, entries, new),
        *openings(book, entries, new),
    ]
    sound = _without(entries.select("index", "voucher_no"), found)
    # What is left out may have brought what others spend: so until nothing more is found.
    while overdrawn := list(_overdrawn(book, new, sound)):
        found += overdrawn
        sound = _without(sound, overdrawn)
    return sorted(dict.fromkeys([*found, *texts(entries)]), key=lambda one: (one.index, one.code))


def _without(entries: pl.DataFrame, found: Sequence[Fault]) -> pl.DataFrame:
    wrong = pl.Series(sorted({one.index for one in found}), dtype=pl.Int64)
    return entries.filter(~pl.col("index").is_in(wrong.implode()))


def _overdrawn(book: Book, every: Tables, sound: pl.DataFrame) -> Iterator[Fault]:
    """What sound entries take before it is there: of accounts, pools, goods, payouts and gifts."""
    new = every
    if sound.height < every.entries.height:
        tables = (every.entries, every.postings, every.goods)
        new = Tables(*(table.join(sound, on="voucher_no", how="semi") for table in tables))
    names = Names(book.funds)
    for code, key, before, after in _looked_at(book, new):
        for one in overdrafts(before, after, sound, key):
            yield _fault(names, code, key, one)
    for one in left_behind(book.goods, new.goods, sound):
        yield _fault(names, "value_left", STORED, one)
    for row in mispriced(book, new, sound).iter_rows(named=True):
        told = row | {"count": f"{row['count']:g}"}
        yield fault(told.pop("index"), "goods_mispriced", **names.told(told))


def _looked_at(
    book: Book, new: Tables
) -> Iterator[tuple[str, Sequence[str], pl.LazyFrame, pl.LazyFrame]]:
    """Code of the fault, what is looked at apart, its moves in the book, and the new ones."""
    yield "account_overdrawn", _ACCOUNT, _accounts(book.postings), _accounts(new.postings)
    yield "pool_overdrawn", _POOL, _pools(book.postings), _pools(new.postings)
    yield "goods_overdrawn", COUNTED, counts(book.goods), counts(new.goods)
    yield "value_overdrawn", STORED, values(book.goods), values(new.goods)
    for of, before, after in returned(book, new):
        yield of.code, of.key, before, after
    yield from goods_back(book, new)


def _fault(names: Names, code: str, key: Sequence[str], one: Overdraft) -> Fault:
    counted = "valued" in key
    missing = f"{one.missing / 1000:g}" if counted else one.missing
    told = dict(zip(key, one.key, strict=True)) | {"date": one.date, "missing": missing}
    return fault(one.index, code, **names.told(told))


_ACCOUNT = ("fund", "account")
_POOL = ("fund", "purpose", "held_in")
"""Coats in store pay no school fees: what a pool holds in goods is looked at apart."""


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
