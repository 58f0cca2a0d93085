"""Who helps whom, how many each, and whether pairs last: internal.

Only pairs of who is looked after for results; who is looked after for conduct stands elsewhere.
"""

import polars as pl

from aidkit.internal.helping_cells import (
    by_class,
    cited,
    class_of,
    counted_words,
    counts,
    day,
    learner,
    limits,
    numbers_of,
    subject,
    teacher,
    texts,
)
from aidkit.internal.helping_visits import held
from aidkit.internal.learners import Learners
from aidkit.show.numbers import count
from aidkit.show.official import Row, official_table
from aidkit.show.parts import Part, folded, join, numbered, prose, section


def pairs_section(view: Learners) -> Part:
    """Every pair that holds, class by class, and how many pupils each helper has."""
    pairs = by_class(view, held(view, "tutor_pairs"), "name", "student_no", "teacher_no")
    if pairs.is_empty():
        words = "请在帮扶结对表里登记，登记后这里列出结对、走访和提醒。"
        none = section("没有登记帮扶结对", "pairs", prose(words))
        return join((none, loads_section(view)))
    rows = [
        Row(
            (
                class_of(view, row),
                learner(row),
                subject(view, row["subject"]),
                row["teacher_name"],
                day(row["paired_on"]),
            )
        )
        for row in pairs.iter_rows(named=True)
    ]
    pupils, helpers = pairs["student_no"].n_unique(), pairs["teacher_no"].n_unique()
    table = numbered(
        "tbl-pairs",
        official_table(texts("班级", "姓名和学籍号", "弱科", "帮扶教师", "结对日期"), rows, keys=2),
        f"{view.as_of} 正在帮扶的结对；“—”是没有登记弱科。",
    )
    title = f"{count(helpers)} 名教师帮扶 {count(pupils)} 名学生"
    listed = folded(f"结对名单，{count(len(rows))} 对", table, len(rows))
    return join((section(title, "pairs", listed), loads_section(view)))


def loads_section(view: Learners) -> Part:
    """How many pupils each person has against the limits, whoever is outside them first."""
    found = view.frames["loads"]
    outside = found.filter(pl.col("state") != "ok")
    if found.is_empty():
        return section("没有要核对的帮扶人数", "loads", prose("没有人有帮扶人数的要求。"))
    order = pl.col("state").replace_strict({"over": 0, "under": 1, "ok": 2})
    sorted_ = found.sort(pl.col("role") == "party", order, "school_code", "teacher_no")
    rows = [
        Row(
            (
                view.labels.label("load_role", row["role"]),
                row["name"],
                row["pupils"],
                limits(row),
                view.labels.label("load_state", row["state"]),
            )
        )
        for row in sorted_.iter_rows(named=True)
    ]
    columns = [*texts("要求", "教师"), *counts("帮扶学生"), *texts("应有人数", "结论")]
    table = numbered(
        "tbl-loads",
        official_table(columns, rows, keys=1),
        "每人帮扶的学生数和要求。党员联系的学生不分哪一类，每人只算一次。"
        + cited(view, "tutor", "party"),
    )
    title = (
        f"{count(outside.height)} 人次的帮扶人数不合要求"
        if outside.height
        else "每个人的帮扶人数都合要求"
    )
    listed = folded(f"逐人列出，{count(len(rows))} 人次", table, len(rows))
    return section(title, "loads", listed)


def proposal_section(view: Learners) -> Part:
    """Whom the pupils without a helper could have; a proposal and no decision."""
    found = view.frames["proposals"]
    waiting = by_class(view, found.filter(pl.col("how") != "kept"), "name", "student_no")
    kept = found.filter(pl.col("how") == "kept").height
    if waiting.is_empty():
        words = "需要帮扶的学生都已经有人帮扶。" if kept else "没有需要安排帮扶的学生。"
        return section("没有要安排的学生", "proposal", prose(words))
    rows = [
        Row(
            (
                class_of(view, row),
                learner(row),
                subject(view, row["subject"]),
                row["teacher_name"],
                view.labels.label("proposal", row["how"]),
                day(row["until"]),
            )
        )
        for row in waiting.iter_rows(named=True)
    ]
    nobody = waiting.filter(pl.col("how") == "nobody").height
    more = f"，其中 {count(nobody)} 人没有空余的教师" if nobody else ""
    titles = ("班级", "姓名和学籍号", "弱科", "建议的教师", "怎样安排的", "原则上不变到")
    table = numbered(
        "tbl-proposal",
        official_table(texts(*titles), rows, keys=1),
        "安排建议：原有结对沿用，其余按弱科、教师的空余名额和需要程度安排，党员优先。"
        "是否采用由学校决定，采用后请登记到帮扶结对表。",
    )
    title = f"{count(waiting.height)} 名学生还没有人帮扶{more}"
    listed = folded(f"安排建议，{count(len(rows))} 人", table, len(rows))
    return section(title, "proposal", listed)


def continuity_section(view: Learners) -> Part:
    """What became of the pairs of the term before."""
    found = view.frames["continuity"]
    if found.is_empty():
        words = "上学期没有登记帮扶结对，无从比较。"
        return section("没有上学期的结对", "continuity", prose(words))
    names = view.labels.names("continuity")
    said = counted_words(view, "continuity", names, numbers_of(found, "state"))
    broken = found.filter(~pl.col("state").is_in(["kept", "fulfilled"]))
    order = list(names)
    rows = [
        Row(
            (
                view.labels.label("continuity", row["state"]),
                learner(row),
                row["teacher_name"],
                day(row["paired_on"]),
                day(row["until"]),
                row["school_now"] and view.school(row["school_now"]),
                teacher(view, row["helped_by"]),
            )
        )
        for row in broken.sort(
            pl.col("state").replace_strict(order, range(len(order))), "student_no", "teacher_no"
        ).iter_rows(named=True)
    ]
    titles = (
        *("结果", "姓名和学籍号", "原帮扶教师", "结对日期", "应帮扶到"),
        *("学生现在的学校", "现帮扶教师"),
    )
    parts = [prose(f"上学期末的 {count(found.height)} 对：{said}。")]
    if rows:
        table = official_table(texts(*titles), rows, keys=1)
        caption = (
            f"没有延续的结对；一对结对原则上 {view.figure('years')} 年不变，"
            "学生离校、升学、转校和教师离岗、调动的除外。"
            "转到外校的学生，请把帮扶情况告诉现在的学校；“—”是现在没有人帮扶。外校的教师写工号。"
        )
        listed = numbered("tbl-continuity", table, caption)
        parts.append(folded(f"没有延续的，{count(len(rows))} 对", listed, len(rows)))
    cut = found.filter(pl.col("state").is_in(["replaced", "dropped"])).height
    title = f"{count(cut)} 对结对中途变更或中断" if cut else "上学期的结对没有中途变更"
    return section(title, "continuity", *parts)


def peers_section(view: Learners) -> Part:
    """Pupils who help pupils, and pairs of which one is gone."""
    found = view.frames["peer_checks"]
    if found.is_empty():
        return section("没有登记学生互助", "peers", prose("没有登记学生互助结对。"))
    wrong = found.filter(pl.col("state") != "good").height
    rows = [
        Row(
            (
                row["helper_name"],
                learner(row),
                subject(view, row["subject"]),
                day(row["paired_on"]),
                {True: "同班", False: "不同班", None: None}[row["same_class"]],
                view.labels.label("peer_state", row["state"]),
            )
        )
        for row in found.sort(pl.col("state") == "good", "helper_no", "student_no").to_dicts()
    ]
    titles = ("小老师", "帮助的学生", "科目", "结对日期", "班级", "现状")
    table = official_table(texts(*titles), rows)
    more = f"，{count(wrong)} 对要重新安排" if wrong else ""
    return section(
        f"{count(found.height)} 对学生互助{more}",
        "peers",
        folded(
            f"逐对列出，{count(len(rows))} 对",
            numbered("tbl-peers", table, "学生互助结对。学生之间自愿结对，不公布名单。"),
            len(rows),
        ),
    )
