"""What was left out of scores stands on the report of the pupil's school, whatever the file is."""

from collections.abc import Mapping, Sequence

import polars as pl
import pytest

from aidkit.pipeline.learner_problems import READS, score_problems
from aidkit.tables import INPUTS, Problems, ReadCounts

FOLDER = "2026年秋季学期/考试成绩"
MIXED, ONE = f"{FOLDER}/汇总.xlsx", f"{FOLDER}/期末.xls"
LOST, OTHER = f"{FOLDER}/甲小学.xlsx", "走访.xlsx"


def table(schema: object, rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    types = schema.create_empty().schema  # type: ignore[attr-defined]
    return pl.DataFrame([{**dict.fromkeys(types), **row} for row in rows], schema=types)


def fault(file: str, row: int, severity: str = "error", sheet: str = "S") -> dict[str, object]:
    said = {"column": "数学", "value": "缺", "code": "x", "message": "错。", "remedy": "改。"}
    return {"file": file, "sheet": sheet, "row": row, "severity": severity, **said}


def score(file: str, row: int, pupil: str, sheet: str = "S") -> dict[str, object]:
    place = {"source_file": file, "source_sheet": sheet, "source_row": row}
    return {**place, "student_no": pupil, "subject": "mathematics"}


@pytest.fixture
def tables() -> dict[str, pl.DataFrame]:
    sheets = [(MIXED, "scores"), (ONE, "scores"), (LOST, "scores"), (OTHER, "visits")]
    scores = [
        *(score(MIXED, 2, "a1"), score(MIXED, 3, "b1"), score(MIXED, 4, "twice")),
        *(score(ONE, 2, "b1"), score(ONE, 3, "b2"), score(ONE, 4, "nobody")),
    ]
    pupils = [("a1", "A"), ("b1", "B"), ("b2", "B"), ("twice", "A"), ("twice", "B")]
    counted = [{"file": file, "sheet": "S", "table": name} for file, name in sheets]
    return {
        "problems": table(
            Problems,
            [
                *(fault(MIXED, 3), fault(MIXED, 9), fault(MIXED, 4)),
                *(fault(ONE, 9), fault(ONE, 4)),
                *(fault(LOST, 5), fault(OTHER, 2), fault(ONE, 2, "warning")),
            ],
        ),
        "counts": table(ReadCounts, counted),
        "scores": table(INPUTS["scores"], scores),
        "students": table(
            INPUTS["students"], [{"student_no": no, "school_code": code} for no, code in pupils]
        ),
        "schools": table(INPUTS["schools"], [{"school_code": "C", "school_name": "甲小学"}]),
    }


def test_whose_they_are(tables: dict[str, pl.DataFrame]) -> None:
    assert {*tables} == {*READS}
    found = score_problems(tables)
    assert found.select("file", "row", "school_code").rows() == [
        (MIXED, 3, "B"),  # the row's pupil
        (MIXED, 9, None),  # set aside when read, on a sheet of two schools
        (MIXED, 4, None),  # on two rolls
        (ONE, 9, "B"),  # the sheet is of one school
        (ONE, 4, "B"),  # on no roll
        (LOST, 5, "C"),  # nothing of the sheet was read: its name
        (ONE, 2, "B"),  # a warning
    ]
    assert found.columns == [*Problems.column_names(), "school_code"]


def test_nothing_wrong(tables: dict[str, pl.DataFrame]) -> None:
    none = {**tables, "problems": Problems.create_empty()}
    assert score_problems(none).is_empty()
    unread = {**tables, "scores": INPUTS["scores"].create_empty()}
    assert score_problems(unread)["school_code"].to_list() == [None] * 5 + ["C", None]
