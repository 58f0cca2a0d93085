"""Vouchers that bring nothing in and spend nothing: moved, transferred, released, corrected."""

import datetime as dt
from dataclasses import replace
from typing import Unpack

from aidkit.errors import InputError
from aidkit.fund.accounts import RELEASED, UNRESTRICTED
from aidkit.fund.entry import Entry, Posting
from aidkit.fund.making.made_of import (
    About,
    above_zero,
    asset,
    known_purpose,
    opposite,
    refuse_untold,
)
from aidkit.fund.settings import Fund


def move(
    fund: Fund, date: dt.date, fen: int, *, source: str, target: str, **about: Unpack[About]
) -> Entry:
    """Money from one account of a fund to another; both are channels of the fund.

    Raises:
        InputError: The amount or a channel cannot be, or both mean one account.
    """
    out, into = asset(fund, source), asset(fund, target)
    if out == into:
        raise InputError(
            "付款账户和收款账户是同一个。", where=fund.name, remedy="请核对这两个账户。"
        )
    postings = (Posting(fund.id, into, above_zero(fen)), Posting(fund.id, out, -fen))
    return Entry("move", fund.id, date, postings, **about)


def transfer(
    fund: Fund,
    date: dt.date,
    fen: int,
    *,
    source: str,
    to_fund: Fund,
    target: str,
    purpose: str = UNRESTRICTED,
    to_purpose: str = UNRESTRICTED,
    **about: Unpack[About],
) -> Entry:
    """Money from one fund to another; `reason` must stand.

    Args:
        fund: The fund that gives.
        date: The day.
        fen: How much.
        source: Channel of the giving fund.
        to_fund: The fund that receives.
        target: Channel of the receiving fund.
        purpose: Restriction of the giving fund that the money was under.
        to_purpose: Restriction of the receiving fund that it comes under.
        about: What else the voucher says; leaving a purpose needs `consent_of`.

    Raises:
        InputError: Something of it cannot be or is not told.
    """
    refuse_untold("转到别的基金", fund, "事由", about.get("reason"))
    if purpose:
        refuse_untold("转走限定用途的钱", fund, "同意人", about.get("consent_of"))
    if fund.id == to_fund.id:
        raise InputError(
            "转出和转入是同一个基金。", where=fund.name, remedy="基金自己的账户之间请用“账户调拨”。"
        )
    postings = (
        Posting(fund.id, "transfer_out", above_zero(fen), known_purpose(fund, purpose)),
        Posting(fund.id, asset(fund, source), -fen),
        Posting(to_fund.id, asset(to_fund, target), fen),
        Posting(to_fund.id, "transfer_in", -fen, known_purpose(to_fund, to_purpose)),
    )
    return Entry("transfer", fund.id, date, postings, channel=source, **about)


def release(
    fund: Fund,
    date: dt.date,
    fen: int,
    *,
    purpose: str,
    to_purpose: str = UNRESTRICTED,
    **about: Unpack[About],
) -> Entry:
    """A restriction lifted, or another purpose given; `reason` and `consent_of` must stand.

    Raises:
        InputError: Something of it cannot be or is not told.
    """
    title = "变更用途" if to_purpose else "解除限定"
    refuse_untold(title, fund, "限定用途", purpose)
    refuse_untold(title, fund, "事由", about.get("reason"))
    refuse_untold(title, fund, "同意人", about.get("consent_of"))
    if purpose == to_purpose:
        raise InputError("改前和改后是同一个用途。", where=fund.name, remedy="请核对两个用途。")
    postings = (
        Posting(fund.id, RELEASED, above_zero(fen), known_purpose(fund, purpose)),
        Posting(fund.id, RELEASED, -fen, known_purpose(fund, to_purpose)),
    )
    kind = "redesignate" if to_purpose else "release"
    return Entry(kind, fund.id, date, postings, **about)


def correction(entry: Entry, voucher_no: str, date: dt.date, reason: str) -> Entry:
    """The exact opposite of a voucher; who entered and approved that did not do so of this one.

    Args:
        entry: The voucher as it was posted.
        voucher_no: Its number.
        date: Day of the correction: the voucher's own, unless its period is closed.
        reason: Why.

    Raises:
        InputError: There is no reason, or the voucher is itself a correction.
    """
    if not reason.strip():
        raise InputError("更正没有写原因。", where=voucher_no, remedy="请写明为什么更正。")
    if entry.kind == "correction":
        raise InputError(
            "更正凭证不能再更正。", where=voucher_no, remedy="更正错了的，请重新登记原来的那一笔。"
        )
    return replace(
        entry,
        kind="correction",
        date=date,
        postings=opposite(entry.postings),
        goods=tuple(replace(one, thousandths=-one.thousandths) for one in entry.goods),
        persons=0,
        corrects=voucher_no,
        reason=reason,
        approved_by="",
        entered_by="",
    )
