"""What the sample county says of itself: settings, programs and figures of its own."""

from aidkit.sample.binding import OFFICE
from aidkit.sample.fund_files import fund_files
from aidkit.sample.own_programs import REGION, own_programs
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
    "tiny": {CANDLE: 1, CITY_TEACHERS: 1, SCHOLARSHIP: 1},
    "wide": {CANDLE: 9, CITY_TEACHERS: 9, SCHOLARSHIP: 6},
}
"""Places of the county's own in quotas of a higher level, by size."""

README = """\
本县自己的资助项目放在 programs/ 文件夹，一个项目两份：.toml 和 .cases.toml；没有就空着。
低保标准等数字放在 figures/ 文件夹，基金放在 funds/ 文件夹，一个基金一份 .toml。
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
    own = {f"programs/{name}": text for name, text in own_programs().items()}
    figures = {"figures/subsistence_line.toml": _SUBSISTENCE}
    return {"README.md": README, **figures, **own, **fund_files()}
