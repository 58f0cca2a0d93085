"""Payouts, goods and movements from their registers: what each row becomes, and what is refused."""

from pathlib import Path

import polars as pl
import pytest

from aidkit.fund.book import Book
from aidkit.fund.importing.importing import FileRefusedError
from aidkit.fund.importing.rows import Whole
from aidkit.fund.ledger.journal import read_book
from tests.fund.registers import FUND, GIFTS, UNION, county, register, take_in

PAYOUTS = (
    "发放日期,学籍号,受助人,资助项目,发放金额,发放结果,退票日期,资金来源,发放方式,审批人,经手人"
)
NO = "G41072420150101123X"
GOODS = "接收日期,品名,规格型号,计量单位,数量,折价金额,捐赠单位或个人,捐赠用途"
GIVEN = "领用日期,品名,规格型号,计量单位,发放数量,折价金额,资助项目,领用单位"
MOVES = (
    "业务日期,业务类别,发生金额,付款账户,收款账户,限定用途,改为用途,资助项目,对方单位或个人,"
    "转入基金,事由,同意人"
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A county whose fund has 1,000 yuan for reading, 500 for boarders and 300 for anything."""
    made = county(tmp_path)
    rows = [
        ("2026-02-01", "甲", "1000", "银行转账", "图书角"),
        ("2026-02-01", "乙", "500", "银行转账", "寄宿生"),
        ("2026-02-01", "丙", "300", "银行转账", "不限"),
    ]
    take_in(made, register(tmp_path, "gifts.csv", GIFTS, *rows))
    return made


def pools(book: Book) -> dict[str, int]:
    """Purpose to balance in fen."""
    own = book.postings.filter(~pl.col("account").is_in(["cash", "bank", "phone_payment", "goods"]))
    sums = own.group_by("purpose").agg(-pl.col("fen").sum())
    return {purpose: fen for purpose, fen in sums.rows() if fen}


def paid(*cells: str) -> tuple[str, ...]:
    return ("2026-03-01", NO, "学生", *cells)


def test_a_payout_spends_the_purpose_of_its_program(place: Path, tmp_path: Path) -> None:
    file = register(
        tmp_path,
        "paid.csv",
        PAYOUTS,
        paid("图书", "100", "成功", "", "", "银行代发", "审批员", "登记员"),
        paid("困难补助", "50", "成功", "", "", "银行代发", "审批员", "登记员"),
    )
    assert take_in(place, file).posted
    book = read_book(place)
    assert pools(book) == {"reading": 90_000, "boarders": 50_000, "": 25_000}
    payout = book.entries.filter(kind="payout").row(0, named=True)
    assert (payout["program"], payout["person_no"], payout["persons"]) == ("books", NO, 1)
    assert payout["approved_by"] == "审批员"
    assert take_in(place, file).posted is None


def test_a_returned_payout_is_paid_and_returned(place: Path, tmp_path: Path) -> None:
    row = paid("图书", "100", "退票", "2026-03-03", "", "银行代发")
    file = register(tmp_path, "paid.csv", PAYOUTS, row)
    assert take_in(place, file).posted
    book = read_book(place)
    entries = book.entries.filter(pl.col("source_file") == "paid.csv")
    assert [(kind, str(date)) for kind, date in entries.select("kind", "date").rows()] == [
        ("payout", "2026-03-01"),
        ("payout_returned", "2026-03-03"),
    ]
    assert pools(book)["reading"] == 100_000
    assert take_in(place, file).posted is None


@pytest.mark.parametrize(
    ("row", "code", "told"),
    [
        (paid("修操场", "1", "", "", "", "银行代发"), "unknown_program", "修操场"),
        (paid("困难补助", "1", "", "", "图书角", "银行代发"), "outside_purpose", "同意"),
        (paid("寄宿生补助", "501", "", "", "", "银行代发"), "pool_overdrawn", "同意"),
        (paid("困难补助", "1", "", "", "修操场", "银行代发"), "unknown_purpose", "修操场"),
        (paid("困难补助", "1", "", "", "", "现金"), "account_overdrawn", "少 1.00 元"),
        (
            paid("困难补助", "1", "", "", "", "银行代发", "登记员", "登记员"),
            "self_approved",
            "另一个人",
        ),
    ],
)
def test_money_for_something_else_is_refused_with_the_remedy(
    place: Path, tmp_path: Path, row: tuple[str, ...], code: str, told: str
) -> None:
    good = paid("图书", "1", "", "", "", "银行代发")
    file = register(tmp_path, "paid.csv", PAYOUTS, good, row)
    with pytest.raises(FileRefusedError) as refused:
        take_in(place, file)
    problem = refused.value.preview.errors.row(0, named=True)
    assert (problem["row"], problem["code"]) == (3, code)
    assert told in problem["message"] + problem["remedy"]
    done = take_in(place, file, accept=["3"])
    assert done.posted and len(done.posted.voucher_nos) == 1
    assert [*done.preview.left_out] == ["3"]


def test_nobody_approves_his_own_or_nobody_at_all(place: Path, tmp_path: Path) -> None:
    file = register(tmp_path, "paid.csv", PAYOUTS, paid("图书", "1", "", "", "", "银行代发"))
    with pytest.raises(FileRefusedError, match="批准人"):
        take_in(place, file, whole=Whole())
    with pytest.raises(FileRefusedError, match="登记员"):
        take_in(place, file, whole=Whole(approved_by="登记员"))


def test_goods_come_and_go(place: Path, tmp_path: Path) -> None:
    came = register(
        tmp_path,
        "实物.csv",
        GOODS,
        ("2026-04-01", "字典", "大", "本", "20", "600", "书店", "图书角"),
        ("2026-04-01", "棉衣", "", "件", "12.5", "", "某厂", "图书角"),
    )
    went = register(
        tmp_path,
        "发放.csv",
        GIVEN,
        ("2026-04-02", "字典", "大", "本", "5", "150", "图书", "一小"),
        ("2026-04-02", "棉衣", "", "件", "2.5", "", "图书", "一小"),
    )
    for file in (came, went):
        assert take_in(place, file).posted
        assert take_in(place, file).posted is None
    book = read_book(place)
    left = book.goods.group_by("item").agg(pl.col("thousandths").sum()).sort("item")
    assert dict(left.rows()) == {"字典": 15_000, "棉衣": 10_000}
    assert pools(book)["reading"] == 145_000
    assert book.postings.filter(account="goods")["fen"].sum() == 45_000


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("2026-04-01", "字典", "", "本", "0", "5"), "bad_quantity"),
        (("2026-04-01", "字典", "", "本", "-1", "5"), "bad_quantity"),
        (("2026-04-01", "字典", "", "本", "0.0005", "5"), "bad_quantity"),
        (("2026-04-01", "字典", "", "本", "1", "0"), "zero_amount"),
        (("2026-04-01", "", "", "本", "1", "5"), "missing_value"),
    ],
)
def test_goods_that_cannot_be_are_named(
    place: Path, tmp_path: Path, row: tuple[str, ...], code: str
) -> None:
    good = ("2026-04-01", "棉衣", "", "件", "1", "")
    with pytest.raises(FileRefusedError) as refused:
        take_in(place, register(tmp_path, "实物.csv", GOODS, good, row))
    assert refused.value.preview.errors.select("row", "code").row(0) == (3, code)


def move(kind: str, fen: str, day: str = "2026-05-01", **cells: str) -> tuple[str, ...]:
    names = ("out", "into", "purpose", "to", "program", "party", "fund", "reason", "by")
    return (day, kind, fen, *(cells.get(name, "") for name in names))


def test_every_kind_of_movement_is_posted(tmp_path: Path) -> None:
    place = county(tmp_path, love=FUND, union=UNION)
    told = {"reason": "项目结束", "by": "甲公司"}
    rows = [
        move("期初结转", "1000", "2026-01-01", into="银行存款", purpose="图书角"),
        move("捐款", "400", into="银行", purpose="寄宿生", party="甲公司"),
        move("财政拨款", "300", into="银行"),
        move("学校拨入", "200", into="现金"),
        move("利息", "1.23", into="银行"),
        move("发放", "10", out="银行", program="图书"),
        move("退票", "10", into="银行", program="图书"),
        move("管理费", "20", out="银行"),
        move("募捐成本", "5", out="银行"),
        move("手续费", "0.5", out="银行"),
        move("退还捐款", "30", out="银行", purpose="寄宿生", party="甲公司", reason="捐赠人要求"),
        move("存现", "100", out="现金", into="银行"),
        move("转到别的基金", "40", out="银行", into="银行", fund="工会互助金", reason="统筹"),
        move("解除限定", "50", purpose="图书角", **told),
        move("变更用途", "60", purpose="图书角", to="寄宿生", **told),
    ]
    file = register(tmp_path, "收支.csv", MOVES, *rows)
    whole = Whole(fund="love", approved_by="审批员")
    done = take_in(place, file, whole=whole)
    assert done.posted and len(done.posted.voucher_nos) == len(rows)
    book = read_book(place)
    assert book.entries["kind"].n_unique() == len(rows)
    assert pools(book) == {
        "reading": 100_000 - 5_000 - 6_000,
        "boarders": 40_000 - 3_000 + 6_000,
        "": 30_000 + 20_000 + 123 - 2_000 - 500 - 50 - 4_000 + 4_000 + 5_000,
    }
    assert take_in(place, file, whole=whole).posted is None


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (move("更正", "1"), "kind_elsewhere"),
        (move("接收实物", "1"), "kind_elsewhere"),
        (move("利息", "1"), "missing_for_kind"),
        (move("利息", "1", into="银行", purpose="图书角"), "impossible_entry"),
        (move("利息", "1", into="银行", out="现金"), "not_for_kind"),
        (move("手续费", "1", out="银行", program="图书"), "not_for_kind"),
        (move("手续费", "1"), "missing_for_kind"),
        (move("存现", "1", out="银行", into="银行"), "impossible_entry"),
        (move("存现", "1", out="银行"), "missing_for_kind"),
        (move("发放", "1", out="银行"), "unknown_program"),
        (move("退还捐款", "1", out="银行"), "impossible_entry"),
        (move("解除限定", "1", purpose="图书角", reason="r"), "impossible_entry"),
        (move("解除限定", "1", reason="r", by="c"), "impossible_entry"),
        (move("变更用途", "1", purpose="图书角", reason="r", by="c"), "missing_for_kind"),
        (move("转到别的基金", "1", out="银行", into="银行", reason="r"), "missing_for_kind"),
        (move("管理费", "0", out="银行"), "zero_amount"),
        (move("管理费", "-1", out="银行"), "negative_amount"),
        (move("乱写", "1", out="银行"), "unknown_word"),
    ],
)
def test_a_movement_that_says_too_little_or_too_much_is_named(
    place: Path, tmp_path: Path, row: tuple[str, ...], code: str
) -> None:
    good = move("利息", "1.23", into="银行")
    with pytest.raises(FileRefusedError) as refused:
        take_in(place, register(tmp_path, "收支.csv", MOVES, good, row))
    problem = refused.value.preview.errors.row(0, named=True)
    assert (problem["row"], problem["code"]) == (3, code)
    assert problem["remedy"]
