"""Aid to teachers and to students at universities and colleges: internal, county only."""

import polars as pl

from aidkit.internal.open import StoredTerm
from aidkit.internal.people import person_cells, person_columns
from aidkit.programs.vocabulary import SUBJECTS
from aidkit.show.numbers import count, money_words
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, folded, numbered, prose, section

OTHERS = ("teacher", "freshman")


def others_section(stored: StoredTerm) -> Part:
    """Persons and money by program, then everybody by name."""
    due = (
        stored.everyone.filter(pl.col("awarded"), pl.col("subject").is_in(OTHERS))
        .with_columns(place=pl.col("subject").replace_strict(OTHERS, range(len(OTHERS))))
        .sort("place", "program_id", "school_code", "name", "person_no")
    )
    if due.is_empty():
        return section(
            "本学期没有资助教师和高校学生", "others", prose("没有人符合条件，或没有申请。")
        )
    rows: list[Row] = []
    names: list[Row] = []
    for (subject, program), group in due.group_by("subject", "program_id", maintain_order=True):
        who, title = SUBJECTS[str(subject)], stored.title(str(program))
        rows.append(Row((who, title, group.height, int(group["amount_fen"].sum()))))
        for row in group.iter_rows(named=True):
            tier = stored.tier(row["tier"])
            names.append(Row((who, title, *person_cells(stored, row), tier, row["amount_fen"])))
    rows.append(Row(("合计", due.height, int(due["amount_fen"].sum())), "total"))
    names.append(Row(("合计", int(due["amount_fen"].sum())), "total"))
    numbers = [
        Column(("对象",)),
        Column(("资助项目",)),
        Column(("人次",), "number"),
        Column(("应享金额",), "money"),
    ]
    columns = [Column(("对象",)), Column(("资助项目",)), *person_columns(stored)]
    columns += [Column(("档次",)), Column(("应享金额",), "money")]
    listed = numbered(
        "tbl-other-persons",
        official_table(columns, names, unit="单位：元", keys=2),
        "受资助的教师和高校学生；编号是工号或学籍号，学校是任教或毕业的学校。",
    )
    words = "、".join(
        f"{SUBJECTS[subject]} {count(persons)} 人"
        for subject in OTHERS
        if (persons := due.filter(subject=subject)["person_no"].n_unique())
    )
    return section(
        f"另资助{words}，共 {money_words(int(due['amount_fen'].sum()))}",
        "others",
        numbered(
            "tbl-others",
            official_table(numbers, rows, unit="单位：元", keys=1),
            "教师和高校学生各项目的人次和金额，不对外公布。",
        ),
        folded(f"名单，{count(due.height)} 人次", listed, due.height),
    )
