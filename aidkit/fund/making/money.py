"""Vouchers of money that comes in or goes out: from plain facts to the postings that they mean.

Debits are positive, each voucher is zero within each fund. Amounts are fen above 0; what is wrong
is refused, never mended. Goods are made in `making.goods`, what stays within the funds in
`making.moves`.
"""

import datetime as dt
from dataclasses import replace
from typing import Unpack

from aidkit.errors import InputError
from aidkit.fund.accounts import UNRESTRICTED
from aidkit.fund.entry import COST_OF, INCOME_OF, Entry, Posting
from aidkit.fund.making.made_of import (
    About,
    above_zero,
    asset,
    known_purpose,
    opposite,
    refuse_untold,
    released,
    source_of,
)
from aidkit.fund.settings import Fund


def income(
    kind: str,
    fund: Fund,
    date: dt.date,
    fen: int,
    *,
    channel: str,
    purpose: str = UNRESTRICTED,
    **about: Unpack[About],
) -> Entry:
    """Money that comes in: `opening`, `gift`, `government`, `allocation` or `interest`.

    Args:
        kind: One of these.
        fund: The fund.
        date: Day on which it arrived.
        fen: How much.
        channel: How it came: decides the asset account.
        purpose: Restriction that it is under; interest has none.
        about: What else the voucher says.

    Raises:
        InputError: The amount, the channel or the purpose cannot be.
    """
    if kind == "interest" and purpose:
        raise InputError(
            "利息不能限定用途。", where=fund.name, remedy="请去掉用途；利息归非限定性净资产。"
        )
    postings = (
        Posting(fund.id, asset(fund, channel), above_zero(fen)),
        Posting(fund.id, INCOME_OF[kind], -fen, known_purpose(fund, purpose)),
    )
    return Entry(kind, fund.id, date, postings, channel=channel, **about)


def payout(
    fund: Fund,
    date: dt.date,
    fen: int,
    *,
    channel: str,
    program: str,
    purpose: str | None = None,
    **about: Unpack[About],
) -> Entry:
    """Money paid out for a program.

    Args:
        fund: The fund.
        date: Day of payment.
        fen: How much.
        channel: From which account.
        program: Id of a program of the fund.
        purpose: Whose money it spends; None: as the fund's file says of the program.
        about: What else the voucher says.

    Raises:
        InputError: The amount, the channel, the program or the purpose cannot be.
    """
    pool = source_of(fund, program, purpose)
    postings = (
        Posting(fund.id, "program_expense", above_zero(fen), program=program),
        Posting(fund.id, asset(fund, channel), -fen),
        *released(fund.id, fen, pool),
    )
    return Entry("payout", fund.id, date, postings, program=program, channel=channel, **about)


def payout_returned(
    fund: Fund,
    date: dt.date,
    fen: int,
    *,
    channel: str,
    program: str,
    purpose: str | None = None,
    **about: Unpack[About],
) -> Entry:
    """Money of a payout that came back (退票): the opposite of the payout, see `payout`."""
    out = payout(fund, date, fen, channel=channel, program=program, purpose=purpose, **about)
    return replace(out, kind="payout_returned", postings=opposite(out.postings), persons=0)


def cost(
    kind: str,
    fund: Fund,
    date: dt.date,
    fen: int,
    *,
    channel: str,
    purpose: str = UNRESTRICTED,
    **about: Unpack[About],
) -> Entry:
    """A cost of the fund itself: `management`, `fundraising` or `bank_fee`; see `income`."""
    pool = known_purpose(fund, purpose)
    postings = (
        Posting(fund.id, COST_OF[kind], above_zero(fen)),
        Posting(fund.id, asset(fund, channel), -fen),
        *released(fund.id, fen, pool),
    )
    return Entry(kind, fund.id, date, postings, channel=channel, **about)


def gift_returned(
    fund: Fund,
    date: dt.date,
    fen: int,
    *,
    channel: str,
    purpose: str = UNRESTRICTED,
    **about: Unpack[About],
) -> Entry:
    """A gift given back to its donor; `reason` must stand; see `income`."""
    refuse_untold("退还捐款", fund, "事由", about.get("reason"))
    postings = (
        Posting(fund.id, "gift_income", above_zero(fen), known_purpose(fund, purpose)),
        Posting(fund.id, asset(fund, channel), -fen),
    )
    return Entry("gift_returned", fund.id, date, postings, channel=channel, **about)
