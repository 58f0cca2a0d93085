"""What the funds know as rows of their registers, in yuan; columns as in `params/labels.toml`."""

from collections.abc import Iterable

from aidkit.sample.forms import Rows
from aidkit.sample.fund import Gift, Payment
from aidkit.sample.fund_bank import Line
from aidkit.sample.fund_goods import Given, Received, Taken
from aidkit.sample.fund_moves import MANAGER, Move
from aidkit.sample.programs import TITLES
from aidkit.sample.sheets import word

CLERK = "资助中心会计"
"""Who enters: no name, see `fund_moves.MANAGER`."""

KEEPER = "资助中心保管员"
"""Who bears witness that goods were spoilt."""


def donations(gifts: Iterable[Gift], fund: str) -> Rows:
    """Gifts; all but the treasury get a receipt."""
    rows: Rows = []
    receipts = 0
    for gift in gifts:
        receipts += gift.donor_class != "government"
        number = f"QS{gift.day.year}{receipts:05d}" if gift.donor_class != "government" else None
        rows.append(
            [
                gift.day,
                gift.donor,
                gift.fen / 100,
                word("channel", gift.channel),
                word("donor_class", gift.donor_class),
                gift.purpose,
                word("consent", gift.consent),
                gift.note,
                fund,
                number,
                None,
                CLERK,
            ]
        )
    return rows


def payouts(payments: Iterable[Payment], fund: str) -> Rows:
    """Payments of aid."""
    return [
        [
            payment.day,
            payment.application.student.student_no,
            payment.application.student.name,
            TITLES[payment.application.program][0],
            payment.fen / 100,
            payment.application.student.card_no,
            word("payment_result", "paid" if payment.paid else "returned"),
            payment.back_on,
            fund,
            None,
            None,
            payment.application.school.code if payment.application.school else None,
            None,
            MANAGER,
            CLERK,
            None,
        ]
        for payment in payments
    ]


def goods_received(received: Iterable[Received], fund: str) -> Rows:
    """Goods that came."""
    return [
        [
            each.day,
            each.goods.item,
            each.goods.spec or None,
            each.goods.unit,
            each.quantity,
            _in_yuan(each.goods.fen(each.quantity)),
            each.donor,
            word("donor_class", "firm"),
            each.purpose,
            word("consent", each.consent),
            fund,
            f"QSW{each.day.year}{n:03d}",
            CLERK,
            None,
        ]
        for n, each in enumerate(received, start=1)
    ]


def goods_given(given: Iterable[Given], fund: str) -> Rows:
    """Goods that went."""
    return [
        [
            each.day,
            each.goods.item,
            each.goods.spec or None,
            each.goods.unit,
            each.quantity,
            _in_yuan(each.goods.fen(each.quantity)),
            each.program,
            each.school.name,
            each.school.code,
            each.persons,
            None,
            fund,
            f"CK{each.day.year}{n:03d}",
            MANAGER,
            CLERK,
            None,
        ]
        for n, each in enumerate(given, start=1)
    ]


def goods_taken(taken: Iterable[Taken], fund: str) -> Rows:
    """Goods that were given back or written off."""
    return [
        [
            each.day,
            word("taken_kind", each.kind),
            each.goods.item,
            each.goods.spec or None,
            each.goods.unit,
            each.quantity,
            _in_yuan(each.goods.fen(each.quantity)),
            each.donor or None,
            each.purpose,
            each.reason,
            KEEPER if each.kind == "goods_written_off" else None,
            MANAGER,
            CLERK,
            fund,
            f"TB{each.day.year}{n:03d}",
            None,
        ]
        for n, each in enumerate(taken, start=1)
    ]


def movements(moves: Iterable[Move], fund: str) -> Rows:
    """What moved besides."""
    return [
        [
            move.day,
            word("entry_kind", move.kind),
            move.fen / 100,
            word("channel", move.out or None),
            word("channel", move.into or None),
            move.purpose or None,
            move.to_purpose or None,
            move.program or None,
            move.party or None,
            move.school.code if move.school else None,
            move.persons,
            move.to_fund or None,
            move.reason or None,
            move.consent_of or None,
            CLERK,
            move.approved_by or None,
            fund,
            None,
            move.note or None,
        ]
        for move in moves
    ]


def bank_statement(lines: Iterable[Line]) -> Rows:
    """Movements on the account."""
    return [
        [
            line.day,
            line.other or None,
            line.fen / 100 if line.fen > 0 else None,
            -line.fen / 100 if line.fen < 0 else None,
            line.balance / 100,
            line.summary,
            None,
        ]
        for line in lines
    ]


def _in_yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / 100
