"""What to do next: students who lack one paper, and facts that nobody wrote down."""

from typing import Any

import polars as pl

from aidkit.internal.open import StoredTerm
from aidkit.internal.people import person
from aidkit.show.numbers import count
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, bullets, numbered, prose, section

NO_APPLICATION, NO_PAPERS, NO_TIER, LISTED, BOARDER, HOUSEHOLD = (
    "只差申请或承诺书",
    "只差证明材料",
    "已申请，还没有认定结果",
    "在部门名单上，没有申请任何项目",
    "不清楚是否寄宿",
    "已申请，没有登记家庭情况",
)
REMEDIES = {
    LISTED: "通知家长，问清是否申请",
    NO_APPLICATION: "补交申请和书面承诺",
    NO_PAPERS: "收齐办法要求的证明材料并登记",
    NO_TIER: "请认定小组评定并登记",
    BOARDER: "在学生名册里填“是”或“否”",
    HOUSEHOLD: "补填家庭经济情况表",
}
PAPERS = {
    "applied": NO_APPLICATION,
    "applied_or_listed": NO_APPLICATION,
    "papers": NO_PAPERS,
    "panel_tier": NO_TIER,
    "panel_amount": NO_TIER,
    "panel_tier_in": NO_TIER,
}
"""What a decision lacks → what to do, where it is a paper and not a fact of the family."""

SCOPE = ("enrolled", "stage_in", "grade_in", "ownership_in", "locality_in")
"""Conditions that no paper can meet: without one of them a program is not for the student."""


def to_do_section(stored: StoredTerm) -> Part:
    """A school's list: what to do, for whom."""
    tasks = _tasks(stored)
    errors = stored.problems.filter(pl.col("severity") == "error").height
    first = [f"改正 {count(errors)} 处有错的数据（见“数据问题”）。"] if errors else []
    if tasks.is_empty():
        done = [*first] or ["没有要补的材料。"]
        return section("接下来做什么", "to-do", bullets(done))
    summary = [
        f"**{task}**：{count(len(group))} 人。{REMEDIES[str(task)]}。"
        for (task,), group in tasks.group_by("task", maintain_order=True)
    ]
    rows = [
        Row(
            (
                _class(stored, row),
                person(row),
                row["task"],
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
    sums = {task: sum(n for (_, t), n in counted.items() if t == task) for task in REMEDIES}
    found = [task for task in REMEDIES if sums[task]]
    rows = [
        Row((stored.school_names[code], *(counted.get((code, task), 0) for task in found)))
        for code in sorted({school for school, _ in counted})
    ]
    columns = [
        Column(("学校",)),
        *(Column(("要补材料的学生数", task), "number") for task in found),
    ]
    return section(
        f"接下来做什么：{count(len(rows))} 所学校有材料要补",
        "to-do",
        bullets(f"**{task}**：{count(sums[task])} 人。{REMEDIES[task]}。" for task in found),
        numbered(
            "tbl-to-do",
            official_table(
                columns, [*rows, Row(("合计", *(sums[task] for task in found)), "total")]
            ),
            "各校要补材料的学生数，名单在各校的内部报告里。",
        ),
    )


def _class(stored: StoredTerm, row: dict[str, Any]) -> str:
    """Grade and class in one cell: `二年级 1班`."""
    return " ".join(filter(None, (stored.labels.label("grade", row["grade"]), row["class_name"])))


def _tasks(stored: StoredTerm) -> pl.DataFrame:
    """One row is one task for one student: task, who, the programs it concerns.

    `place` and `step` are the places of task and grade in their order.
    """
    present = stored.facts.filter(pl.col("enrolled").fill_null(True))
    aimed = stored.decisions.filter(~pl.col("program_id").is_in(stored.universal))
    concerned = aimed.filter(pl.col("missing").list.set_intersection(list(SCOPE)).list.len() == 0)
    present = present.join(concerned, on="person_no", how="semi")
    papers = (
        aimed.filter(~pl.col("eligible") & (pl.col("missing").list.len() > 0))
        .with_columns(
            tasks=pl.col("missing").list.eval(
                pl.element().replace_strict(PAPERS, default=None, return_dtype=pl.String)
            )
        )
        .filter(pl.col("tasks").list.n_unique() == 1, pl.col("tasks").list.first().is_not_null())
        .with_columns(task=pl.col("tasks").list.first())
        .join(_applications(stored), on=["person_no", "program_id"], how="left")
        .filter((pl.col("task") != NO_TIER) | pl.col("applied").is_not_null())
        .group_by("task", "person_no")
        .agg(programs=pl.col("program_id").sort())
    )
    has_applied = pl.col("applied_programs").list.len() > 0
    is_listed = pl.col("listed_groups").list.len() > 0
    unwritten = (
        _facts(present, LISTED, is_listed & ~has_applied),
        _facts(present, BOARDER, pl.col("boarder").is_null()),
        _facts(present, HOUSEHOLD, pl.col("special_groups").is_null() & has_applied),
    )
    who = present.select("person_no", "name", "school_code", "grade", "class_name")
    order = list(REMEDIES)
    grades = list(stored.labels.names("grade"))
    return (
        pl.concat([papers, *unwritten])
        .join(who, on="person_no")
        .with_columns(
            place=pl.col("task").replace_strict(order, range(len(order))),
            step=pl.col("grade").replace_strict(grades, range(len(grades))),
        )
        .sort("place", "step", "class_name", "name", "person_no")
    )


def _applications(stored: StoredTerm) -> pl.DataFrame:
    """A panel decides on those who applied: it owes nothing to everybody else."""
    applied = stored.facts.select("person_no", program_id="applied_programs").explode("program_id")
    return applied.drop_nulls().unique().with_columns(applied=pl.lit(True))


def _facts(present: pl.DataFrame, task: str, lacks: pl.Expr) -> pl.DataFrame:
    return present.filter(lacks).select(
        pl.lit(task).alias("task"),
        "person_no",
        pl.lit([], dtype=pl.List(pl.String)).alias("programs"),
    )
