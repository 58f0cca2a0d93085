"""Goods that leave: at the value at which they came, neither for nothing nor for a fortune."""

from collections.abc import Sequence

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.entry import GOODS_LEAVE
from aidkit.fund.ledger.check_goods import STORED
from aidkit.fund.ledger.lines import Tables
from aidkit.fund.ledger.names import unspaced

_CAME = ("goods_in", "opening")
_SHADE = 0.01
"""Fen that a bound, which is a fraction, may be wrong by; what is posted is whole fen."""


def mispriced(book: Book, new: Tables, place: pl.DataFrame) -> pl.DataFrame:
    """Valued goods whose value is not between the lowest and the highest at which such came.

    What goes back to a donor is held against what came from that donor. Fen cannot always be
    shared out evenly: each handing out may have rounded one away, which the last one has to take,
    so that as many fen more or less are borne. What was taken back before goods went out says
    nothing of them.

    Args:
        book: What stands already.
        new: What is to be added.
        place: Their `voucher_no` and `index`.

    Returns:
        `index`, `STORED`, `fen`, `count` (in units), and `least` and `most`: fen that the goods
        were worth when they came.
    """
    made = [book.entries, new.entries]
    gone = pl.concat([one.filter(kind="correction").select("corrects", "line") for one in made])
    valued = [one.filter(pl.col("fen").is_not_null()) for one in (book.goods, new.goods)]
    leave = pl.col("kind").is_in(GOODS_LEAVE)
    went = (
        valued[1]
        .filter(leave)
        .join(place, on="voucher_no")
        .join(new.entries.select("voucher_no", "line"), on="voucher_no")
        .with_row_index("row")
    )
    every = pl.concat(valued).join(went, on=STORED, how="semi")
    times = every.filter(leave).group_by(STORED).agg(times=pl.len().cast(pl.Int64))
    came = every.filter(pl.col("kind").is_in(_CAME)).join(
        gone.rename({"line": "gone"}), left_on="voucher_no", right_on="corrects", how="left"
    )
    back = pl.col("kind") == "goods_returned"
    parties = pl.concat([one.select("voucher_no", "party") for one in made])
    returned, theirs = (
        one.join(parties, on="voucher_no").with_columns(unspaced("party"))
        for one in (went.filter(back), came)
    )
    worth = pl.concat(
        [
            _worth(went.filter(~back), came, STORED),
            _worth(returned, theirs, (*STORED, "party")),
        ]
    ).join(times, on=STORED)
    low = pl.col("fen") < pl.col("lowest") - pl.col("times") - _SHADE
    high = pl.col("fen") > pl.col("highest") + pl.col("times") + _SHADE
    return (
        worth.filter(low | high)
        .sort("row")
        .select(
            "index",
            *STORED,
            "fen",
            count=-pl.col("thousandths") / 1000,
            least=(pl.col("lowest") + _SHADE).floor().cast(pl.Int64),
            most=(pl.col("highest") - _SHADE).ceil().cast(pl.Int64),
        )
    )


def _worth(went: pl.DataFrame, came: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """What went, with the `lowest` and the `highest` that it was worth when it came.

    Args:
        went: `row`, `index`, `line`, `by` and columns of goods.
        came: Columns of goods, `by`, and `gone`: line of what took it back; null: it stands.
        by: What makes goods alike.
    """
    each = pl.col("fen") / pl.col("thousandths")
    values = came.group_by(*by, "gone").agg(lowest=each.min(), highest=each.max())
    count = -pl.col("thousandths")
    return (
        went.join(values, on=by)
        .filter(pl.col("gone").is_null() | (pl.col("gone") > pl.col("line")))
        .group_by("row")
        .agg(
            pl.col("index", *STORED, "fen", "thousandths").first(),
            pl.col("lowest").min(),
            pl.col("highest").max(),
        )
        .with_columns(lowest=pl.col("lowest") * count, highest=pl.col("highest") * count)
    )
