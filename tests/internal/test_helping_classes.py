"""Monthly screening, and the sheet of reminders that each class gets."""

import datetime as dt

from tests.internal.helping_slices import (
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    finding,
    number,
    pair,
    proposal,
    school,
    screening,
    text_of,
    visit,
)


def test_screening_counts_changes_and_names_all_but_what_goes_on() -> None:
    told = text_of(
        school(
            screening_due=[
                screening(SEPTEMBER),
                screening(NOVEMBER, state="done", found=2, screened_on=dt.date(2026, 11, 10)),
            ],
            screening_changes=[
                finding(1, "same"),
                finding(2, "gone"),
                finding(3, "new", finding="orphan"),
            ],
        )
        .screening()
        .html
    )
    assert "1 个班次的月度排查逾期" in told
    assert "三年级 1班|2026年9月|2026-09-30" in told
    assert "孤儿|1|0|0|0|0|0" in told
    assert "家庭困难|0|1|1|0|0|0" in told
    assert told.index("生3") < told.index("生2")
    assert "生1" not in told


def test_each_class_gets_a_sheet_of_its_own_with_what_is_to_do_the_oldest_first() -> None:
    other = {"grade": "p6", "class_name": "2班"}
    part = school(
        tutor_pairs=[pair(1, 1), pair(2, 2, **other), pair(3, 3, ends_on=dt.date(2026, 11, 1))],
        visits_due=[
            visit(1, 1, NOVEMBER, state="open"),
            visit(1, 1, SEPTEMBER),
            visit(2, 2, OCTOBER, state="done", done=1),
            visit(3, 3, OCTOBER),
        ],
        proposals=[proposal(4, **other, teacher_no="t5", teacher_name="师5", how="by_subject")],
        screening_due=[screening(OCTOBER, due_by=dt.date(2026, 10, 31))],
        screening_changes=[
            finding(6, "unanswered"),
            finding(6, "unanswered", finding="orphan"),
            finding(7, "new"),
        ],
    ).reminders()
    told = text_of(part.html)
    assert "班主任提醒单：2 个班有要办的事" in told
    first, second = told.split("内部资料 · 供班主任本人使用")[1:]
    assert "青源小学 三年级 1班" in first
    assert "青源小学 六年级 2班" in second
    in_order = (
        "2026年9月走访，还差 1 次|师1|2026-09-30（已逾期）",
        "全班|2026年10月班级排查还没有交|班主任|2026-10-31（已逾期）",
        "2026年11月走访，还差 1 次|师1|2026-11-30|",
    )
    places = [first.index(words) for words in in_order]
    assert places == sorted(places)
    # Each pupil once, and not what was found.
    assert first.count("生6") == 1
    assert "孤儿" not in told
    assert "家庭困难" not in told
    assert "生4|" + number(4) + "|还没有结对教师，建议由师5帮扶|学校|尽快" in second
    for nothing_to_do in ("生2", "生3", "生7"):
        assert nothing_to_do not in told
    assert part.html.count("break-before:page") == 2
