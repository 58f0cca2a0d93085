"""Totals are held against every row that could be read; what cannot be read is never passed."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidkit.cli.fund_lines import preview_lines
from aidkit.fund.importing.importing import FileRefusedError, preview_file
from aidkit.fund.importing.preview import Preview, Tally
from aidkit.fund.ledger.journal import read_book
from aidkit.money import yuan
from tests.fund.registers import FUND, GIFTS, Row, county, register, take_in

DAY = "2026-09-01"
NO = "G4107242015010112"
PAYOUTS = "发放日期,学籍号,受助人,资助项目,发放金额,发放结果,发放方式"
GOODS = "接收日期,品名,规格型号,计量单位,数量,折价金额,捐赠单位或个人,捐赠用途"


def claimed(shown: Preview) -> list[tuple[object, ...]]:
    return shown.register.controls.select("measure", "claimed", "actual", "agrees").rows()


def codes(shown: Preview) -> list[tuple[int, str]]:
    return shown.errors.select("row", "code").rows()


def gifts(folder: Path, *rows: Row) -> Preview:
    return preview_file(None, register(folder, "gifts.csv", GIFTS, *rows))


GOOD = (DAY, "甲", "100", "现金")
ODD = (DAY, "乙", "50", "支票")
UNREAD = (DAY, "丙", "五十", "现金")


def test_bad_rows_count_in_a_total(tmp_path: Path) -> None:
    shown = gifts(tmp_path, GOOD, ODD, ("合计", "共2笔", "150"))
    assert codes(shown) == [(3, "unknown_word")]
    assert claimed(shown) == [("rows", 2, 2, True), ("fen", 15_000, 15_000, True)]
    shown = gifts(tmp_path, GOOD, ODD, ("合计", "", "100"))
    assert codes(shown) == [(3, "unknown_word"), (4, "total_mismatch")]
    assert claimed(shown) == [("fen", 10_000, 15_000, False)]


@pytest.mark.parametrize("total", ["100", "150", "1"])
def test_a_total_over_an_amount_that_cannot_be_read_proves_nothing(
    tmp_path: Path, total: str
) -> None:
    place = county(tmp_path)
    file = register(tmp_path, "gifts.csv", GIFTS, GOOD, UNREAD, ("合计", "", total))
    with pytest.raises(FileRefusedError, match="无法核对：第 3 行的金额读不出来"):
        take_in(place, file, accept=["3"])
    assert read_book(place).entries.is_empty()
    done = take_in(place, file, accept=["3", "4"])
    assert done.posted
    assert claimed(done.preview) == [("fen", int(total) * 100, 10_000, None)]
    assert "无法核对" in done.preview.left_out["4"]
    assert any("有金额读不出来，无法核对" in line for line in preview_lines(done.preview))


def test_a_part_below_what_cannot_be_read_is_proved(tmp_path: Path) -> None:
    rows = [UNREAD, ("小计", "", "5"), GOOD, ("小计", "", "100"), ("合计", "", "150")]
    shown = gifts(tmp_path, *rows)
    assert claimed(shown) == [
        ("fen", 500, 0, None),
        ("fen", 10_000, 10_000, True),
        ("fen", 15_000, 10_000, None),
    ]
    assert codes(shown) == [
        (2, "text_in_amount"),
        (3, "total_unprovable"),
        (6, "total_unprovable"),
    ]


def test_an_amount_merged_over_rows_proves_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (GIFTS.split(",")[:4], [DAY, "甲", 150, "现金"], [DAY, "乙", None, "现金"]):
        sheet.append(row)
    sheet.merge_cells("C2:C3")
    sheet.append(["合计", None, 150])
    book.save(tmp_path / "gifts.xlsx")
    shown = preview_file(None, tmp_path / "gifts.xlsx")
    assert claimed(shown) == [("fen", 15_000, 0, None)]
    assert (4, "total_unprovable") in codes(shown)


AMOUNTS = st.one_of(
    st.integers(1, 10**7).map(lambda fen: (yuan(fen).replace(",", ""), fen)),
    st.sampled_from([("", 0), ("五元", None), ("-5", None), ("1.005", None)]),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(AMOUNTS, min_size=1, max_size=5), off=st.sampled_from([0, 0, 1, -1]))
def test_a_total_passes_only_if_every_amount_was_read_and_fits(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, int | None]], off: int
) -> None:
    folder = tmp_path_factory.mktemp("totals")
    read = [fen for _, fen in cells if fen is not None]
    total = max(sum(read) + off, 0)
    rows = [(DAY, "甲", cell, "现金") for cell, _ in cells]
    shown = gifts(folder, *rows, ("合计", "", yuan(total)))
    fits = total == sum(read)
    proved = len(read) == len(cells)
    assert claimed(shown)[-1][2:] == (sum(read), fits if proved else None)
    told = {code for row, code in codes(shown) if row == len(cells) + 2}
    assert told == (set() if fits else {"total_mismatch"}) if proved else {"total_unprovable"}


def test_what_came_back_is_told_apart_from_what_was_paid(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "gifts.csv", GIFTS, (DAY, "甲", "900", "银行转账")))
    paid = [
        (DAY, f"{NO}{n}X", "学生", "困难补助", "12.5", result, "银行代发")
        for n, result in ((1, "成功"), (2, "退票"), (3, "成功"))
    ]
    file = register(tmp_path, "paid.csv", PAYOUTS, *paid, ("合计", "", "", "", "37.50"))
    done = take_in(place, file)
    assert done.preview.tallies["new"] == Tally(4, 5_000, 1, 1_250)
    told = [*preview_lines(done.preview)]
    assert told[1] == "  新的 3 行，37.50 元；另有退票 1 行，12.50 元"
    assert "  表里写的合计 37.50 元：相符" in told
    assert Tally(1, 1_250, 1, 1_250).told == "退票 1 行，12.50 元"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20260301", dt.date(2026, 3, 1)),
        ("2026年3月1日", dt.date(2026, 3, 1)),
        ("2026.3.1", dt.date(2026, 3, 1)),
        ("2026-W10-1", None),
        ("2026-060", None),
        ("20260231", None),
    ],
)
def test_dates_are_read_as_in_every_other_register(
    tmp_path: Path, typed: str, day: dt.date | None
) -> None:
    shown = gifts(tmp_path, (typed, "甲", "5", "现金"))
    assert shown.drafts["date"].to_list() == ([day] if day else [])
    assert shown.errors.height == (day is None)


@pytest.mark.parametrize("quantity", ["1e30", 1e30, 1e300, "9" * 20, 1e13, "1e-9"])
def test_a_quantity_that_cannot_be_is_a_problem(tmp_path: Path, quantity: object) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(GOODS.split(","))
    book.worksheets[0].append([DAY, "字典", None, "本", quantity, None, "书店", None])
    book.save(tmp_path / "goods.xlsx")
    place = county(tmp_path, love=FUND)
    with pytest.raises(FileRefusedError) as refused:
        take_in(place, tmp_path / "goods.xlsx")
    assert refused.value.preview.errors["row"].to_list() == [2]


def test_an_amount_that_no_voucher_holds_is_a_problem_of_its_row(tmp_path: Path) -> None:
    place = county(tmp_path)
    file = register(tmp_path, "g.csv", GIFTS, GOOD, (DAY, "丁", "10000000000.00", "现金"))
    with pytest.raises(FileRefusedError) as refused:
        take_in(place, file)
    assert codes(refused.value.preview) == [(3, "huge_amount")]
    assert take_in(place, file, accept=["3"]).posted
