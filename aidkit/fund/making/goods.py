"""Vouchers of goods: what was given to a fund, and what it gave on, gave back, or lost."""

import datetime as dt
from collections.abc import Iterable
from typing import Unpack

from aidkit.errors import InputError
from aidkit.fund.accounts import GOODS, UNRESTRICTED
from aidkit.fund.entry import Entry, Goods, Posting
from aidkit.fund.making.made_of import (
    About,
    known_purpose,
    refuse_untold,
    released,
    source_of,
)
from aidkit.fund.settings import Fund


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
    postings = (expense, Posting(fund.id, GOODS, -fen), *released(fund.id, fen, pool))
    return Entry(
        "goods_out", fund.id, date, postings if fen else (), went, program=program, **about
    )


def goods_returned(
    fund: Fund,
    date: dt.date,
    goods: Iterable[Goods],
    *,
    purpose: str = UNRESTRICTED,
    **about: Unpack[About],
) -> Entry:
    """Goods given back to their donor, at the value at which they came: the reverse of `goods_in`.

    Args:
        fund: The fund.
        date: Day on which they were given back.
        goods: They, with quantities below 0.
        purpose: Restriction that they are under.
        about: What else the voucher says; `party` and `reason` must stand.

    Raises:
        InputError: A quantity, a value or the purpose cannot be, or something is not told.
    """
    refuse_untold("退还实物", fund, "捐赠人", about.get("party"))
    refuse_untold("退还实物", fund, "事由", about.get("reason"))
    went = tuple(_counted(one, sign=-1) for one in goods)
    pool = known_purpose(fund, purpose)
    fen = sum(one.fen or 0 for one in went)
    postings = (Posting(fund.id, "goods_income", fen, pool), Posting(fund.id, GOODS, -fen))
    return Entry("goods_returned", fund.id, date, postings if fen else (), went, **about)


def goods_written_off(
    fund: Fund,
    date: dt.date,
    goods: Iterable[Goods],
    *,
    purpose: str = UNRESTRICTED,
    **about: Unpack[About],
) -> Entry:
    """Goods that are spoilt or lost, at the value at which they came: no program's expense.

    Args:
        fund: The fund.
        date: Day on which it was found.
        goods: They, with quantities below 0.
        purpose: Restriction that they were under.
        about: What else the voucher says; `reason` and `consent_of`, who bears witness, must
            stand.

    Raises:
        InputError: A quantity, a value or the purpose cannot be, or something is not told.
    """
    refuse_untold("实物报损", fund, "事由", about.get("reason"))
    refuse_untold("实物报损", fund, "证明人", about.get("consent_of"))
    went = tuple(_counted(one, sign=-1) for one in goods)
    pool = known_purpose(fund, purpose)
    fen = sum(one.fen or 0 for one in went)
    loss = Posting(fund.id, "goods_loss", fen)
    postings = (loss, Posting(fund.id, GOODS, -fen), *released(fund.id, fen, pool))
    return Entry("goods_written_off", fund.id, date, postings if fen else (), went, **about)


def _counted(goods: Goods, *, sign: int) -> Goods:
    if goods.thousandths * sign <= 0:
        raise InputError("数量不大于 0。", where=goods.item, remedy="请写大于 0 的数量。")
    if goods.fen is not None and goods.fen <= 0:
        raise InputError(
            "折价金额不大于 0。", where=goods.item, remedy="没有估价的请空着，不要填 0。"
        )
    return goods
