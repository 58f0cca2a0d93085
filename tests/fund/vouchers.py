"""Two funds, and vouchers of every kind made with as few words as tests need."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from aidkit.fund.accounts import UNRESTRICTED
from aidkit.fund.entry import Batch, Entry, Goods, Posting
from aidkit.fund.settings import Fund, FundProgram, Pledge, Purpose

CHANNELS = {"cash": "cash", "bank": "bank", "phone_payment": "phone_payment"}

LOVE = Fund(
    id="love",
    name="示例县教育爱心基金",
    org_type="public_foundation",
    bank="示例银行示例支行",
    opened_on=dt.date(2025, 1, 1),
    channels=CHANNELS,
    purposes={
        "boarders": Purpose(
            "boarders",
            "寄宿生补助",
            ("寄宿生", "寄宿生补助"),
            ("boarder_aid",),
            "转入下年同一用途",
            ("bank_fee",),
        ),
        "reading": Purpose("reading", "图书角", ("图书", "图书角"), ("books", "reading_day"), ""),
    },
    programs={
        "boarder_aid": FundProgram("boarder_aid", "寄宿生生活补助", ("寄宿生",), "boarders"),
        "books": FundProgram("books", "图书角建设", ("图书",), "reading"),
        "reading_day": FundProgram("reading_day", "读书日", ("读书日",), "reading"),
        "hardship": FundProgram("hardship", "临时困难补助", ("临时困难",), UNRESTRICTED),
    },
    pledges=(Pledge("leader", 10, 40, 300, 12_000), Pledge("teacher", 200, 10, 300, 4_000)),
    figures={(2025, "net_assets"): 1_000_000_00, (2025, "income"): 500_000_00},
)
UNION = Fund(
    id="union",
    name="示例县教育工会互助金",
    org_type="union_fund",
    bank="",
    opened_on=dt.date(2025, 1, 1),
    channels=CHANNELS,
    purposes={"sick": Purpose("sick", "大病救助", ("大病",), ("sick_aid",), "")},
    programs={
        "sick_aid": FundProgram("sick_aid", "大病救助", ("大病",), "sick"),
        "visit": FundProgram("visit", "慰问", ("慰问",), UNRESTRICTED),
    },
    pledges=(),
    figures={},
)
FUNDS = {fund.id: fund for fund in (LOVE, UNION)}

START = dt.date(2025, 1, 1)
"""First day of the sample funds' books."""

ENTERED = dt.date(2027, 12, 31)
"""A day of entering after every date of random books."""

BATCH = Batch("post", ENTERED, "录入员")


def pool_of(fund: str, program: str) -> str:
    """The purpose whose money a program of a sample fund spends."""
    return FUNDS[fund].programs[program].purpose


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


def move(
    date: dt.date, fen: int, source: str, target: str, *, fund: str = "love", **more: Any
) -> Entry:
    """Money between the fund's own accounts."""
    postings = (Posting(fund, target, fen), Posting(fund, source, -fen))
    return _with(Entry("move", fund, date, postings), {"approved_by": "批准人"} | more)


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
    return _with(entry, {"approved_by": "批准人"} | more)


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
    return _with(entry, more)


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
