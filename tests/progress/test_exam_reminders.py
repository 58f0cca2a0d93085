"""What is odd about a term's exams is told once, where it stands; ordinary ones say nothing."""

import datetime as dt

import polars as pl
import pytest

from aidkit.progress.exams import exam_problems
from tests.progress.exam_rows import OTHER, TERM, declared, roll, scores

PUPILS = range(1, 21)
LATE = dt.date(2026, 12, 1)
ROLL = roll(PUPILS, classes=dict.fromkeys(range(11, 21), "2班"))


def exam(name: str, pupils: range, mark: float | str = 60.0) -> pl.DataFrame:
    return scores({p: {"chinese": mark} for p in pupils}, exam=(TERM, name), day=LATE)


def told(*sheets: pl.DataFrame, rolls: pl.DataFrame = ROLL) -> list[tuple[object, ...]]:
    found = exam_problems(pl.concat(sheets), rolls, declared())
    assert {*found["severity"]} <= {"warning"}
    return found.select("code", "sheet", "row", "column", "value").rows()


def test_ordinary_exams_say_nothing() -> None:
    assert told(exam("期中", PUPILS), exam("月考", range(1, 20))) == []
    assert told(exam("期中", PUPILS), exam("10月月考", range(1, 11))) == []


def test_an_exam_of_few() -> None:
    found = exam_problems(
        pl.concat([exam("期中", PUPILS), exam("期中补考", range(3, 12))]), ROLL, declared()
    )
    assert found.select("code", "severity", "sheet", "row", "column", "value").rows() == [
        ("exam_of_few", "warning", "期中补考", 13, "考试名称", "期中补考")
    ]
    assert found["message"].to_list() == [
        "八年级本学期有成绩的 20 名学生里，只有 9 名有“期中补考”的成绩，不到一半，"
        "评定进步不用这次考试。"
    ]


def test_a_list_of_absent_pupils_is_an_exam_of_few() -> None:
    sheet = exam("补考", PUPILS, "sick")
    assert [row[0] for row in told(exam("期中", PUPILS), sheet)] == ["exam_of_few"]


@pytest.mark.parametrize(("least", "codes"), [(20, ["exam_of_few"]), (21, [])])
def test_in_a_small_grade_an_exam_of_few_is_ordinary(least: int, codes: list[str]) -> None:
    sheets = pl.concat([exam("期中", PUPILS), exam("月考", range(1, 3))])
    assert exam_problems(sheets, ROLL, declared(least_pupils=least))["code"].to_list() == codes


def test_one_exam_under_two_names() -> None:
    """Half of the grade each: one of them is the last exam, and the others have no outcome."""
    divided = [("exam_divided", "期中考试", 21, "考试名称", "期中考试")]
    first, second = exam("期中", range(1, 11)), exam("期中考试", range(11, 21))
    assert told(first, second) == divided
    assert told(second, first) == divided
    # Some who sat both do not make two of them; many do.
    assert told(exam("期中", range(1, 15)), second) == divided
    assert told(exam("期中", range(1, 17)), second) == []
    there = pl.concat([roll(range(1, 11)), roll(range(11, 21), school=OTHER)])
    assert told(first, second, rolls=there) == []


def test_a_column_of_zeros() -> None:
    rows: dict[int, dict[str, float | str | None]] = {
        p: {"chinese": 60.0, "mathematics": 0.0 if p < 11 else 70.0, "english": 0.0 if p < 3 else 9}
        for p in PUPILS
    }
    rows[10] = {"chinese": 60.0, "mathematics": "sick"}
    found = exam_problems(scores(rows, class_name=None), ROLL, declared())
    assert found.select("code", "row", "column", "value").rows() == [("all_zeros", 11, "数学", "0")]
    assert found["message"].to_list() == ["八年级1班“期中”的数学全是零分（9 人），像是还没有录入。"]
    rows[9]["mathematics"] = 1.0
    assert exam_problems(scores(rows), ROLL, declared()).is_empty()


def test_no_scores_no_reminders() -> None:
    assert told(exam("期中", PUPILS).clear()) == []
