"""Gifts to the county's fund, and the aid that is paid from its account."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from random import Random

from aidkit.sample import names
from aidkit.sample.hardship import Application, Case
from aidkit.sample.people import Registry
from aidkit.sample.programs import BOARDER, DAY, TIERED
from aidkit.sample.rolls import LAST_DAY, TERMS, Roll
from aidkit.sample.staff import Teacher

FIRMS = (
    "云岭茶业有限公司", "石桥建材有限公司", "白果食品厂", "南坪果业专业合作社", "青源水务有限公司",
    "龙潭旅行社", "茶店竹器加工厂", "城关百货商场", "青山运输有限公司", "河湾养殖专业合作社",
    "柳林粮油经营部", "青山县商会", "石桥电器商行", "云岭建筑工程有限公司",
)  # fmt: skip

GOVERNMENT = "青山县财政专户"

ALLOWANCE = {
    (TIERED, "level_1"): 100_000,
    (TIERED, "level_2"): 75_000,
    (TIERED, "level_3"): 50_000,
    (BOARDER, "primary"): 62_500,
    (BOARDER, "junior"): 75_000,
    (DAY, "primary"): 31_250,
    (DAY, "junior"): 37_500,
}
"""Fen for one term by program, and tier or stage."""

LISTED_BEFORE = 15
"""Days before a payment on which its list is closed: who leaves later is still paid."""

MISTAKEN = 0.004
"""Share of the tiered payments that follow another tier than the panel's."""

RETURNED = 0.006
"""Share of payments that the bank sends back; they are paid again three weeks later."""

CONSENT = {"named": 62, "anonymous": 23, "amount_only": 15}
"""How donors want to be published, and how many of a hundred want it so."""

PERSONS, STAFF = 44, 38
"""Gifts from people of the county and from teachers."""

YUAN: dict[str, tuple[float, ...]] = {
    "firm": (2_000, 3_000, 5_000, 8_000, 10_000, 20_000, 30_000, 50_000),
    "person": (200, 500, 1_000, 2_000, 5_000, 10_000),
    "staff": (40, 60, 90, 120, 200, 300),
    "student": (436.5, 812, 1_268.4, 2_035.5, 3_377),
}
"""Usual gifts in yuan by class of donor."""

CHANNELS = {
    "firm": {"bank": 1},
    "person": {"phone_payment": 55, "bank": 30, "cash": 15},
    "staff": {"phone_payment": 80, "cash": 20},
    "student": {"cash": 1},
}
EARMARK = "学生资助专项"
"""Purpose of what the treasury gives: the programs that `pay` pays."""

BACK_AFTER = dt.timedelta(2)
"""After how long a payment that the bank refuses is back on the account."""

PURPOSES = ("资助困难学生", "资助困难学生", "不限", "奖励进步学生", "购置图书")


@dataclass(frozen=True, slots=True)
class Gift:
    """One donation; money in fen."""

    day: dt.date
    donor: str
    fen: int
    channel: str
    donor_class: str
    purpose: str
    consent: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of aid; money in fen."""

    day: dt.date
    application: Application
    fen: int
    paid: bool

    @property
    def back_on(self) -> dt.date | None:
        """Day on which it came back; None where it was paid."""
        return None if self.paid else self.day + BACK_AFTER


def pay(rng: Random, roll: Roll, asked: list[Application], cases: dict[str, Case]) -> list[Payment]:
    """Payments of a term: one batch a program; what the bank returns is paid once more."""
    left = roll.away()
    payments = []
    for program, after in ((TIERED, 68), (BOARDER, 75), (DAY, 82)):
        day = roll.term.starts + dt.timedelta(after)
        if day > LAST_DAY:
            continue
        for application in asked:
            if application.program != program or not application.promised:
                continue
            student_no = application.student.student_no
            kind = cases[student_no].tier if program == TIERED else application.stage
            if kind is None:
                continue
            if left.get(student_no, day) < day - dt.timedelta(LISTED_BEFORE):
                continue
            if program == TIERED and rng.random() < MISTAKEN:
                kind = "level_2" if kind == "level_3" else "level_3"
            fen = ALLOWANCE[program, kind]
            paid = rng.random() > RETURNED
            payments.append(Payment(day, application, fen, paid))
            if not paid and day + dt.timedelta(21) <= LAST_DAY:
                payments.append(Payment(day + dt.timedelta(21), application, fen, True))
    payments.sort(key=lambda p: p.day)
    return payments


def give(
    rng: Random, registry: Registry, staff: list[Teacher], payments: list[Payment]
) -> list[Gift]:
    """Gifts since the first term began, in order of time; the treasury covers what is paid."""
    span = (LAST_DAY - TERMS[0].starts).days
    unique = [teacher.name for teacher in staff if registry.names[teacher.name] == 1]
    donors = [(firm, "firm") for firm in FIRMS for _ in range(rng.choice((1, 2, 3)))]
    donors += [(_fresh_name(rng, registry), "person") for _ in range(PERSONS)]
    donors += [(name, "staff") for name in rng.sample(unique, min(STAFF, len(unique) // 2))]
    donors += [(f"{stage}学生义卖所得", "student") for stage in ("小学", "初中", "高中")]
    gifts = []
    for donor, donor_class in donors:
        ways = CHANNELS[donor_class]
        gifts.append(
            Gift(
                day=TERMS[0].starts + dt.timedelta(rng.randrange(span)),
                donor=donor,
                fen=round(rng.choice(YUAN[donor_class]) * 100),
                channel=rng.choices(list(ways), list(ways.values()))[0],
                donor_class=donor_class,
                purpose=rng.choice(PURPOSES),
                consent=rng.choices(list(CONSENT), list(CONSENT.values()))[0],
                note="校友" if donor_class == "person" and rng.random() < 0.4 else "",
            )
        )
    gifts += _treasury(payments)
    gifts.sort(key=lambda g: (g.day, g.donor))
    return gifts


def _fresh_name(rng: Random, registry: Registry) -> str:
    """A name that nobody else in the county bears: donors may be named on pages."""
    while True:
        sex = rng.choice(("male", "female"))
        name = names.surname(rng) + names.given(rng, "adult", sex)
        if len(name) == 3 and name not in registry.names:
            return registry.person_name(name[0], name[1:])


def _treasury(payments: list[Payment]) -> list[Gift]:
    """One transfer before each day of payment, in whole ten thousands of yuan."""
    gifts = []
    for day, batch in groupby(payments, key=lambda p: p.day):
        fen = sum(payment.fen for payment in batch)
        if fen > 1_000_000:
            whole = -(-fen // 1_000_000) * 1_000_000
            gifts.append(
                Gift(day - dt.timedelta(6), GOVERNMENT, whole, "bank", "government",
                     EARMARK, "named")
            )  # fmt: skip
    return gifts
