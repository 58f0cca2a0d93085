"""What moved a fund's money and is in no register of gifts or of aid, and what it opened with."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby
from random import Random

from aidkit.sample.fund import EARMARK, Gift, Payment
from aidkit.sample.rolls import LAST_DAY, TERMS
from aidkit.sample.schools import School

OPENING = 23_271_050
"""Fen on the bank account before the first movement."""

OPENED_ON = TERMS[0].starts
"""First day of the funds' books."""

CARRIED = {"资助困难学生": 6_000_000, "奖励进步学生": 3_600_000, "购置图书": 2_000_000}
"""Fen of the opening balance by purpose: enough for all that the fund pays out by itself."""

EMERGENCY, PRIZES, BOOKS = "学生突发困难救助", "进步学生群体奖励", "图书角建设"
"""The fund's own programs that pay money."""

SHOP = "青山县新华书店"
MANAGER = "资助中心主任"
"""Who approves: no name, so that nobody is taken for a pupil or a donor."""

INTEREST_DAYS = ((2025, 12), (2026, 3), (2026, 6), (2026, 9))
"""Months on whose 21st day banks pay interest."""

_EMERGENCY_MONTHS = ((2025, 11), (2025, 12), (2026, 1), (2026, 3), (2026, 4), (2026, 5),
                     (2026, 6), (2026, 9), (2026, 10))  # fmt: skip
_EMERGENCY_YUAN = (600, 800, 1_200, 1_600, 2_000)
_PRIZE_DAYS = (dt.date(2026, 1, 20), dt.date(2026, 6, 30))
_PRIZED_SCHOOLS = 20
_PRIZE = 10_000
"""Fen for one pupil of a group."""


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the register of movements; money in fen.

    Attributes:
        out: Account that the money left, a code of vocabulary `channel`; empty for none.
        into: Account that it reached.
        text: What the bank prints beside it.
    """

    day: dt.date
    kind: str
    fen: int
    out: str = ""
    into: str = ""
    purpose: str = ""
    to_purpose: str = ""
    program: str = ""
    party: str = ""
    school: School | None = None
    persons: int | None = None
    to_fund: str = ""
    reason: str = ""
    consent_of: str = ""
    approved_by: str = ""
    note: str = ""
    text: str = ""


def of_fund(gifts: list[Gift], payments: list[Payment], schools: list[School]) -> list[Move]:
    """Movements of the county's fund other than gifts, aid and its own programs, by day."""
    moves = [*_opening(gifts, payments), *_deposits(gifts), *_given_back(gifts)]
    moves += [
        interest(year, month, 18_437 + 2_611 * n) for n, (year, month) in enumerate(INTEREST_DAYS)
    ]
    moves += [fee(dt.date(2025, 12, 22), 1_200), fee(dt.date(2026, 6, 22), 1_550)]
    moves += [
        cost(dt.date(2025, 12, 15), "management", 86_000, "捐赠票据印制", "青山印务部"),
        cost(dt.date(2026, 4, 10), "fundraising", 26_000, "义卖场地布置", "青山印务部"),
        cost(dt.date(2026, 6, 15), "management", 43_050, "档案盒和凭证装订", "南坪文具店"),
        Move(
            dt.date(2026, 3, 5), "allocation", 2_000_000, into="bank", party=schools[-1].name,
            note="学校公用经费结余拨入", text="拨款",
        ),
        Move(
            dt.date(2026, 5, 12), "release", 300_000, purpose="购置图书",
            reason="图书角建设一期完工，余款改为不限用途", consent_of="青山县商会",
            approved_by=MANAGER,
        ),
        Move(
            dt.date(2026, 9, 2), "redesignate", 200_000, purpose="奖励进步学生",
            to_purpose="资助困难学生", reason="本学期困难学生增多，捐赠人书面同意改用途",
            consent_of="白果食品厂", approved_by=MANAGER,
        ),
    ]  # fmt: skip
    return sorted(moves, key=lambda move: move.day)


def own_programs(rng: Random, payments: list[Payment], schools: list[School]) -> list[Move]:
    """What the fund pays for programs of its own, by day: pupils in need, groups, books."""
    moves = []
    for year, month in _EMERGENCY_MONTHS:
        first = dt.date(year, month, 1)
        # Who was in hardship lately; a pupil is helped for one misfortune at a time.
        lately = {p.application.student.student_no: p.application for p in payments
                  if first - dt.timedelta(210) <= p.day < first + dt.timedelta(28)}  # fmt: skip
        known = [lately[number] for number in sorted(lately)]
        for helped in rng.sample(known, min(len(known), rng.choice((1, 2, 3)))):
            fen = rng.choice(_EMERGENCY_YUAN) * 100
            day = min(first + dt.timedelta(rng.randrange(3, 27)), LAST_DAY)
            moves.append(
                _paid(day, EMERGENCY, fen, helped.student.name, school=helped.school, persons=1)
            )
    prized = [school for school in schools if set(school.cohort) != {"kindergarten"}]
    for day in _PRIZE_DAYS:
        for school in prized[:_PRIZED_SCHOOLS]:
            persons = rng.randrange(5, 9)
            moves.append(
                _paid(day, PRIZES, persons * _PRIZE, school.name, school=school, persons=persons)
            )
    moves += [
        _paid(dt.date(2025, 11, 20), BOOKS, 860_000, SHOP),
        _paid(dt.date(2026, 4, 23), BOOKS, 645_000, SHOP),
    ]
    return sorted(moves, key=lambda move: move.day)


def interest(year: int, month: int, fen: int) -> Move:
    """What the bank pays for a quarter."""
    return Move(dt.date(year, month, 21), "interest", fen, into="bank", text="结息")


def fee(day: dt.date, fen: int) -> Move:
    """What the bank takes."""
    return Move(day, "bank_fee", fen, out="bank", approved_by=MANAGER, text="手续费")


def cost(day: dt.date, kind: str, fen: int, what: str, party: str) -> Move:
    """What the fund itself costs."""
    return Move(day, kind, fen, out="bank", party=party, approved_by=MANAGER, note=what, text=what)


def _paid(
    day: dt.date, program: str, fen: int, party: str, *,
    school: School | None = None, persons: int | None = None,
) -> Move:  # fmt: skip
    return Move(
        day, "payout", fen, out="bank", program=program, party=party, school=school,
        persons=persons, approved_by=MANAGER, text=program,
    )  # fmt: skip


def _opening(gifts: list[Gift], payments: list[Payment]) -> Iterator[Move]:
    carried = {EARMARK: carried_for_aid(gifts, payments), **CARRIED}
    carried[""] = OPENING - sum(carried.values())
    for purpose, fen in carried.items():
        if fen:
            yield Move(OPENED_ON, "opening", fen, into="bank", purpose=purpose)


def carried_for_aid(gifts: list[Gift], payments: list[Payment]) -> int:
    """Fen of earlier treasury money in whole ten thousands of yuan, so that all aid is covered.

    The treasury transfers nothing for small batches: they were paid from what was left over.
    """
    moved = [(gift.day, gift.fen) for gift in gifts if gift.purpose == EARMARK]
    moved += [(payment.day, -payment.fen) for payment in payments]
    moved += [(payment.back_on, payment.fen) for payment in payments if payment.back_on]
    days = groupby(sorted(moved), key=lambda move: move[0])
    lowest = min(accumulate(sum(fen for _, fen in day) for _, day in days), default=0)
    return max(1, -(min(lowest, 0) // 1_000_000)) * 1_000_000


def _deposits(gifts: list[Gift]) -> Iterator[Move]:
    """Cash paid into the bank on the 25th of each month: what came in since the last time."""
    cash = [gift for gift in gifts if gift.channel == "cash"]
    before = OPENED_ON
    for months in range(16):
        year, month = divmod(OPENED_ON.month - 1 + months, 12)
        day = dt.date(OPENED_ON.year + year, month + 1, 25)
        fen = sum(gift.fen for gift in cash if before <= gift.day < day)
        if fen and day <= LAST_DAY:
            yield Move(day, "move", fen, out="cash", into="bank", text="现金缴存")
        before = day


def _given_back(gifts: list[Gift]) -> Iterator[Move]:
    """One firm paid the wrong account and asked for its money."""
    for gift in gifts:
        day = gift.day + dt.timedelta(12)
        if gift.donor_class == "firm" and gift.day >= dt.date(2026, 1, 1) and day <= LAST_DAY:
            yield Move(
                day, "gift_returned", gift.fen, out="bank", purpose=gift.purpose,
                party=gift.donor, reason="捐赠单位误汇，书面申请退回", approved_by=MANAGER,
                text="退还捐款",
            )  # fmt: skip
            return
