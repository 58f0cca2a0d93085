"""Class sheets: how each pupil of a class moved, for the class teacher alone; internal."""

from typing import Any

import polars as pl

from aidkit.internal.helping_cells import NEW_SHEET, by_class, class_of, learner
from aidkit.internal.learners import Learners
from aidkit.internal.progress_cells import CLASS_READER, figure, marks, only_for, with_names
from aidkit.show.numbers import count
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, join, numbered, prose, section

CAPTION = "按学籍号排列，不排名次。“—”是没有参加考试，或缺一科以上，没有总分。"


def classes_section(view: Learners) -> Part:
    """One sheet for each class; on paper each on a page of its own."""
    told = _told(view)
    if told.is_empty():
        return section("没有班级可列", "classes", prose("本学期没有考试成绩。"))
    ordered = by_class(view, told, "student_no")
    sheets = [
        _sheet(view, number, rows)
        for number, rows in enumerate(
            ordered.partition_by("grade", "class_name", maintain_order=True), start=1
        )
    ]
    intro = prose("每班一张，裁开后只交给本班班主任。")
    return section(f"各班情况，共 {count(len(sheets))} 班", "classes", intro, join(sheets))


def _sheet(view: Learners, number: int, rows: pl.DataFrame) -> Part:
    first = rows.row(0, named=True)
    name = class_of(view, first) or "没有写班级的"
    bands = dict(rows.group_by("band").len().iter_rows())
    said = "，".join(
        f"{label} {count(bands[code])} 人"
        for code, label in view.labels.names("progress_band").items()
        if code in bands
    )
    columns = [
        Column(("姓名和学籍号",)),
        Column(("总分", "上学期末"), "number"),
        Column(("总分", "本学期"), "number"),
        *(Column((title,)) for title in ("评定", "较弱学科", "说明")),
    ]
    table = official_table(columns, [Row(_pupil(view, row)) for row in rows.to_dicts()])
    heading = Part(f"### {name}", f"<h3>{name}</h3>")
    listed = numbered(f"tbl-class-{number}", table, f"{said}。{CAPTION}")
    return join((NEW_SHEET, heading, only_for(CLASS_READER), listed))


def _pupil(view: Learners, row: dict[str, Any]) -> tuple[Any, ...]:
    labels = view.labels
    state = row["state"]
    # Where a subject is lacking nobody knows why: the reason says what may be.
    unknown = {None, "scored", "unstated"}
    absent = None if state in unknown else labels.label("exam_state", state)
    reason = row["reason"] and labels.label("progress_reason", row["reason"])
    weak = "、".join(labels.label("subject", code) for code in row["weak"] or ())
    return (
        *(learner(row), figure(row["before"], 1), figure(row["now"], 1)),
        labels.label("progress_band", row["band"]),
        weak or None,
        "；".join(filter(None, (absent, reason, marks(row)))) or None,
    )


def _told(view: Learners) -> pl.DataFrame:
    """Everybody measured, with totals of both exams, and subjects below the grade's middle."""
    sat = view.frames["sittings"]
    before = sat.filter(role="choice").select("student_no", before="total")
    now = sat.filter(role="outcome").select("student_no", "state", now="total")
    weak = (
        view.frames["subject_sittings"]
        .filter(pl.col("role") == "outcome", pl.col("z") < 0)
        .sort("student_no", "z", "subject")
        .group_by("student_no", maintain_order=True)
        .agg(weak=pl.col("subject").head(2))
    )
    found = view.frames["progress"]
    for more in (before, now, weak):
        found = found.join(
            more.unique("student_no", keep="last", maintain_order=True), on="student_no", how="left"
        )
    return with_names(view, found)
