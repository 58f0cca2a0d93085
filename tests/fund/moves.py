"""Vouchers that move money within a fund, to another one, and from purpose to purpose."""

import dataclasses
import datetime as dt
from typing import Any

from aidkit.fund.accounts import UNRESTRICTED
from aidkit.fund.entry import Entry, Posting


def move(
    date: dt.date, fen: int, source: str, target: str, *, fund: str = "love", **more: Any
) -> Entry:
    """Money between the fund's own accounts."""
    postings = (Posting(fund, target, fen), Posting(fund, source, -fen))
    return dataclasses.replace(
        Entry("move", fund, date, postings), **({"approved_by": "批准人"} | more)
    )


def transfer(
    date: dt.date,
    fen: int,
    *,
    fund: str = "love",
    other: str = "union",
    purpose: str = UNRESTRICTED,
    other_purpose: str = UNRESTRICTED,
    **more: Any,
) -> Entry:
    """Money from the bank account of one fund to that of another."""
    postings = (
        Posting(fund, "transfer_out", fen, purpose),
        Posting(fund, "bank", -fen),
        Posting(other, "bank", fen),
        Posting(other, "transfer_in", -fen, other_purpose),
    )
    entry = Entry("transfer", fund, date, postings, reason="统筹使用", consent_of="示例捐赠人")
    return dataclasses.replace(entry, **({"approved_by": "批准人"} | more))


def release(
    date: dt.date,
    fen: int,
    source: str,
    target: str = UNRESTRICTED,
    *,
    fund: str = "love",
    **more: Any,
) -> Entry:
    """A restriction lifted, or (with a target) given another purpose."""
    postings = (
        Posting(fund, "released", fen, source),
        Posting(fund, "released", -fen, target),
    )
    kind = "redesignate" if target else "release"
    entry = Entry(
        kind, fund, date, postings, reason="项目结束", consent_of="示例捐赠人", approved_by="批准人"
    )
    return dataclasses.replace(entry, **more)
