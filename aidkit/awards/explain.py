"""Lines for `aidkit why`: every program and its reasons for one student."""

import polars as pl

from aidkit.errors import UsageError


def explain(decisions: pl.DataFrame, student_no: str) -> list[str]:
    """What was decided for a student and why, with the determination ids.

    Args:
        decisions: `tables.Decisions` of one term.
        student_no: 学籍号.

    Raises:
        UsageError: The student is not in the decisions.
    """
    own = decisions.filter(pl.col("student_no") == student_no).sort(
        "eligible", "program_id", descending=[True, False]
    )
    if own.is_empty():
        raise UsageError(
            f"本学期的认定结果里没有学籍号 {student_no}。",
            remedy="请核对学籍号；没有跑过的学期请先运行 aidkit run。",
        )
    lines: list[str] = []
    for row in own.iter_rows(named=True):
        result, *reasons = row["explanation"].split("\n")
        lines += [result, *(f"  {reason}" for reason in reasons)]
        lines += [f"  认定编号：{row['determination_id']}（版本 {row['version_id']}）", ""]
    return lines[:-1]
