"""The sheet of the teachers' 爱心工程奖, and what could not be used: internal."""

import polars as pl

from aidkit.internal.learners import Learners
from aidkit.internal.progress_cells import (
    TEACHER_READER,
    figure,
    number_columns,
    only_for,
    prize,
    spread,
)
from aidkit.show.numbers import count, signed
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, folded, join, numbered, prose, section

ORDER = ("first", "second", "third", "none")

CAPTION = (
    "转化是受帮扶的学生连续两次考试都出了“最后 {entry}”；平均进步是所帮学生进步量的平均，"
    "只有一两名学生时区间很宽。与末位获奖者的区间相接的，分不出高低，一并获奖。"
    "帮扶记录次数只供参考，不计入评奖。"
)


def teachers_section(view: Learners) -> Part:
    """Who turned how many round, with the interval; help logged stands beside."""
    names = view.frames["teachers"].select("teacher_no", "name")
    found = (
        view.frames["teacher_results"]
        .join(names, on="teacher_no", how="left")
        .with_columns(at=pl.col("prize").replace_strict(ORDER, range(len(ORDER))))
        .sort(
            *("at", "turned_round", "growth", "teacher_no"),
            descending=[False, True, True, False],
            nulls_last=True,
        )
    )
    if found.is_empty():
        return section("没有结对帮扶的教师", "teachers", prose("本学期没有一对一帮扶登记。"))
    rows = []
    for row in found.to_dicts():
        growth = figure(row["growth"])
        rows.append(
            Row(
                (
                    *(row["name"] or row["teacher_no"], prize(view, row["prize"])),
                    *(row["pupils"], row["turned_round"]),
                    *(None if growth is None else signed(growth), spread(row), row["sessions"]),
                )
            )
        )
    columns = [
        *(Column((title,)) for title in ("教师", "奖次")),
        *number_columns(("可评定的学生", "转化", "平均进步")),
        Column(("区间",)),
        Column(("帮扶记录（次）",), "number"),
    ]
    entry = f"{figure(float(view.figure('entry_share')) * 100, 0)}%"
    listed = numbered("tbl-teachers", official_table(columns, rows), CAPTION.format(entry=entry))
    won = found.filter(pl.col("prize") != "none").height
    title = f"爱心工程奖：{count(found.height)} 位教师中 {count(won)} 位获奖"
    return section(title, "teachers", only_for(TEACHER_READER), listed)


def left_out_section(view: Learners) -> Part:
    """Rows of scores that could not be used, and why learners are not assessed."""
    reasons = view.frames["progress"].drop_nulls("reason").group_by("grade", "reason").len()
    persons, rows = int(reasons["len"].sum()), view.frames["problems"].height
    title = f"{count(persons)} 名学生无法评定，成绩表 {count(rows)} 处没有采用"
    return section(title, "left-out", join((_reasons(view, reasons), _rows(view))))


def _reasons(view: Learners, reasons: pl.DataFrame) -> Part:
    if reasons.is_empty():
        return prose("参加考试的学生都能评定。")
    grades, words = view.labels.names("grade"), view.labels.names("progress_reason")
    counts = {(grade, reason): n for grade, reason, n in reasons.iter_rows()}
    rows = [
        Row((grades[grade], words[reason], counts[grade, reason]))
        for grade in grades
        for reason in words
        if (grade, reason) in counts
    ]
    rows.append(Row(("合计", sum(counts.values())), "total"))
    columns = [Column(("年级",)), Column(("原因",), "long"), Column(("学生",), "number")]
    drawn = official_table(columns, rows, keys=1)
    return numbered("tbl-not-assessed", drawn, "全体学生中无法评定的，不只是帮扶的学生。")


def _rows(view: Learners) -> Part:
    problems = view.frames["problems"].sort("file", "sheet", "row", "column")
    if problems.is_empty():
        return prose("成绩表里没有不能采用的行。")
    rows = [
        Row(
            (
                f"{row['file']} {row['sheet']} 第 {row['row']} 行",
                *(row["column"], f"{row['message']}{row['remedy']}"),
            )
        )
        for row in problems.to_dicts()
    ]
    columns = [Column(("位置",), "long"), Column(("列",)), Column(("问题和办法",), "long")]
    said = "这些行各科的成绩都没有采用，改好后重新运行。"
    drawn = numbered("tbl-score-problems", official_table(columns, rows), said)
    return folded(f"没有采用的成绩，{count(len(rows))} 处", drawn, len(rows))
