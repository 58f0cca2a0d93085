"""What of the book lies in a fund and a period: vouchers, and their money.

A correction counts on its own day, and as what it takes back: its donor, program and persons are
those of the corrected voucher, with the opposite sign. A returned gift, of money or of goods, whose
voucher does not say its donor's class or consent has those of the gifts that it gives back.
"""

from collections.abc import Iterable

import polars as pl

from aidkit.fund.accounts import GIVEN
from aidkit.fund.book import Book
from aidkit.fund.entry import GIFTS, RETURNED
from aidkit.fund.period import Period

_SAID = ("donor_class", "consent")
"""What vouchers say of donors."""

_GIVEN_BACK = {"gift_returned": "gift", "goods_returned": "goods_in"}
"""Kind of a returned gift to the kind of the gift."""

_WHOSE = ["party", "purpose", "of"]


def vouchers(book: Book, fund: str, period: Period | None = None) -> pl.LazyFrame:
    """Vouchers of a fund, corrections in the words of what they correct.

    Args:
        book: The book.
        fund: Id of the fund.
        period: Only those of these days; all where None.

    Returns:
        Columns of `tables.fund.FundEntries` and `root` (the voucher that is meant: itself, or what
        a correction takes back), `root_date`, and `sign` (1, or -1 where it is taken back). Of a
        correction `voucher_no`, `date` and `reason` are its own and everything else is the root's.
        Lazy, since a statement reads few of the columns.
    """
    here = [pl.col("fund") == fund]
    if period is not None:
        here.append(pl.col("date").is_between(period.first, period.last))
    correction = pl.col("kind") == "correction"
    itself = (
        book.entries.lazy()
        .filter(*here, ~correction)
        .with_columns(root=pl.col("voucher_no"), root_date=pl.col("date"), sign=pl.lit(1, pl.Int64))
    )
    wrong = book.entries.filter(correction, *here)
    if wrong.is_empty():
        return _as_given(book, fund, itself)
    own = wrong.select("voucher_no", "date", "reason", root="corrects", sign=pl.lit(-1, pl.Int64))
    meant = book.entries.filter(pl.col("voucher_no").is_in(own["root"].implode()))
    named = meant.drop("reason").rename({"voucher_no": "root", "date": "root_date"})
    columns = itself.collect_schema().names()
    whole = pl.concat([itself, own.join(named, on="root").select(columns).lazy()])
    return _as_given(book, fund, whole)


def _as_given(book: Book, fund: str, told: pl.LazyFrame) -> pl.LazyFrame:
    """Returned gifts in the words of the same donor's gifts to the same purpose until that day.

    Where those gifts differ among each other, nothing is said.
    """
    mine = pl.col("fund") == fund
    entries = book.entries
    returned = entries.filter(mine, pl.col("kind").is_in(RETURNED), pl.col("party") != "")
    if returned.is_empty():
        return told
    of = pl.col("kind").replace(_GIVEN_BACK)
    pools = book.postings.filter(mine, pl.col("account").is_in(GIVEN))
    pools = pools.select("voucher_no", "purpose").unique()
    # Goods that nobody valued have no postings, so that nobody knows what they are for.
    returned, gifts = (
        one.join(pools, on="voucher_no", how="left").with_columns(
            pl.col("purpose").fill_null(""), of=of
        )
        for one in (returned, entries.filter(mine, pl.col("kind").is_in(GIFTS)))
    )
    wrong = book.entries.filter(pl.col("kind") == "correction")
    given = gifts.join(
        wrong.select(voucher_no="corrects", void="date"), on="voucher_no", how="left"
    )
    alike = [
        pl.when(pl.col(name).n_unique() == 1).then(pl.col(name).first()).alias(f"given_{name}")
        for name in _SAID
    ]
    known = (
        returned.select("party", "purpose", "of", root="voucher_no", back="date")
        .join(given.select(*_WHOSE, "date", "void", *_SAID), on=_WHOSE)
        .filter(
            pl.col("date") <= pl.col("back"),
            pl.col("void").is_null() | (pl.col("void") > pl.col("back")),
        )
        .group_by("root")
        .agg(alike)
    )
    filled = [
        pl.when(pl.col(name) == "")
        .then(pl.col(f"given_{name}").fill_null(""))
        .otherwise(name)
        .alias(name)
        for name in _SAID
    ]
    both = told.join(known.lazy(), on="root", how="left", maintain_order="left")
    return both.with_columns(filled).drop(f"given_{name}" for name in _SAID)


def money(book: Book, fund: str, accounts: Iterable[str], period: Period) -> pl.LazyFrame:
    """Postings of a fund on some accounts in a period."""
    return book.postings.lazy().filter(
        pl.col("fund") == fund,
        pl.col("date").is_between(period.first, period.last),
        pl.col("account").is_in(list(accounts)),
    )


def number_of_corrections(book: Book, fund: str, period: Period) -> int:
    """How many corrections dated in the period are of the fund, or touch its money."""
    wrong = pl.col("kind") == "correction", pl.col("fund") == fund
    within = pl.col("date").is_between(period.first, period.last)
    numbers = [
        table.filter(*wrong, within)["voucher_no"] for table in (book.entries, book.postings)
    ]
    return pl.concat(numbers).n_unique()


def place_of_program(book: Book, fund: str, column: str) -> pl.Expr:
    """Where a program stands in the fund's file; what it does not name stands behind all."""
    places = {program: place for place, program in enumerate(book.funds[fund].programs)}
    return pl.col(column).replace_strict(places, default=len(places), return_dtype=pl.Int64)
