"""Approval: whatever takes money or goods away, somebody must approve who did not enter it."""

from collections.abc import Iterator

import polars as pl

from aidkit.fund.accounts import ASSETS
from aidkit.fund.entry import APPROVED
from aidkit.fund.ledger.faults import Rule
from aidkit.fund.ledger.lines import Tables
from aidkit.fund.ledger.names import unspaced

FEE_ALONE_FEN = 100_00
"""Up to here nobody approves a fee: a bank takes a few yuan a transfer and never asks; what is
called a fee and is more than this is paid to somebody."""

_APPROVER = unspaced("approved_by")
_WHO = ["approved_by", "entered_by", "posted_by"]


def approval(entries: pl.DataFrame, new: Tables) -> Iterator[Rule]:
    """What is wrong with who approved vouchers.

    Args:
        entries: The vouchers, with `posted_by`: who entered their batch.
        new: Their postings and goods.
    """
    # Of a million vouchers the names are few: they are compared once each.
    names = entries.lazy().select(_WHO).unique().collect(engine="streaming")
    blank = names.filter(_APPROVER == "")["approved_by"].unique()
    kinds = pl.col("kind").is_in(APPROVED)
    needed = pl.col("voucher_no").is_in(_lowering(new).implode())
    unapproved = pl.col("approved_by").is_in(blank.implode()) & (kinds | needed)
    yield Rule("no_approver", entries.filter(unapproved))
    own = (unspaced("entered_by") == _APPROVER) | (unspaced("posted_by") == _APPROVER)
    selves = names.filter(_APPROVER != "", own)
    by_self = entries.clear() if selves.is_empty() else entries.join(selves, on=_WHO, how="semi")
    yield Rule("self_approved", by_self)
    yield from _witnessed(entries.filter(kind="goods_written_off"))
    in_cash = new.postings.filter(kind="bank_fee", account="cash")
    yield Rule("fee_in_cash", in_cash.select("voucher_no"))


def _witnessed(lost: pl.DataFrame) -> Iterator[Rule]:
    """What is wrong with who bears witness that goods were spoilt or lost."""
    witness = unspaced("consent_of")
    others = [witness == unspaced(one) for one in _WHO]
    yield Rule("no_witness", lost.filter(witness == ""))
    yield Rule("same_witness", lost.filter(witness != "", pl.any_horizontal(others)))


def _lowering(new: Tables) -> pl.Series:
    """Vouchers of kinds that need approval only for what they do.

    Corrections that lower an account or the store, money taken out of the bank as cash, high fees.
    """
    kind, fen = pl.col("kind"), pl.col("fen")
    lowers = (kind == "correction") & pl.col("account").is_in(ASSETS) & (fen < 0)
    # Cash that comes to hand came from elsewhere; cash paid into the bank leaves the hand.
    withdrawn = (kind == "move") & (pl.col("account") == "cash") & (fen > 0)
    fee = (kind == "bank_fee") & (pl.col("account") == "bank_fee") & (fen > FEE_ALONE_FEN)
    given = new.goods.filter(kind == "correction", pl.col("thousandths") < 0)
    money = new.postings.filter(lowers | withdrawn | fee)
    return pl.concat([money["voucher_no"], given["voucher_no"]]).unique()
