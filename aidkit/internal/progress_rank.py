"""The documents' rule: the group in order of places risen, and beside it what luck would give."""

import polars as pl

from aidkit.internal.helping_cells import learner
from aidkit.internal.learners import Learners
from aidkit.internal.progress_cells import (
    GRADE_READER,
    by_grade,
    figure,
    number_columns,
    only_for,
    percent,
    places,
    prize,
    with_names,
)
from aidkit.show.numbers import count, signed
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, numbered, prose, section

AMONG = {"group": "这些学生之间", "all": "全年级之中"}

CAPTION = (
    "只在这些学生之间排名次，与上学期末相比；总分相同的名次相同。名次上升的按比例分一二三等，"
    "没有上升的不评；一个年级只有一人的，没有名次可升，也不评。“—”是其中一次没有总分，不排。"
    "奖励单独告知学生本人和家长，不在会上宣布、不张贴：这个奖只有学困生能得，念名字就等于公布名单。"
)

LUCK_CAPTION = (
    "“运气”一栏假定谁也没有真的进步或退步，只是两次考试都有偶然：按本年级的人数和试卷的可靠程度模拟。"
    "因为一次没考好而选进来的，下一次多半会好一些。这一栏按上学期末最后的这么多人算；"
    "照结对选出的，不都在最后，靠运气上升的一般比这里写的少。"
    "实际与运气相差不多时，不能说是帮扶的效果。"
)


def ranking_section(view: Learners) -> Part:
    """Who of the group rose how far, grade by grade, then what luck alone would give."""
    group = with_names(view, view.frames["progress"].filter("in_group"))
    if group.is_empty():
        text = "本校本学期没有结对帮扶的学困生，也没有上学期末的成绩可以选出。"
        return section("没有要排名次的学生", "ranking", prose(text))
    ordered = group.sort(
        pl.col("rank_change").fill_null(-1_000_000), "rank_now", descending=[True, False]
    )
    rows = []
    for row in by_grade(view, ordered).to_dicts():
        told = (row["rank_before"], row["rank_now"], places(row["rank_change"]))
        grade = view.labels.label("grade", row["grade"])
        who = (grade, learner(row), row["class_name"])
        rows.append(Row((*who, *told, prize(view, row["rank_prize"]))))
    columns = [
        *(Column((title,)) for title in ("年级", "姓名和学籍号", "班级")),
        *(Column(("名次", title), "number") for title in ("上学期末", "本学期", "进退")),
        Column(("奖次",)),
    ]
    risen = group.filter(pl.col("rank_change") > 0).height
    both = group["rank_change"].count()
    listed = numbered("tbl-ranking", official_table(columns, rows, keys=1), CAPTION)
    title = f"文件的办法：{count(both)} 名学生可比名次，{count(risen)} 名上升"
    return section(title, "ranking", only_for(GRADE_READER), listed, _luck(view))


def _luck(view: Learners) -> Part:
    """Beside each grade's ranking: what was seen, and what luck alone would give."""
    found = by_grade(view, view.frames["luck"].filter(class_name="").sort("among"))
    rows = [
        Row(
            (
                view.labels.label("grade", row["grade"]),
                AMONG[row["among"]],
                *(row["n_group"], row["n_grade"], figure(row["reliability"])),
                *(
                    value
                    for name, printed in (
                        ("share_rise", percent),
                        ("mean_places", _mean_places),
                        ("share_three", percent),
                    )
                    for value in (printed(row[f"observed_{name}"]), printed(row[f"luck_{name}"]))
                ),
            )
        )
        for row in found.to_dicts()
    ]
    if not rows:
        return prose("没有两次总分都齐的学生，算不出运气有多大。")
    columns = [
        *(Column((title,)) for title in ("年级", "名次排在")),
        *number_columns(("学生", "年级人数", "试卷可靠程度")),
        *(
            Column((title, side), "number")
            for title in ("名次上升", "平均上升（名）", "上升 3 名以上")
            for side in ("实际", "运气")
        ),
    ]
    return numbered("tbl-luck", official_table(columns, rows, keys=1), LUCK_CAPTION)


def _mean_places(mean: float | None) -> str | None:
    rounded = figure(mean, 1)
    return None if rounded is None else signed(rounded)


def luck_words(view: Learners) -> str:
    """What luck alone would give the largest group, in a sentence; empty where nobody knows."""
    told = view.frames["luck"].filter(class_name="", among="group")
    told = told.drop_nulls("luck_share_rise").sort("n_group", "grade", descending=[True, False])
    if told.is_empty():
        return ""
    row = told.row(0, named=True)
    grade = view.labels.label("grade", row["grade"])
    lucky, seen = (percent(row[f"{side}_share_rise"]) for side in ("luck", "observed"))
    return f"只凭运气，{grade}这 {row['n_group']} 名学生里也会有 {lucky} 名次上升；实际是 {seen}。"
