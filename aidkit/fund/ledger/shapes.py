"""Which accounts a voucher of each kind may touch, and in which direction."""

import polars as pl

from aidkit.fund.accounts import ASSETS, MONEY, RELEASED
from aidkit.fund.entry import COST_OF, INCOME_OF, OF_PROGRAMS

SPENDING = (*OF_PROGRAMS, *COST_OF, "goods_written_off")
"""Kinds that spend; where the money was restricted they also release the same sum."""

_BOTH = 0


def _signs() -> dict[tuple[str, str], int]:
    """(kind, account) to the sign of its fen; 0: either."""
    signs: dict[tuple[str, str], int] = {}
    for kind, account in INCOME_OF.items():
        signs |= {(kind, asset): 1 for asset in MONEY} | {(kind, account): -1}
    signs["opening", "goods"] = 1
    signs |= {("goods_in", "goods"): 1, ("goods_in", "goods_income"): -1}
    signs |= {("goods_out", "goods"): -1, ("goods_out", "program_expense"): 1}
    signs |= {("goods_returned", "goods"): -1, ("goods_returned", "goods_income"): 1}
    signs |= {("goods_written_off", "goods"): -1, ("goods_written_off", "goods_loss"): 1}
    for kind, account in ({"payout": "program_expense"} | COST_OF).items():
        signs |= {(kind, asset): -1 for asset in MONEY} | {(kind, account): 1}
    signs |= {("payout_returned", asset): 1 for asset in MONEY}
    signs["payout_returned", "program_expense"] = -1
    signs |= {("gift_returned", asset): -1 for asset in MONEY}
    signs["gift_returned", "gift_income"] = 1
    signs |= {("move", asset): _BOTH for asset in MONEY}
    signs |= {("transfer", asset): _BOTH for asset in ASSETS}
    signs |= {("transfer", "transfer_out"): 1, ("transfer", "transfer_in"): -1}
    for kind in (*SPENDING, "release", "redesignate"):
        signs[kind, RELEASED] = _BOTH
    return signs


SIGNS = pl.DataFrame(
    [(kind, account, sign) for (kind, account), sign in _signs().items()],
    schema={"kind": pl.String, "account": pl.String, "sign": pl.Int64},
    orient="row",
)
"""Kind, account, sign of the fen (0: either); what is not in it is not allowed."""
