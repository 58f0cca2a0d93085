"""What `aidkit program list` and `show` print."""

import pytest

from aidkit.errors import UsageError
from aidkit.programs import list_lines, load_programs, show_lines
from aidkit.project import find_project
from tests.programs.texts import Write, extending, version_text

SHIPPED = load_programs(find_project().params / "programs")
SCHOOL = "4107000001"

EVERYTHING = {
    "floor": "true",
    "unit": '"yuan_per_month"',
    "paid": '"monthly"',
    "leavers": '"month"',
    "rounding": '"up"',
    "follows": '"household"',
    "basis": '"at_least"',
    "evidence": '["application_form", "hospital_record"]',
    "waives": '["tuition"]',
    "conflicts": '["没有写几次"]',
    "funding": "{ central = 60, county = 40 }",
    "targets": "{ persons_per_year = 300 }",
    "note": '"记一笔"',
    "tier_from": '"rule"',
    "amounts": '[{ tier = "case_1", stages = ["primary"], stated = 100 }]',
    "tier_rule": '[{ tier = "case_1", conditions = { income_per_head_at_most = 7200 } }]',
    "conditions": """{ enrolled = true, stage_in = ["primary"], applied_by = "08-10",
papers = ["application_form", "household_register"], not_awarded_for_years = 2,
income_after_illness_at_most = 150, awarded_before = ["soy"], debt_at_least = 30000 }""".replace(
        "\n", " "
    ),
    "quota": """{ percent = 7.5, of = "boarders", by_school = true, split_by = "students",
per_school = 2, order = ["first_time", "debt"], ties = "lot", from_above = true,
limit = [{ kind = "retired", percent = 5 }],
reserved = [{ nominated_by = "union", places = 20 }] }""".replace("\n", " "),
    "relation": """[{ kind = "stack", with = ["soy"], clause = "三" },
{ kind = "higher_of", group = "one" }, { kind = "exclusive", with = ["oat"] }]""",
}

SAID = """
下限：下级可以多发，不能少发
条件：在 8 月 10 日前（含当天）申请
条件：交齐申请表和户口簿复印件
条件：前 2 年没有受过本项目资助
条件：扣除大病自付后的人均年收入不超过当地低保标准的 150%
条件：以前受过“项目soy”资助
条件：负债不低于 30,000.00 元
档次：情况一，家庭人均年收入不超过 7,200.00 元
金额：小学情况一每月不低于 100.00 元，每学期 5 个月
标准：最低标准
名额：寄宿生数的 7.5%；这是上级的数，本县的写在 county.toml；按在校生数分到各校，各校分别排
名额：每校最多 2 个
名额：退休教师不超过 5%，不足一个的舍去
名额：其中 20 个先给工会推荐的，用不完的给其他人
排序：以前没有受助的在前；负债多的在前；相同的抽签（由学期、项目和编号算出，谁都可以重算）
可叠加：与“项目soy”同时享受（三）
就高不就低：组“one”里的项目，每人只取金额最高的一项（来源没有写，是我们的假定）
不重复享受：享受了“项目oat”的，不再享受本项目（来源没有写，是我们的假定）
中途离校或转入：按实际月数，进到一分
资格：随户籍
材料：申请表、出院小结和医保结算单
免收：学杂费；已收的全额退还
资金分担：中央 60%、县 40%
目标：每年资助人数 300
疑问：没有写几次
说明：记一笔
核对至：2030-08-31
"""


def test_everything_that_a_version_says_is_printed(write: Write) -> None:
    versions = write(milk=version_text(**EVERYTHING), soy=version_text(), oat=version_text())
    lines = show_lines(versions, "milk", on=None, region=None)
    for line in SAID.strip().splitlines():
        assert line in lines


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ({"amounts": None, "amount_from": '"panel"'}, "金额：由评审逐例决定"),
        ({"amounts": None, "waives": '["tuition"]'}, "金额：来源没有写，不计金额"),
        ({"amounts": "[{ stated = 5 }]"}, "金额：每学期 5.00 元"),
        (
            {"unit": '"yuan_once"', "paid": '"when_decided"', "basis": '"average"'},
            "金额：小学，一次性平均 100.00 元，认定后发",
        ),
        (
            {"quota": "{ from_above = true, by_school = false, order = ['debt'], ties = 'lot' }"},
            "名额：由上级下达，来源没有写数；这是上级的数，本县的写在 county.toml；全县统一排",
        ),
        (
            {"quota": "{ places = 63, by_school = false, order = ['debt'], ties = 'lot' }"},
            "名额：63 个；全县统一排",
        ),
        (
            {"quota": "{ percent = 14, by_school = false, order = ['debt'], ties = 'lot' }"},
            "名额：县在 county.toml 写明的基数的 14%；全县统一排",
        ),
    ],
)
def test_other_ways_of_saying(keys: dict[str, str | None], line: str, write: Write) -> None:
    assert line in show_lines(write(milk=version_text(**keys)), "milk", on=None, region=None)


def test_each_value_says_which_level_set_it(write: Write) -> None:
    local = extending("cn/henan/demo", channel='"food"', leavers='"term"')
    versions = write(milk=version_text(floor="true") + local)
    lines = show_lines(versions, "milk", on="2026-09-01", region="cn/henan/demo")
    own = lines[: lines.index("版本：" + lines_of(versions[0]))]
    assert "发放：提供膳食，不发现金（由 cn/henan/demo 规定）" in own
    assert "金额：小学每学期 100.00 元（由 cn 规定）" in own
    assert "条件：在籍在校（由 cn 规定）" in own
    assert "地区：由 cn/henan/demo 规定" in own
    floor = lines[len(own) :]
    assert "下限：下级可以多发，不能少发" in floor
    assert "地区：由 cn 规定，以下各项都是" in floor


def lines_of(version: object) -> str:
    """How a version's first line starts."""
    return "cn　2020-03-01 起（日期来源载明，标准见于所列文件）"


def test_a_school_of_its_own_is_named(write: Write) -> None:
    versions = write(milk=version_text() + version_text(region=f'"cn/henan/demo/{SCHOOL}"'))
    lines = show_lines(versions, "milk", on="2026-09-01", region="cn/henan/demo")
    place = f"cn/henan/demo/{SCHOOL}"
    assert f"地区：由 {place} 规定，只适用于学校 {SCHOOL}，以下各项都是" in lines


def test_day_and_region_narrow_what_is_shown(write: Write) -> None:
    versions = write(
        milk=version_text(effective_to="2024-02-29") + version_text(effective_from="2024-03-01")
    )

    def ids(on: str | None, region: str | None) -> list[str]:
        lines = show_lines(versions, "milk", on=on, region=region)
        return [line.removeprefix("编号：") for line in lines if line.startswith("编号：")]

    assert ids(None, None) == ["milk@cn@2020-03-01", "milk@cn@2024-03-01"]
    assert ids("2024-02-29", None) == ["milk@cn@2020-03-01"]
    assert ids("2024-03-01", "cn/henan") == ["milk@cn@2024-03-01"]
    assert show_lines(versions, "milk", on="2019-03-01", region=None)[-1].startswith("没有")


def test_what_a_county_may_adopt_is_shown_after_what_decides_without(write: Write) -> None:
    versions = write(milk=version_text(region='"unstated"') + version_text())
    lines = show_lines(versions, "milk", on="2026-09-01", region="cn/henan/demo")
    ids = [line.removeprefix("编号：") for line in lines if line.startswith("编号：")]
    assert ids == ["milk@cn@2020-03-01", "milk@unstated@2020-03-01"]
    assert any("adopts 里列出才适用" in line for line in lines)


def test_what_pays_in_the_other_term_is_still_shown(write: Write) -> None:
    versions = write(milk=version_text(paid='"in_spring"'))
    lines = show_lines(versions, "milk", on="2026-09-01", region="cn")
    assert "编号：milk@cn@2020-03-01" in lines


def test_everything_that_ships_can_be_printed() -> None:
    listed = "\n".join(list_lines(SHIPPED))
    for version in SHIPPED:
        assert version.program.title in listed
        lines = show_lines(SHIPPED, version.program.id, on=None, region=None)
        assert f"编号：{version.id}" in lines


@pytest.mark.parametrize(
    ("program", "on", "remedy"), [("mlik", None, "list"), ("milk", "去年", "2026-09-01")]
)
def test_wrong_words_are_explained(program: str, on: str | None, remedy: str, write: Write) -> None:
    with pytest.raises(UsageError) as refused:
        show_lines(write(milk=version_text()), program, on=on, region=None)
    assert remedy in refused.value.remedy
