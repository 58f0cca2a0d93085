"""A county with a year of a fund: every kind of voucher, 64 gifts, and one that is corrected."""

import dataclasses
import datetime as dt
from pathlib import Path

from aidkit.fund.entry import Batch, Entry, Goods
from aidkit.fund.ledger.journal import post
from aidkit.fund.period import Period
from aidkit.project import Project, find_project
from tests.fund.books import numbered
from tests.fund.county import make_county
from tests.fund.vouchers import (
    correction,
    cost,
    gift,
    gift_returned,
    goods_in,
    goods_out,
    income,
    payout,
)

FUND = "love"
YEAR = Period.year(2026)
NAMED, SHY, UNSAID = "甲慈善基金会", "乙不愿公开", "丙没有表态"
"""Donors: one agreed to be named, one to the amount alone, one said nothing."""

PUPIL = "丁学生"
BOARDERS = 5
LAST = dt.date(2026, 12, 31)


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


def vouchers() -> list[Entry]:
    """In the order in which they are posted."""
    made = [
        income("opening", day(1, 1, 2025), 23_271_050),
        income("government", day(2, 1), 10_000_000),
        income("interest", day(6, 20), 12_345),
        goods_in(day(4, 2), Goods("棉衣", "件", 120_000, "L", 1_200_000), purpose="reading"),
        goods_in(day(4, 3), Goods("旧书", "本", 355_500), party=SHY, consent="amount_only"),
        gift(day(9, 3), 48_000_005, party=NAMED, consent="named", purpose="boarders"),
        goods_out(day(12, 9), Goods("棉衣", "件", -50_000, "L", 500_000)),
        cost("management", day(11, 9), 321_050),
        cost("bank_fee", day(11, 10), 1_250),
        gift_returned(day(12, 20), 5_000, party=NAMED, purpose="boarders"),
    ]
    consents = {NAMED: "named", SHY: "amount_only", UNSAID: "", "": "named"}
    for n in range(64):
        party = [NAMED, SHY, UNSAID, ""][n % 4]
        made.append(
            gift(
                day(1 + n % 12, 1 + n % 27),
                10_000 + n * 77,
                party=party,
                consent=consents[party],
                donor_class=["firm", "person", "staff", ""][n % 4],
                purpose=["", "boarders", "reading"][n % 3],
                channel=["bank", "cash", "phone_payment"][n % 3],
                reference=f"00{12345 + n}",
            )
        )
    for n in range(BOARDERS):
        number = f"G99010120150101{n:04d}"
        made.append(
            payout(day(10, 9), 200_000 + n, program="boarder_aid", party=PUPIL, person_no=number)
        )
    made.append(payout(day(11, 2), 35_000, party=PUPIL, person_no="G990102201501010001"))
    made.sort(key=lambda entry: entry.date)
    wrong = gift(day(12, 21), 77_700, party=UNSAID)
    made.append(wrong)
    made.append(correction(day(12, 28), numbered(made)[-1], wrong))
    return [dataclasses.replace(one, entered_by="录入员", approved_by="批准人") for one in made]


def make_fund_county(root: Path) -> tuple[Project, Path]:
    """A project with the checkout's parameters, and a county with the vouchers posted."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "params").symlink_to(find_project().params)
    county = make_county(root / "data" / "qingshan")
    settings = ('name = "青山县"', 'region = "cn/henan"', 'publisher = "青山县教育基金会"')
    more = ('contact = "基金会办公室，0000-0000000"', "adopts = []")
    (county / "county.toml").write_text("\n".join((*settings, *more)), encoding="utf-8")
    post(county, vouchers(), Batch("post", LAST, "录入员"))
    return Project(root), county
