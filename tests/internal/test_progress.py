"""A school's report on progress: both rules side by side, luck beside them, readers named."""

import datetime as dt
from typing import Any

import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.internal.learners import Learners
from aidkit.internal.progress import SchoolProgress
from aidkit.internal.progress_cells import figure, percent, places
from aidkit.labels import project_labels
from aidkit.pipeline.learner_figures import progress_figures
from aidkit.pipeline.learner_progress import progress_tables
from aidkit.progress.settings import read_progress_settings
from aidkit.project import find_project
from aidkit.show.view import Publisher
from aidkit.tables import INPUTS, Problems
from aidkit.tables.learner_slices import learner_slice_columns

SCHOOL = "9900000001"
AUTUMN = Term.parse("2026-autumn")
SETTINGS = read_progress_settings(find_project().params)
SECTIONS = (
    *("page", "key_points", "ranking", "fair", "disagreements", "classes", "teachers"),
    *("change", "left_out"),
)

Row = dict[str, Any]


def pupil(number: int, **more: Any) -> Row:
    """One of the group, who is steady and did not rise."""
    return {
        "term": AUTUMN.code,
        "school_code": SCHOOL,
        "grade": "j2",
        "class_name": "1班",
        "student_no": f"G{number}",
        "in_group": True,
        "baseline_exams": 2,
        "growth": 0.0,
        "sem": 0.4,
        "low": -0.66,
        "high": 0.66,
        "band": "steady",
        "ceiling": False,
        "floor": False,
        "rank_before": number,
        "rank_now": number,
        "rank_change": 0,
        "rank_prize": "none",
        "fair_prize": "none",
    } | more


def report(*learners: Row, **rows: list[Row]) -> SchoolProgress:
    """A report on these learners; tables that are not given are empty."""
    empty = progress_tables(
        {name: table.create_empty() for name, table in INPUTS.items()}, {}, SETTINGS, AUTUMN
    )
    texts = {
        name: pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
        for name, columns in learner_slice_columns("progress", of_county=False).items()
    }
    frames = {**texts, **empty, "problems": Problems.create_empty()}
    given = {"progress": list(learners), **rows}
    for name, told in given.items():
        schema = frames[name].schema
        complete = [{**dict.fromkeys(schema), **row} for row in told]
        frames[name] = pl.DataFrame(complete, schema=schema)
    names = [(row["student_no"], f"甲{row['student_no'][1:]}", "j2", "1班") for row in learners]
    frames["pupils"] = pl.DataFrame(names, schema=frames["pupils"].schema, orient="row")
    figures = list(progress_figures(SETTINGS).items())
    frames["figures"] = pl.DataFrame(figures, schema=frames["figures"].schema, orient="row")
    settings = pl.DataFrame({"threshold": [5], "width": [2]})
    school = pl.DataFrame(
        [(SCHOOL, "云岭中学")], schema=["school_code", "school_name"], orient="row"
    )
    view = Learners(
        term=AUTUMN,
        county=Publisher("青山县", "青山县学生资助管理中心", "电话"),
        labels=project_labels(),
        code=SCHOOL,
        as_of=dt.date(2026, 11, 20),
        frames={**frames, "school_names": school, "settings": settings},
    )
    return SchoolProgress(view, "2026-11-20", "2027-03-05")


def test_who_rose_furthest_stands_first_and_who_cannot_be_compared_last() -> None:
    unknown = {"rank_before": None, "rank_now": None, "rank_change": None}
    text = (
        report(
            pupil(1, rank_change=-1),
            pupil(2, **unknown),
            pupil(3, rank_change=2, rank_prize="first"),
            pupil(4),
        )
        .ranking()
        .markdown
    )
    order = [text.index(f"甲{n}<") for n in (3, 4, 1, 2)]
    assert order == sorted(order)
    assert "3 名学生可比名次，1 名上升" in text
    assert "+2" in text
    assert "−1" in text
    assert text.count("一等<") == 1


def test_luck_stands_beside_the_ranking() -> None:
    luck = {
        "school_code": SCHOOL,
        "grade": "j2",
        "class_name": "",
        "among": "group",
        "n_grade": 45,
        "n_group": 9,
        "reliability": 0.8,
        "observed_share_rise": 0.5,
        "luck_share_rise": 0.62,
        "observed_mean_places": 2.0,
        "luck_mean_places": 3.9,
        "observed_share_three": 0.4,
        "luck_share_three": 0.47,
    }
    made = report(pupil(1), luck=[luck, luck | {"class_name": "1班", "luck_share_rise": 0.11}])
    text = made.ranking().markdown
    assert "62%" in text
    assert "3.9" in text
    assert "11%" not in text
    assert (
        "只凭运气，八年级这 9 名学生里也会有 62% 名次上升；实际是 50%" in made.key_points().markdown
    )


def test_the_fair_measure_gives_interval_flags_and_reasons() -> None:
    none = {"growth": None, "sem": None, "low": None, "high": None, "band": "not_assessed"}
    text = (
        report(
            pupil(1, growth=0.9, low=0.2, high=1.6, band="clearly_better", fair_prize="first"),
            pupil(2, ceiling=True),
            pupil(3, **none, reason="withdrawn"),
        )
        .fair()
        .markdown
    )
    assert "1 人明显进步，1 人无法评定" in text
    assert "+0.20 至 +1.60" in text
    assert text.count("接近满分") == 2  # once below the table
    assert "期末零分" in text
    assert "90%" in text


def test_where_the_rules_disagree() -> None:
    lucky = pupil(1, rank_change=3, rank_prize="first") | {"verdict": "rank_only"}
    good = pupil(2, band="clearly_better", fair_prize="first") | {"verdict": "fair_only"}
    same = pupil(3) | {"verdict": "neither"}
    rows = [
        {key: row[key] for key in ("school_code", "grade", "class_name", "student_no", "verdict")}
        | {key: row[key] for key in ("rank_change", "rank_prize", "band", "fair_prize")}
        for row in (good, same, lucky)
    ]
    people = [pupil(n) for n in (1, 2, 3)]
    text = report(*people, disagreements=rows).disagreements().markdown
    assert "2 名学生说法不同" in text
    assert text.index("甲1<") < text.index("甲2<")
    assert "甲3" not in text
    assert "名次上升，但可能只是运气 1 人" in text


def test_class_sheets_tell_no_place_and_nobody_is_marked() -> None:
    people = [
        pupil(1, rank_change=7, rank_before=8, rank_now=1, rank_prize="first"),
        pupil(2, in_group=False, class_name="2班"),
    ]
    text = report(*people).classes().markdown
    assert "共 2 班" in text
    assert text.count("供本班班主任使用") == 2
    assert "+7" not in text
    assert "一等" not in text
    assert "学困" not in text


def test_teachers_share_prizes_and_help_is_beside() -> None:
    told = {"pupils": 1, "turned_round": 1, "growth": 0.5, "low": -0.4, "high": 1.4, "luck": 0.59}
    rows = [
        {"teacher_no": "t2", "sessions": 9, "prize": "none", **told},
        {"teacher_no": "t1", "sessions": 3, "prize": "first", **told},
    ]
    text = report(pupil(1), teacher_results=rows).teachers().markdown
    assert "2 位教师中 1 位获奖" in text
    assert text.index(">t1<") < text.index(">t2<")
    assert "不计入评奖" in text
    assert "最后 20%" in text
    assert "没有转化，平均进步又不大于 0 的，不评" in text
    assert "约 59% 的教师也会获奖" in text
    assert "实际是 50%" in text
    assert "不满 30 天" in text
    assert "一学期只考一次的，最早下学期" in text


def test_what_was_left_out_is_listed() -> None:
    fault = {"file": "a/成绩.xlsx", "sheet": "期中", "row": 7, "column": "数学"}
    said = {"code": "score_above_full", "message": "分数高于满分。", "remedy": "请核对。"}
    odd = {"code": "unknown_class", "severity": "warning", "message": "没有“99班”。", "row": None}
    people = [pupil(1), pupil(2, in_group=False, band="not_assessed", reason="no_baseline")]
    error = {**fault, **said, "severity": "error"}
    text = report(*people, problems=[error]).left_out().markdown
    assert "1 名学生无法评定，成绩表 1 处没有采用" in text
    assert "第 7 行" in text
    assert "没有以前的成绩可比" in text
    assert "提醒" not in text
    both = report(*people, problems=[error, {**fault, **said, **odd}]).left_out().markdown
    assert "成绩表 1 处没有采用" in both
    assert both.index("分数高于满分") < both.index("没有“99班”") < both.index("只是提醒")
    only = report(*people, problems=[{**fault, **said, **odd}]).left_out().markdown
    assert "成绩表里没有不能采用的行" in only


@pytest.mark.parametrize("name", ["page", "ranking", "fair", "classes", "teachers"])
def test_every_sheet_says_who_may_read_it(name: str) -> None:
    told = {"pupils": 0, "turned_round": 0, "sessions": 0, "prize": "none"}
    made = report(pupil(1), teacher_results=[{"teacher_no": "t1", **told}])
    part = getattr(made, name)()
    for text in (part.markdown, part.html):
        assert "内部资料 · 供" in text
        assert "使用" in text


@pytest.mark.parametrize("name", SECTIONS)
def test_a_school_without_a_group_has_every_section(name: str) -> None:
    assert getattr(report(), name)().markdown
    assert getattr(report(pupil(1, in_group=False)), name)().markdown


def test_figures_as_printed() -> None:
    assert [places(n) for n in (3, 0, -2, None)] == ["+3", "0", "−2", None]
    assert str(figure(-0.0001)) == "0.00"
    assert figure(None) is None
    assert percent(0.625) == "62%"
