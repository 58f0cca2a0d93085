"""A voucher from plain facts, whatever its kind: the row of a register, or what was typed."""

from collections.abc import Mapping
from typing import Any

from aidkit.fund.entry import INCOME_OF, OF_GOODS, Entry, Goods
from aidkit.fund.making import goods as making_goods
from aidkit.fund.making import money as making_money
from aidkit.fund.making import moves as making_moves
from aidkit.fund.making.made_of import About
from aidkit.fund.settings import Fund


def entry_of(row: Mapping[str, Any], funds: Mapping[str, Fund], about: About) -> Entry:
    """The voucher of one row.

    Args:
        row: What `FundDrafts` says of how much, of what, from where and to where.
        funds: The county's funds.
        about: What the voucher says besides its money.

    Raises:
        InputError: It cannot be, or something is not told that must be.
    """
    kind, fund, date, fen = row["kind"], funds[row["fund"]], row["date"], row["fen"]
    if kind in _PAYOUTS:
        return _PAYOUTS[kind](
            fund,
            date,
            fen,
            channel=row["channel"],
            program=row["program"],
            purpose=row["purpose"],
            **about,
        )
    if kind in OF_GOODS:
        return _with_goods(row, fund, about)
    if kind in _WITHIN:
        return _within(row, funds, about)
    make = making_money.income if kind in INCOME_OF else making_money.cost
    return make(kind, fund, date, fen, channel=row["channel"], purpose=row["purpose"], **about)


_PAYOUTS = {"payout": making_money.payout, "payout_returned": making_money.payout_returned}
_GOODS = {
    "goods_in": making_goods.goods_in,
    "goods_returned": making_goods.goods_returned,
    "goods_written_off": making_goods.goods_written_off,
}
_WITHIN = ("gift_returned", "move", "transfer", "release", "redesignate")


def _with_goods(row: Mapping[str, Any], fund: Fund, about: About) -> Entry:
    goods = Goods(row["item"], row["unit"], row["thousandths"], row["spec"], row["fen"])
    if row["kind"] in _GOODS:
        return _GOODS[row["kind"]](fund, row["date"], [goods], purpose=row["purpose"], **about)
    return making_goods.goods_out(
        fund, row["date"], [goods], program=row["program"], purpose=row["purpose"], **about
    )


def _within(row: Mapping[str, Any], funds: Mapping[str, Fund], about: About) -> Entry:
    kind, fund, date, fen = row["kind"], funds[row["fund"]], row["date"], row["fen"]
    if kind == "gift_returned":
        return making_money.gift_returned(
            fund, date, fen, channel=row["channel"], purpose=row["purpose"], **about
        )
    if kind == "move":
        return making_moves.move(
            fund, date, fen, source=row["channel"], target=row["to_channel"], **about
        )
    if kind == "transfer":
        return making_moves.transfer(
            fund,
            date,
            fen,
            source=row["channel"],
            to_fund=funds[row["to_fund"]],
            target=row["to_channel"],
            purpose=row["purpose"],
            to_purpose=row["to_purpose"],
            **about,
        )
    return making_moves.release(
        fund, date, fen, purpose=row["purpose"], to_purpose=row["to_purpose"], **about
    )
