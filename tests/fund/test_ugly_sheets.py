"""Sheets as they come: sums among the rows, other units, columns side by side or split."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from aidkit.fund.importing.importing import preview_file
from aidkit.fund.importing.preview import Preview

Cells = Sequence[Sequence[object]]


def shown(folder: Path, rows: Cells, *merged: str) -> Preview:
    """What importing a workbook of one sheet would do."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([*row])
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(folder / "捐款.xlsx")
    return preview_file(None, folder / "捐款.xlsx")


def test_sums_may_stand_among_the_rows(tmp_path: Path) -> None:
    found = shown(
        tmp_path,
        [
            ["XX县“慈善一日捐”捐款名单"],
            ["填报单位：XX县教育局", "", "", "日期：2026年9月5日"],
            ["序号", "单位", "姓名", "捐款金额（元）"],
            [1, "一小", "甲", 100],
            ["小计", "", "", 100],
            [1, "二小", "乙", 20.5],
            ["小计", "", "", 20.5],
            ["合计", "", "", 120.5],
            ["制表人：李会计", "", "", "审核：王主任"],
        ],
        "A1:D1",
        "A2:C2",
    )
    assert found.errors.is_empty()
    assert (found.tallies["new"].rows, found.tallies["new"].fen) == (2, 12_050)
    assert found.register.controls["agrees"].to_list() == [True, True, True]


UNUSED: dict[str, tuple[Cells, tuple[str, ...], str, str]] = {
    "in ten thousands": (
        [
            ["爱心捐款公示（单位：万元）"],
            ["捐赠单位", "捐赠金额", "捐赠时间"],
            ["甲公司", 10, "2026.9.1"],
            ["乙公司", 5.5, "2026.9.2"],
            ["合计", 15.5],
        ],
        (),
        "unit_not_yuan",
        "把表头或标题里的“万元”改成“元”",
    ),
    "side by side": (
        [
            ["姓名", "捐款金额", "姓名", "捐款金额"],
            ["甲", 100, "丙", 50],
            ["乙", 80, "丁", 60],
            ["合计", 180, "合计", 110],
        ],
        (),
        "duplicate_header",
        "左右并排的两栏请接成一栏",
    ),
    "one header over two sums": (
        [
            ["捐款人", "捐款金额（元）", "", "捐款日期"],
            ["", "现金", "转账", ""],
            ["甲", 100, 200, dt.date(2026, 9, 1)],
        ],
        ("A1:A2", "B1:C1", "D1:D2"),
        "split_header",
        "请分成几行，每行一个金额",
    ),
}


@pytest.mark.parametrize("case", UNUSED)
def test_of_a_table_that_is_not_used_nothing_is_told_as_if_it_were(
    tmp_path: Path, case: str
) -> None:
    rows, merged, code, remedy = UNUSED[case]
    found = shown(tmp_path, rows, *merged)
    errors = found.errors.filter(code=code)
    assert not errors.is_empty()
    assert remedy in errors["remedy"][0]
    assert found.tallies["new"].rows == 0
    assert found.held == 2
    assert found.register.controls.is_empty()


def test_a_sum_that_is_merged_like_its_header_is_one(tmp_path: Path) -> None:
    """Also where nothing stands in the columns beyond."""
    rows: Cells = [["捐款公示"], ["捐款人", "捐款金额"], ["甲", 100]]
    found = shown(tmp_path, rows, "A1:D1", "B2:C2", "B3:C3", "F2:G2")
    assert found.errors.is_empty()
    assert found.tallies["new"].fen == 10_000


def test_all_behind_a_second_header_is_held(tmp_path: Path) -> None:
    found = shown(
        tmp_path,
        [
            ["日期", "捐款单位", "金额", "方式"],
            ["2026-09-01", "甲公司", 1000, "转账"],
            [],
            ["日期", "受助学生", "金额", "经办人"],
            ["2026-09-10", "丙", 500, "李"],
            ["2026-09-10", "丁", 500, "李"],
        ],
    )
    assert found.errors["code"].to_list() == ["second_table"]
    assert found.tallies["new"].rows == 1
    assert found.held == 3


def test_who_signs_below_is_no_donor(tmp_path: Path) -> None:
    found = shown(
        tmp_path,
        [
            ["捐款人", "捐款金额", "捐款日期"],
            ["甲", 100, "2026-09-01"],
            ["以上共计壹佰元整（¥100.00）"],
            ["经手人：李", "", "证明人：王"],
            ["2026年9月30日"],
        ],
    )
    assert found.errors.is_empty()
    assert found.tallies["new"].rows == 1
