"""Bad program files are refused one by one, with file, key and remedy."""

from pathlib import Path

import pytest

from aidkit.errors import ParamsError
from aidkit.programs import load_cases, load_programs

GOOD = """
id = "milk"
title = "学生奶"
short_title = "学生奶"
aliases = ["牛奶补助"]
in_kind = true
universal = false

[[version]]
region = "cn/henan"
effective_from = 2024-09-01
effective_to = 2025-08-31
date_status = "stated"
status = "verified"
unit = "yuan_per_year"
paid = "half_each_term"
channel = "food"
derivation = "每天 1 元"
amounts = [{ stages = ["primary"], stated = 200, derived = 200 }]
funding = { central = 50, county = 50 }

[version.conditions]
stage_in = ["primary"]
boarder_is = true

[[version.source]]
title = "学生奶办法"
clause = "第二条"
found_in = "测试"
"""

SECOND = GOOD[GOOD.index("[[version]]") :].replace("effective_to = 2025-08-31\n", "")

BAD = {
    "not toml": ("[[version]]", "[version", "", "UTF-8"),
    "id is not the file name": ('id = "milk"', 'id = "mlik"', "：id", "milk"),
    "misspelt key": ("effective_to", "efective_to", "version[1].efective_to", "effective_to"),
    "misspelt key at the top": ("aliases", "alias", "：alias", "aliases"),
    "misspelt condition": ("boarder_is", "border_is", "conditions.border_is", "boarder_is"),
    "unknown condition": ("boarder_is", "shoe_size", "conditions.shoe_size", "boarder_is"),
    "unknown code": ('= ["primary"]\nb', '= ["primry"]\nb', "conditions.stage_in", "primary"),
    "wrong argument": ("boarder_is = true", 'boarder_is = "是"', "conditions.boarder_is", "引号"),
    "condition that cannot be false": (
        "boarder_is = true",
        "enrolled = false",
        "conditions.enrolled",
        "删去",
    ),
    "no condition": (
        'stage_in = ["primary"]\nboarder_is = true',
        "",
        "version[1].conditions",
        "条件",
    ),
    "wrong unit": ("yuan_per_year", "fen_per_year", "version[1].unit", "yuan_per_year"),
    "unit and way of paying": ("half_each_term", "each_term", "version[1].paid", "half_each_term"),
    "amount as text": ("stated = 200", 'stated = "200"', "amounts[1].stated", "数字"),
    "amount below a fen": ("stated = 200", "stated = 200.005", "amounts[1].stated", "两位小数"),
    "negative amount": ("stated = 200", "stated = -200", "amounts[1].stated", "负"),
    "infinite amount": ("stated = 200", "stated = inf", "amounts[1].stated", "两位小数"),
    "half a fen": (
        "stated = 200, derived = 200",
        "stated = 200.01",
        "amounts[1].stated",
        "yuan_per_term",
    ),
    "no amount": (", stated = 200, derived = 200", "", "amounts[1].stated", "derived"),
    "derived from nothing": ('derivation = "每天 1 元"\n', "", "amounts[1].derived", "derivation"),
    "derived differs": ("derived = 200", "derived = 220", "amounts[1].derived", "difference"),
    "stage twice": ('["primary"], stated', '["primary", "primary"], stated', "stages", "一次"),
    "stage without amount": (
        'stage_in = ["primary"]',
        'stage_in = ["primary", "junior"]',
        "conditions.stage_in",
        "同样的学段",
    ),
    "tier without origin": (
        '{ stages = ["primary"], stated',
        '{ tier = "level_1", stages = ["primary"], stated',
        "amounts[1].tier",
        "tier_from",
    ),
    "rule without rules": ('channel = "food"', 'channel = "food"\ntier_from = "rule"', "tier", ""),
    "missing source": (GOOD[GOOD.index("[[version.source]]") :], "", "version[1].source", "source"),
    "source without title": ('title = "学生奶办法"\n', "", "source[1].title", "title"),
    "verified without clause": ('clause = "第二条"\n', "", "source.clause", "条款"),
    "missing date": ("effective_from = 2024-09-01\n", "", "effective_from", "effective_from"),
    "date as text": ("2024-09-01", '"2024-09-01"', "effective_from", "引号"),
    "date with a time": ("2024-09-01", "2024-09-01T00:00:00", "effective_from", "2024-03-01"),
    "ends before it starts": ("2025-08-31", "2024-08-31", "effective_to", "日期"),
    "funding over 100": ("county = 50", "county = 51", "version[1].funding", "百分数"),
    "funding level": ("county = 50", "contry = 50", "funding.contry", "county"),
    "region": ('"cn/henan"', '"河南"', "version[1].region", "cn/henan"),
    "one way only": (
        "[[version.source]]",
        '[[version.any_of]]\nany_special_group = ["orphan"]\n[[version.source]]',
        "version[1].any_of",
        "两种",
    ),
    "overlap": (GOOD, GOOD + SECOND, "effective_from", "effective_to"),
    "blank title": ('title = "学生奶"\n', 'title = " "\n', "：title", "引号"),
    "flag as text": ("in_kind = true", 'in_kind = "true"', "：in_kind", "引号"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "milk.toml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_the_good_file_is_good(folder: Path) -> None:
    (version,) = load_programs(folder)
    assert version.id == "milk@cn/henan@2024-09-01"
    assert version.term_fen(version.amounts[0]) == 10_000


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused(folder: Path, name: str) -> None:
    old, new, key, remedy = BAD[name]
    assert old in GOOD
    (folder / "milk.toml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ParamsError) as refused:
        load_programs(folder)
    assert "milk.toml" in refused.value.where
    assert key in refused.value.where
    assert refused.value.remedy
    assert remedy in refused.value.remedy


def test_touching_dates_do_not_overlap(folder: Path) -> None:
    second = SECOND.replace("2024-09-01", "2025-09-01")
    (folder / "milk.toml").write_text(GOOD + second, encoding="utf-8")
    assert len(load_programs(folder)) == 2


def test_a_shared_title_is_refused(folder: Path) -> None:
    other = GOOD.replace('"milk"', '"soy"').replace("学生奶", "豆奶")
    (folder / "soy.toml").write_text(other, encoding="utf-8")
    with pytest.raises(ParamsError, match="牛奶补助") as refused:
        load_programs(folder)
    assert "soy.toml：aliases" in refused.value.where


def test_a_county_adds_a_version_of_its_own(folder: Path, tmp_path: Path) -> None:
    local = tmp_path / "local"
    local.mkdir()
    (local / "milk.toml").write_text(GOOD.replace("cn/henan", "cn/henan/demo"), encoding="utf-8")
    assert len(load_programs(folder, local, tmp_path / "absent")) == 2
    (local / "milk.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(ParamsError, match="重叠"):
        load_programs(folder, local)
    (local / "milk.toml").write_text(GOOD.replace("学生奶", "羊奶"), encoding="utf-8")
    with pytest.raises(ParamsError, match="不一致"):
        load_programs(folder, local)


CASE = 'region = "cn"\n[student]\nstage = "primary"\n[[case]]\nsay = "一"\nterm = "2024-autumn"\n'

BAD_CASES = {
    "no expectation": ("expect = {}", "expect"),
    "two expectations": ('expect = { amount = 1, missing = ["boarder_is"] }', "expect"),
    "misspelt": ("expct = { amount = 1 }", "expect"),
    "unknown fact": ('unknown = ["border"]\nexpect = { amount = 1 }', "unknown"),
    "misspelt fact": ("student = { boarders = true }\nexpect = { amount = 1 }", "boarders"),
}


@pytest.mark.parametrize("name", BAD_CASES)
def test_bad_cases_are_refused(folder: Path, name: str) -> None:
    line, key = BAD_CASES[name]
    (folder / "milk.cases.toml").write_text(CASE + line + "\n", encoding="utf-8")
    with pytest.raises(ParamsError) as refused:
        load_cases(folder)
    assert "milk.cases.toml" in refused.value.where
    assert key in refused.value.where


def test_a_program_without_cases_is_refused(folder: Path) -> None:
    with pytest.raises(ParamsError, match="没有案例"):
        load_cases(folder)
