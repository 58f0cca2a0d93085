"""Which gift paid for what: worked out, first in first out.

It is not posted but follows from the vouchers: within each pool, in the order of (date, party, fen,
reference, source) and never of voucher numbers. Before that:

- what was taken back by a correction never was
- a returned payout and the payout itself cancel out
- goods that go back to a donor are that donor's, other goods are those of the same name that came
  first (`statements.things`); what is held in goods pays for no money, and the other way round
- what was given back to a donor, released, or moved to another purpose or fund with a donor's
  consent, is of that donor's gifts to the pool, the oldest first, as far as they reach

So what a gift is said to have paid for may change when a later voucher takes something back; the
sums of the pool never do.
"""

import datetime as dt

import polars as pl

from aidkit.errors import InvariantError
from aidkit.fund.accounts import ASSETS, GOODS
from aidkit.fund.book import Book
from aidkit.fund.entry import OF_DONORS, RETURNED
from aidkit.fund.statements.fifo import left_of, shared
from aidkit.fund.statements.gifts import CONSENT
from aidkit.fund.statements.things import shared_things

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
    shares = shared_things(book, came, went)
    asked = pl.col("kind").is_in([*RETURNED, *GIVEN_ON]), pl.col("who") != ""
    for only, by in ((asked, ("purpose", "held_in", "who")), ((), ("purpose", "held_in"))):
        left, wanting = left_of(came, shares, "gift"), left_of(went, shares, "out").filter(*only)
        more = shared(left, wanting, by, ("gift", "out")).drop_nulls(["gift", "out"])
        shares = pl.concat([shares, more])
    last = left_of(came, shares, "gift"), left_of(went, shares, "out")
    shares = pl.concat([shares, shared(*last, ["purpose"], ("gift", "out"))])
    if shares["gift"].null_count():
        raise InvariantError(
            "某个用途的钱支出多于收入。",
            where=f"基金 {fund}，截至 {day}",
            remedy="请运行 aidkit fund audit，先查清是哪个用途。",
        )
    told = went.select("out", "kind", "date", "program", "school_code", "person_no", "persons")
    return came.with_columns(consent=CONSENT), shares.join(told, on="out", how="left")


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
    stored = book.postings.filter(account=GOODS)["voucher_no"].unique()
    in_goods = pl.col("root").is_in(stored.implode())
    flows = net.join(heads, on="root").with_columns(held_in=in_goods)
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
    """`voucher_no` of gifts of which money's worth was given back by a day, and the `fen` of it."""
    if not book.entries["kind"].is_in(RETURNED).any():
        return pl.DataFrame(schema={"voucher_no": pl.String, "fen": pl.Int64})
    came, shares = shares_of(book, fund, day)
    back = shares.filter(pl.col("kind").is_in(RETURNED)).join(came, on="gift")
    return back.group_by(voucher_no="root").agg(pl.col("fen").sum())
