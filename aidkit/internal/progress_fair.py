"""The fair measure beside the documents' rule, and where the two say different things: internal."""

from typing import Any

import polars as pl

from aidkit.internal.helping_cells import learner
from aidkit.internal.learners import Learners
from aidkit.internal.progress_cells import (
    GRADE_READER,
    by_grade,
    figure,
    marks,
    only_for,
    places,
    prize,
    spread,
    with_names,
)
from aidkit.show.numbers import count, signed
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, folded, numbered, prose, section

MEASURE = (
    "进步量是本次成绩减去按以前的成绩可以预期的成绩，单位是年级里的标准差。"
    "预期同时看前测和上学期末的考试（学生是按它选的）：选进来的人下次多半会回升，这一部分不算进步。"
    "区间的把握程度是 {confidence}：区间跨过 0，就不能断定是进步还是退步。"
    "“接近满分”的学生再进步也看不出来，“接近零分”的再退步也看不出来。"
)


def fair_section(view: Learners) -> Part:
    """Band, interval, flags and reason of everybody in the group, beside the places risen."""
    group = with_names(view, view.frames["progress"].filter("in_group"))
    if group.is_empty():
        return section("没有要评定的学生", "fair", prose("本校本学期没有帮扶的学困生。"))
    ordered = group.sort(
        pl.col("growth").fill_null(float("-inf")), "student_no", descending=[True, False]
    )
    rows = [Row(_fair(view, row)) for row in by_grade(view, ordered).to_dicts()]
    columns = [
        *(Column((title,)) for title in ("年级", "姓名和学籍号", "班级", "评定")),
        Column(("进步量",), "number"),
        Column(("区间",)),
        Column(("名次进退",), "number"),
        *(Column((title,)) for title in ("奖次", "说明")),
    ]
    clear = group.filter(band="clearly_better").height
    unknown = group.filter(band="not_assessed").height
    caption = MEASURE.format(confidence=_confidence(view))
    listed = numbered("tbl-fair", official_table(columns, rows, keys=1), caption)
    title = f"公平的办法：{count(clear)} 人明显进步，{count(unknown)} 人无法评定"
    return section(title, "fair", only_for(GRADE_READER), listed, _exams(view))


def _fair(view: Learners, row: dict[str, Any]) -> tuple[Any, ...]:
    reason = row["reason"] and view.labels.label("progress_reason", row["reason"])
    growth = figure(row["growth"])
    return (
        view.labels.label("grade", row["grade"]),
        *(learner(row), row["class_name"]),
        view.labels.label("progress_band", row["band"]),
        None if growth is None else signed(growth),
        spread(row),
        places(row["rank_change"]),
        prize(view, row["fair_prize"]),
        "；".join(filter(None, (reason, marks(row)))) or None,
    )


def _exams(view: Learners) -> Part:
    """Which exam was what for each grade."""
    exams = by_grade(view, view.frames["exams"].filter(pl.col("role") != "other"))
    rows = [
        Row(
            (
                view.labels.label("grade", row["grade"]),
                view.labels.label("exam_role", row["role"]),
                row["exam"],
                str(row["exam_date"]),
            )
        )
        for row in exams.to_dicts()
    ]
    columns = [Column((title,)) for title in ("年级", "用来", "考试", "日期")]
    drawn = official_table(columns, rows, keys=2)
    said = "各次考试的用途。年级是考试时的年级。"
    return folded("用了哪些考试", numbered("tbl-exams", drawn, said), len(rows))


def disagreements_section(view: Learners) -> Part:
    """Everybody by both rules: who is rewarded by one and not by the other comes first."""
    found = view.frames["disagreements"]
    names = view.labels.names("progress_verdict")
    counts = dict(found.group_by("verdict").len().iter_rows())
    differ = found.filter(pl.col("verdict").is_in(["rank_only", "fair_only"]))
    rows = [
        Row(
            (
                *(names[row["verdict"]], learner(row)),
                view.labels.label("grade", row["grade"]),
                *(row["class_name"], places(row["rank_change"]), prize(view, row["rank_prize"])),
                view.labels.label("progress_band", row["band"]),
                prize(view, row["fair_prize"]),
            )
        )
        for row in by_grade(view, with_names(view, differ))
        .sort(pl.col("verdict") != "rank_only", maintain_order=True)
        .to_dicts()
    ]
    said = "；".join(
        f"{label} {count(counts[code])} 人" for code, label in names.items() if code in counts
    )
    if not rows:
        return section(
            "两种办法没有不同的", "disagreements", prose(f"{said}。" if said else "没有学生。")
        )
    columns = [
        *(Column((title,)) for title in ("不同在", "姓名和学籍号", "年级", "班级")),
        Column(("文件的办法", "名次进退"), "number"),
        Column(("文件的办法", "奖次")),
        Column(("公平的办法", "评定")),
        Column(("公平的办法", "奖次")),
    ]
    listed = numbered("tbl-disagreements", official_table(columns, rows, keys=1), f"{said}。")
    title = f"两种办法对 {count(len(rows))} 名学生说法不同"
    return section(title, "disagreements", only_for(GRADE_READER), listed)


def _confidence(view: Learners) -> str:
    return f"{figure(float(view.figure('confidence')) * 100, 0)}%"
