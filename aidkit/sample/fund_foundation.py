"""A small registered foundation beside the county's fund: the law's ratios bind it."""

import datetime as dt

from aidkit.sample.fund import Gift
from aidkit.sample.fund_moves import INTEREST_DAYS, MANAGER, OPENED_ON, Move, cost, fee, interest
from aidkit.sample.schools import School

OPENING = 58_632_000
"""Fen on its bank account before the first movement."""

SCHOLARSHIP = "云岭奖学金"
"""Its purpose and its program."""

_CARRIED = 20_000_000
"""Fen of the opening balance for the scholarship."""

GIFTS = (
    Gift(dt.date(2025, 10, 18), "云岭建筑工程有限公司", 10_000_000, "bank", "firm",
         SCHOLARSHIP, "named"),
    Gift(dt.date(2025, 12, 20), "青山县商会", 6_000_000, "bank", "firm", "不限", "named"),
    Gift(dt.date(2026, 3, 12), "青源水务有限公司", 5_000_000, "bank", "firm", SCHOLARSHIP,
         "amount_only"),
    Gift(dt.date(2026, 5, 28), "云岭茶业有限公司", 3_000_000, "bank", "firm", "不限", "named"),
    Gift(dt.date(2026, 9, 10), "河湾养殖专业合作社", 2_000_000, "bank", "firm", SCHOLARSHIP,
         "anonymous"),
)  # fmt: skip

_GRANTS = (dt.date(2025, 12, 30), dt.date(2026, 6, 25), dt.date(2026, 10, 28))
_GRANT, _GRANTED = 400_000, 12
"""Fen for one pupil, and how many pupils each time."""


def moves(schools: list[School], county_fund: str) -> list[Move]:
    """Its movements other than gifts, by day; one transfer goes to the county's fund."""
    oldest = [school for school in schools if {"senior", "vocational"} & set(school.cohort)]
    school = oldest[0] if oldest else schools[-1]
    found = [
        Move(OPENED_ON, "opening", _CARRIED, into="bank", purpose=SCHOLARSHIP),
        Move(OPENED_ON, "opening", OPENING - _CARRIED, into="bank"),
        *(interest(*month, 44_210 + 1_305 * n) for n, month in enumerate(INTEREST_DAYS)),
        fee(dt.date(2025, 12, 22), 2_400),
        fee(dt.date(2026, 6, 22), 2_400),
        cost(dt.date(2026, 1, 16), "management", 360_000, "办公用品", "南坪文具店"),
        cost(dt.date(2026, 4, 27), "management", 800_000, "年度审计费", "青山会计师事务所"),
        Move(
            dt.date(2026, 9, 15), "transfer", 5_000_000, out="bank", into="bank",
            to_purpose="资助困难学生", to_fund=county_fund,
            reason="理事会决议：转给县教育爱心基金资助困难学生", approved_by=MANAGER,
            text="转账",
        ),
        *(
            Move(
                day, "payout", _GRANT * _GRANTED, out="bank", program=SCHOLARSHIP,
                party=school.name, school=school, persons=_GRANTED, approved_by=MANAGER,
                text=SCHOLARSHIP,
            )
            for day in _GRANTS
        ),
    ]  # fmt: skip
    return sorted(found, key=lambda move: move.day)
