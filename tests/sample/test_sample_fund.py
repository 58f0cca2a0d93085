"""The sample's funds: registers, bank statements and fund files agree to the fen."""

import datetime as dt
from collections import defaultdict
from pathlib import Path

import pytest

from aidkit.fund.duties.duties import due_soon, read_events
from aidkit.fund.duties.rules import read_rules
from aidkit.fund.fund_files import read_funds
from aidkit.money import fen_of_number
from aidkit.project import find_project
from aidkit.sample import make_county
from aidkit.sample.county import Size, build_county
from aidkit.sample.fund_books import IMPORTED, STATEMENTS
from aidkit.sample.fund_moves import OPENING
from aidkit.sample.sheets import Book, Cell

Row = dict[str, Cell]
FOUNDATION = "基金/云岭教育助学基金会/"


@pytest.fixture(scope="module", params=["county", "small", "tiny"])
def county(request: pytest.FixtureRequest) -> dict[str, Book]:
    size: Size = request.param
    return {book.path: book for book in build_county(2026, size)}


def rows(county: dict[str, Book], path: str) -> list[Row]:
    sheet = county[path].sheets[0]
    return [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]


def fen(value: Cell) -> int:
    assert isinstance(value, int | float)
    return fen_of_number(value)


def total(county: dict[str, Book], path: str) -> int:
    return sum(fen(row["amount_fen"]) for row in rows(county, path))


def moved(county: dict[str, Book], *paths: str) -> dict[str, int]:
    """Kind of movement, in the words of the register, to fen."""
    sums: dict[str, int] = defaultdict(int)
    for path in paths:
        for row in rows(county, path):
            sums[str(row["entry_kind"])] += fen(row["amount_fen"])
    return sums


def test_the_bank_agrees_with_every_register(county: dict[str, Book]) -> None:
    lines = rows(county, STATEMENTS["love"])
    gifts = rows(county, "基金/捐赠收入登记表.xlsx")
    not_cash = sum(fen(row["amount_fen"]) for row in gifts if row["channel"] != "现金")
    paid = rows(county, "基金/资助发放登记表.xlsx")
    back = sum(fen(row["amount_fen"]) for row in paid if row["result"] == "退票")
    own = moved(county, "基金/基金收支登记表.xlsx", "基金/自办项目支出登记表.xlsx")
    got = moved(county, f"{FOUNDATION}基金收支登记表.xlsx")["转到别的基金"]
    assert set(own) == {
        "期初结转", "学校拨入", "利息收入", "账户调拨", "资助发放", "管理费用", "募捐成本",
        "银行手续费", "退还捐款", "解除限定", "变更用途",
    }  # fmt: skip
    assert min(own.values()) > 0
    assert own["期初结转"] == OPENING
    came = not_cash + back + got + own["学校拨入"] + own["利息收入"] + own["账户调拨"]
    went = total(county, "基金/资助发放登记表.xlsx") + sum(
        own[kind] for kind in ("资助发放", "管理费用", "募捐成本", "银行手续费", "退还捐款")
    )
    assert sum(fen(line["in_fen"]) for line in lines if line["in_fen"]) == came
    assert sum(fen(line["out_fen"]) for line in lines if line["out_fen"]) == went
    balance = OPENING
    for line in lines:
        balance += fen(line["in_fen"] or 0) - fen(line["out_fen"] or 0)
        assert fen(line["balance_fen"]) == balance > 0


def test_every_register_has_a_total_that_fits(county: dict[str, Book]) -> None:
    for path in IMPORTED:
        sheet = county[path].sheets[0]
        column = "value_fen" if "value_fen" in sheet.columns else "amount_fen"
        assert sheet.total is not None
        place = sheet.columns.index(column)
        values = [fen(row[place]) for row in sheet.rows if row[place] is not None]
        assert fen(sheet.total[place]) == sum(values)


def test_more_cash_comes_in_than_is_taken_to_the_bank(county: dict[str, Book]) -> None:
    cash = [
        (row["donated_on"], fen(row["amount_fen"]))
        for row in rows(county, "基金/捐赠收入登记表.xlsx")
        if row["channel"] == "现金"
    ]
    for row in rows(county, "基金/基金收支登记表.xlsx"):
        if row["entry_kind"] == "账户调拨":
            assert isinstance(row["moved_on"], dt.date)
            cash.append((row["moved_on"], -fen(row["amount_fen"])))
    for day in sorted({day for day, _ in cash if isinstance(day, dt.date)}):
        assert sum(f for d, f in cash if isinstance(d, dt.date) and d <= day) >= 0


def test_goods_of_both_kinds_come_and_some_are_left(county: dict[str, Book]) -> None:
    came = {r["item"]: r for r in rows(county, "基金/实物捐赠登记表.xlsx")}
    assert any(row["value_fen"] is None for row in came.values())
    went: dict[Cell, int] = defaultdict(int)
    for row in rows(county, "基金/实物发放登记表.xlsx"):
        assert (row["value_fen"] is None) == (came[row["item"]]["value_fen"] is None)
        assert isinstance(row["quantity"], int)
        assert row["approved_by"] != row["entered_by"]
        went[row["item"]] += row["quantity"]
    taken = rows(county, "基金/实物退还报损登记表.xlsx")
    assert {row["taken_kind"] for row in taken} == {"退还实物", "实物报损"}
    for row in taken:
        assert isinstance(row["quantity"], int)
        assert len({row["approved_by"], row["entered_by"], row["witness"]}) == 3
        went[row["item"]] += row["quantity"]
    for item, row in came.items():
        assert isinstance(row["quantity"], int)
        assert went[item] < row["quantity"]


def test_prizes_name_groups_and_no_pupil(county: dict[str, Book]) -> None:
    prizes = [
        row
        for row in rows(county, "基金/自办项目支出登记表.xlsx")
        if row["program_title"] == "进步学生群体奖励"
    ]
    schools = {row["school_name"] for row in rows(county, "学校名单.xlsx")}
    assert prizes
    assert {row["party"] for row in prizes} <= schools
    assert all(isinstance(row["persons"], int) and row["persons"] >= 5 for row in prizes)


def test_the_fund_files_say_what_the_registers_need(tmp_path: Path) -> None:
    make_county(tmp_path / "tiny", size="tiny")
    funds = read_funds(tmp_path / "tiny")
    assert {fund.org_type for fund in funds.values()} == {"school_fund", "private_foundation"}
    teachers = next(one for one in funds["love"].pledges if one.post == "teacher")
    assert (teachers.stated_fen, teachers.derived_fen) == (4_000, 3_000)
    rules = read_rules(find_project().params / "fund_rules.toml")
    events = read_events(tmp_path / "tiny")
    soon = due_soon(funds["yunling"], rules, events, on=dt.date(2026, 11, 20))
    assert [(one.rule.id, one.due) for one in soon] == [
        ("related_dealing", dt.date(2026, 11, 27)),
        ("project_end", dt.date(2026, 11, 30)),
    ]
