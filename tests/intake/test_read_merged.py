"""Cells merged in any way: a header over several columns, titles, cells beyond the table."""

from hypothesis import given
from hypothesis import strategies as st

from aidkit.intake.files import Source
from aidkit.intake.sheets import Opened, open_sheet
from aidkit.intake.values import Value
from aidkit.intake.workbooks import Sheet

ROWS: list[list[Value]] = [
    ["一小捐款名单", "", "", ""],
    ["捐款人", "捐款金额", "", "捐款日期"],
    ["", "现金", "转账", ""],
    ["甲", 100, 200, "2026-09-01"],
    ["乙", 100, "", "2026-09-01"],
    ["合计", 200, 200, ""],
]
AREA = st.tuples(st.integers(0, 7), st.integers(0, 6), st.integers(0, 3), st.integers(0, 3)).map(
    lambda at: ((at[0], at[1]), (at[0] + at[2], at[1] + at[3]))
)


@given(st.lists(AREA, max_size=4), st.integers(0, 2))
def test_whatever_is_merged_the_sheet_is_opened(
    merged: list[tuple[tuple[int, int], tuple[int, int]]], titles: int
) -> None:
    rows = [list(row) for row in ROWS[titles:]]
    opened = open_sheet(Sheet("Sheet1", rows, tuple(merged)), Source("捐款.xlsx", None, None))
    assert opened is not None


def test_a_header_over_two_columns_of_money_is_named() -> None:
    sheet = Sheet("Sheet1", ROWS, (((1, 1), (1, 2)),))
    opened = open_sheet(sheet, Source("捐款.xlsx", None, None))
    assert isinstance(opened, Opened)
    problems = opened.read.problems
    assert [(one["code"], one["row"], one["column"]) for one in problems][:1] == [
        ("split_header", 2, "B 捐款金额")
    ]
