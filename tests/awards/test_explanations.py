"""Explanations: each rule with the value seen, the document, what is missing, what is doubtful."""

from typing import Any

import pytest

from aidkit.awards import explain, programs_in_force
from aidkit.calendar import Term
from aidkit.errors import UsageError
from aidkit.programs import Version
from tests.awards.deciding import decide

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
    assert "认定档次：须由本地规则；实际省外院校，符合。" in told


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
    for version in shipped:
        subject = {"subject": version.program.subject, "school_code": version.school_code or ""}
        told = decide(make_facts(*(p | subject for p in pupils)), [version], TERM)["explanation"]
        assert told.str.contains("未核实").to_list() == [version.status == "unverified"] * 2
        stated = version.date_status == "stated"
        assert told.str.contains("日期推定").to_list() == [not stated] * 2


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
    rows = programs_in_force(in_force("cn/henan", TERM.code)).to_dicts()
    status = {row["program_id"]: row["status"] for row in rows}
    assert status["boarder_allowance"] == "unverified"
    assert status["fee_waiver"] == "assumed"
    universal = {row["program_id"] for row in rows if row["universal"]}
    assert universal == {"fee_waiver", "textbooks", "nutrition_national"}
    assert programs_in_force(()).is_empty()
