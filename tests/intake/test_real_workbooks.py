"""Public workbooks with their real mess: header found, rows counted, totals right to the fen."""

from pathlib import Path

import pytest

from aidkit.intake import Intake, read_workbook

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the public workbooks lie beside the project, not in it"
)


def read(name: str) -> Intake:
    return read_workbook(DATA / name)


@pytest.mark.parametrize(
    ("name", "gifts", "fen", "passed_over"),
    [
        ("hubei-donations-01.xls", 60, 348_223_211, (3, 1, 1)),
        ("hubei-donations-05.xls", 6_661, 8_051_659_300, (3, 0, 1)),
        ("wuhan-cash-7-1.xlsx", 100, 7_731_931_901, (9, 8, 0)),
    ],
)
def test_gifts_and_their_sum(
    name: str, gifts: int, fen: int, passed_over: tuple[int, int, int]
) -> None:
    intake = read(name)
    donations = intake.tables["donations"]
    assert (donations.height, donations["amount_fen"].sum()) == (gifts, fen)
    assert intake.problems.is_empty()
    counts = intake.counts.row(0, named=True)
    assert (counts["header_rows"], counts["blank_rows"], counts["total_rows"]) == passed_over
    assert donations["donor"].str.contains(r"\s$").sum() == 0


def test_dates_as_text_are_days() -> None:
    days = read("hubei-donations-05.xls").tables["donations"]["donated_on"].unique().to_list()
    assert [str(day) for day in days] == ["2020-01-29"]


def test_a_claimed_count_is_held_against_the_rows() -> None:
    intake = read("wuhan-bank-of-communications.xlsx")
    donations = intake.tables["donations"]
    assert (donations.height, donations["amount_fen"].sum()) == (2_855, 31_454_075_569)
    problem = intake.problems.row(0, named=True)
    assert intake.problems.height == 1
    assert (problem["code"], problem["row"]) == ("count_mismatch", 2858)
    assert "2856人次" in problem["message"] and "2855 行" in problem["message"]
    # The two empty sheets are noted, not faulted.
    assert intake.counts["rows"].to_list() == [2858, 0, 0]


def test_goods_have_no_amounts_and_a_merged_quantity_is_nobodys() -> None:
    intake = read("wuhan-goods-7-2.xlsx")
    goods = intake.tables["goods_received"]
    assert (goods.height, goods["value_fen"].null_count()) == (137, 137)
    # Zero-width marks say nothing; merged donors and units are those of each row.
    assert goods["spec"].drop_nulls().str.contains("\u200b").sum() == 0
    assert goods.select("donor", "unit").null_count().row(0) == (0, 0)
    assert intake.problems.select("code", "row").rows() == [
        ("merged_number", row) for row in (85, 86, 88, 89)
    ]
    counted = intake.counts.select("rows", "header_rows", "blank_rows", "bad_rows").row(0)
    assert counted == (150, 5, 4, 4)


def test_a_foreign_csv_is_a_clear_problem() -> None:
    intake = read("student-mat.csv")
    assert intake.problems["code"].to_list() == ["unknown_sheet"]
    assert intake.counts["bad_rows"].to_list() == [396]
