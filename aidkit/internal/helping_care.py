"""Who answers for children of 建档立卡 families: pupil by school, household by area; internal."""

import polars as pl

from aidkit.internal.helping_cells import (
    by_class,
    class_of,
    counted_words,
    learner,
    numbers_of,
    teacher,
    texts,
)
from aidkit.internal.helping_visits import visits_parts, visits_words
from aidkit.internal.learners import Learners
from aidkit.show.numbers import count
from aidkit.show.official import Row, official_table
from aidkit.show.parts import Part, folded, join, numbered, prose, section

GAPS = ("both", "school", "area")


def care_section(view: Learners) -> Part:
    """Coverage pupil by school, the visits to these pupils, then household by area."""
    return join((_pupils(view), households_section(view)))


def _pupils(view: Learners) -> Part:
    found = view.frames["care_coverage"]
    if found.is_empty():
        words = "没有已知的建档立卡（脱贫户、监测对象）学生。"
        return section("没有要包保的学生", "care", prose(words))
    gaps = by_class(view, found.filter(pl.col("gap") != "none"), "person_no")
    said = counted_words(view, "care_gap", GAPS, numbers_of(gaps, "gap"))
    known = f"已知 {count(found.height)} 名建档立卡学生"
    title = (
        f"{count(gaps.height)} 名建档立卡学生的包保有缺口"
        if said
        else f"{count(found.height)} 名建档立卡学生都有人包保"
    )
    told = prose(f"{known}，其中{said}。" if said else f"{known}，学校和片区都有人负责。")
    return section(title, "care", told, _gaps(view, gaps), *_visits(view))


def _visits(view: Learners) -> list[Part]:
    parts = visits_parts(view, "care_pairs", "care_visits_due", "care_visits_of_year", "care")
    if not parts:
        return []
    return [prose(f"建档立卡学生走访：{visits_words(view.frames['care_visits_due'])}。"), *parts]


def _gaps(view: Learners, gaps: pl.DataFrame) -> Part:
    if gaps.is_empty():
        return Part("", "")
    rows = [
        Row(
            (
                class_of(view, row),
                learner(row, "person_no"),
                teacher(view, row["of_school"]),
                teacher(view, row["of_area"]),
                view.labels.label("care_gap", row["gap"]),
            )
        )
        for row in gaps.iter_rows(named=True)
    ]
    table = official_table(
        texts("班级", "姓名和学籍号", "学校包保", "片区包保", "缺口"), rows, keys=1
    )
    caption = "包保有缺口的学生：学校按人，片区按户，两边都要有人。外校的教师写工号。"
    drawn = numbered("tbl-care", table, caption)
    return folded(f"有缺口的学生，{count(len(rows))} 人", drawn, len(rows))


def households_section(view: Learners) -> Part:
    """Children of the areas' registers whom nobody answers for, or nobody finds."""
    found = view.frames["household_coverage"]
    wrong = found.filter((pl.col("gap") != "none") | (pl.col("whereabouts") == "not_found"))
    if wrong.is_empty():
        words = "片区登记的孩子都有人包保，都知道在哪里就读。"
        none = "没有登记片区包保到户。" if found.is_empty() and not view.is_county else words
        return section("片区按户核对没有缺口", "households", prose(none))
    order = ["school_code", "area", "household_head", "name", "person_no"]
    rows = [
        Row(
            (
                *((_school(view, row["school_code"]),) if view.is_county else ()),
                row["area"] or "没有登记片区",
                row["household_head"],
                learner(row, "person_no"),
                view.labels.label("whereabouts", row["whereabouts"]),
                row["enrolled_at"],
                view.labels.label("care_gap", row["gap"]),
            )
        )
        for row in wrong.sort(order, nulls_last=True).iter_rows(named=True)
    ]
    titles = ("片区", "户主", "孩子", "在哪里就读", "登记的学校", "缺口")
    columns = texts(*(("负责的学校", *titles) if view.is_county else titles))
    table = official_table(columns, rows, keys=3 if view.is_county else 2)
    caption = (
        "包保有缺口和没有找到的孩子。在外地就读的由片区教师联系，不要求学校包保；"
        "没有找到的不等于没有上学，要入户核实。"
    )
    drawn = numbered("tbl-households", table, caption)
    title = f"片区按户核对：{count(wrong.height)} 名孩子要处理"
    listed = folded(f"逐户列出，{count(len(rows))} 人", drawn, len(rows))
    return section(title, "households", listed)


def _school(view: Learners, code: str | None) -> str:
    return view.school(code) if code else "没有登记"
