"""Versions of programs that the sample county set itself, with their cases."""

from aidkit.project import find_project

REGION = "cn/henan/qingshan"

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

_SENIOR_CASES = f"""\
# 样例县的案例，虚构。
region = "{REGION}"

[student]
stage = "senior"
enrolled = true
special_groups = ["low_income"]
listed_groups = []
applied = true
panel_tier = "level_1"

[[case]]
say = "青山县：一级，每学期 1750 元"
term = "2025-spring"
expect = {{ amount = 1750, tier = "level_1" }}

[[case]]
say = "青山县：二级，每学期 1250 元"
term = "2025-spring"
student = {{ panel_tier = "level_2" }}
expect = {{ amount = 1250, tier = "level_2" }}

[[case]]
say = "青山县：三级，每学期 750 元"
term = "2025-spring"
student = {{ panel_tier = "level_3" }}
expect = {{ amount = 750, tier = "level_3" }}

[[case]]
say = "青山县：前一个学期没有标准"
term = "2024-autumn"
expect = {{ in_force = false }}
"""

_VILLAGE_CASES = f"""\
# 样例县的案例，虚构。
region = "{REGION}"

[student]
enrolled = true
present_months = 5
locality = "village"
place_tier = "level_1"
county_kinds = ["contiguous_poor"]
post = "teacher"
employment = "in_post"

[[case]]
say = "青山县：一档，每月 600 元，一学期 5 个月"
term = "2024-autumn"
expect = {{ amount = 3000, tier = "level_1" }}

[[case]]
say = "青山县：二档，每月 400 元"
term = "2024-autumn"
student = {{ place_tier = "level_2" }}
expect = {{ amount = 2000, tier = "level_2" }}

[[case]]
say = "青山县：三档，每月 200 元"
term = "2024-autumn"
student = {{ place_tier = "level_3" }}
expect = {{ amount = 1000, tier = "level_3" }}

[[case]]
say = "青山县：没有分档的学校不给"
term = "2024-autumn"
unknown = ["place_tier"]
expect = {{ missing = ["tier_rule"] }}
"""

_OWN = {
    "senior_grant": (_SENIOR, _SENIOR_CASES),
    "village_teacher_allowance": (_VILLAGE, _VILLAGE_CASES),
}


def own_programs() -> dict[str, str]:
    """Name to text of the county's program files and of the cases beside them."""
    files = {}
    for program, (version, cases) in _OWN.items():
        files[f"{program}.toml"] = f"# 样例县自己的版本，虚构。\n{_head(program)}{version}"
        files[f"{program}.cases.toml"] = cases
    return files


def _head(program: str) -> str:
    """What the project's file says of the program itself: a county's file must say the same."""
    path = find_project().params / "programs" / f"{program}.toml"
    lines = path.read_text(encoding="utf-8").partition("[[version]]")[0].splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("#"))
