"""Statements: pure functions of the book, a fund and a period; sums are net of corrections."""

from aidkit.fund.statements.activity import activity, balance_sheet
from aidkit.fund.statements.board import comparison, largest_gifts
from aidkit.fund.statements.corrections import corrections
from aidkit.fund.statements.gifts import consents, gifts
from aidkit.fund.statements.goods import goods_register, goods_taken
from aidkit.fund.statements.payouts import payouts
from aidkit.fund.statements.receipts import receipts
from aidkit.fund.statements.summary import summary, totals

__all__ = [
    "activity",
    "balance_sheet",
    "comparison",
    "consents",
    "corrections",
    "gifts",
    "goods_register",
    "goods_taken",
    "largest_gifts",
    "payouts",
    "receipts",
    "summary",
    "totals",
]
