"""What an internal report tells a school to do, from a handful of students."""

from aidkit.internal.people import recipients_section
from aidkit.internal.to_do import to_do_by_school, to_do_section
from tests.internal.people import decision, fact, number, stored

TERM = stored(
    facts=[
        fact(1, "甲一"),
        fact(2, "乙二", applied_programs=["tiered_aid"]),
        fact(3, "丙三", listed_groups=["allowance"], special_groups=["allowance"]),
        fact(4, "丁四", boarder=None),
        fact(5, "戊五", special_groups=None, applied_programs=["tiered_aid"]),
        fact(6, "己六", enrolled=False, boarder=None),
        fact(7, "庚七", listed_groups=["orphan"], special_groups=["orphan"]),
        fact(8, "辛八"),
        fact(9, "壬九"),
    ],
    decisions=[
        decision(1, ["applied"]),
        decision(2, ["panel_tier"]),
        decision(3, ["applied", "panel_tier"]),
        decision(4, ["any_special_group"]),
        decision(5, []),
        decision(6, ["enrolled"]),
        decision(7, ["stage_in", "applied"]),
        decision(8, [], grade="p2"),
        decision(9, ["panel_amount"]),
        decision(10, [], name="癸十", outcome="reserve"),
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


def test_a_panel_owes_nothing_to_who_did_not_apply() -> None:
    assert "壬九" not in to_do_section(TERM).markdown


def test_the_county_sees_numbers_and_no_names() -> None:
    text = to_do_by_school(TERM).markdown
    assert "青源小学" in text
    assert "甲一" not in text
    assert text.count('<td style="text-align:right">1</td>') == 10


def test_recipients_have_a_subtotal_for_each_grade_and_a_total() -> None:
    text = recipients_section(TERM).markdown
    assert "2 名学生应享资助，共 2,000.00 元" in text
    assert "癸十" not in text
    assert "小计（一年级，1 人）" in text
    assert "小计（二年级，1 人）" in text
    assert "合计（2 人）" in text
    assert "一级" in text


def test_the_county_s_table_has_no_column_for_what_no_school_has_to_do() -> None:
    text = to_do_by_school(TERM).markdown
    assert "只差证明材料" not in text
    assert "**只差申请或承诺书**：1 人。补交申请和书面承诺。" in text


def test_a_person_is_one_cell_so_that_namesakes_do_not_merge() -> None:
    rows = [decision(person, [], name="甲一") for person in (1, 2)]
    text = recipients_section(stored(decisions=rows)).markdown
    cells = [f">甲一<br><small>{number(person)}</small></th>" for person in (1, 2)]
    assert [text.count(cell) for cell in cells] == [1, 1]


def test_a_fee_waiver_has_no_sum() -> None:
    free = decision(1, [], amount_fen=0, full_fen=0)
    text = recipients_section(stored(decisions=[free, decision(2, [])])).markdown
    assert ">—</td></tr>" in text
    assert ">0.00<" not in text.split("aid-subtotal")[0]
