"""Two funds, and the days and the batch that tests enter vouchers with."""

import datetime as dt

from aidkit.fund.accounts import UNRESTRICTED
from aidkit.fund.entry import Batch
from aidkit.fund.settings import Fund, FundProgram, Pledge, Purpose

CHANNELS = {"cash": "cash", "bank": "bank", "phone_payment": "phone_payment"}

LOVE = Fund(
    id="love",
    name="示例县教育爱心基金",
    org_type="public_foundation",
    bank="示例银行示例支行",
    opened_on=dt.date(2025, 1, 1),
    channels=CHANNELS,
    purposes={
        "boarders": Purpose(
            "boarders",
            "寄宿生补助",
            ("寄宿生", "寄宿生补助"),
            ("boarder_aid",),
            "转入下年同一用途",
            ("bank_fee",),
        ),
        "reading": Purpose("reading", "图书角", ("图书", "图书角"), ("books", "reading_day"), ""),
    },
    programs={
        "boarder_aid": FundProgram("boarder_aid", "寄宿生生活补助", ("寄宿生",), "boarders"),
        "books": FundProgram("books", "图书角建设", ("图书",), "reading"),
        "reading_day": FundProgram("reading_day", "读书日", ("读书日",), "reading"),
        "hardship": FundProgram("hardship", "临时困难补助", ("临时困难",), UNRESTRICTED),
    },
    pledges=(Pledge("leader", 10, 40, 300, 12_000), Pledge("teacher", 200, 10, 300, 4_000)),
    figures={(2025, "net_assets"): 1_000_000_00, (2025, "income"): 500_000_00},
)
UNION = Fund(
    id="union",
    name="示例县教育工会互助金",
    org_type="union_fund",
    bank="",
    opened_on=dt.date(2025, 1, 1),
    channels=CHANNELS,
    purposes={"sick": Purpose("sick", "大病救助", ("大病",), ("sick_aid",), "")},
    programs={
        "sick_aid": FundProgram("sick_aid", "大病救助", ("大病",), "sick"),
        "visit": FundProgram("visit", "慰问", ("慰问",), UNRESTRICTED),
    },
    pledges=(),
    figures={},
)
FUNDS = {fund.id: fund for fund in (LOVE, UNION)}

START = dt.date(2025, 1, 1)
"""First day of the sample funds' books."""

ENTERED = dt.date(2027, 12, 31)
"""A day of entering after every date of random books."""

BATCH = Batch("post", ENTERED, "录入员")


def pool_of(fund: str, program: str) -> str:
    """The purpose whose money a program of a sample fund spends."""
    return FUNDS[fund].programs[program].purpose
