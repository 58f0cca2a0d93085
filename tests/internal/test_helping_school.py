"""A school's report on helping: pairs, visits, screening, care and the reminders."""

import datetime as dt

from tests.internal.helping_slices import (
    NOVEMBER,
    OCTOBER,
    number,
    pair,
    proposal,
    school,
    text_of,
    visit,
)
from tests.internal.people import NAMES, OTHER, SCHOOL

CELLS = (
    *("page", "key_points", "pairs", "arranged", "visits"),
    *("logs", "screening", "care", "reminders"),
)


def test_every_section_says_something_where_there_is_nothing() -> None:
    report = school()
    for cell in CELLS:
        part = getattr(report, cell)()
        assert part.markdown
        assert part.html


def test_who_may_read_it_stands_above() -> None:
    page = school(tutor_pairs=[pair(1, 1)], visits_due=[visit(1, 1, OCTOBER)]).page()
    assert "内部资料 · 供本校校长和帮扶负责人使用" in page.markdown
    assert page.page is not None
    assert page.page["title"] == "青源小学 1 名学生有人结对帮扶，1 人的走访逾期"


def test_pairs_that_ended_are_not_listed_and_helpers_outside_the_limits_come_first() -> None:
    load = {"role": "tutor", "school_code": SCHOOL, "least": 1, "most": 2}
    part = school(
        tutor_pairs=[pair(1, 1), pair(2, 2, ends_on=dt.date(2026, 11, 20))],
        loads=[
            {**load, "teacher_no": "t1", "name": "师1", "pupils": 1, "state": "ok"},
            {**load, "teacher_no": "t2", "name": "师2", "pupils": 0, "state": "under"},
            {**load, "teacher_no": "t3", "name": "师3", "pupils": 3, "state": "over"},
        ],
    ).pairs()
    told = text_of(part.html)
    assert "1 名教师帮扶 1 名学生" in told
    assert "生1" in told
    assert "生2" not in told
    assert "2 人次的帮扶人数不合要求" in told
    assert told.index("师3|3|1 至 2 人|超出") < told.index("师2|0|1 至 2 人|不足")
    assert told.index("师2|0") < told.index("师1|1|1 至 2 人|符合")
    assert "依据：学校一对一帮扶活动方案4" in told


def test_who_has_nobody_gets_a_proposal_and_kept_pairs_are_not_repeated() -> None:
    told = text_of(
        school(
            proposals=[
                proposal(1),
                proposal(
                    2,
                    teacher_no="t4",
                    teacher_name="师4",
                    how="by_subject",
                    until=dt.date(2029, 11, 20),
                ),
                proposal(3, teacher_no="t1", teacher_name="师1", how="kept"),
            ]
        )
        .arranged()
        .html
    )
    assert "2 名学生还没有人帮扶，其中 1 人没有空余的教师" in told
    assert "师4|按弱科安排|2029-11-20" in told
    assert "生3" not in told


def test_pairs_cut_off_midway_are_told_from_those_that_could_not_go_on() -> None:
    before = {"paired_on": dt.date(2025, 9, 10), "until": dt.date(2028, 9, 10), "helped_by": None}
    pupils = [
        ("kept", None),
        ("replaced", "t5"),
        ("dropped", None),
        ("pupil_left", None),
        ("moved_on", "t99"),
    ]
    rows = [
        {
            **before,
            "teacher_no": f"t{n}",
            "teacher_name": f"师{n}",
            "student_no": number(n),
            "name": f"生{n}",
            "school_code": SCHOOL,
            "school_now": OTHER if state == "moved_on" else None,
            "state": state,
            "helped_by": by,
        }
        for n, (state, by) in enumerate(pupils, 1)
    ]
    told = text_of(school(continuity=rows).arranged().html)
    assert "2 对结对中途变更或中断" in told
    assert (
        "上学期末的 5 对：延续 1、中途换人 1、中途中断 1、学生已到本县其他学校 1、学生已离校 1。"
        in told
    )
    assert "中途换人|生2|" + number(2) + "|师2|2025-09-10|2028-09-10|—|师5" in told
    moved = f"学生已到本县其他学校|生5|{number(5)}|师5|2025-09-10|2028-09-10|{NAMES[OTHER]}|t99"
    assert moved in told
    assert "生1" not in told


def test_visits_are_told_by_month_and_the_overdue_ones_with_their_dates() -> None:
    late = visit(1, 1, OCTOBER, due=2, done=1, last_on=dt.date(2026, 10, 7))
    told = text_of(
        school(
            tutor_pairs=[pair(1, 1), pair(2, 2)],
            visits_due=[
                late,
                visit(2, 2, OCTOBER, done=3, state="done"),
                visit(2, 2, NOVEMBER, state="open"),
            ],
        )
        .visits()
        .html
    )
    assert "学困生走访：1 名学生有逾期的走访" in told
    # Three visits in a month that asks for one count as one of those due.
    assert "2026年10月|2|3|2|1|1|0" in told
    assert "2026年10月|1 / 2|2026-10-31|2026-10-07" in told
    assert "2026年11月|1 / 2" not in told


def test_only_what_was_done_with_pupils_of_the_tutor_pairs_is_told() -> None:
    log = {"place": "教室", "content": "订正错题", "next_step": None}
    own = {"teacher_no": "t1", "teacher_name": "师1", "student_no": number(1), "name": "生1"}
    other = {"teacher_no": "t1", "teacher_name": "师1", "student_no": number(9), "name": "生9"}
    told = text_of(
        school(
            tutor_pairs=[pair(1, 1), pair(2, 2)],
            help_logs=[
                {**log, **own, "helped_on": dt.date(2026, 10, 1)},
                {**log, **own, "helped_on": dt.date(2026, 10, 9)},
                {**log, **other, "helped_on": dt.date(2026, 10, 9)},
            ],
        )
        .logs()
        .html
    )
    assert "本学期帮扶 2 次，1 名学生" in told
    assert told.index("2026-10-09") < told.index("2026-10-01")
    assert "生9" not in told
    assert "还有 1 对结对没有帮扶记录，结对教师：师2。" in told


def test_gaps_of_care_are_told_both_ways() -> None:
    known = {
        "school_code": SCHOOL,
        "stage": "primary",
        "grade": "p3",
        "class_name": "1班",
        "of_school": "t1",
        "of_area": "t99",
        "gap": "none",
    }
    home = {
        "area": "河湾村",
        "school_code": SCHOOL,
        "household_head": "户主甲",
        "person_no": None,
        "enrolled_at": None,
        "whereabouts": "not_found",
        "of_area": "t2",
        "of_school": None,
        "gap": "none",
    }
    found = {"person_no": number(6), "name": "生6", "whereabouts": "on_roll"}
    told = text_of(
        school(
            care_coverage=[
                {**known, "person_no": number(1), "name": "生1"},
                {
                    **known,
                    "person_no": number(2),
                    "name": "生2",
                    "of_school": None,
                    "gap": "school",
                },
            ],
            household_coverage=[{**home, "name": "生5"}, {**home, **found}],
        )
        .care()
        .html
    )
    assert "1 名建档立卡学生的包保有缺口" in told
    assert f"生2|{number(2)}|—|t99|缺学校包保教师" in told
    assert "生1" not in told
    assert "片区按户核对：1 名孩子要处理" in told
    assert "河湾村|户主甲|生5|没有找到" in told
    assert "生6" not in told
