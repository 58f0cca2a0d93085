"""Tables of a fund as they are printed: cells, spans, and the numbers of a workbook."""

import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from aidkit.documents import fund_workbook
from aidkit.documents.fund_stamp import Stamp
from aidkit.documents.fund_table import Column, Kind, Row, Table, printed, spanned, spans
from aidkit.documents.fund_workbook import workbook
from aidkit.fund.accounts import MOST_FEN
from aidkit.fund.period import Period
from aidkit.fund.reconciling.standing import Standing
from aidkit.money import fen_of_number
from tests.fund.funds import LOVE

YEAR = Period.year(2026)
SHEET = (Column("项目", "text", 8), Column("票据号", "code", 8), Column("金额", "money", 8))


def stamp(period: Period = YEAR, **more: object) -> Stamp:
    agrees = Standing("agrees", period.last, 100, 100, None, period.last)
    told = {"fund": LOVE, "publisher": "青山县教育基金会", "contact": "", "period": period}
    rest = {"head": "ab" * 32, "lines": 3, "journal": None, "standing": agrees}
    return Stamp(**{**told, **rest, **more})  # type: ignore[arg-type]


def rows_of(workbook_bytes: bytes, sheet: str) -> list[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(workbook_bytes))
    return [row for row in book[sheet].iter_rows(min_row=6, values_only=True) if any(row)]


@pytest.mark.parametrize(
    ("cell", "kind", "said"),
    [
        (123_456_05, "money", "123,456.05"),
        (-5, "money", "-0.05"),
        (1234, "count", "1,234"),
        (12_500, "quantity", "12.5"),
        (-1_000, "quantity", "-1"),
        (1_234_005, "quantity", "1,234.005"),
        (0, "quantity", "0"),
        (None, "money", ""),
        ("未估价", "money", "未估价"),
        (dt.date(2026, 7, 1), "date", "2026-07-01"),
    ],
)
def test_cells_as_printed(cell: str | int | dt.date | None, kind: Kind, said: str) -> None:
    assert printed(cell, kind) == said


@given(st.lists(st.tuples(st.sampled_from("甲乙"), st.sampled_from(["line", "total"]))))
def test_merged_cells_cover_every_row_once(kinds: list[tuple[str, str]]) -> None:
    rows = tuple(Row((name, "", 1), mark) for name, mark in kinds)  # type: ignore[arg-type]
    lengths = spans(Table("表", SHEET, rows, merged=True))
    assert sum(lengths) == len(rows)
    covered = [at for at, tall in enumerate(lengths) for _ in range(tall)]
    assert all(rows[top].cells[0] == row.cells[0] for top, row in zip(covered, rows, strict=True))
    assert spans(Table("表", SHEET, rows)) == [1] * len(rows)


def test_totals_take_the_empty_cells_after_their_name() -> None:
    assert spanned(Row(("合计", None, 5), "total")) == 2
    assert spanned(Row(("合计", None, None), "total")) == 3
    assert spanned(Row(("货币", None, 5))) == 1


@given(st.lists(st.integers(-MOST_FEN, MOST_FEN), min_size=1, max_size=20))
def test_money_in_a_workbook_is_the_money(sums: list[int]) -> None:
    rows = tuple(Row(("项", "007", fen)) for fen in sums)
    made = workbook([Table("表", SHEET, rows)], stamp(), "题")
    read = [row[2] for row in rows_of(made, "表")]
    assert [fen_of_number(float(str(number))) for number in read] == sums


def test_a_workbook_holds_no_formula_and_keeps_numbers_that_are_texts() -> None:
    rows = (Row(("=1+1", "00123", 5)), Row(("合计", None, 5), "total"))
    made = workbook([Table("表", SHEET, rows)], stamp(), "题")
    book = load_workbook(io.BytesIO(made))
    cells = [cell for row in book["表"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert book["表"]["A6"].value == "=1+1"
    assert book["表"]["B6"].value == "00123"
    assert book["表"]["B6"].number_format == "@"
    assert book["表"]["C6"].number_format == "#,##0.00"
    assert book["表"].freeze_panes == "A6"
    assert book["表"].print_title_rows == "$5:$5"
    assert book.properties.created == dt.datetime(2026, 12, 31)
    assert made == workbook([Table("表", SHEET, rows)], stamp(), "题")


def test_what_no_sheet_holds_goes_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fund_workbook, "MOST_ROWS", 3)
    rows = tuple(Row((f"第 {n}", "", n)) for n in range(7))
    made = workbook([Table("表", SHEET, rows)], stamp(), "题")
    read = [row[0] for n in (1, 2, 3) for row in rows_of(made, f"表 {n}")]
    assert read == [f"第 {n}" for n in range(7)]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((2026, 1, 1), (2026, 12, 31), "2026 年度"),
        ((2025, 1, 1), (2026, 12, 31), "2025—2026 年度"),
        ((2026, 7, 1), (2026, 9, 30), "2026 年第三季度"),
        ((2026, 8, 1), (2026, 10, 31), "2026 年 8—10 月"),
        ((2026, 3, 1), (2026, 3, 31), "2026 年 3 月"),
        ((2026, 9, 1), (2027, 2, 28), "2026 年 9 月至 2027 年 2 月"),
        ((2026, 3, 2), (2026, 3, 31), "2026 年 3 月 2 日至 2026 年 3 月 31 日"),
    ],
)
def test_periods_in_titles(
    first: tuple[int, int, int], last: tuple[int, int, int], said: str
) -> None:
    assert stamp(Period(dt.date(*first), dt.date(*last))).lasting == said


@pytest.mark.parametrize("kind", ["no_bank", "agrees", "differs", "changed", "not_reconciled"])
def test_only_what_the_bank_agrees_with_bears_no_warning(kind: str) -> None:
    standing = Standing(kind, YEAR.last, 5, 7, None, None)  # type: ignore[arg-type]
    told = stamp(standing=standing)
    warned = kind in {"differs", "changed", "not_reconciled"}
    assert (told.warning == "未与银行核对") == warned
    assert told.of_bank.startswith("未与银行核对") == warned
    # What lies in the bank, beside the balance, would tell how much of the aid was goods.
    assert not any(sum_ in told.of_bank for sum_ in ("1.00", "0.05", "0.07"))
