"""Leaders and the pupils whose conduct they look after: internal, on a sheet of its own."""

from aidkit.internal.helping_cells import (
    NEW_SHEET,
    cited,
    class_of,
    counts,
    day,
    learner,
    limits,
    texts,
)
from aidkit.internal.helping_visits import held, visits_parts
from aidkit.internal.learners import Learners
from aidkit.show.numbers import count
from aidkit.show.official import Row, official_table
from aidkit.show.parts import Part, callout, folded, numbered, prose, section

READER = "包扶领导和县级负责人"
"""Who may read this section; it is printed apart from the others."""


def conduct_section(view: Learners) -> Part:
    """How many pupils each leader has, who they are, and the visits."""
    pairs = held(view, "conduct_pairs").sort("school_code", "teacher_no", "student_no")
    title = (
        "没有登记领导包扶"
        if pairs.is_empty()
        else f"{count(pairs['teacher_no'].n_unique())} 名领导包扶 "
        f"{count(pairs['student_no'].n_unique())} 名学生"
    )
    banner = callout(
        f"内部资料 · 供{READER}使用",
        prose(
            "单独打印、单独保存，不与学困生名单放在一起，不外传、不张贴；"
            "情况好转后请及时在登记表里写上结束日期。"
        ),
        kind="important",
    )
    rows = [
        Row(
            (
                view.school(row["school_code"]),
                row["teacher_name"],
                learner(row),
                class_of(view, row),
                day(row["paired_on"]),
            )
        )
        for row in pairs.iter_rows(named=True)
    ]
    table = official_table(
        texts("学校", "包扶领导", "姓名和学籍号", "班级", "开始日期"), rows, keys=2
    )
    listed = numbered("tbl-conduct", table, f"{view.as_of} 正在包扶的学生。")
    shown = folded(f"包扶名单，{count(len(rows))} 对", listed, len(rows)) if rows else Part("", "")
    visits = visits_parts(
        view, "conduct_pairs", "conduct_visits_due", "conduct_visits_of_year", "conduct-visits"
    )
    return NEW_SHEET + section(title, "conduct", banner, _loads(view), shown, *visits)


def _loads(view: Learners) -> Part:
    found = view.frames["conduct_loads"]
    if found.is_empty():
        return Part("", "")
    rows = [
        Row(
            (
                view.school(row["school_code"]),
                row["name"],
                row["pupils"],
                limits(row),
                view.labels.label("load_state", row["state"]),
            )
        )
        for row in found.sort("school_code", "teacher_no").iter_rows(named=True)
    ]
    columns = [*texts("学校", "领导"), *counts("包扶学生"), *texts("应有人数", "结论")]
    table = numbered(
        "tbl-conduct-loads",
        official_table(columns, rows, keys=1),
        f"每名领导包扶的学生数和要求。{cited(view, 'conduct')}",
    )
    return folded(f"逐人列出，{count(len(rows))} 人", table, len(rows))
