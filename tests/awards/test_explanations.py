"""Explanations: each rule with the value seen, the document, what is missing, what is doubtful."""

import datetime as dt
from typing import Any

import pytest

from aidkit.awards import explain, programs_in_force
from aidkit.calendar import Term
from aidkit.county import CountyQuota
from aidkit.errors import UsageError
from aidkit.programs import Amount, Condition, Version
from aidkit.programs.version import TierRule
from tests.awards.deciding import county, decide
from tests.awards.invented import quota, version

TERM = Term.parse("2026-autumn")


def lines(facts: Any, versions: tuple[Version, ...], term: Term = TERM) -> list[str]:
    return str(decide(facts, versions, term)["explanation"][0]).split("\n")


def test_a_full_explanation(make_facts: Any, in_force: Any) -> None:
    pupil = {
        "enrolled": True,
        "stage": "junior",
        "boarder": True,
        "special_groups": ["low_income"],
        "listed_groups": [],
        "applied_programs": ["boarder_allowance"],
        "panel_tiers": [{"program_id": "boarder_allowance", "tier": "level_2"}],
    }
    told = lines(make_facts(pupil), in_force("cn", TERM.code, "boarder_allowance"))
    assert told == [
        "寄宿生生活补助：符合，本学期应享 750.00 元（初中每学年 1,500.00 元，每学期一半）。",
        "在籍在校：须在籍在校；实际在籍在校，符合。",
        "学段：须就读小学、初中或特教；实际初中，符合。",
        "寄宿情况：须寄宿；实际寄宿，符合。",
        "有效申请：须有带承诺书的申请；实际有，符合。",
        "满足其一即可：（1）困难类型：须属于脱贫户和监测对象、低保、特困供养或残疾学生；"
        "实际低收入家庭，不符合；（2）认定档次：须经评审认定为一级、二级或三级；实际二级，符合。"
        "此项符合。",
        "依据：2024 年春季学期起提高家庭经济困难学生生活补助标准（公开页面摘录，未见正式文件）；"
        "《教育精准扶贫学生资助政策》（无文号）二（三），自 2024-03-01 起施行。",
        "标准未核实：发放前请核对正式文件。",
    ]


def test_a_case_that_a_rule_tells_apart_is_named(make_facts: Any, in_force: Any) -> None:
    student = {"subject": "freshman", "stage": "undergraduate", "college_place": "elsewhere"}
    own = in_force("cn/hunan/unnamed_county", "2017-autumn", "college_entry_grant")
    told = lines(make_facts(student, term="2017-autumn"), own, Term.parse("2017-autumn"))
    assert "认定档次：须由本地规则认定；实际省外院校，符合。" in told


def test_what_is_missing_and_what_is_unknown(make_facts: Any, in_force: Any) -> None:
    pupil = {"enrolled": True, "stage": "primary"}
    told = lines(make_facts(pupil), in_force("cn/henan", TERM.code, "nutrition_henan"))
    assert told[0] == "省定营养改善计划：不符合。"
    assert "困难类型：须属于脱贫户和监测对象或残疾学生；实际不详，缺资料，不能认定。" in told
    assert told[-3] == "未满足：困难类型、有效申请。"
    assert "新资助〔20xx〕6号一、1 至 3，自 2020-03-01 起施行（日期推定）。" in told[-2]
    assert told[-1] == "这个版本只核对到 2020-08-31，本学期是否仍有效请核对。"


def test_out_of_scope_is_told_in_short(make_facts: Any, in_force: Any) -> None:
    told = lines(make_facts({"stage": "senior"}), in_force("cn", TERM.code, "fee_waiver"))
    assert told[:2] == [
        "免学杂费：不符合。",
        "学段：须就读小学、初中或特教；实际普高，不符合。",
    ]
    assert len(told) == 4


def test_every_decision_by_an_unverified_version_says_so(
    make_facts: Any, shipped: tuple[Version, ...]
) -> None:
    pupils = ({"stage": "primary", "enrolled": True}, {"stage": "senior"})
    for own in shipped:
        subject = {"subject": own.program.subject, "school_code": own.school_code or ""}
        told = decide(make_facts(*(p | subject for p in pupils)), [own], TERM)["explanation"]
        assert told.str.contains("未核实").to_list() == [own.status == "unverified"] * 2
        stated = own.date_status == "stated"
        assert told.str.contains("日期推定").to_list() == [not stated] * 2


def test_a_teacher_is_in_post_and_no_label_is_said_twice(make_facts: Any) -> None:
    own = version(
        subject="teacher",
        leavers="month",
        conditions=(
            Condition("enrolled", True),
            Condition("locality_in", ("town", "village")),
            Condition("post_in", ("teacher",)),
        ),
    )
    teacher = {"subject": "teacher", "locality": "town", "post": "teacher"}
    told = lines(make_facts(teacher | {"enrolled": True}), (own,))
    assert told[1:4] == [
        "在岗：须在岗；实际在岗，符合。",
        "学校所在地：须学校在镇或村；实际镇，符合。",
        "岗位：须为教师；实际教师，符合。",
    ]
    gone = make_facts(teacher | {"enrolled": False, "present_months": 0})
    told = lines(gone, (own,))
    assert told[1] == "在岗：须在岗；实际已离岗，不符合。"
    assert "在岗时间：须计满 1 个月；实际 0 个月，不符合。" in told
    assert "未满足：在岗。" in told


def test_programs_are_called_by_their_titles_and_figures_stand_apart(make_facts: Any) -> None:
    conditions = (
        Condition("awarded_before", ("milk", "bus")),
        Condition("residence_in", ("rural",)),
        Condition("applied_by", "11-15"),
    )
    own = (version("milk"), version("bus", conditions=conditions))
    pupil = {
        "residence": "rural",
        "aid_received": [{"program_id": "milk", "funder": "county", "year": 2025}],
        "applications": [{"program_id": "bus", "applied_on": dt.date(2026, 11, 2)}],
    }
    rows = decide(make_facts(pupil), own, TERM).filter(program_id="bus")
    assert rows["explanation"][0].split("\n")[1:4] == [
        "以前受助：须以前受过“milk补助”或“bus补助”资助；实际 2025 年受过，符合。",
        "户口性质：须为农村；实际农村，符合。",
        "按期申请：须在 11 月 15 日前（含当天）申请；实际 2026-11-02，符合。",
    ]


def test_fees_that_are_not_charged_are_no_zero_yuan(make_facts: Any) -> None:
    own = version(amount_from="none", amounts=(), waives=("tuition",))
    told = lines(make_facts({"enrolled": True}), (own,))
    assert told[0] == "milk补助：符合，本学期免收学杂费（不计金额）。"


def test_no_tier_by_rule_says_what_that_means(make_facts: Any) -> None:
    village = TierRule("level_1", (Condition("locality_in", ("village",)),))
    amounts = (Amount("level_1", None, 10000, None),)
    own = version(tier_from="rule", tier_rules=(village,), amounts=amounts)
    told = lines(make_facts({"enrolled": True, "locality": "town"}), (own,))
    assert "认定档次：须由本地规则认定；实际没有一档的条件满足，缺认定档次。" in told
    assert "未满足：认定档次（没有一档的条件满足）。" in told


def test_a_derived_figure_says_how(make_facts: Any, in_force: Any) -> None:
    pupil = {"enrolled": True, "stage": "primary", "locality": "town"}
    told = lines(make_facts(pupil), in_force("cn", TERM.code, "nutrition_national"))
    assert "按“每天 5 元，全年 200 天”推算" in told[0]


def test_why_prints_every_program(make_facts: Any, in_force: Any) -> None:
    versions = in_force("cn/henan", TERM.code)
    facts = make_facts({"enrolled": True, "stage": "primary"}, {})
    decisions = decide(facts, versions, TERM)
    number = facts["person_no"][0]
    told = explain(decisions, number)
    heads = [line for line in told if line and not line.startswith(" ")]
    assert len(heads) == len([v for v in versions if v.program.subject == "student"])
    assert [("：符合" in head) for head in heads] == sorted(
        (("：符合" in head) for head in heads), reverse=True
    )
    ids = decisions.filter(decisions["person_no"] == number)["determination_id"]
    assert all(any(code in line for line in told) for code in ids)
    with pytest.raises(UsageError, match="没有学籍号"):
        explain(decisions, "G990000201501099999")


def test_the_public_face_of_versions(in_force: Any) -> None:
    rows = programs_in_force(in_force("cn/henan", TERM.code), county()).to_dicts()
    status = {row["program_id"]: row["status"] for row in rows}
    assert status["boarder_allowance"] == "unverified"
    assert status["fee_waiver"] == "assumed"
    universal = {row["program_id"] for row in rows if row["universal"]}
    assert universal == {"fee_waiver", "textbooks", "nutrition_national"}
    assert programs_in_force((), county()).is_empty()


@pytest.mark.parametrize(
    ("places", "said", "words"),
    [
        (quota(40, from_above=True), CountyQuota(6, None), "本县 6 名（上级共 40 名）"),
        (quota(40, from_above=True), None, "40 名，由上级统一下达"),
        (quota(40), CountyQuota(6, None), "本县 6 名（办法共 40 名）"),
        (quota(), CountyQuota(6, None), "本县 6 名"),
        (quota(permille=140), CountyQuota(None, "boarders"), "寄宿生数的 14%"),
        (quota(permille=140), None, "14%，基数由县里确定"),
    ],
)
def test_the_county_s_own_places_are_printed(
    places: Any, said: CountyQuota | None, words: str
) -> None:
    own = county() if said is None else county(milk=said)
    (row,) = programs_in_force([version(quota=places)], own).to_dicts()
    assert row["quota"] == f"{words}；家庭人均年收入低的在前"
