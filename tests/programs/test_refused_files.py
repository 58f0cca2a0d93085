"""Bad program files are refused one by one, with file, key and remedy."""

from pathlib import Path

import pytest

from aidkit.errors import ParamsError
from aidkit.programs import load_programs

GOOD = """
id = "milk"
title = "学生奶"
short_title = "学生奶"
aliases = ["牛奶补助"]
in_kind = true
universal = false
funder = "county"

[[version]]
region = "cn/henan"
effective_from = 2024-09-01
effective_to = 2025-08-31
date_status = "stated"
status = "verified"
unit = "yuan_per_year"
paid = "half_each_term"
leavers = "month"
rounding = "half_up"
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

QUOTA = """[version.quota]
percent = 7.5
of = "students"
by_school = true
order = ["income_per_head"]
ties = "lot"
[[version.quota.limit]]
kind = "retired"
percent = 5

"""
QUOTA_AT = "[[version.source]]"


def quota(old: str, new: str) -> str:
    """A quota before the source, with one thing changed."""
    assert old in QUOTA
    return QUOTA.replace(old, new, 1) + QUOTA_AT


def relation(text: str) -> str:
    """Relations before the source."""
    return f"{text}\n{QUOTA_AT}"


GROUP = '[[version.relation]]\nkind = "higher_of"\ngroup = "milk"\n'
SECOND = GOOD[GOOD.index("[[version]]") :].replace("effective_to = 2025-08-31\n", "")

BAD = {
    "not toml": ("[[version]]", "[version", "", "括号"),
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
    "infinite amount": ("stated = 200", "stated = inf", "amounts[1].stated", "单位是元"),
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
    "no funder": ('funder = "county"\n', "", "：funder", "funder"),
    "unknown funder": ('"county"\n', '"conty"\n', "：funder", "county"),
    "unknown subject": (
        'funder = "county"',
        'funder = "county"\nsubject = "pupil"',
        "：subject",
        "student",
    ),
    "no word about leavers": ('leavers = "month"\n', "", "version[1].leavers", "leavers"),
    "no word about rounding": ('rounding = "half_up"\n', "", "version[1].rounding", "rounding"),
    "rounding of whole terms": ('"month"', '"term"', "version[1].rounding", "删去"),
    "stages of a teacher": (
        'funder = "county"',
        'funder = "county"\nsubject = "teacher"',
        "amounts[1].stages",
        "删去",
    ),
    "a case that a panel decides": (
        '{ stages = ["primary"], stated = 200, derived = 200 }]',
        '{ tier = "case_1", stages = ["primary"], stated = 200 }]\ntier_from = "panel"',
        "amounts[1].tier",
        "level_1",
    ),
    "panel and figures": (
        'channel = "food"',
        'channel = "food"\namount_from = "panel"',
        "version[1].amount_from",
        "amounts",
    ),
    "no figures and no fee": (
        'amounts = [{ stages = ["primary"], stated = 200, derived = 200 }]\n',
        'amount_from = "none"\n',
        "version[1].amount_from",
        "waives",
    ),
    "floor without figures": (
        'amounts = [{ stages = ["primary"], stated = 200, derived = 200 }]\n',
        'amount_from = "panel"\nfloor = true\n',
        "version[1].floor",
        "删去",
    ),
    "extends nothing": (
        'channel = "food"',
        'channel = "food"\nextends = true',
        "version[1].extends",
        "extends",
    ),
    "unknown paper": (
        'channel = "food"',
        'channel = "food"\nevidence = ["hospital_recrd"]',
        "version[1].evidence",
        "hospital_record",
    ),
    "unknown fee": (
        'channel = "food"',
        'channel = "food"\nwaives = ["tution"]',
        "version[1].waives",
        "tuition",
    ),
    "unknown target": (
        "[version.conditions]",
        "[version.targets]\npersons = 3\n[version.conditions]",
        "targets.persons",
        "persons_per_year",
    ),
    "day that does not exist": (
        "boarder_is = true",
        'applied_by = "02-30"',
        "conditions.applied_by",
        "08-10",
    ),
    "day of leap years only": (
        "boarder_is = true",
        'applied_by = "02-29"',
        "conditions.applied_by",
        "08-10",
    ),
    "day of a week": (
        "boarder_is = true",
        'applied_by = "W10-1"',
        "conditions.applied_by",
        "08-10",
    ),
    "day with a year": (
        "boarder_is = true",
        'applied_by = "2026-08-10"',
        "conditions.applied_by",
        "08-10",
    ),
    "percent of the line as decimal": (
        "boarder_is = true",
        "income_after_illness_at_most = 1.5",
        "income_after_illness_at_most",
        "整数",
    ),
    "no years": ("boarder_is = true", "not_awarded_for_years = 0", "not_awarded_for_years", "1"),
    "unknown program in a condition": (
        "boarder_is = true",
        'awarded_before = ["mlik"]',
        "conditions.awarded_before",
        "milk",
    ),
    "share and places": (QUOTA_AT, quota("percent", "places = 9\npercent"), "places", "其中一个"),
    "neither share nor places": (QUOTA_AT, quota("percent = 7.5\n", ""), "quota.places", "percent"),
    "no share": (QUOTA_AT, quota("7.5", "0"), "quota.percent", "大于 0"),
    "more than all": (QUOTA_AT, quota("7.5", "100.1"), "quota.percent", "100"),
    "share too fine": (QUOTA_AT, quota("7.5", "7.55"), "quota.percent", "一位小数"),
    "share of fixed places": (QUOTA_AT, quota("percent = 7.5", "places = 9"), "quota.of", "删去"),
    "no places": (
        QUOTA_AT,
        quota('percent = 7.5\nof = "students"', "places = 0"),
        "quota.places",
        "1",
    ),
    "unknown base": (QUOTA_AT, quota('"students"', '"pupils"'), "quota.of", "students"),
    "split by nothing": (QUOTA_AT, quota('of = "students"\n', ""), "quota.split_by", "split_by"),
    "unknown order": (QUOTA_AT, quota("income_per_head", "income"), "quota.order", "income"),
    "order by a tier that is not there": (
        QUOTA_AT,
        quota("income_per_head", "tier"),
        "quota.order",
        "tier",
    ),
    "unknown way with ties": (QUOTA_AT, quota('"lot"', '"lots"'), "quota.ties", "lot"),
    "limit above all": (QUOTA_AT, quota("percent = 5", "percent = 101"), "limit[1].percent", "100"),
    "unknown kind": (QUOTA_AT, quota('"retired"', '"retird"'), "limit[1].kind", "retired"),
    "limit twice": (
        QUOTA_AT,
        quota(
            "[[version.quota.limit]]",
            '[[version.quota.limit]]\nkind = "retired"\npercent = 6\n[[version.quota.limit]]',
        ),
        "quota.limit",
        "合成",
    ),
    "more reserved than there are": (
        QUOTA_AT,
        quota('percent = 7.5\nof = "students"', "places = 9").replace(
            "[[version.quota.limit]]",
            '[[version.quota.reserved]]\nnominated_by = "union"\n'
            "places = 10\n[[version.quota.limit]]",
        ),
        "quota.reserved",
        "预留",
    ),
    "unknown relation": (
        QUOTA_AT,
        relation('[[version.relation]]\nkind = "stacks"\nwith = ["milk"]'),
        "relation[1].kind",
        "stack",
    ),
    "relation to no program": (
        QUOTA_AT,
        relation('[[version.relation]]\nkind = "stack"\nwith = ["mlik"]'),
        "relation.with",
        "milk",
    ),
    "relation to itself": (
        QUOTA_AT,
        relation('[[version.relation]]\nkind = "exclusive"\nwith = ["milk"]'),
        "relation[1].with",
        "一次",
    ),
    "two groups": (QUOTA_AT, relation(GROUP + GROUP), "relation[2].group", "删去"),
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
