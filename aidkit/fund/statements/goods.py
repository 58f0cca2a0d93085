"""Goods register: what came, went and is left, of each item by size and unit."""

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.period import Period
from aidkit.fund.statements.window import vouchers
from aidkit.tables.fund_statements import FundGoodsRegister


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
    went = pl.col("way") == "goods_out"
    goods = book.goods.filter(pl.col("fund") == fund, pl.col("date") <= period.last)
    ways = vouchers(book, fund).select("voucher_no", way="kind").collect()
    table = (
        goods.join(ways, on="voucher_no")
        .with_columns(valued=pl.col("fen").is_not_null())
        .group_by("item", "spec", "unit", "valued")
        .agg(
            opening=quantity.filter(before).sum(),
            came=quantity.filter(~before, ~went).sum(),
            went=-quantity.filter(~before, went).sum(),
            closing=quantity.sum(),
            opening_fen=value.filter(before).sum(),
            came_fen=value.filter(~before, ~went).sum(),
            went_fen=-value.filter(~before, went).sum(),
            closing_fen=value.sum(),
        )
        .with_columns(
            pl.when("valued").then(pl.col("^.*_fen$")).otherwise(pl.lit(None, pl.Int64)).name.keep()
        )
    )
    keys = FundGoodsRegister.primary_key()
    return FundGoodsRegister.validate(table, cast=True).sort(keys)
