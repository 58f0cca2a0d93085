"""Vouchers of gifts, payouts, costs and goods, made with as few words as tests need."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from aidkit.fund.accounts import UNRESTRICTED
from aidkit.fund.entry import Entry, Goods, Posting
from tests.fund.funds import CHANNELS, pool_of


def gift(
    date: dt.date,
    fen: int,
    *,
    fund: str = "love",
    channel: str = "bank",
    purpose: str = UNRESTRICTED,
    party: str = "示例捐赠人",
    **more: Any,
) -> Entry:
    """A gift of money."""
    postings = (
        Posting(fund, CHANNELS[channel], fen),
        Posting(fund, "gift_income", -fen, purpose),
    )
    return _with(Entry("gift", fund, date, postings, party=party, channel=channel), more)


def income(
    kind: str,
    date: dt.date,
    fen: int,
    *,
    fund: str = "love",
    channel: str = "bank",
    purpose: str = UNRESTRICTED,
    **more: Any,
) -> Entry:
    """`opening`, `government`, `allocation` or `interest`."""
    account = "opening_net" if kind == "opening" else f"{kind}_income"
    postings = (Posting(fund, CHANNELS[channel], fen), Posting(fund, account, -fen, purpose))
    return _with(Entry(kind, fund, date, postings, channel=channel), more)


def payout(
    date: dt.date,
    fen: int,
    *,
    fund: str = "love",
    program: str = "hardship",
    channel: str = "bank",
    purpose: str | None = None,
    persons: int = 1,
    party: str = "示例学生",
    kind: str = "payout",
    **more: Any,
) -> Entry:
    """Money paid out for a program, or (kind `payout_returned`) come back."""
    pool = pool_of(fund, program) if purpose is None else purpose
    sign = -1 if kind == "payout_returned" else 1
    postings = (
        Posting(fund, "program_expense", sign * fen, program=program),
        Posting(fund, CHANNELS[channel], -sign * fen),
        *_released(fund, sign * fen, pool),
    )
    entry = Entry(
        kind,
        fund,
        date,
        postings,
        party=party,
        program=program,
        persons=persons if sign > 0 else 0,
        channel=channel,
        approved_by="批准人",
        entered_by="录入员",
    )
    return _with(entry, more)


def cost(
    kind: str,
    date: dt.date,
    fen: int,
    *,
    fund: str = "love",
    channel: str = "bank",
    purpose: str = UNRESTRICTED,
    **more: Any,
) -> Entry:
    """`management`, `fundraising` or `bank_fee`."""
    account = kind if kind == "bank_fee" else f"{kind}_expense"
    postings = (
        Posting(fund, account, fen),
        Posting(fund, CHANNELS[channel], -fen),
        *_released(fund, fen, purpose),
    )
    entry = Entry(kind, fund, date, postings, channel=channel, approved_by="批准人")
    return _with(entry, more)


def goods_in(
    date: dt.date,
    goods: Goods,
    *,
    fund: str = "love",
    purpose: str = UNRESTRICTED,
    party: str = "示例捐赠人",
    **more: Any,
) -> Entry:
    """Goods given; unvalued ones have no postings."""
    postings = (
        ()
        if goods.fen is None
        else (
            Posting(fund, "goods", goods.fen),
            Posting(fund, "goods_income", -goods.fen, purpose),
        )
    )
    return _with(Entry("goods_in", fund, date, postings, (goods,), party=party), more)


def goods_out(
    date: dt.date,
    goods: Goods,
    *,
    fund: str = "love",
    program: str = "books",
    purpose: str | None = None,
    **more: Any,
) -> Entry:
    """Goods given on; quantity is negative, the fair value as it came in (`fen` positive)."""
    pool = pool_of(fund, program) if purpose is None else purpose
    postings = (
        ()
        if goods.fen is None
        else (
            Posting(fund, "program_expense", goods.fen, program=program),
            Posting(fund, "goods", -goods.fen),
            *_released(fund, goods.fen, pool),
        )
    )
    entry = Entry(
        "goods_out", fund, date, postings, (goods,), program=program, approved_by="批准人"
    )
    return _with(entry, more)


def goods_returned(
    date: dt.date,
    goods: Goods,
    *,
    fund: str = "love",
    purpose: str = UNRESTRICTED,
    party: str = "示例捐赠人",
    **more: Any,
) -> Entry:
    """Goods given back to their donor; quantity is negative, the value as it came in."""
    postings = (
        ()
        if goods.fen is None
        else (
            Posting(fund, "goods_income", goods.fen, purpose),
            Posting(fund, "goods", -goods.fen),
        )
    )
    entry = Entry("goods_returned", fund, date, postings, (goods,), party=party)
    return _with(entry, {"reason": "质量不合格", "approved_by": "批准人"} | more)


def goods_written_off(
    date: dt.date,
    goods: Goods,
    *,
    fund: str = "love",
    purpose: str = UNRESTRICTED,
    **more: Any,
) -> Entry:
    """Goods spoilt or lost; quantity is negative, the value as it came in."""
    postings = (
        ()
        if goods.fen is None
        else (
            Posting(fund, "goods_loss", goods.fen),
            Posting(fund, "goods", -goods.fen),
            *_released(fund, goods.fen, purpose),
        )
    )
    entry = Entry("goods_written_off", fund, date, postings, (goods,))
    said = {"reason": "受潮霉变", "consent_of": "保管员", "approved_by": "批准人"}
    return _with(entry, said | more)


def gift_returned(
    date: dt.date,
    fen: int,
    *,
    fund: str = "love",
    channel: str = "bank",
    purpose: str = UNRESTRICTED,
    party: str = "示例捐赠人",
    **more: Any,
) -> Entry:
    """A gift given back to the donor."""
    postings = (
        Posting(fund, "gift_income", fen, purpose),
        Posting(fund, CHANNELS[channel], -fen),
    )
    entry = Entry("gift_returned", fund, date, postings, party=party, channel=channel)
    return _with(entry, {"reason": "捐赠人要求退回", "approved_by": "批准人"} | more)


def correction(date: dt.date, voucher_no: str, entry: Entry, **more: Any) -> Entry:
    """The exact opposite of an entry that stands under a number."""
    postings = tuple(dataclasses.replace(line, fen=-line.fen) for line in entry.postings)
    goods = tuple(dataclasses.replace(one, thousandths=-one.thousandths) for one in entry.goods)
    made = dataclasses.replace(
        entry,
        kind="correction",
        date=date,
        postings=postings,
        goods=goods,
        corrects=voucher_no,
        reason="录入有误",
        approved_by="批准人",
        persons=0,
    )
    return _with(made, more)


def _released(fund: str, fen: int, pool: str) -> tuple[Posting, ...]:
    if not pool:
        return ()
    return (Posting(fund, "released", fen, pool), Posting(fund, "released", -fen))


def _with(entry: Entry, more: Mapping[str, Any]) -> Entry:
    return dataclasses.replace(entry, **more)
