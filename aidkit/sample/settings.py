"""What the sample county says of itself: settings, programs and figures of its own."""

from aidkit.project import find_project
from aidkit.sample.binding import OFFICE
from aidkit.sample.programs import (
    CANDLE,
    CITY_TEACHERS,
    DREAM,
    DRIVE,
    EMERGENCY,
    FESTIVE,
    FESTIVE_TEACHERS,
    GOLD_COLLAR,
    KINDERGARTEN,
    SCHOLARSHIP,
    SENIOR_FREE,
    TIERED,
    UNION,
)

REGION = "cn/henan/qingshan"

ADOPTS = (
    TIERED,
    "fee_waiver",
    "textbooks",
    KINDERGARTEN,
    SENIOR_FREE,
    "vocational_fee_waiver",
    SCHOLARSHIP,
    UNION,
    GOLD_COLLAR,
    DREAM,
    "cadre_help",
    DRIVE,
    EMERGENCY,
    FESTIVE,
    CANDLE,
    CITY_TEACHERS,
    FESTIVE_TEACHERS,
)
"""Programs whose source names no region and which the county follows."""

PLACES = {
    "county": {CANDLE: 6, CITY_TEACHERS: 6, SCHOLARSHIP: 9},
    "small": {CANDLE: 2, CITY_TEACHERS: 1, SCHOLARSHIP: 1},
}
"""Places of the county's own in quotas of a higher level, by size."""

README = """\
本县自己的资助项目放在 programs/ 文件夹，一个项目一份 .toml；没有就空着。
低保标准等数字放在 figures/ 文件夹。
"""

_SENIOR = f"""\
[[version]]
region = "{REGION}"
effective_from = 2025-03-01
date_status = "stated"
status = "unverified"
extends = true
basis = "exact"
tier_from = "panel"
amounts = [
  {{ tier = "level_1", stages = ["senior"], stated = 3500 }},
  {{ tier = "level_2", stages = ["senior"], stated = 2500 }},
  {{ tier = "level_3", stages = ["senior"], stated = 1500 }},
]
note = "青山县虚构，只为演示：分三档，每校按在校生的 14% 分名额，超出的进递补名单。"

[version.quota]
percent = 14
of = "students"
by_school = true
order = ["tier", "listed", "special_groups", "income_per_head", "applied_on"]
ties = "lot"

[[version.source]]
title = "青山县普通高中国家助学金分档办法"
clause = "二、三"
found_in = "样例，虚构"
"""

_VILLAGE = f"""\
[[version]]
region = "{REGION}"
effective_from = 2024-09-01
date_status = "stated"
status = "unverified"
extends = true
amount_from = "figures"
tier_from = "rule"
amounts = [
  {{ tier = "level_1", stated = 600 }},
  {{ tier = "level_2", stated = 400 }},
  {{ tier = "level_3", stated = 200 }},
]
note = "青山县虚构，只为演示：教学点、村小、乡镇学校分三档，艰苦程度见学校名单。"

[[version.tier_rule]]
tier = "level_1"
conditions = {{ place_tier_in = ["level_1"] }}
[[version.tier_rule]]
tier = "level_2"
conditions = {{ place_tier_in = ["level_2"] }}
[[version.tier_rule]]
tier = "level_3"
conditions = {{ place_tier_in = ["level_3"] }}

[[version.source]]
title = "青山县乡村教师生活补助办法"
clause = "三"
found_in = "样例，虚构"
"""

_SUBSISTENCE = f"""\
# 样例县的城乡低保标准，虚构。
[[value]]
region = "{REGION}"
effective_from = 2024-07-01
stated = 600
unit = "yuan_per_month"
status = "unverified"

[[value.source]]
title = "青山县城乡居民最低生活保障标准"
clause = "一"
found_in = "样例，虚构"
"""

_OWN = {"senior_grant": _SENIOR, "village_teacher_allowance": _VILLAGE}


def settings(size: str) -> str:
    """The text of county.toml."""
    adopts = "".join(f'  "{program}",\n' for program in ADOPTS)
    quotas = "".join(
        f"\n[quota.{program}]\nplaces = {places}\n" for program, places in PLACES[size].items()
    )
    return f"""\
name = "青山县"
region = "{REGION}"
publisher = "{OFFICE}"
contact = "{OFFICE}（样例，没有电话）"
adopts = [
{adopts}]
kinds = ["contiguous_poor"]
{quotas}"""


def own_params() -> dict[str, str]:
    """Files below `params` of the county: programs with versions of its own, and figures."""
    files = {"README.md": README, "figures/subsistence_line.toml": _SUBSISTENCE}
    for program, version in _OWN.items():
        files[f"programs/{program}.toml"] = f"# 样例县自己的版本，虚构。\n{_head(program)}{version}"
    return files


def _head(program: str) -> str:
    """What the project's file says of the program itself: a county's file must say the same."""
    path = find_project().params / "programs" / f"{program}.toml"
    lines = path.read_text(encoding="utf-8").partition("[[version]]")[0].splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("#"))
