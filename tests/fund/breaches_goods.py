"""Goods that go back or are written off against a rule of the book; see `breaches`."""

import datetime as dt

from aidkit.fund.entry import Entry, Goods
from tests.fund.funds import START
from tests.fund.vouchers import goods_returned, goods_written_off

LATER = START + dt.timedelta(days=109)

GOODS_LEAVE: dict[str, tuple[Entry, list[str]]] = {
    "goods back to another": (
        goods_returned(LATER, Goods("棉衣", "件", -1000, fen=140), party="别人"),
        ["goods_overreturned", "goods_pool_overreturned", "goods_value_overreturned"],
    ),
    "goods back without a reason": (
        goods_returned(LATER, Goods("棉衣", "件", -1000, fen=140), reason=""),
        ["no_reason"],
    ),
    "goods back unapproved": (
        goods_returned(LATER, Goods("棉衣", "件", -1000, fen=140), approved_by=""),
        ["no_approver"],
    ),
    "goods back of another pool": (
        goods_returned(LATER, Goods("棉衣", "件", -1000, fen=140), purpose="boarders"),
        ["goods_pool_overreturned", "pool_overdrawn"],
    ),
    "goods back at another value": (
        goods_returned(LATER, Goods("棉衣", "件", -1000, fen=138)),
        ["goods_mispriced"],
    ),
    "goods lost for nothing": (
        goods_written_off(LATER, Goods("棉衣", "件", -1000, fen=138)),
        ["goods_mispriced"],
    ),
    "goods lost without a reason": (
        goods_written_off(LATER, Goods("棉衣", "件", -1000, fen=140), reason=""),
        ["no_reason"],
    ),
    "goods lost, nobody saw it": (
        goods_written_off(LATER, Goods("棉衣", "件", -1000, fen=140), consent_of=" "),
        ["no_witness"],
    ),
    "goods lost, seen by who approved": (
        goods_written_off(LATER, Goods("棉衣", "件", -1000, fen=140), consent_of="批 准人"),
        ["same_witness"],
    ),
    "goods lost, seen by who entered": (
        goods_written_off(
            LATER, Goods("棉衣", "件", -1000, fen=140), consent_of="录入员", entered_by="录入 员"
        ),
        ["same_witness"],
    ),
    "goods lost unapproved": (
        goods_written_off(LATER, Goods("棉衣", "件", -1000, fen=140), approved_by=""),
        ["no_approver"],
    ),
    "goods lost of another pool": (
        goods_written_off(LATER, Goods("棉衣", "件", -1000, fen=140), purpose="boarders"),
        ["pool_overdrawn"],
    ),
    "goods found": (
        goods_written_off(LATER, Goods("棉衣", "件", 1000, fen=140)),
        ["wrong_goods"],
    ),
}
"""Name to a voucher and the codes of its faults, where five coats of 700 fen are in store."""
