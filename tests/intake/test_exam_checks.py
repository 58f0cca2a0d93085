"""Exams held against their term and each other: what is not sure is left out, and told."""

import openpyxl
import pytest

from aidkit.intake import read_workbook
from tests.intake.conftest import MakeBook
from tests.intake.test_read_scores import BOOK, HEADER, row


def test_of_two_results_of_one_exam_none_is_believed(make_book: MakeBook) -> None:
    first = [
        [*HEADER, "语文", "数学"],
        row(1, 80, 90),
        row(2, 80, 90),
        row(3, 80, ""),
        row(4, 80, 9),
    ]
    second = [[*HEADER, "语文", "数学"], row(1, 80, 90), row(2, 80, 91), row(3, 80, 90)]
    alone = [[*HEADER, "英语"], row(4, 70)]
    intake = read_workbook(make_book(BOOK, A=first, B=second, C=alone))
    assert intake.problems.select("sheet", "row", "code").rows() == [
        ("A", 3, "exam_twice"),
        ("A", 4, "exam_twice"),
        ("B", 2, "duplicate_row"),
        ("B", 3, "exam_twice"),
        ("B", 4, "exam_twice"),
    ]
    assert "工作表“B”第 3 行" in intake.problems["message"][0]
    assert "工作表“A”第 3 行" in intake.problems["message"][3]
    kept = intake.tables["scores"].select("source_sheet", "source_row").unique(maintain_order=True)
    assert kept.rows() == [("A", 2), ("A", 5), ("C", 2)]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2025-11-10", ["exam_before_term"]),
        ("2026-08-11", ["exam_before_term"]),
        ("2026-08-12", []),
        ("2027-02-28", []),
        ("2027-03-01", ["future_date"]),
    ],
)
def test_an_exam_lies_in_the_term_of_its_folder(
    make_book: MakeBook, day: str, codes: list[str]
) -> None:
    """Schools examine when pupils come back, some days before the first of the term."""
    line = row(1, 80, 90)
    line[4] = day
    intake = read_workbook(make_book(BOOK, S=[[*HEADER, "语文", "数学"], line]))
    assert intake.problems["code"].to_list() == codes
    assert intake.tables["scores"].height == (0 if codes else 2)
    if codes == ["exam_before_term"]:
        assert intake.problems["message"].to_list() == ["考试日期早于2026 年秋季学期。"]


def test_exams_side_by_side_are_one_problem(make_book: MakeBook) -> None:
    path = make_book(
        BOOK,
        S=[
            ["学籍号", "姓名", "班级", "期中", "", "期末", ""],
            ["", "", "", "语文", "数学", "语文", "数学"],
            ["G990101201503080001", "某", "1班", 80, 90, 70, 60],
        ],
    )
    book = openpyxl.load_workbook(path)
    for merged in ("D1:E1", "F1:G1"):
        book.worksheets[0].merge_cells(merged)
    book.save(path)
    intake = read_workbook(path)
    assert intake.problems.select("code", "column").rows() == [("exams_side_by_side", "F 期末语文")]
    assert "一行写一名学生的一次考试" in intake.problems["remedy"][0]
    assert intake.tables["scores"].is_empty()
