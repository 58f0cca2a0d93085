"""Sheets of a progress report that are handed on alone: numbers for all staff, teachers' prizes."""

from tests.internal.test_progress import pupil, report


def test_the_school_and_its_classes_in_numbers_without_few_and_without_names() -> None:
    people = [pupil(n, in_group=False, class_name="1班") for n in range(1, 10)]
    people += [
        pupil(n, in_group=False, class_name="2班", band="better" if n > 20 else "steady")
        for n in range(12, 23)
    ]
    text = report(*people).change().markdown
    assert "供本校教职工使用" in text
    assert "不足 5 人的和能倒推出来的写“未公布”" in text
    assert "甲" not in text
    assert ">20</td>" in text
    assert ">2</td>" not in text  # better, in the second class and in all
    assert text.count("未公布</span>") >= 4


def test_teachers_with_a_prize_stand_in_the_order_of_it() -> None:
    told = {"pupils": 1, "sessions": 0, "low": -0.4, "high": 1.4, "prize": "first"}
    rows = [
        {"teacher_no": "t1", "turned_round": 0, "growth": 0.1, **told},
        {"teacher_no": "t2", "turned_round": 0, "growth": 0.5, **told},
        {"teacher_no": "t3", "turned_round": 1, "growth": 0.0, **told},
    ]
    text = report(pupil(1), teacher_results=rows).teachers().markdown
    order = [text.index(f">{no}<") for no in ("t3", "t2", "t1")]
    assert order == sorted(order)
    assert "white-space:nowrap" in text


def test_without_anybody_to_assess_there_is_no_luck() -> None:
    rows = [
        {"teacher_no": "t1", "pupils": 0, "turned_round": 0, "sessions": 0, "prize": "none"}
        | {"luck": 0.0}
    ]
    text = report(pupil(1), teacher_results=rows).teachers().markdown
    assert "只凭运气" not in text
    assert "没有人获奖" in text


def test_the_prize_is_told_to_the_family_alone() -> None:
    """Who wins it is of the group."""
    text = report(pupil(1)).ranking().markdown
    assert "不在会上宣布、不张贴" in text
    assert "宣布进步" not in text
    assert "教师" not in report(pupil(1)).page().markdown.split("给班主任的")[1].split("。")[0]
