"""What an internal report tells a school to do, from a handful of students."""

from pathlib import Path
from typing import Any

import polars as pl

from aidkit.internal.open import StoredTerm
from aidkit.internal.people import recipients_section
from aidkit.internal.to_do import to_do_by_school, to_do_section
from aidkit.labels import read_labels
from aidkit.tables import Decisions, Facts, Problems

LABELS = read_labels(Path(__file__).resolve().parents[2] / "params" / "labels.toml")
SCHOOL = "9901010002"


def fact(number: int, name: str, **changes: Any) -> dict[str, Any]:
    usual = {
        "term": "2026-autumn",
        "student_no": f"L{number:018d}",
        "name": name,
        "school_code": SCHOOL,
        "school_name": "青源小学",
        "stage": "primary",
        "grade": "p1",
        "class_name": "1班",
        "ownership": "public",
        "locality": "town",
        "boarder": False,
        "enrolled": True,
        "special_groups": [],
        "listed_groups": [],
        "income_per_head_fen": None,
        "applied_programs": [],
        "panel_tiers": [],
    }
    return {**usual, **changes}


def decision(number: int, missing: list[str], **changes: Any) -> dict[str, Any]:
    usual = {
        "term": "2026-autumn",
        "student_no": f"L{number:018d}",
        "name": "甲",
        "school_code": SCHOOL,
        "stage": "primary",
        "grade": "p1",
        "class_name": "1班",
        "program_id": "tiered_aid",
        "version_id": "tiered_aid@cn@2026-09-01",
        "eligible": not missing,
        "tier": None if missing else "level_1",
        "amount_fen": 0 if missing else 100_000,
        "missing": missing,
        "explanation": "",
        "determination_id": "",
    }
    return {**usual, **changes}


def stored(facts: list[dict[str, Any]], decisions: list[dict[str, Any]]) -> StoredTerm:
    return StoredTerm(
        labels=LABELS,
        school_names={SCHOOL: "青源小学"},
        titles={"tiered_aid": "三级资助"},
        universal=frozenset(),
        facts=Facts.validate(pl.DataFrame(facts, infer_schema_length=None), cast=True),
        decisions=Decisions.validate(pl.DataFrame(decisions, infer_schema_length=None), cast=True),
        problems=Problems.create_empty(),
    )


TERM = stored(
    [
        fact(1, "甲一"),
        fact(2, "乙二", applied_programs=["tiered_aid"]),
        fact(3, "丙三", listed_groups=["allowance"], special_groups=["allowance"]),
        fact(4, "丁四", boarder=None),
        fact(5, "戊五", special_groups=None, applied_programs=["tiered_aid"]),
        fact(6, "己六", enrolled=False, boarder=None),
        fact(7, "庚七", listed_groups=["orphan"], special_groups=["orphan"]),
        fact(8, "辛八"),
    ],
    [
        decision(1, ["applied"]),
        decision(2, ["panel_tier"]),
        decision(3, ["applied", "panel_tier"]),
        decision(4, ["any_special_group"]),
        decision(5, []),
        decision(6, ["enrolled"]),
        decision(7, ["stage_in", "applied"]),
        decision(8, [], grade="p2"),
    ],
)


def test_each_student_stands_under_what_is_missing() -> None:
    text = to_do_section(TERM).markdown
    assert "**只差申请或承诺书**：1 人" in text
    assert "**已申请，还没有认定结果**：1 人" in text
    assert "**在部门名单上，没有申请任何项目**：1 人" in text
    assert "**不清楚是否寄宿**：1 人" in text
    assert "**已申请，没有登记家庭情况**：1 人" in text
    assert "5 名学生的材料要补" in text
    assert [name in text for name in ("甲一", "乙二", "丙三", "丁四", "戊五")] == [True] * 5


def test_who_left_or_is_outside_every_program_has_nothing_to_do() -> None:
    text = to_do_section(TERM).markdown
    assert "己六" not in text
    assert "庚七" not in text
    assert "辛八" not in text


def test_the_county_sees_numbers_and_no_names() -> None:
    text = to_do_by_school(TERM).markdown
    assert "青源小学" in text
    assert "甲一" not in text
    assert text.count('<td style="text-align:right">1</td>') == 10


def test_recipients_have_a_subtotal_for_each_grade_and_a_total() -> None:
    text = recipients_section(TERM).markdown
    assert "2 名学生应享资助，共 2,000.00 元" in text
    assert "小计（一年级，1 人）" in text
    assert "小计（二年级，1 人）" in text
    assert "合计（2 人）" in text
    assert "一级" in text
