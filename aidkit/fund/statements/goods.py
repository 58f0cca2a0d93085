"""Goods register: what came, left and is left, of each item by size and unit."""

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.entry import GOODS_LEAVE
from aidkit.fund.period import Period
from aidkit.fund.statements.window import vouchers
from aidkit.tables.fund_statements import FundGoodsRegister, FundGoodsTaken

LEFT = {"went": "goods_out", "returned": "goods_returned", "written_off": "goods_written_off"}
"""Column to the kind of the vouchers with which goods left."""


def goods_register(book: Book, fund: str, period: Period) -> pl.DataFrame:
    """Quantities and values of goods.

    A correction counts against what it takes back: goods that never came are taken off `came`.

    Returns:
        `FundGoodsRegister`, by item, size, unit and whether valued; values sum to account `goods`.
    """
    quantity = pl.col("thousandths")
    # The value of a line is written without a sign; it goes the way of the quantity.
    value = pl.col("fen").abs() * quantity.sign()
    before = pl.col("date") < period.first
    goods = book.goods.filter(pl.col("fund") == fund, pl.col("date") <= period.last)
    ways = vouchers(book, fund).select("voucher_no", way="kind").collect()
    way = pl.col("way")
    left = {name: way == kind for name, kind in LEFT.items()}
    came = ~before & ~way.is_in(GOODS_LEAVE)
    table = (
        goods.join(ways, on="voucher_no")
        .with_columns(valued=pl.col("fen").is_not_null())
        .group_by("item", "spec", "unit", "valued")
        .agg(
            opening=quantity.filter(before).sum(),
            came=quantity.filter(came).sum(),
            closing=quantity.sum(),
            opening_fen=value.filter(before).sum(),
            came_fen=value.filter(came).sum(),
            closing_fen=value.sum(),
            **{name: -quantity.filter(~before, of).sum() for name, of in left.items()},
            **{f"{name}_fen": -value.filter(~before, of).sum() for name, of in left.items()},
        )
        .with_columns(
            pl.when("valued").then(pl.col("^.*_fen$")).otherwise(pl.lit(None, pl.Int64)).name.keep()
        )
    )
    keys = FundGoodsRegister.primary_key()
    return FundGoodsRegister.validate(table, cast=True).sort(keys)


def goods_taken(book: Book, fund: str, period: Period) -> pl.DataFrame:
    """Goods that went back to their donor or were written off, one by one.

    Returns:
        `FundGoodsTaken`, by date, voucher and item.
    """
    kinds = [LEFT["returned"], LEFT["written_off"]]
    heads = vouchers(book, fund, period).filter(pl.col("kind").is_in(kinds)).collect()
    goods = book.goods.select("voucher_no", "item", "spec", "unit", "thousandths", "fen")
    table = heads.join(goods, on="voucher_no").with_columns(
        thousandths=-pl.col("thousandths"),
        fen=-pl.col("thousandths").sign() * pl.col("fen"),
        witness="consent_of",
    )
    return FundGoodsTaken.validate(table, cast=True).sort("date", "voucher_no", "item")
