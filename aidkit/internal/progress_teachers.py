"""The sheet of the teachers' 爱心工程奖, and what could not be used: internal."""

import polars as pl

from aidkit.internal.learners import Learners
from aidkit.internal.progress_cells import (
    TEACHER_READER,
    figure,
    number_columns,
    only_for,
    percent,
    prize,
    spread,
)
from aidkit.show.numbers import count, signed
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, folded, join, numbered, prose, section

ORDER = ("first", "second", "third", "none")

CAPTION = (
    "没有转化，平均进步又不大于 0 的，不评；其余按转化人数、再按平均进步分一二三等。"
    "够得上评的人当中，与末位获奖者的区间相接的，分不出高低，同得这一等。"
    "平均进步是所帮学生进步量的平均，只有一两名学生时区间很宽。"
    "结对到本学期最后一次考试不满 {days} 天的学生不计。帮扶记录次数只供参考，不计入评奖。"
)

TURNED = (
    "转化：结对前最后一次考试在年级最后 {entry} 里（以前没有考试的，看结对后第一次），"
    "结对后连续两次考试都不在里面。后一次在本学期的，算本学期的；一对结对只算一次。"
    "结对后至少要有两次考试，所以一学期只考一次的，最早下学期才看得出。"
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
    entry, days = percent(float(view.figure("entry_share"))), view.figure("least_days_helped")
    listed = numbered("tbl-teachers", official_table(columns, rows), CAPTION.format(days=days))
    won = found.filter(pl.col("prize") != "none").height
    below = prose(TURNED.format(entry=entry))
    title = f"爱心工程奖：{count(found.height)} 位教师中 {count(won)} 位获奖"
    parts = (only_for(TEACHER_READER), prose(_luck(found)), listed, below)
    return section(title, "teachers", *parts)


def _luck(found: pl.DataFrame) -> str:
    """What luck alone would give these teachers, with their own numbers of pupils and exams."""
    can = found.filter(pl.col("luck") > 0)
    if can.is_empty():
        return "还没有一名受帮扶的学生可以评定，所以没有人获奖。"
    won = can.filter(pl.col("prize") != "none").height
    lucky = sum(can["luck"].to_list()) / can.height
    return (
        f"只凭运气，约 {percent(lucky)} 的教师也会获奖：假定谁的帮扶都没有作用，"
        f"按这 {count(can.height)} 位教师各自所帮的人数、考试次数和试卷的可靠程度模拟。"
        f"实际是 {percent(won / can.height)}。两个数相差不多时，"
        "获奖不能说明帮扶有效，没有获奖也不能说明无效。"
    )


def left_out_section(view: Learners) -> Part:
    """Rows of scores that could not be used, what else is odd, and why some are not assessed."""
    reasons = view.frames["progress"].drop_nulls("reason").group_by("grade", "reason").len()
    problems = view.frames["problems"].sort("file", "sheet", "row", "column")
    errors, warnings = (problems.filter(severity=kind) for kind in ("error", "warning"))
    persons = int(reasons["len"].sum())
    title = f"{count(persons)} 名学生无法评定，成绩表 {count(errors.height)} 处没有采用"
    listed = [_reasons(view, reasons), _rows(errors)]
    if warnings.height:
        listed.append(_reminders(warnings))
    return section(title, "left-out", join(tuple(listed)))


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


def _rows(errors: pl.DataFrame) -> Part:
    if errors.is_empty():
        return prose("成绩表里没有不能采用的行。")
    said = "这些行各科的成绩都没有采用，改好后重新运行。"
    drawn = numbered("tbl-score-problems", _places(errors), said)
    return folded(f"没有采用的成绩，{count(errors.height)} 处", drawn, errors.height)


def _reminders(warnings: pl.DataFrame) -> Part:
    said = "只是提醒：除了各行说不用的，成绩都照用；请核对，该改的改好后重新运行。"
    drawn = numbered("tbl-score-reminders", _places(warnings), said)
    return folded(f"成绩表的提醒，{count(warnings.height)} 处", drawn, warnings.height)


def _places(problems: pl.DataFrame) -> Part:
    rows = [
        Row(
            (
                " ".join((row["file"], row["sheet"], _line(row["row"]))).rstrip(),
                *(row["column"], f"{row['message']}{row['remedy']}"),
            )
        )
        for row in problems.to_dicts()
    ]
    columns = [Column(("位置",), "long"), Column(("列",)), Column(("问题和办法",), "long")]
    return official_table(columns, rows)


def _line(row: int | None) -> str:
    return "" if row is None else f"第 {row} 行"
