"""Which gift paid for what: worked out, first in first out.

It is not posted but follows from the vouchers: within each pool, in the order of (date, party, fen,
reference, source) and never of voucher numbers. Before that:

- what was taken back by a correction never was
- a returned payout and the payout itself cancel out
- what was given back to a donor, released, or moved to another purpose or fund with a donor's
  consent, is of that donor's gifts to the pool, the oldest first, as far as they reach

So what a gift is said to have paid for may change when a later voucher takes something back; the
sums of the pool never do.
"""

import datetime as dt

import polars as pl

from aidkit.errors import InvariantError
from aidkit.fund.accounts import ASSETS
from aidkit.fund.book import Book
from aidkit.fund.entry import OF_DONORS
from aidkit.fund.statements.fifo import matched
from aidkit.fund.statements.gifts import CONSENT

GIVEN_ON = ("release", "redesignate", "transfer")
"""Vouchers that give a donor's money another use; whose, `consent_of` says."""

_SOURCE = ("reference", "receipt_no", "source_file", "source_sheet", "source_row")
_IN_ORDER = ("purpose", "date", "party", "fen", *_SOURCE, "root")
_OUT_ORDER = ("purpose", "date", "kind", "program", "party", "person_no", "fen", *_SOURCE, "root")


def shares_of(book: Book, fund: str, day: dt.date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What came into pools (numbered `gift`), and its shares in what went out (null: left)."""
    flows = _flows(book, fund, day)
    came = flows.filter(pl.col("fen") > 0).sort(_IN_ORDER).with_row_index("gift")
    went = flows.filter(pl.col("fen") < 0).with_columns(-pl.col("fen")).sort(_OUT_ORDER)
    went = went.with_row_index("out")
    asked = went.filter(pl.col("kind").is_in(["gift_returned", *GIVEN_ON]), pl.col("who") != "")
    own = came.filter(pl.col("who") != "")
    first = _pairs(own, asked, ["purpose", "who"]).drop_nulls(["gift", "out"])
    then = _pairs(_rest(came, first, "gift"), _rest(went, first, "out"), ["purpose"])
    if then["gift"].null_count():
        raise InvariantError(
            "某个用途的钱支出多于收入。",
            where=f"基金 {fund}，截至 {day}",
            remedy="请运行 aidkit fund audit，先查清是哪个用途。",
        )
    told = went.select("out", "kind", "date", "program", "school_code", "person_no", "persons")
    shares = pl.concat([first, then]).join(told, on="out", how="left")
    return came.with_columns(consent=CONSENT), shares


def _pairs(came: pl.DataFrame, went: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """`matched` with the numbers `gift` and `out`."""
    columns = [*by, "fen"]
    pairs = matched(came.select(columns), went.select(columns), by)
    gifts = came.select("gift").with_row_index("came")
    outs = went.select("out").with_row_index("went")
    return (
        pairs.join(gifts, on="came", how="left")
        .join(outs, on="went", how="left")
        .select("gift", "out", "fen")
    )


def _rest(side: pl.DataFrame, taken: pl.DataFrame, number: str) -> pl.DataFrame:
    """What of a side is not yet matched, in its order."""
    gone = taken.group_by(number).agg(gone=pl.col("fen").sum())
    rest = side.join(gone, on=number, how="left", maintain_order="left")
    less = pl.col("fen") - pl.col("gone").fill_null(0)
    return rest.with_columns(fen=less).filter(pl.col("fen") > 0)


def _flows(book: Book, fund: str, day: dt.date) -> pl.DataFrame:
    """What each voucher changed in each pool by a day, net of corrections and returned payouts."""
    lines = book.postings.filter(
        pl.col("fund") == fund, pl.col("date") <= day, ~pl.col("account").is_in(ASSETS)
    ).select("voucher_no", "purpose", "fen")
    wrong = book.entries.filter(pl.col("kind") == "correction", pl.col("date") <= day)
    links = wrong.select("voucher_no", root="corrects")
    net = (
        lines.join(links, on="voucher_no", how="left")
        .group_by("purpose", root=pl.coalesce("root", "voucher_no"))
        .agg(fen=-pl.col("fen").sum())
        .filter(pl.col("fen") != 0)
    )
    heads = book.entries.rename({"voucher_no": "root"}).drop("fund")
    flows = net.join(heads, on="root")
    agreed = pl.when(pl.col("kind").is_in(GIVEN_ON)).then("consent_of").otherwise("party")
    who = pl.when(pl.col("kind").is_in([*OF_DONORS, *GIVEN_ON])).then(agreed).otherwise(pl.lit(""))
    return _without_returned(flows.with_columns(who=who, party=agreed))


def _without_returned(flows: pl.DataFrame) -> pl.DataFrame:
    """Flows without payouts that came back: the same program, person and sum."""
    back = flows.filter(pl.col("kind") == "payout_returned", pl.col("fen") > 0)
    if back.is_empty():
        return flows
    paid = flows.filter(pl.col("kind") == "payout", pl.col("fen") < 0)
    key = ["purpose", "program", "person_no", "party", "size"]
    both = [
        side.with_columns(size=pl.col("fen").abs())
        .sort("date", *_SOURCE, "root")
        .with_columns(turn=pl.int_range(pl.len()).over(key))
        for side in (back, paid)
    ]
    pairs = both[0].join(both[1].select(*key, "turn", paid="root"), on=[*key, "turn"])
    gone = pl.concat([pairs.select("purpose", "root"), pairs.select("purpose", root="paid")])
    return flows.join(gone, on=["purpose", "root"], how="anti")


def returned_to_donors(book: Book, fund: str, day: dt.date) -> pl.DataFrame:
    """`voucher_no` of gifts of which something was given back by a day, and the `fen` of it."""
    if "gift_returned" not in book.entries["kind"]:
        return pl.DataFrame(schema={"voucher_no": pl.String, "fen": pl.Int64})
    came, shares = shares_of(book, fund, day)
    back = shares.filter(pl.col("kind") == "gift_returned").join(came, on="gift")
    return back.group_by(voucher_no="root").agg(pl.col("fen").sum())
