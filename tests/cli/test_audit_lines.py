"""What is said of a spot check's workbook that was handed in with faults."""

import polars as pl

from aidkit.cli.audit_lines import problem_lines


def test_what_many_rows_have_is_said_once() -> None:
    empty = [
        {"row": row, "column": "N 日期", "value": "", "message": "没有日期。", "remedy": "请写。"}
        for row in (5, 6, 7, 9)
    ]
    other = {
        "row": 8,
        "column": "N 日期",
        "value": "昨天",
        "message": "看不懂。",
        "remedy": "请写。",
    }
    whole = {"row": None, "column": "", "value": "", "message": "少了一行。", "remedy": "请补。"}
    said = list(problem_lines(pl.DataFrame([*empty, other, whole])))
    assert said == [
        "抽查表有 6 处问题，没有登记：",
        "  第 5 至 7、9 行，N 日期 列：没有日期。",
        "         办法：请写。",
        "  第 8 行，N 日期 列：“昨天”看不懂。",
        "         办法：请写。",
        "  少了一行。",
        "         办法：请补。",
    ]
