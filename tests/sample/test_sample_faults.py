"""The dirty county: every kind of fault stands where it is said to stand."""

from pathlib import Path

import openpyxl
import pytest

from aidkit.intake import KINDS, read_county
from aidkit.intake.county import Intake
from aidkit.sample import PlantedFault, make_county, planted_faults

PLANTED = planted_faults(size="small")

CONSEQUENCES = {"card_shared", "id_twice", "student_in_two_schools"}
"""Faults of two rows: the other row is named as well."""

NOT_PLANTED = (
    "exam_before_term",
    "exam_twice",
    "exams_side_by_side",
    "gone_before",
    "hidden_sheet",
    "merged_number",
    "no_term",
    "not_a_score",
    "second_table",
    "split_header",
    "unheaded_column",
)
"""Layouts that the sample does not write, and who left a term ago; `tests/intake` plants them."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    root = tmp_path_factory.mktemp("faults")
    make_county(root / "clean", size="small")
    make_county(root / "dirty", size="small", dirty=True)
    return root / "clean", root / "dirty"


@pytest.fixture(scope="module")
def intake(folders: tuple[Path, Path]) -> Intake:
    return read_county(folders[1])


def test_every_kind_that_intake_knows_is_planted_once() -> None:
    codes = [fault.code for fault in PLANTED]
    assert len(codes) >= 25
    assert sorted([*codes, *NOT_PLANTED]) == sorted(KINDS)


def test_the_whole_county_has_the_same_kinds() -> None:
    assert [f.code for f in planted_faults()] == [f.code for f in PLANTED]


@pytest.mark.parametrize("fault", PLANTED, ids=lambda fault: fault.code)
def test_intake_finds_the_fault_in_its_cell(intake: Intake, fault: PlantedFault) -> None:
    found = [
        (problem["file"], problem["sheet"], problem["row"], problem["column"].split(" ")[0])
        for problem in intake.problems.iter_rows(named=True)
        if problem["code"] == fault.code
    ]
    assert (fault.file, fault.sheet, fault.row, fault.letter) in found


def test_intake_finds_nothing_else(intake: Intake) -> None:
    planted = {(f.code, f.file, f.row) for f in PLANTED}
    other = [
        problem
        for problem in intake.problems.iter_rows(named=True)
        if (problem["code"], problem["file"], problem["row"]) not in planted
        and problem["code"] not in CONSEQUENCES
    ]
    assert other == []


@pytest.mark.parametrize(
    "fault",
    # 单位：万元 stands in the line above the header, for the whole column.
    [f for f in PLANTED if f.row and f.letter and f.code != "unit_not_yuan"],
    ids=lambda fault: fault.code,
)
def test_the_cell_is_not_as_in_the_clean_county(
    folders: tuple[Path, Path], fault: PlantedFault
) -> None:
    """Read by a library that intake does not use."""
    clean, dirty = (
        openpyxl.load_workbook(folder / fault.file)[fault.sheet][f"{fault.letter}{fault.row}"]
        for folder in folders
    )
    assert (clean.value, clean.data_type) != (dirty.value, dirty.data_type)
