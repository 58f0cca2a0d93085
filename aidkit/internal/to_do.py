"""What to do next: students who lack one paper, and facts that nobody wrote down."""

from typing import Any

import polars as pl

from aidkit.internal.open import StoredTerm
from aidkit.internal.people import person
from aidkit.show.numbers import count
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, bullets, numbered, prose, section

TASKS = {
    "not_applied": ("在部门名单上，没有申请任何项目", "通知家长，问清是否申请"),
    "no_application": ("只差申请或承诺书", "补交申请和书面承诺"),
    "no_papers": ("只差证明材料", "收齐办法要求的证明材料并登记"),
    "no_tier": ("已申请，还没有认定结果", "请认定小组评定并登记"),
    "no_boarder": ("不清楚是否寄宿", "在学生名册里填“是”或“否”"),
    "no_household": ("已申请，没有登记家庭情况", "补填家庭经济情况表"),
}
"""Task → what it is called and what to do; in the order in which to do it."""


def to_do_section(stored: StoredTerm) -> Part:
    """A school's list: what to do, for whom."""
    tasks = _tasks(stored)
    errors = stored.problems.filter(pl.col("severity") == "error").height
    first = [f"改正 {count(errors)} 处有错的数据（见“数据问题”）。"] if errors else []
    if tasks.is_empty():
        done = [*first] or ["没有要补的材料。"]
        return section("接下来做什么", "to-do", bullets(done))
    summary = [
        _line(str(task), len(group))
        for (task,), group in tasks.group_by("task", maintain_order=True)
    ]
    rows = [
        Row(
            (
                _class(stored, row),
                person(row),
                TASKS[row["task"]][0],
                "、".join(stored.titles.get(p, p) for p in row["programs"]) or None,
            )
        )
        for row in tasks.sort("step", "class_name", "name", "person_no", "place").to_dicts()
    ]
    titles = ("班级", "姓名和学籍号", "要做的事", "涉及项目")
    return section(
        f"接下来做什么：{count(tasks['person_no'].n_unique())} 名学生的材料要补",
        "to-do",
        bullets([*first, *summary]),
        numbered(
            "tbl-to-do",
            official_table([Column((title,)) for title in titles], rows, keys=2),
            "要办理的学生。不清楚的情况一律按不符合处理，补上后重新运行即可。",
        ),
    )


def to_do_by_school(stored: StoredTerm) -> Part:
    """The county's list: how many students of each school need what."""
    tasks = _tasks(stored)
    if tasks.is_empty():
        return section("接下来做什么", "to-do", prose("各校没有要补的材料。"))
    counted = {
        (school, task): persons
        for school, task, persons in tasks.group_by("school_code", "task").len().iter_rows()
    }
    sums = {task: sum(n for (_, t), n in counted.items() if t == task) for task in TASKS}
    found = [task for task in TASKS if sums[task]]
    rows = [
        Row((stored.school_names[code], *(counted.get((code, task), 0) for task in found)))
        for code in sorted({school for school, _ in counted})
    ]
    columns = [
        Column(("学校",)),
        *(Column(("要补材料的学生数", TASKS[task][0]), "number") for task in found),
    ]
    return section(
        f"接下来做什么：{count(len(rows))} 所学校有材料要补",
        "to-do",
        bullets(_line(task, sums[task]) for task in found),
        numbered(
            "tbl-to-do",
            official_table(
                columns, [*rows, Row(("合计", *(sums[task] for task in found)), "total")]
            ),
            "各校要补材料的学生数，名单在各校的内部报告里。",
        ),
    )


def _line(task: str, students: int) -> str:
    name, remedy = TASKS[task]
    return f"**{name}**：{count(students)} 人。{remedy}。"


def _class(stored: StoredTerm, row: dict[str, Any]) -> str:
    """Grade and class in one cell: `二年级 1班`."""
    return " ".join(filter(None, (stored.labels.label("grade", row["grade"]), row["class_name"])))


def _tasks(stored: StoredTerm) -> pl.DataFrame:
    """The tasks in order; `place` and `step` are the places of task and grade in their order."""
    grades = list(stored.labels.names("grade"))
    return (
        stored.frames["tasks"]
        .with_columns(
            place=pl.col("task").replace_strict(list(TASKS), range(len(TASKS))),
            step=pl.col("grade").replace_strict(grades, range(len(grades))),
        )
        .sort("place", "step", "class_name", "name", "person_no")
    )
