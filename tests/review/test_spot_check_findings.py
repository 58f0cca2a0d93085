"""Reading back: what cannot be taken is told with its row, and nothing of it is guessed."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from aidkit.errors import InputError
from aidkit.intake.workbooks import Sheet
from aidkit.review.spot_check import CHECKER, DAY, FINDING, HEADERS, NOTE, Row
from aidkit.review.spot_check_findings import Findings, findings_in, number_in

FIRST, LAST = dt.date(2026, 11, 20), dt.date(2026, 11, 30)
WHEN = dt.date(2026, 11, 25)
PUPIL = Row(
    *("1", "青源小学", "一年级 1班", "某1", "G990001", "三级资助", "三级", "1,500.00"),
    *("在校\n材料：申请表", "d1"),
)
ROWS = tuple(
    PUPIL._replace(no=str(n), name=f"某{n}", person_no=f"G99000{n}", determination_id=f"d{n}")
    for n in range(1, 4)
)
Cells = list[list[Any]]


def filled() -> Cells:
    top: Cells = [["抽查表"], ["抽查编号：2026-autumn-3-7-1a2b3c4d　抽 3 人次"], ["只填后四列"]]
    header: list[Any] = [*HEADERS, FINDING, NOTE, CHECKER, DAY]
    lines: Cells = [[*row, "相符", "", "王老师", WHEN] for row in ROWS]
    for line in lines:
        line[7] = 1500.0
    lines[1][-4:-2] = ["不符", "已转走"]
    return [*top, header, *lines]


def read(cells: Cells) -> Findings:
    width = max(map(len, cells))
    sheet = Sheet("抽查表", [[*row, *[""] * (width - len(row))] for row in cells])
    return findings_in([Sheet("说明", [["x"]]), sheet], ROWS, "f.xlsx", FIRST, LAST)


def test_all_is_taken_as_it_stands() -> None:
    back = read(filled())
    assert back.problems.is_empty()
    assert [one.row for one in back.found] == [*ROWS]
    (unlike,) = back.unlike
    assert (unlike.row.no, unlike.note, unlike.checker, unlike.day) == (
        "2",
        "已转走",
        "王老师",
        WHEN,
    )


def test_what_programs_do_to_a_sheet_is_no_change() -> None:
    cells = filled()
    cells[4:] = [cells[6], [""] * 14, cells[4], cells[5]]
    cells[4][0] = 3.0
    cells[4][8] = "在校\r\n材料：申请表 "
    cells[4][-1] = dt.datetime(2026, 11, 25)
    cells[6][-1] = "2026年11月25日"
    cells[7][-1] = 46351.0
    back = read(cells)
    assert back.problems.is_empty()
    assert {one.day for one in back.found} == {WHEN}


def changed(row: int, column: int, value: object) -> Callable[[Cells], None]:
    def change(cells: Cells) -> None:
        cells[row][column] = value

    return change


FAULTS: dict[str, tuple[Callable[[Cells], None], str, int | None]] = {
    "a name": (changed(4, 3, "别人"), "row_altered", 5),
    "a number": (changed(4, 4, "G990009"), "row_altered", 5),
    "an amount": (changed(5, 7, 1500.01), "row_altered", 6),
    "an amount of many digits": (changed(5, 7, 1500.001), "row_altered", 6),
    "an amount taken away": (changed(5, 7, ""), "row_altered", 6),
    "an id": (changed(6, 9, "d1"), "row_altered", 7),
    "another number": (changed(6, 0, "4"), "row_unknown", 7),
    "no number": (changed(6, 0, ""), "row_unknown", 7),
    "twice": (lambda cells: cells.append(cells[4]), "row_twice", 8),
    "a row less": (lambda cells: cells.remove(cells[5]), "row_missing", None),
    "no finding": (changed(4, 10, ""), "no_finding", 5),
    "a word of one's own": (changed(4, 10, "基本相符"), "bad_finding", 5),
    "no note": (changed(5, 11, " "), "no_note", 6),
    "no checker": (changed(6, 12, ""), "no_checker", 7),
    "no day": (changed(6, 13, ""), "bad_day", 7),
    "no such day": (changed(6, 13, "2026-11-31"), "bad_day", 7),
    "a day before": (changed(6, 13, dt.date(2026, 11, 19)), "day_outside", 7),
    "a day to come": (changed(6, 13, dt.date(2026, 12, 1)), "day_outside", 7),
}


@pytest.mark.parametrize("what", FAULTS)
def test_each_fault_is_told_with_its_row(what: str) -> None:
    change, code, row = FAULTS[what]
    cells = filled()
    change(cells)
    problems = read(cells).problems
    assert (code, row) in problems.select("code", "row").rows()
    assert all(problems["remedy"])


def test_a_missing_row_is_named_by_its_number() -> None:
    cells = filled()
    del cells[5]
    (problem,) = read(cells).problems.rows(named=True)
    assert "第 2 号（某2）" in problem["message"]


def test_a_fault_is_not_counted_as_found() -> None:
    cells = filled()
    cells[4][10] = ""
    assert [one.row.no for one in read(cells).found] == ["2", "3"]


def test_no_sheet_of_ours() -> None:
    cells = filled()
    assert number_in([Sheet("抽查表", cells)], "f.xlsx") == "2026-autumn-3-7-1a2b3c4d"
    with pytest.raises(InputError, match="没有抽查编号"):
        number_in([Sheet("抽查表", cells[2:])], "f.xlsx")
    cells[3][10] = "结果"
    with pytest.raises(InputError, match="表头"):
        read(cells)
