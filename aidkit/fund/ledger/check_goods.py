"""Goods: what a voucher may say of them, and that their value leaves the store with them."""

from collections.abc import Iterator

import polars as pl

from aidkit.fund.accounts import GOODS, MONEY
from aidkit.fund.entry import GOODS_LEAVE, OF_GOODS
from aidkit.fund.ledger.faults import Rule
from aidkit.fund.ledger.lines import Tables
from aidkit.fund.ledger.overdrawn import Overdraft

STORED = ("fund", "item", "spec", "unit")
"""What is in store of its own kind."""

COUNTED = (*STORED, "valued")
"""What is counted apart: what nobody valued is not given out in the place of what has a value."""

_VALUE = pl.col("thousandths").sign() * pl.col("fen").fill_null(0)
"""What goods add to the value in store; what goes out takes its value away."""


def goods(new: Tables) -> Iterator[Rule]:
    """What is wrong with the goods of single vouchers.

    Args:
        new: The vouchers.
    """
    kind, count = pl.col("kind"), pl.col("thousandths")
    usual = new.goods.filter(kind != "correction")
    for why, wrong in {
        "没有名称": pl.col("item") == "",
        "不该出现在这种凭证里": ~kind.is_in([*OF_GOODS, "opening"]),
        "的数量应大于零": ~kind.is_in(GOODS_LEAVE) & (count <= 0),
        "的数量应小于零（发出）": kind.is_in(GOODS_LEAVE) & (count >= 0),
        "的价值应大于零，没有估价就空着": pl.col("fen") <= 0,
    }.items():
        yield Rule("wrong_goods", usual.filter(wrong).with_columns(why=pl.lit(why)))
    places = new.postings.lazy().select("voucher_no", "account")
    stored = places.filter(account=GOODS)
    mixed = places.filter(pl.col("account").is_in(MONEY)).join(stored, on="voucher_no", how="semi")
    yield Rule("mixed_goods", mixed.select("voucher_no").collect())
    moved = new.postings.filter(kind.is_in(OF_GOODS), account=GOODS)
    posted = moved.group_by("voucher_no").agg(posted=pl.col("fen").sum().abs())
    valued = usual.filter(kind.is_in(OF_GOODS)).group_by("voucher_no")
    both = valued.agg(goods=pl.col("fen").sum()).join(
        posted, on="voucher_no", how="full", coalesce=True
    )
    filled = both.with_columns(pl.col("goods", "posted").fill_null(0))
    yield Rule("goods_value", filled.filter(pl.col("goods") != pl.col("posted")))


def counts(goods: pl.DataFrame) -> pl.LazyFrame:
    """What changes how much is in store."""
    unvalued = pl.col("fen").is_null()
    valued = pl.when(unvalued).then(pl.lit("没有估价的")).otherwise(pl.lit("有估价的"))
    return (
        goods.lazy()
        .with_columns(valued=valued)
        .select("voucher_no", *COUNTED, "date", amount="thousandths")
    )


def values(goods: pl.DataFrame) -> pl.LazyFrame:
    """What changes what is in store is worth."""
    return goods.lazy().select("voucher_no", *STORED, "date", amount=_VALUE)


def left_behind(
    before: pl.DataFrame, new: pl.DataFrame, place: pl.DataFrame
) -> Iterator[Overdraft]:
    """Value that is in store when the valued goods are gone, by the last entry that took of them.

    Args:
        before: Goods of the book.
        new: Goods of new entries.
        place: Their `voucher_no` and `index`.

    Yields:
        As `missing` how much value is left.
    """
    moves = pl.concat([one.select(*STORED, "date", "thousandths", "fen") for one in (before, new)])
    emptied = (
        moves.lazy()
        .filter(pl.col("fen").is_not_null())
        .group_by(*STORED, "date")
        .agg(count=pl.col("thousandths").sum(), value=_VALUE.sum())
        .sort(*STORED, "date")
        .with_columns(pl.col("count", "value").cum_sum().over(STORED))
        .filter(pl.col("count") == 0, pl.col("value") > 0)
        .unique(STORED, keep="first")
        .select(*STORED, "value", emptied="date")
        .collect()
    )
    took = (
        new.filter(pl.col("thousandths") < 0, pl.col("fen").is_not_null())
        .join(emptied, on=STORED)
        .filter(pl.col("date") <= pl.col("emptied"))
        .join(place, on="voucher_no")
        .sort("date", "index")
        .unique(STORED, keep="last", maintain_order=True)
    )
    for one in took.iter_rows(named=True):
        key = tuple(one[name] for name in STORED)
        yield Overdraft(one["index"], key, one["value"], one["emptied"].isoformat())
