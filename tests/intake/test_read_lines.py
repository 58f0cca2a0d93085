"""Lines looked at together are judged as each of them alone."""

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from aidkit.intake.layout import find_layout
from aidkit.intake.lexicon import lexicon
from aidkit.intake.line_judge import LineJudge
from aidkit.intake.lines import sort_lines
from aidkit.intake.values import Value
from aidkit.intake.workbooks import Sheet

HEADER: list[Value] = ["捐赠日期", "捐赠人", "捐赠金额", "备注"]
CELLS = st.sampled_from(
    [
        "",
        " ",
        "甲",
        "最高",
        "最好",
        "人数",
        "二人",
        "截止",
        "\n/",
        "a\n-b",
        "-",
        "以上",
        "合计",
        "捐赠人",
        7.0,
    ]
) | st.text("最高人数以上下截止计额-/ \n甲", max_size=4)
ROWS = st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=4)


@settings(deadline=None)
@given(ROWS)
@example([["甲", "乙", "丙", "合计"], ["甲", "", 7.0, ""]])
def test_lines_together_are_judged_as_alone(rows: list[list[Any]]) -> None:
    sheet = Sheet("S", [HEADER, *rows])
    layout, _ = find_layout(sheet, "捐赠")
    assert layout is not None
    words = lexicon().tables[layout.table]
    judge = LineJudge(sheet, layout, words, lexicon().known)
    if judge.all_plainly_data(rows):
        assert all(judge.plainly_data(row) for row in rows)


def test_words_far_down_are_found_in_a_long_table() -> None:
    rows: list[list[Any]] = [["2026-09-01", "甲", 7.0, "乙"] for _ in range(200)]
    rows[70:70] = [["", "", "", ""], ["合计", "", 490.0, ""]]
    sheet = Sheet("S", [HEADER, *rows, ["制表人：丙", "", "", ""]])
    layout, _ = find_layout(sheet, "捐赠")
    assert layout is not None
    lines = sort_lines(sheet, layout, lexicon().tables[layout.table], lexicon().known)
    assert (lines.blank, lines.totals, lines.around) == ([71], [72], [0, 203])
    assert lines.data == [*range(1, 71), *range(73, 203)]
