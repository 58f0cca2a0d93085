"""What is said beside a fund's tables, the same on paper and on the site."""

from collections.abc import Collection

OTHER = "other"
"""其他资助: programs of which too few people were paid in a month."""

PARTLY = "部分月份"
"""Behind a program that is in 其他资助 in some of the months."""

UNVALUED = "没有估价的实物只记数量，不在金额里；只发了这种实物的，写“未估价”。"


def program_notes(programs: Collection[str], *, partly: bool, threshold: int) -> list[str]:
    """What rows of programs that are put together mean.

    Args:
        programs: Ids of the rows.
        partly: Whether one of them bears `PARTLY`.
        threshold: Fewer people than this are told together with others.
    """
    notes = []
    if OTHER in programs:
        notes.append(
            f"“其他资助”是一个月里不足 {threshold} 人的项目，合在一起公布；"
            "合起来还不足的，连同当月够人数的项目里金额最小的一个。"
        )
    if partly:
        notes.append(f"标有“{PARTLY}”的项目，有的月份并入了“其他资助”，本行不是它的全部。")
    return notes
