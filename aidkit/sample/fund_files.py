"""What the funds of the sample county say of themselves: `params/funds` and the events."""

from aidkit.sample import fund_goods
from aidkit.sample.fund import EARMARK
from aidkit.sample.fund_foundation import SCHOLARSHIP
from aidkit.sample.fund_moves import BOOKS, EMERGENCY, OPENED_ON, PRIZES
from aidkit.sample.programs import BOARDER, DAY, TIERED, TITLES

FUND, FUND_NAME = "love", "青山县教育爱心基金"
FOUNDATION, FOUNDATION_NAME = "yunling", "云岭教育助学基金会"
BANK, FOUNDATION_BANK = "青山农商银行城关支行", "青山农商银行石桥支行"


def _program(program: str, title: str, purpose: str, *words: str) -> str:
    told = ", ".join(f'"{word}"' for word in words)
    return f"""
[[program]]
id = "{program}"
title = "{title}"
words = [{told}]
""" + (f'purpose = "{purpose}"\n' if purpose else "")


_LOVE = f"""\
# 样例县的基金，虚构。财政的学生资助专项也走这个账户，所以也记在这本账里，专款专用。
name = "{FUND_NAME}"
org_type = "school_fund"
bank = "{BANK}"
opened_on = {OPENED_ON}

[channels]
cash = "cash"
bank = "bank"
# 手机支付当天转进银行
phone_payment = "bank"

[[purpose]]
id = "student_aid"
title = "{EARMARK}"
words = ["财政资助"]
programs = ["{TIERED}", "{BOARDER}", "{DAY}"]
leftover = "结转下年，仍用于同一项目"

[[purpose]]
id = "hardship"
title = "资助困难学生"
words = ["困难学生", "助学"]
programs = ["emergency_aid", "warm_winter"]
leftover = "转入下一年度，仍用于资助困难学生"

[[purpose]]
id = "progress"
title = "奖励进步学生"
programs = ["progress_prizes"]
leftover = "经捐赠人同意后用于资助困难学生"

[[purpose]]
id = "books"
title = "购置图书"
programs = ["book_corners"]
leftover = "经捐赠人同意后改为不限用途"
{_program(TIERED, TITLES[TIERED][0], "student_aid", TITLES[TIERED][1])}\
{_program(BOARDER, TITLES[BOARDER][0], "student_aid", TITLES[BOARDER][1])}\
{_program(DAY, TITLES[DAY][0], "student_aid", TITLES[DAY][1])}\
{_program("emergency_aid", EMERGENCY, "hardship", "突发困难救助")}\
{_program("warm_winter", fund_goods.WINTER, "hardship")}\
{_program("progress_prizes", PRIZES, "progress")}\
{_program("book_corners", BOOKS, "books")}\
{_program("school_supplies", fund_goods.SUPPLIES, "")}\

# 倡议书写的是每天几角钱、每人每年多少元。一年计 300 天：教师每天一角是 30 元，倡议书写的是 40 元，
# 两个数都照来源写，报告会列出这个矛盾，不替人选择。
[[pledge]]
post = "leader"
persons = 3
a_day = 0.4
days = 300
stated = 120

[[pledge]]
post = "middle_leader"
persons = 6
a_day = 0.3
days = 300
stated = 90

[[pledge]]
post = "party_member"
persons = 12
a_day = 0.2
days = 300
stated = 60

[[pledge]]
post = "teacher"
persons = 40
a_day = 0.1
days = 300
stated = 40
"""

_YUNLING = f"""\
# 样例县的基金会，虚构：登记的慈善组织，适用慈善法的支出比例。
name = "{FOUNDATION_NAME}"
org_type = "private_foundation"
# 报表上的填报单位和咨询电话：基金会自己的，不是县里的
unit = "{FOUNDATION_NAME}"
contact = "云岭教育助学基金会秘书处，电话 0000-7654321"
bank = "{FOUNDATION_BANK}"
opened_on = {OPENED_ON}

[channels]
bank = "bank"

[[purpose]]
id = "scholarship"
title = "{SCHOLARSHIP}"
words = ["奖学金"]
programs = ["yunling_scholarship"]
leftover = "结转下一学年的奖学金"
{_program("yunling_scholarship", SCHOLARSHIP, "scholarship", "奖学金")}\

# 账簿从 2025 年 9 月开始，以前的数写在这里。
[figures.2024]
net_assets = 561_400
income = 182_300
"""

_EVENTS = f"""\
# 发生了就有公开期限的事；aidkit fund check 按这里提醒。
[[event]]
fund = "{FOUNDATION}"
kind = "project"
title = "{SCHOLARSHIP}（2025—2026 学年）"
on = 2025-09-10
until = 2026-08-31

[[event]]
fund = "{FOUNDATION}"
kind = "related_dealing"
title = "向{FUND_NAME}转款 5 万元"
on = 2026-10-28
"""


def fund_files() -> dict[str, str]:
    """Path below `params` to text."""
    return {
        f"funds/{FUND}.toml": _LOVE,
        f"funds/{FOUNDATION}.toml": _YUNLING,
        "fund_events.toml": _EVENTS,
    }
