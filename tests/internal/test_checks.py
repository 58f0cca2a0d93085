"""Duplicates, completeness, funding demand, targets, other subjects, and what nobody checked."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from aidkit.internal.completeness import completeness_section
from aidkit.internal.demand import demand_of, funders_of
from aidkit.internal.duplicates import duplicates_section
from aidkit.internal.others import others_section
from aidkit.internal.targets import targets_section
from aidkit.show.funding import funding_section
from aidkit.show.rules import is_unchecked, rules_table, unchecked_callout
from tests.internal.people import OTHER, SCHOOL, TERM, decision, number, program, stored


def test_duplicates_stand_group_by_group() -> None:
    pair = {"kind": "same_card", "subject": "student", "message": "两名学生同一张卡"}
    rows = [
        pair | {"group_no": 1, "person_no": number(1), "school_code": SCHOOL, "name": "甲一"},
        pair | {"group_no": 1, "person_no": number(2), "school_code": OTHER, "name": "乙二"},
    ]
    text = duplicates_section(stored(duplicates=rows)).markdown
    assert "发现 1 组可能重复" in text
    assert "同一银行卡，不是兄弟姐妹 1 组" in text
    assert "云岭中学" in text
    assert '<th scope="rowgroup" rowspan="2">1</th>' in text


def missed(kind: str, name: str, **changes: Any) -> dict[str, Any]:
    row = {"kind": kind, "name": name, "person_no": number(len(name)), "school_code": SCHOOL}
    return row | {"program_id": "tiered_aid", "message": f"{name}的情况"} | changes


def test_the_four_lists_are_counted_by_school_and_named() -> None:
    rows = [
        missed("not_applied", "甲一"),
        missed("not_applied", "甲一", program_id=None, message="另一项"),
        missed("not_eligible", "乙二"),
        missed("not_declared", "丙三三", school_code=OTHER),
        missed("not_on_roll", "丁四", person_no=None, school_code=None, program_id=None),
    ]
    text = completeness_section(stored(completeness=rows)).markdown
    assert "应助尽助：3 人可能被漏掉" in text
    assert "看来符合条件，还没有申请。通知家长申请。" in text
    totals = text.split('class="aid-total"')[1].split("</tr>")[0]
    assert totals.count(">1<") == 4
    assert "不在任何学校" in text
    assert all(f"{name}的情况" in text for name in ("甲一", "乙二", "丙三三", "丁四"))


def test_only_refusals_mean_that_nobody_was_missed() -> None:
    text = completeness_section(stored(completeness=[missed("not_eligible", "乙二")])).markdown
    assert "没有遗漏的人，有申请要答复" in text


def share(school: str, level: str, fen: int) -> dict[str, Any]:
    version = {"program_id": "tiered_aid", "version_id": "tiered_aid@cn@2026-09-01"}
    return version | {"school_code": school, "level": level, "persons": 3, "amount_fen": fen}


def test_demand_sums_exactly_and_the_county_is_not_counted_twice() -> None:
    rows = [share(SCHOOL, "province", 18_751), share(SCHOOL, "county", 12_499)]
    rows += [share("all", "province", 18_751), share("all", "county", 12_499)]
    term = stored(funding_demand=rows)
    assert demand_of(term) == {"三级资助": {"province": 18_751, "county": 12_499}}
    text = funding_section(demand_of(term), "").markdown
    assert "各级财政应承担：省 187.51 元、县 124.99 元" in text.replace("\\", "")
    assert text.count(">312.50<") == 2


def test_demand_that_no_source_splits_stands_apart() -> None:
    text = funding_section(demand_of(stored(funding_demand=[share("all", "unstated", 5)])), "")
    assert "文件没有写明各级财政的分担比例" in text.markdown
    assert ">0.05<" in text.markdown


def test_teachers_and_college_students_are_listed_with_their_sums() -> None:
    rows = [
        decision(1, [], name="甲一"),
        decision(2, [], program_id="teacher_aid", name="乙师", tier=None, grade="", stage=""),
        decision(3, [], program_id="college_aid", name="丙生", tier="out_of_province"),
        decision(4, ["applied"], program_id="teacher_aid", name="丁师"),
    ]
    text = others_section(
        stored([program(p) for p in ("tiered_aid", "teacher_aid", "college_aid")], decisions=rows)
    ).markdown
    assert "另资助教师 1 人、高校学生 1 人，共 2,000.00 元" in text
    assert "省外院校" in text
    assert "乙师" in text
    assert "甲一" not in text
    assert "丁师" not in text


def visit(person: int) -> dict[str, Any]:
    return {"student_no": number(person), "visited_on": dt.date(2026, 10, 1)}


def test_targets_against_what_is_done() -> None:
    law = [
        program(
            "tiered_aid",
            targets=[
                {"target": "persons_per_year", "figure": 2},
                {"target": "raised_per_year", "figure": 1_500},
                {"target": "visits_per_year", "figure": 2},
            ],
        )
    ]
    days = (dt.date(2026, 8, 31), dt.date(2026, 9, 1), None)
    text = targets_section(
        stored(
            law,
            decisions=[decision(1, []), decision(2, []), decision(3, ["applied"])],
            donations=[{"amount_fen": 50_025, "donated_on": day} for day in days],
            visits=[visit(1), visit(1), visit(2), visit(3), visit(3)],
        )
    ).markdown
    assert "3 个全年目标，到本学期达到 1 个" in text
    assert ">2 人</td><td>2 人</td>" in text
    assert ">1,500.00 元</td><td>1,000.50 元</td>" in text
    assert ">每人 2 次（2 人）</td><td>1 人</td>" in text


START = TERM.starts


@pytest.mark.parametrize(
    ("status", "until", "expected"),
    [
        ("verified", START, False),
        ("verified", START - dt.timedelta(days=1), True),
        ("verified", None, True),
        ("unverified", START, True),
        ("assumed", START, False),
    ],
)
def test_a_version_must_be_confirmed_for_the_term_s_first_day(
    status: str, until: dt.date | None, expected: bool
) -> None:
    row = program("tiered_aid", status=status, checked_until=until)
    assert is_unchecked(row, TERM) is expected


def test_what_nobody_checked_is_listed_in_red_where_a_report_relies_on_it() -> None:
    law = [program("tiered_aid", status="unverified"), program("boarder_aid")]
    rows = stored(law).programs.to_dicts()
    text = unchecked_callout(rows, {"tiered_aid"}, TERM)
    assert text.markdown.startswith("::: {.callout-important}")
    assert "这份报告依据的下列标准还没有核对（1 条）" in text.markdown
    assert "未核实，没有核对日期" in text.markdown
    assert "寄宿生补助" not in text.markdown
    assert "#a8201a" in text.html
    assert unchecked_callout(rows, set(), TERM).markdown == ""


def test_the_table_of_rules_says_quota_and_relations() -> None:
    relation = {"relation": "exclusive", "programs": ["boarder_aid"], "clause": None}
    law = [program("tiered_aid", quota="63 名", relations=[relation]), program("boarder_aid")]
    text = rules_table(stored(law).programs.to_dicts()).markdown
    assert "63 名" in text
    assert "已享受寄宿生补助的，不重复享受" in text
    assert "享受本项的，不再享受三级资助" in text
    assert "不限名额" in text


def test_lists_of_one_school_do_not_name_it() -> None:
    county = stored(completeness=[missed("not_applied", "甲一")])
    text = completeness_section(county).markdown
    assert "青源小学" in text.split("tbl-not-applied")[1]
    own = completeness_section(replace(county, of_school=True)).markdown
    assert "青源小学" not in own.split("tbl-not-applied")[1]
    assert "甲一" in own
    assert "aid-total" not in own


def test_the_headline_of_demand_tells_what_no_source_splits() -> None:
    rows = [share("all", "province", 18_751), share("all", "unstated", 500)]
    free = share("all", "unstated", 0) | {"program_id": "boarder_aid"}
    term = stored([program("tiered_aid"), program("boarder_aid")], funding_demand=[*rows, free])
    text = funding_section(demand_of(term), "", funders_of(term)).markdown.replace("\\", "")
    assert "省 187.51 元；另有 5.00 元没有写明分担比例" in text
    assert "<td>县</td>" in text
    assert "寄宿生补助" not in text
