"""How the school and its classes moved, counted and without what tells of few: internal."""

from collections.abc import Mapping, Sequence
from typing import Any

from aidkit.disclosure.progress import own_table
from aidkit.internal.learners import Learners
from aidkit.internal.progress_cells import by_grade
from aidkit.show.official import Column, Row, Value, official_table
from aidkit.show.parts import Part, numbered, prose, section
from aidkit.show.view import shown
from aidkit.tables import ALL

TOLD = "**内部资料 · 供本校教职工使用**，没有姓名，可以在教职工会上讲；不张贴，不与别的学校比。"


def change_section(view: Learners) -> Part:
    """Bands of the school and each class, which all of its staff may see."""
    door = view.frames["settings"].row(0, named=True)
    threshold = door["threshold"]
    table = own_table(view.frames["progress"], threshold, door["width"])
    if table.is_empty():
        return section("没有可以统计的班级", "change", prose("本学期没有考试成绩。"))
    bands = view.labels.names("progress_band")
    keys = ["grade", "class_name"]
    found = {(row["grade"], row["class_name"], row["band"]): row for row in table.to_dicts()}
    rows = []
    for grade, room in by_grade(view, table.select(keys).unique(maintain_order=True)).iter_rows():
        if grade != ALL:
            own = _numbers([found[grade, room, band] for band in bands])
            rows.append(Row((view.labels.label("grade", grade), room, *own)))
    whole = _numbers([found[ALL, ALL, band] for band in bands])
    rows.append(Row(("本校合计", *whole), "total"))
    columns = [
        *(Column((title,)) for title in ("年级", "班级")),
        *(Column((title,), "number") for title in ("参加评定", *bands.values())),
    ]
    caption = (
        f"各班学生按评定分的人数。不足 {threshold} 人的和能倒推出来的写“未公布”，不等于 0。"
        "班小，一两名学生就差好几个百分点，不能用来评班级、评教师。"
    )
    listed = numbered("tbl-change", official_table(columns, rows, keys=1), caption)
    return section("本校和各班的变化（不含姓名）", "change", prose(TOLD), listed)


def _numbers(cells: Sequence[Mapping[str, Any]]) -> list[Value]:
    """Of how many, and how many of each band."""
    return [cells[0]["of"], *(shown(cell["pupils"]) for cell in cells)]
