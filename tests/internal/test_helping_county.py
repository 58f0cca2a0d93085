"""The county's report on helping: schools, who is missing, and who is kept apart."""

import datetime as dt
from typing import Any

import pytest

from aidkit.tables.learner_slices import learner_slice_columns
from tests.internal.helping_slices import NOVEMBER, OCTOBER, county, number, pair, text_of, visit
from tests.internal.people import OTHER, SCHOOL

CELLS = (
    *("page", "key_points", "schools", "targets"),
    *("dropout", "listed", "households", "conduct"),
)


def rate(code: str, roll: int, absent: int) -> dict[str, Any]:
    return {
        "school_code": code,
        "roll": roll,
        "absent": absent,
        "rate": absent * 100 / roll,
        "most_percent": 2,
        "within": absent * 100 <= roll * 2,
    }


def missing(pupil: int, **more: Any) -> dict[str, Any]:
    return {
        "student_no": number(pupil),
        "name": f"生{pupil}",
        "school_code": SCHOOL,
        "grade": "p6",
        "class_name": "1班",
        "kind": "dropped_out",
        "counted": True,
        "left_on": dt.date(2026, 10, 8),
        "seen_on": dt.date(2026, 9, 30),
        "seen_by": "exam",
    } | more


def listed(child: int, **more: Any) -> dict[str, Any]:
    return {
        "listed_in": "disabled_persons_list",
        "id_number": f"99010120150101{child:03d}0",
        "name": f"孩{child}",
        "age": 11,
        "whereabouts": "on_roll",
        "student_no": None,
        "school_code": None,
        "enrolled_at": None,
    } | more


def target(item: str, state: str, **more: Any) -> dict[str, Any]:
    return {
        "helper_code": SCHOOL,
        "helped_code": OTHER,
        "item": item,
        "per": "term",
        "begins": dt.date(2026, 9, 1),
        "due": 2,
        "done": 1,
        "due_by": dt.date(2027, 1, 31),
        "state": state,
    } | more


def test_every_section_says_something_where_there_is_nothing() -> None:
    report = county()
    for cell in CELLS:
        part = getattr(report, cell)()
        assert part.markdown
        assert part.html


def test_its_slice_has_no_pupil_looked_after_for_results() -> None:
    whole, own = (learner_slice_columns("helping", of_county=c) for c in (True, False))
    of_results = {"tutor_pairs", "visits_due", "visits_of_year", "proposals", "help_logs"}
    assert not of_results & set(whole)
    assert not [name for name in own if "conduct" in name]


def test_who_may_read_it_stands_above() -> None:
    page = county(absent=[missing(1)]).page()
    assert "内部资料 · 供县级帮扶和控辍保学负责人使用" in page.markdown
    assert page.page is not None
    assert page.page["title"] == "青山县 1 名学生辍学或去向不明"


def test_schools_stand_beside_each_other_with_sums_and_without_names() -> None:
    told = text_of(
        county(
            loads_by_school=[
                {"school_code": SCHOOL, "role": "tutor", "state": "under", "persons": 2},
                {"school_code": SCHOOL, "role": "tutor", "state": "ok", "persons": 7},
                {"school_code": OTHER, "role": "party", "state": "under", "persons": 1},
            ],
            visits_by_school=[
                {"school_code": SCHOOL, "role": "tutor", "state": "overdue", "pairs": 3},
                {"school_code": SCHOOL, "role": "care", "state": "overdue", "pairs": 4},
                {"school_code": SCHOOL, "role": "care", "state": "done", "pairs": 9},
            ],
            year_by_school=[
                {"school_code": OTHER, "role": "tutor", "state": "behind", "pupils": 5}
            ],
            screening_by_school=[
                {"school_code": OTHER, "month": OCTOBER, "state": "overdue", "classes": 6},
                {"school_code": OTHER, "month": NOVEMBER, "state": "overdue", "classes": 1},
            ],
            gaps_by_school=[
                {"school_code": OTHER, "gap": "none", "pupils": 50},
                {"school_code": OTHER, "gap": "both", "pupils": 8},
                {"school_code": OTHER, "gap": "area", "pupils": 1},
            ],
        )
        .schools()
        .html
    )
    assert "青源小学|2|0|0|3|0|4|0|0|0" in told
    assert "云岭中学|0|0|1|0|5|0|0|7|9" in told
    assert "合计|2|0|1|3|5|4|0|7|9" in told
    assert "2 所学校有逾期、超限或缺口，全部 2 所" in told


def test_schools_helping_schools_are_held_against_targets_and_rates() -> None:
    share = {"helper_code": SCHOOL, "helped_code": OTHER, "observed": 6, "percent": 30}
    told = text_of(
        county(
            school_targets=[
                target("lecture", "open"),
                target(
                    *("school_visit", "overdue"),
                    per="month",
                    begins=OCTOBER,
                    due=1,
                    done=0,
                    due_by=dt.date(2026, 10, 31),
                ),
            ],
            school_rates=[{**share, "measure": "good", "reached": 1, "state": "open"}],
            help_left_out=[
                {
                    "source_file": "校际帮扶.xlsx",
                    "source_sheet": "Sheet1",
                    "source_row": 7,
                    "why": "no_pair",
                }
            ],
        )
        .targets()
        .html
    )
    assert "1 对学校结对帮扶：逾期未完成 1 项、未到期 1 项" in told
    assert "到校指导|2026年10月|1|0|2026-10-31|逾期未完成" in told
    assert "专题讲座|每学期|2|1|2027-01-31|未到期" in told
    assert "优课率|6|1|30%|没有达到" in told
    assert "校际帮扶.xlsx|Sheet1|7|两校没有结对登记" in told


@pytest.mark.parametrize(
    ("absent", "title"),
    [(2, "辍学率 2.00%，在 2% 的控制线以内"), (3, "辍学率 3.00%，超过 2% 的控制线")],
)
def test_the_rate_is_held_against_the_limit(absent: int, title: str) -> None:
    told = text_of(county(dropout_rates=[rate("all", 100, absent)]).dropout().html)
    assert title in told


def test_who_is_missing_is_listed_with_when_last_seen_the_longest_gone_first() -> None:
    long_gone = missing(
        2,
        kind="vanished",
        left_on=None,
        seen_on=dt.date(2026, 6, 29),
        seen_by="visit",
        counted=False,
    )
    told = text_of(
        county(dropout_rates=[rate("all", 100, 1)], absent=[missing(1), long_gone]).dropout().html
    )
    assert f"生1|{number(1)}|辍学|2026-10-08|2026-09-30（考试）|计入" in told
    assert "|—|2026-06-29（走访）|不计入" in told
    assert told.index("生2") < told.index("生1")


def test_children_whom_nobody_finds_are_named_without_their_id_number() -> None:
    part = county(
        listed_children=[
            listed(1),
            listed(2, whereabouts="not_found"),
            listed(2, whereabouts="not_found", listed_in="civil_affairs_list"),
            listed(3, whereabouts="elsewhere", enrolled_at="外县小学"),
        ]
    ).listed()
    told = text_of(part.html)
    assert "部门名单上 3 名学龄孩子，1 名的去向要核实" in told
    assert "残联名单|3|1|1|0|0|1" in told
    assert told.count("孩2") == 2
    assert "孩3" not in told
    assert "9901012015" not in part.markdown + part.html


def test_leaders_and_their_pupils_stand_on_a_sheet_of_their_own() -> None:
    report = county(
        conduct_pairs=[pair(1, 1, subject=None), pair(1, 2, ends_on=dt.date(2026, 11, 1))],
        conduct_loads=[
            {
                "role": "conduct",
                "teacher_no": "t1",
                "name": "师1",
                "school_code": SCHOOL,
                "pupils": 1,
                "least": 1,
                "most": 3,
                "state": "ok",
            }
        ],
        conduct_visits_due=[visit(1, 1, OCTOBER)],
        absent=[missing(8)],
    )
    part = report.conduct()
    assert part.html.startswith('<div style="break-before:page">')
    told = text_of(part.html)
    assert "内部资料 · 供包扶领导和县级负责人使用" in told
    assert "1 名领导包扶 1 名学生" in told
    assert "师1|1|1 至 3 人|符合" in told
    assert "2026年10月|0 / 1|2026-10-31|—" in told
    assert "生2" not in told
    for cell in CELLS[:-1]:
        assert "生1" not in getattr(report, cell)().html
