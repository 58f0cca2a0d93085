"""A voucher that breaks each rule of the book, and the nearest one that does not."""

import dataclasses
import datetime as dt

from aidkit.fund.entry import Entry, Goods, Posting
from tests.fund.breaches_goods import GOODS_LEAVE
from tests.fund.funds import ENTERED, START
from tests.fund.moves import move, release, transfer
from tests.fund.vouchers import (
    correction,
    cost,
    gift,
    gift_returned,
    goods_in,
    goods_out,
    goods_returned,
    goods_written_off,
    income,
    payout,
)

DAY = START + dt.timedelta(days=100)
LATER = DAY + dt.timedelta(days=9)
BEFORE = [
    gift(DAY, 1000),
    gift(DAY, 2000, purpose="boarders"),
    goods_in(DAY, Goods("棉衣", "件", 5000, fen=700)),
    payout(DAY, 100),
    income("opening", START, 5, fund="union"),
]
"""What stands already: 900 yuan-cents unrestricted, 2000 for boarders, 5 coats."""


def changed(entry: Entry, **more: object) -> Entry:
    return dataclasses.replace(entry, **more)  # type: ignore[arg-type]


SOUND = {
    "gift": gift(LATER, 5),
    "opening": income("opening", START, 5),
    "opening of another pool": income("opening", START, 5, purpose="reading"),
    "government": income("government", LATER, 5, purpose="reading"),
    "interest": income("interest", LATER, 5),
    "payout of all": payout(LATER, 900),
    "restricted payout of all": payout(LATER, 2000, program="boarder_aid"),
    "payout back": payout(LATER, 100, kind="payout_returned"),
    "goods out": goods_out(LATER, Goods("棉衣", "件", -5000, fen=700), program="hardship"),
    "goods back": goods_returned(LATER, Goods("棉衣", "件", -5000, fen=700)),
    "some goods back": goods_returned(
        LATER, Goods("棉衣", "件", -1000, fen=140), party="示例捐 赠人"
    ),
    "goods lost": goods_written_off(LATER, Goods("棉衣", "件", -5000, fen=700)),
    "unvalued goods": goods_in(LATER, Goods("书", "本", 1)),
    "cost of restricted money": cost("bank_fee", LATER, 5, purpose="boarders"),
    "gift back": gift_returned(LATER, 900),
    "gift back of a restricted pool": gift_returned(LATER, 2000, purpose="boarders"),
    "gift back, spaced": gift_returned(LATER, 900, party="示例 捐赠人"),
    "move": move(LATER, 2900, "bank", "cash"),
    "fee taken by the bank": cost("bank_fee", LATER, 900, approved_by=""),
    "transfer": transfer(LATER, 900),
    "release": release(LATER, 2000, "boarders"),
    "other purpose": release(LATER, 2000, "boarders", "reading"),
    "correction": correction(LATER, "2025-000004", BEFORE[3]),
    "correction of goods": correction(LATER, "2025-000003", BEFORE[2]),
    "on the day of entering": gift(ENTERED, 5),
    "on the first day": gift(START, 5),
}


def money(*lines: Posting) -> tuple[Posting, ...]:
    return lines


BROKEN: dict[str, tuple[Entry, list[str]]] = {
    "kind": (changed(gift(LATER, 5), kind="present"), ["unknown_kind"]),
    "fund": (gift(LATER, 5, fund="lost"), ["unknown_fund"]),
    "fund of a posting": (
        changed(transfer(LATER, 5), postings=transfer(LATER, 5, other="lost").postings),
        ["unknown_fund"],
    ),
    "two funds": (
        changed(gift(LATER, 5), postings=(*gift(LATER, 5).postings, *transfer(LATER, 5).postings)),
        ["other_fund", "wrong_account", "wrong_account", "wrong_account"],
    ),
    "negative gift": (gift(LATER, -5), ["wrong_account", "wrong_account"]),
    "account": (
        changed(
            gift(LATER, 5),
            postings=money(Posting("love", "bank", 5), Posting("love", "interest_income", -5)),
        ),
        ["wrong_account"],
    ),
    "no account": (
        changed(
            gift(LATER, 5),
            postings=money(Posting("love", "safe", 5), Posting("love", "gift_income", -5)),
        ),
        ["wrong_account"],
    ),
    "balance": (
        changed(
            gift(LATER, 5),
            postings=money(Posting("love", "bank", 5), Posting("love", "gift_income", -6)),
        ),
        ["unbalanced"],
    ),
    "balance between funds": (
        changed(
            transfer(LATER, 5),
            postings=transfer(LATER, 5).postings[:2] + transfer(LATER, 5).postings[2:3],
        ),
        ["unbalanced"],
    ),
    "zero": (gift(LATER, 0), ["zero"]),
    "empty": (changed(gift(LATER, 5), postings=()), ["empty"]),
    "purpose": (gift(LATER, 5, purpose="stars"), ["unknown_purpose"]),
    "purpose of an asset": (
        changed(
            gift(LATER, 5),
            postings=money(
                Posting("love", "bank", 5, "boarders"), Posting("love", "gift_income", -5)
            ),
        ),
        ["misplaced_purpose"],
    ),
    "program": (
        changed(
            payout(LATER, 5),
            program="stars",
            postings=money(
                Posting("love", "program_expense", 5, program="stars"), Posting("love", "bank", -5)
            ),
        ),
        ["unknown_program"],
    ),
    "program beside its posting": (changed(payout(LATER, 5), program="books"), ["unknown_program"]),
    "cost of restricted money": (
        cost("management", LATER, 5, purpose="boarders"),
        ["cost_outside_purpose"],
    ),
    "earmark": (payout(LATER, 5, program="hardship", purpose="boarders"), ["outside_purpose"]),
    "too much released": (
        changed(
            payout(LATER, 5, program="boarder_aid"),
            postings=(
                *payout(LATER, 5, purpose="").postings[:0],
                Posting("love", "program_expense", 5, program="boarder_aid"),
                Posting("love", "bank", -5),
                Posting("love", "released", 6, "boarders"),
                Posting("love", "released", -6),
            ),
        ),
        ["wrong_release"],
    ),
    "future": (gift(ENTERED + dt.timedelta(days=1), 5), ["future_date"]),
    "before the book": (gift(START - dt.timedelta(days=1), 5), ["before_opening"]),
    "reason": (changed(gift_returned(LATER, 5), reason=""), ["no_reason"]),
    "consent": (changed(release(LATER, 5, "boarders"), consent_of=""), ["no_consent"]),
    "opening of another day": (income("opening", LATER, 5), ["opening_elsewhere"]),
    "opening said again": (income("opening", START, 5, fund="union"), ["opened_twice"]),
    "approver": (changed(payout(LATER, 5), approved_by=""), ["no_approver"]),
    "approver of a correction": (
        correction(LATER, "2025-000004", BEFORE[3], approved_by=""),
        ["no_approver"],
    ),
    "fee in cash": (cost("bank_fee", LATER, 5, channel="cash"), ["fee_in_cash"]),
    "who posted as approver": (changed(payout(LATER, 5), approved_by="出纳"), ["self_approved"]),
    "blank approver": (changed(payout(LATER, 5), approved_by="　 "), ["no_approver"]),
    "own approver, spaced": (changed(payout(LATER, 5), approved_by="录入 员 "), ["self_approved"]),
    "own approver": (changed(payout(LATER, 5), approved_by="录入员"), ["self_approved"]),
    "money and goods": (
        changed(
            income("opening", START, 5),
            postings=money(
                Posting("love", "bank", 5),
                Posting("love", "goods", 5),
                Posting("love", "opening_net", -10),
            ),
        ),
        ["mixed_goods"],
    ),
    "goods of another pool": (
        goods_out(LATER, Goods("棉衣", "件", -1000, fen=140), program="boarder_aid"),
        ["pool_overdrawn"],
    ),
    "goods": (goods_in(LATER, Goods("书", "本", -1)), ["wrong_goods"]),
    "goods without a name": (goods_in(LATER, Goods("", "本", 1)), ["wrong_goods"]),
    "value": (
        changed(goods_in(LATER, Goods("书", "本", 1, fen=5)), postings=gift(LATER, 5).postings[:0]),
        ["goods_value"],
    ),
    "corrects nothing": (correction(LATER, "2025-000009", BEFORE[0]), ["corrects_nothing"]),
    "corrects another": (correction(LATER, "2025-000001", BEFORE[1]), ["not_opposite"]),
    "corrects some": (correction(LATER, "2025-000001", gift(DAY, 999)), ["not_opposite"]),
    "corrects fewer goods": (
        correction(LATER, "2025-000003", goods_in(DAY, Goods("棉衣", "件", 4000, fen=700))),
        ["not_opposite"],
    ),
    "corrects before": (correction(START, "2025-000001", BEFORE[0]), ["corrects_later"]),
    "corrects another party": (
        correction(LATER, "2025-000004", BEFORE[3], party="别人"),
        ["not_opposite"],
    ),
    "released backwards": (
        changed(
            payout(LATER, 5, kind="payout_returned"),
            postings=(
                *payout(LATER, 5, kind="payout_returned").postings,
                Posting("love", "released", 5, "boarders"),
                Posting("love", "released", -5),
            ),
        ),
        ["outside_purpose", "wrong_release"],
    ),
    "value overdrawn": (
        goods_out(LATER, Goods("棉衣", "件", -5000, fen=701), program="hardship"),
        ["account_overdrawn", "pool_overdrawn", "value_overdrawn"],
    ),
    "value left": (
        goods_out(LATER, Goods("棉衣", "件", -5000, fen=699), program="hardship"),
        ["value_left"],
    ),
    "valued goods without their value": (
        goods_out(LATER, Goods("棉衣", "件", -1000), program="hardship"),
        ["goods_overdrawn"],
    ),
    "goods for a fortune": (
        goods_out(LATER, Goods("棉衣", "件", -1000, fen=142), program="hardship"),
        ["goods_mispriced"],
    ),
    "goods for nothing": (
        goods_out(LATER, Goods("棉衣", "件", -1000, fen=138), program="hardship"),
        ["goods_mispriced"],
    ),
    **GOODS_LEAVE,
    "more back than paid": (payout(LATER, 101, kind="payout_returned"), ["payout_overreturned"]),
    "back to another": (gift_returned(LATER, 5, party="别人"), ["gift_overreturned"]),
    "account overdrawn": (payout(LATER, 5, channel="cash"), ["account_overdrawn"]),
    "pool overdrawn": (payout(LATER, 906), ["pool_overdrawn"]),
    "restricted pool overdrawn": (payout(LATER, 2001, program="boarder_aid"), ["pool_overdrawn"]),
    "goods overdrawn": (
        goods_out(LATER, Goods("棉衣", "件", -5001), program="hardship"),
        ["goods_overdrawn"],
    ),
    "before it was there": (
        payout(DAY - dt.timedelta(days=1), 5),
        ["account_overdrawn", "pool_overdrawn"],
    ),
}
