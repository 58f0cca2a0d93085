"""Persons who may be one, or get the same thing twice: internal."""

from aidkit.internal.open import StoredTerm
from aidkit.internal.people import person
from aidkit.show.numbers import count
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, numbered, prose, section

KINDS = {
    "same_id": "同一身份证号",
    "same_card": "同一银行卡，不是兄弟姐妹",
    "same_family": "同一家庭，学校和工会都资助",
    "same_teacher": "同一教师，两项资助",
}


def duplicates_section(stored: StoredTerm) -> Part:
    """Groups of persons to look at, across the whole county."""
    found = stored.frames["duplicates"].sort("group_no", "school_code", "person_no")
    if found.is_empty():
        return section(
            "没有发现重复的人",
            "duplicates",
            prose("全县范围比对过身份证号、银行卡、家庭和教师，没有重复。"),
        )
    rows = [
        Row(
            (
                str(row["group_no"]),
                person(row),
                stored.school(row["school_code"]),
                row["message"],
            )
        )
        for row in found.iter_rows(named=True)
    ]
    columns = [*(Column((t,)) for t in ("组", "姓名和编号", "学校"))]
    groups = found.unique("group_no").group_by("kind").len().rows()
    tally = dict(groups)
    words = "；".join(f"{KINDS[kind]} {count(tally[kind])} 组" for kind in KINDS if kind in tally)
    return section(
        f"全县比对发现 {count(found['group_no'].n_unique())} 组可能重复，要逐组核对",
        "duplicates",
        prose(f"{words}。只是提示，没有取消任何人的资助。"),
        numbered(
            "tbl-duplicates",
            official_table([*columns, Column(("核对什么",), "long")], rows, keys=1),
            "可能重复的人；编号是学籍号或工号。",
        ),
    )
