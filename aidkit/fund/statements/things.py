"""Which goods went where: a thing is told by its name, so that no other gift is said to be it."""

import datetime as dt

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.statements.fifo import left_of, shared

_THING = ("item", "spec", "unit")
_LINES = ("thing", "gone_thing")
_OWN = pl.col("kind") == "goods_returned", pl.col("who") != ""


def shared_things(book: Book, came: pl.DataFrame, went: pl.DataFrame) -> pl.DataFrame:
    """Which valued goods that came are those that left, first in first out.

    Args:
        book: The book.
        came: What came into pools: `gift`, `root`, `kind`, `purpose`, `who`.
        went: What left them: `out` and the same.

    Returns:
        `gift`, `out`, `fen`, as far as goods are of the same name, size and unit.
    """
    things = book.goods.filter(pl.col("fen").is_not_null()).select("voucher_no", *_THING, "fen")
    ins, outs = (
        side.select(number, "root", "kind", "purpose", "who")
        .join(things, left_on="root", right_on="voucher_no", maintain_order="left")
        .with_row_index(line)
        for side, number, line in ((came, "gift", _LINES[0]), (went, "out", _LINES[1]))
    )
    pairs = _paired(ins, outs, "purpose")
    gifts, goes = ins.select(_LINES[0], "gift"), outs.select(_LINES[1], "out")
    named = pairs.join(gifts, on=_LINES[0]).join(goes, on=_LINES[1])
    return named.group_by("gift", "out", maintain_order=True).agg(pl.col("fen").sum())


def returned_unvalued(book: Book, fund: str, day: dt.date) -> pl.DataFrame:
    """Gifts of goods that nobody valued, of which some went back to their donor by a day.

    Returns:
        `voucher_no` of the gift, and `all_back`: whether everything of it did.
    """
    wrong = book.entries.filter(pl.col("kind") == "correction", pl.col("date") <= day)["corrects"]
    standing = book.entries.filter(
        pl.col("fund") == fund,
        pl.col("date") <= day,
        ~pl.col("voucher_no").is_in(wrong.implode()),
        pl.col("kind").is_in(["goods_in", "goods_returned"]),
    )
    # Counted instead of money: of what nobody valued there is nothing else.
    counted = book.goods.filter(pl.col("fen").is_null()).select(
        "voucher_no", *_THING, fen=pl.col("thousandths").abs()
    )
    lines = standing.select("voucher_no", "kind", "date", who="party").join(
        counted, on="voucher_no", maintain_order="left"
    )
    lines = lines.sort("date", maintain_order=True)
    ins = lines.filter(kind="goods_in").with_row_index(_LINES[0])
    pairs = _paired(ins, lines.filter(kind="goods_returned").with_row_index(_LINES[1]))
    rest = left_of(ins, pairs, _LINES[0])["voucher_no"]
    back = ins.join(pairs, on=_LINES[0], how="semi").select("voucher_no").unique()
    return back.with_columns(all_back=~pl.col("voucher_no").is_in(rest.implode()))


def _paired(ins: pl.DataFrame, outs: pl.DataFrame, *of: str) -> pl.DataFrame:
    """`_LINES` with the `fen` that they share: donors get their own, then all others."""
    own = shared(ins, outs.filter(*_OWN), [*of, "who", *_THING], _LINES)
    own = own.drop_nulls(list(_LINES))
    left = left_of(ins, own, _LINES[0]), left_of(outs, own, _LINES[1])
    rest = shared(*left, [*of, *_THING], _LINES).drop_nulls(list(_LINES))
    return pl.concat([own, rest])
