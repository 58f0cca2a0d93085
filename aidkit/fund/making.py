"""Vouchers of every kind: from a few plain facts to the postings that they mean.

Debits are positive, each voucher is zero within each fund. Amounts are fen above 0; what is wrong
is refused, never mended.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import TypedDict, Unpack

from aidkit.errors import InputError
from aidkit.fund.accounts import OPENING, RELEASED, UNRESTRICTED
from aidkit.fund.entry import Entry, Goods, Posting
from aidkit.fund.settings import GOODS, Fund

INCOME_OF = {
    "opening": OPENING,
    "gift": "gift_income",
    "government": "government_income",
    "allocation": "allocation_income",
    "interest": "interest_income",
}
"""Kind of money that comes in to the account that says whence."""

COST_OF = {
    "management": "management_expense",
    "fundraising": "fundraising_expense",
    "bank_fee": "bank_fee",
}
"""Kind of cost to its account."""


class About(TypedDict, total=False):
    """What a voucher says besides its money: fields of `Entry` of the same names."""

    party: str
    donor_class: str
    consent: str
    school_code: str
    person_no: str
    persons: int
    reference: str
    note: str
    reason: str
    consent_of: str
    approved_by: str
    entered_by: str
    source_file: str
    source_sheet: str
    source_row: int


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
        Posting(fund.id, asset(fund, channel), _above_zero(fen)),
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
        Posting(fund.id, "program_expense", _above_zero(fen), program=program),
        Posting(fund.id, asset(fund, channel), -fen),
        *_release(fund.id, fen, pool),
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
    return replace(out, kind="payout_returned", postings=_opposite(out.postings), persons=0)


def goods_in(
    fund: Fund,
    date: dt.date,
    goods: Iterable[Goods],
    *,
    purpose: str = UNRESTRICTED,
    **about: Unpack[About],
) -> Entry:
    """Goods that were given, at fair value; what nobody valued is in no money total.

    Args:
        fund: The fund.
        date: Day on which they arrived.
        goods: They, with quantities above 0.
        purpose: Restriction that they are under.
        about: What else the voucher says.

    Raises:
        InputError: A quantity, a value or the purpose cannot be.
    """
    came = tuple(_counted(one, sign=1) for one in goods)
    pool = known_purpose(fund, purpose)
    fen = sum(one.fen or 0 for one in came)
    postings = (
        (Posting(fund.id, GOODS, fen), Posting(fund.id, "goods_income", -fen, pool)) if fen else ()
    )
    return Entry("goods_in", fund.id, date, postings, came, **about)


def goods_out(
    fund: Fund,
    date: dt.date,
    goods: Iterable[Goods],
    *,
    program: str,
    purpose: str | None = None,
    **about: Unpack[About],
) -> Entry:
    """Goods that were given on, at the value at which they came.

    Args:
        fund: The fund.
        date: Day on which they were handed over.
        goods: They, with quantities below 0.
        program: Id of a program of the fund.
        purpose: Whose goods they are; None: as the fund's file says of the program.
        about: What else the voucher says.

    Raises:
        InputError: A quantity, a value, the program or the purpose cannot be.
    """
    went = tuple(_counted(one, sign=-1) for one in goods)
    pool = source_of(fund, program, purpose)
    fen = sum(one.fen or 0 for one in went)
    expense = Posting(fund.id, "program_expense", fen, program=program)
    postings = (expense, Posting(fund.id, GOODS, -fen), *_release(fund.id, fen, pool))
    return Entry(
        "goods_out", fund.id, date, postings if fen else (), went, program=program, **about
    )


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
        Posting(fund.id, COST_OF[kind], _above_zero(fen)),
        Posting(fund.id, asset(fund, channel), -fen),
        *_release(fund.id, fen, pool),
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
    _told("退还捐款", fund, "事由", about.get("reason"))
    postings = (
        Posting(fund.id, "gift_income", _above_zero(fen), known_purpose(fund, purpose)),
        Posting(fund.id, asset(fund, channel), -fen),
    )
    return Entry("gift_returned", fund.id, date, postings, channel=channel, **about)


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
    postings = (Posting(fund.id, into, _above_zero(fen)), Posting(fund.id, out, -fen))
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
    _told("转到别的基金", fund, "事由", about.get("reason"))
    if purpose:
        _told("转走限定用途的钱", fund, "同意人", about.get("consent_of"))
    if fund.id == to_fund.id:
        raise InputError(
            "转出和转入是同一个基金。", where=fund.name, remedy="基金自己的账户之间请用“账户调拨”。"
        )
    postings = (
        Posting(fund.id, "transfer_out", _above_zero(fen), known_purpose(fund, purpose)),
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
    _told(title, fund, "限定用途", purpose)
    _told(title, fund, "事由", about.get("reason"))
    _told(title, fund, "同意人", about.get("consent_of"))
    if purpose == to_purpose:
        raise InputError("改前和改后是同一个用途。", where=fund.name, remedy="请核对两个用途。")
    postings = (
        Posting(fund.id, RELEASED, _above_zero(fen), known_purpose(fund, purpose)),
        Posting(fund.id, RELEASED, -fen, known_purpose(fund, to_purpose)),
    )
    kind = "redesignate" if to_purpose else "release"
    return Entry(kind, fund.id, date, postings, **about)


def correction(entry: Entry, voucher_no: str, date: dt.date, reason: str) -> Entry:
    """The exact opposite of a voucher.

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
        postings=_opposite(entry.postings),
        goods=tuple(replace(one, thousandths=-one.thousandths) for one in entry.goods),
        persons=0,
        corrects=voucher_no,
        reason=reason,
    )


def asset(fund: Fund, channel: str) -> str:
    """The asset account of a fund where money of a channel lies.

    Raises:
        InputError: The fund's file does not name the channel.
    """
    if channel not in fund.channels:
        raise InputError(
            f"基金“{fund.name}”没有写明“{channel or '空'}”这种方式的钱存在哪里。",
            where=f"params/funds/{fund.id}.toml：channels",
            remedy="请在基金文件的 channels 里补上，或改正这一行的方式。",
        )
    return fund.channels[channel]


def known_purpose(fund: Fund, purpose: str) -> str:
    """A purpose id of a fund, or `UNRESTRICTED`.

    Raises:
        InputError: The fund has no such purpose.
    """
    if purpose == UNRESTRICTED or purpose in fund.purposes:
        return purpose
    raise InputError(
        f"基金“{fund.name}”没有“{purpose}”这个限定用途。",
        where=f"params/funds/{fund.id}.toml：purpose",
        remedy="请写基金文件里有的用途，或先在基金文件里补上。",
    )


def source_of(fund: Fund, program: str, purpose: str | None) -> str:
    """Whose money a payout spends: as told, else as the fund's file says of the program.

    Raises:
        InputError: The fund has no such program or purpose.
    """
    if program not in fund.programs:
        raise InputError(
            f"基金“{fund.name}”没有“{program or '空'}”这个项目。",
            where=f"params/funds/{fund.id}.toml：program",
            remedy="请写基金文件里有的项目，或先在基金文件里补上。",
        )
    return fund.programs[program].purpose if purpose is None else known_purpose(fund, purpose)


def _release(fund: str, fen: int, pool: str) -> tuple[Posting, ...]:
    """What makes restricted money spendable: expenses themselves are always unrestricted."""
    return (Posting(fund, RELEASED, fen, pool), Posting(fund, RELEASED, -fen)) if pool else ()


def _opposite(postings: Iterable[Posting]) -> tuple[Posting, ...]:
    return tuple(replace(one, fen=-one.fen) for one in postings)


def _above_zero(fen: int) -> int:
    if fen <= 0:
        raise InputError("金额不大于 0。", where=str(fen), remedy="请写大于 0 的金额。")
    return fen


def _counted(goods: Goods, *, sign: int) -> Goods:
    if goods.thousandths * sign <= 0:
        raise InputError("数量不大于 0。", where=goods.item, remedy="请写大于 0 的数量。")
    if goods.fen is not None and goods.fen <= 0:
        raise InputError(
            "折价金额不大于 0。", where=goods.item, remedy="没有估价的请空着，不要填 0。"
        )
    return goods


def _told(title: str, fund: Fund, what: str, said: str | None) -> None:
    if not (said or "").strip():
        raise InputError(f"{title}没有写“{what}”。", where=fund.name, remedy=f"请补填“{what}”。")
