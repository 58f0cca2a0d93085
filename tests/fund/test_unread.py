"""What unread columns say: `--date` takes no date's place, and what went out is no gift."""

import datetime as dt
from pathlib import Path

import pytest

from aidkit.fund.importing import registers
from aidkit.fund.importing.importing import FileRefusedError, preview_file
from aidkit.fund.importing.rows import Whole
from aidkit.fund.ledger.journal import read_book
from tests.fund.registers import county, register, take_in

DAY = Whole(date=dt.date(2026, 9, 30), approved_by="审批员")
HEADER = "捐赠人,捐赠金额,捐赠方式,接龙时刻"


@pytest.mark.parametrize(
    "dates",
    [
        ("2026-09-01", "2026-09-02"),
        ("2026/9/1 08:30:12", "2026.9.2"),
        ("9月1日", "9月2日"),
        ("20260901", "20260902"),
        ("2026-02-30", ""),
    ],
)
def test_they_must_be_decided(tmp_path: Path, dates: tuple[str, str]) -> None:
    place = county(tmp_path)
    rows = [(name, "5", "现金", date) for name, date in zip(("甲", "乙"), dates, strict=True)]
    file = register(tmp_path, "gifts.csv", HEADER, *rows)
    with pytest.raises(FileRefusedError) as refused:
        take_in(place, file, whole=DAY)
    (one,) = refused.value.preview.errors.rows(named=True)
    assert (one["code"], one["row"], one["column"]) == ("unread_dates", 1, "D 接龙时刻")
    assert f"D 列像是日期（例如 {dates[0]}），却没有读入，表头“接龙时刻”不认识" in one["message"]
    assert "改成“捐赠日期”" in one["remedy"] and "--accept 1" in one["remedy"]
    done = take_in(place, file, whole=DAY, accept=["1"])
    assert "却没有读入" in done.preview.left_out["1"]
    assert read_book(place).entries["date"].unique().to_list() == [DAY.date]
    assert take_in(place, file, whole=DAY).posted is None


def test_what_must_be_decided_is_no_mere_reminder(tmp_path: Path) -> None:
    shown = preview_file(None, register(tmp_path, "g.csv", HEADER, ("甲", "5", "现金", "9月1日")))
    assert shown.problems["code"].to_list() == ["unread_dates"]
    assert (shown.held, shown.tallies["new"].rows) == (0, 1)


def test_a_column_without_a_header_is_told_by_its_letter(tmp_path: Path) -> None:
    file = register(tmp_path, "gifts.csv", "捐赠人,捐赠金额,", ("甲", "5", "2026-09-01"))
    (one,) = preview_file(None, file).errors.rows(named=True)
    assert "C 列像是日期（例如 2026-09-01），却没有读入，没有表头" in one["message"]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("捐赠日期,捐赠人,捐赠金额,生日", ("2026-09-01", "甲", "5", "1990-01-01")),
        ("捐赠人,捐赠金额,工龄", ("甲", "5", "20")),
        ("捐赠人,捐赠金额,编码", ("甲", "5", "45000")),
        ("捐赠人,捐赠金额,电话", ("甲", "5", "01012345678")),
        ("捐赠人,捐赠金额,班级", ("甲", "5", "1班")),
        ("序号,捐赠人,捐赠金额", ("1", "甲", "5")),
    ],
)
def test_what_is_no_day_or_beside_the_day_is_not_asked_about(
    tmp_path: Path, header: str, row: tuple[str, ...]
) -> None:
    assert preview_file(None, register(tmp_path, "gifts.csv", header, row)).errors.is_empty()


def test_a_long_file_is_asked_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registers, "LARGE", 1)
    file = register(tmp_path, "gifts.csv", HEADER, *[("甲", "5", "现金", "2026-09-01")] * 9)
    assert preview_file(None, file).errors["code"].to_list() == ["unread_dates"]


BILL = "交易时间,交易对方,收/支,金额(元),支付方式,当前状态,交易单号"


def paid(number: int, way: str, state: str) -> tuple[str, ...]:
    return ("2026-09-01 10:00:00", f"人{number}", way, "¥5.00", "零钱", state, f"1000{number}")


@pytest.mark.parametrize("large", [True, False])
def test_a_bill_of_a_phone_is_read_but_for_what_never_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, large: bool
) -> None:
    monkeypatch.setattr(registers, "LARGE", 1 if large else registers.LARGE)
    rows = [
        paid(1, "收入", "已存入零钱"),
        paid(2, "支出", "支付成功"),
        paid(3, "收入", "已全额退款"),
        paid(4, "/", "提现已到账"),
        paid(5, "收入", ""),
    ]
    place = county(tmp_path)
    fund = place / "params" / "funds" / "love.toml"
    text = fund.read_text(encoding="utf-8").replace('cash = "cash"', 'phone_payment = "bank"')
    fund.write_text(text, encoding="utf-8")
    file = register(tmp_path, "微信支付账单.csv", BILL, *rows)
    with pytest.raises(FileRefusedError) as refused:
        take_in(place, file)
    told = refused.value.preview.errors.select("row", "code", "column").rows()
    column = {3: "C 收/支", 4: "F 当前状态", 5: "C 收/支"}
    assert told == [(row, "not_of_register", name) for row, name in column.items()]
    assert refused.value.preview.held == 3
    done = take_in(place, file, accept=["3-5"])
    assert done.preview.left_out["3"] == "“收/支”是“支出”：这一行不是收到的钱。"
    gifts = read_book(place).entries.select("party", "channel", "reference").rows()
    assert gifts == [("人1", "phone_payment", "10001"), ("人5", "phone_payment", "10005")]


def test_money_that_came_back_is_no_payout(tmp_path: Path) -> None:
    header = "发放日期,学籍号,受助人,资助项目,发放金额,发放方式,借贷标志"
    one = ("2026-09-03", "G990101201501010011", "学生", "困难补助", "5", "银行代发")
    file = register(tmp_path, "paid.csv", header, (*one, "借"), (*one, "贷"))
    errors = preview_file(None, file).errors.filter(code="not_of_register")
    assert errors.select("row", "message").rows() == [(3, "“借贷标志”是“贷”：这一行不是付出的钱。")]
