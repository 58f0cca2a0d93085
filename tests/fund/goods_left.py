"""Vouchers with which all goods that came with another leave the store."""

import dataclasses
import datetime as dt

from aidkit.fund.accounts import UNRESTRICTED
from aidkit.fund.entry import Entry
from tests.fund.funds import FUNDS
from tests.fund.vouchers import goods_out, goods_returned, goods_written_off


def leaving(kind: str, date: dt.date, came: Entry) -> Entry | None:
    """All goods of a `goods_in` given on, given back or written off; nobody takes back a gift
    that nobody gave."""
    if kind == "goods_out":
        return given_on(date, came)
    purpose = purpose_of(came)
    goods = dataclasses.replace(came.goods[0], thousandths=-came.goods[0].thousandths)
    if kind == "goods_written_off":
        return goods_written_off(date, goods, fund=came.fund, purpose=purpose)
    if not came.party:
        return None
    return goods_returned(date, goods, fund=came.fund, purpose=purpose, party=came.party)


def given_on(date: dt.date, came: Entry) -> Entry:
    """All goods of a `goods_in` given on, for a program that their purpose allows."""
    purpose = purpose_of(came)
    programs = FUNDS[came.fund].programs.values()
    program = next(one.id for one in programs if one.purpose == purpose)
    goods = dataclasses.replace(came.goods[0], thousandths=-came.goods[0].thousandths)
    return goods_out(date, goods, fund=came.fund, program=program)


def purpose_of(came: Entry) -> str:
    """What goods were given for."""
    given = [line for line in came.postings if line.account == "goods_income"]
    return given[0].purpose if given else UNRESTRICTED
