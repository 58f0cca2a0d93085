"""What `aidkit program lint` finds, and what it lets pass."""

from pathlib import Path

import pytest

from aidkit.county import County, CountyQuota
from aidkit.errors import ParamsError
from aidkit.programs import (
    Version,
    lint,
    lint_lines,
    load_contradictions,
    load_programs,
)
from aidkit.project import find_project
from tests.programs.texts import Write, extending, version_text

PARAMS = find_project().params
QUOTA = "{ percent = 25, by_school = false, order = ['income_per_head'], ties = 'lot' }"
COUNTY = County("示例县", "cn/henan/demo", "资助中心", "0000", ())
STACK = '[{ kind = "stack", with = ["soy"] }]'
SENIOR = {
    "amounts": '[{ stages = ["senior"], stated = 1 }]',
    "conditions": '{ stage_in = ["senior"] }',
}


def messages(versions: tuple[Version, ...], county: County | None = None) -> list[str]:
    return [str(finding) for finding in lint(versions, county)]


def test_a_clean_version_is_clean(write: Write) -> None:
    assert messages(write(milk=version_text())) == []


@pytest.mark.parametrize(
    ("keys", "said", "remedy"),
    [
        ({"conflicts": '["每年几次没有写。"]'}, "每年几次没有写", "正式文件"),
        ({"status": '"unverified"'}, "标准未核实", "checked_until"),
        ({"date_status": '"assumed"'}, "日期是推定的", "日期"),
        ({"checked_until": None}, "没有人确认", "checked_until"),
        (
            {"source": '[{ title = "办法", clause = "一", found_in = "测试" }]'},
            "《办法》没有文号",
            "文号",
        ),
        (
            {
                "source": '[{ title = "法", doc_no = "示〔20xx〕1号", clause = "一", '
                'found_in = "x" }]'
            },
            "示〔20xx〕1号 隐去了年份",
            "文号",
        ),
        (
            {
                "status": '"unverified"',
                "source": '[{ title = "办法", doc_no = "示〔2020〕1号", found_in = "测试" }]',
            },
            "《办法》没有条款",
            "条款",
        ),
        (
            {"amounts": '[{ stages = ["primary"], derived = 90 }]', "derivation": '"每天一元"'},
            "90.00 元是推算的：每天一元",
            "stated",
        ),
        (
            {
                "amounts": '[{ stages = ["primary"], stated = 40, derived = 30 }]',
                "derivation": '"300 天"',
                "difference": '"来源没有解释"',
            },
            "文件写明 40.00 元，推算是 30.00 元：来源没有解释",
            "核实",
        ),
        (
            {
                "leavers": '"month"',
                "rounding": '"down"',
                "amounts": '[{ stages = ["primary"], stated = 0.07 }]',
            },
            "每学期 0.07 元按 5 个月分不是整分，折算时舍去不足一分",
            "取整",
        ),
        ({"leavers": '"day"', "rounding": '"up"'}, "折算时进到一分", "取整"),
        ({"quota": QUOTA}, "名额是 25%，没有写是谁的比例", "[quota.milk]"),
        (
            {"relation": '[{ kind = "higher_of", group = "one" }]'},
            "就高组“one”里，同一地区、时期和学段只有它一个",
            "组名",
        ),
    ],
)
def test_what_is_open_is_said_with_a_remedy(
    keys: dict[str, str | None], said: str, remedy: str, write: Write
) -> None:
    (line,) = messages(write(milk=version_text(**keys)))
    assert line.startswith("[提醒] milk@cn@2020-03-01：")
    assert said in line
    assert remedy in line


def test_whole_parts_need_no_rounding(write: Write) -> None:
    amounts = '[{ stages = ["primary"], stated = 0.05 }]'
    text = version_text(leavers='"month"', rounding='"down"', amounts=amounts)
    assert messages(write(milk=text)) == []


@pytest.mark.parametrize(("starts", "gap"), [("2024-03-01", False), ("2024-03-02", True)])
def test_a_gap_between_dates_is_a_fault(starts: str, gap: bool, write: Write) -> None:
    before = version_text(effective_to="2024-02-29")
    found = messages(write(milk=before + version_text(effective_from=starts)))
    assert found == (
        [
            f"[错误] milk@cn@{starts}：与前一个版本之间有空档：2024-02-29 以后、{starts} 以前"
            "没有规定。请核对两个日期；确实停过的，补一个版本说明。"
        ]
        if gap
        else []
    )


def test_other_regions_and_programs_leave_no_gap(write: Write) -> None:
    before = version_text(effective_to="2021-02-28")
    elsewhere = version_text(effective_from="2024-03-01", region='"cn/henan"')
    assert messages(write(milk=before + elsewhere, soy=version_text())) == []


@pytest.mark.parametrize(
    ("region", "own", "said"),
    [
        ("cn/henan", None, "[错误]"),
        ("cn/henan", CountyQuota(None, None), "[错误]"),
        ("cn/henan", CountyQuota(None, "boarders"), "本县以"),
        ("cn/henan", CountyQuota(30, None), "本县以"),
        ("cn/anhui", None, "采用的县"),
    ],
)
def test_a_share_of_nobody_knows_what_is_a_fault_where_it_is_in_force(
    region: str, own: CountyQuota | None, said: str, write: Write
) -> None:
    quotas = () if own is None else (("milk", own),)
    county = County("示例县", "cn/henan/demo", "资助中心", "0000", (), (), quotas)
    versions = write(milk=version_text(region=f'"{region}"', quota=QUOTA))
    (line,) = messages(versions, county)
    assert said in line
    assert line.startswith("[错误]") == (said == "[错误]")


@pytest.mark.parametrize(
    ("region", "dates", "strange"),
    [
        ("cn", {}, False),
        ("cn/henan/demo", {}, False),
        ("unstated", {}, False),
        ("cn/anhui", {}, True),
        ("cn", {"effective_from": "2010-03-01", "effective_to": "2020-02-29"}, True),
        ("cn", {"effective_from": "2010-03-01", "effective_to": "2020-03-01"}, False),
        ("cn", {"paid": '"in_spring"'}, True),
        ("cn", {"paid": '"in_autumn"'}, False),
        ("cn", SENIOR, True),
        ("cn", {"amounts": "[{ stated = 1 }]"}, False),
    ],
)
def test_a_relation_to_what_no_county_can_have_beside_it(
    region: str, dates: dict[str, str], strange: bool, write: Write
) -> None:
    own = version_text(region='"cn/henan"', paid='"in_autumn"', relation=STACK)
    found = messages(write(milk=own, soy=version_text(region=f'"{region}"', **dates)))
    assert bool(found) is strange
    assert all("“soy”" in line for line in found)


def test_an_inherited_relation_is_only_told_of_where_it_was_set(write: Write) -> None:
    soy = version_text(region='"cn/anhui"')
    checked = {"checked_until": "2030-08-31"}
    inheriting = extending("cn/henan", **checked)
    assert messages(write(milk=version_text(relation=STACK) + inheriting, soy=soy)) == []
    setting = extending("cn/henan", relation=STACK, **checked)
    (line,) = messages(write(milk=version_text() + setting, soy=soy))
    assert line.startswith("[提醒] milk@cn/henan@2020-03-01：写了与“soy”的关系")


def test_a_relation_to_a_program_for_others(write: Write, tmp_path: Path) -> None:
    plain = {"amounts": "[{ stated = 1 }]", "conditions": "{ enrolled = true }"}
    own = version_text(relation=STACK, **plain)
    assert messages(write(milk=own, soy=version_text(**plain))) == []
    path = tmp_path / "soy.toml"
    path.write_text('subject = "teacher"\n' + path.read_text("utf-8"), encoding="utf-8")
    (line,) = messages(load_programs(tmp_path))
    assert "“soy”" in line


def test_two_in_a_group_are_a_group(write: Write) -> None:
    text = version_text(relation='[{ kind = "higher_of", group = "one" }]')
    assert messages(write(milk=text, soy=text)) == []


def test_faults_stand_last_before_the_total(write: Write) -> None:
    gap = version_text(effective_to="2021-02-28") + version_text(effective_from="2024-03-01")
    versions = write(milk=gap, soy=version_text(checked_until=None))
    lines, faults = lint_lines(versions, (), COUNTY)
    assert faults
    assert [line[:4] for line in lines] == ["[提醒]", "[错误]", "矛盾 0"]
    assert lines[-1] == "矛盾 0 条，提醒 1 条，错误 1 条。"


def test_notes_alone_are_no_fault(write: Write) -> None:
    _, faults = lint_lines(write(milk=version_text(checked_until=None)), (), COUNTY)
    assert not faults


def test_the_sources_contradictions_are_printed() -> None:
    contradictions = load_contradictions(PARAMS / "contradictions.toml")
    lines, _ = lint_lines(load_programs(PARAMS / "programs"), contradictions, None)
    printed = "\n".join(line for line in lines if line.startswith("[矛盾]"))
    for figures in (("600", "625"), ("40 元", "30 元"), ("25%",), ("三种范围",), ("11 月 15 日",)):
        assert all(figure in printed for figure in figures)
    assert printed.count("处理：") == len(contradictions)


def test_what_ships_has_no_gaps() -> None:
    assert [f for f in lint(load_programs(PARAMS / "programs"), None) if f.fault] == []


ROW = """[[contradiction]]
id = "a"
title = "问"
figures = ["一", "二"]
sources = ["甲"]
kept = "答"
"""


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("figures", "figure", "figures"),
        ('["一", "二"]', "[]", "figures"),
        ('kept = "答"', "", "kept"),
        (ROW, ROW + ROW, "contradiction[2].id"),
    ],
)
def test_bad_contradictions_are_refused(old: str, new: str, key: str, tmp_path: Path) -> None:
    path = tmp_path / "contradictions.toml"
    path.write_text(ROW, encoding="utf-8")
    assert len(load_contradictions(path)) == 1
    path.write_text(ROW.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ParamsError) as refused:
        load_contradictions(path)
    assert key in refused.value.where


def test_no_file_no_contradictions(tmp_path: Path) -> None:
    assert load_contradictions(tmp_path / "contradictions.toml") == ()
