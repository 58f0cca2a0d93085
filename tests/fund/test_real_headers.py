"""Headers of lists as schools, unions and phones write them."""

from pathlib import Path

import polars as pl
import pytest

from aidkit.errors import InputError
from aidkit.fund.importing.importing import preview_file
from tests.fund.registers import register

HEADERS: dict[str, tuple[str, ...]] = {
    "序号,捐款时间,捐款人,捐款金额,捐款方式": ("1", "2026-03-01", "甲", "5", "微信支付"),
    "时间,单位/个人,捐款数额,付款方式": ("2026-03-01", "甲", "5", "微信转账"),
    "收款日期,捐赠单位（个人）,捐赠金额（元）,收款方式,收据编号,经办人": (
        *("2026-03-01", "甲", "5", "扫码", "P1", "李"),
    ),
    "捐资日期,捐资单位,捐资金额,支付方式": ("2026-03-01", "甲", "5", "支付宝转账"),
    "序号,学校,教职工姓名,捐款数额（元）,汇款日期,汇款方式": (
        *("1", "一小", "甲", "5", "2026-03-01", "手机支付"),
    ),
}


@pytest.mark.parametrize("header", HEADERS)
def test_all_of_a_list_is_read(tmp_path: Path, header: str) -> None:
    shown = preview_file(None, register(tmp_path, "list.csv", header, HEADERS[header]))
    assert shown.errors.is_empty()
    told = shown.drafts.select("party", "fen", "channel", date=pl.col("date").cast(pl.String))
    assert told.rows() == [("甲", 500, "phone_payment", "2026-03-01")]


@pytest.mark.parametrize("name", ["工会捐款名单", "慈善一日捐", "一小捐款公示"])
def test_a_name_and_a_sum_are_a_gift_where_the_list_says_so(tmp_path: Path, name: str) -> None:
    rows = [("1", "甲", "5"), ("2", "乙", "6")]
    shown = preview_file(None, register(tmp_path, f"{name}.csv", "序号,姓名,金额", *rows))
    assert shown.drafts.select("kind", "party", "fen").rows() == [
        ("gift", "甲", 500),
        ("gift", "乙", 600),
    ]


@pytest.mark.parametrize("name", ["名单", "助学金发放", "爱心实物捐赠"])
def test_otherwise_nobody_knows_which_way_the_money_went(tmp_path: Path, name: str) -> None:
    rows = [("1", "甲", "5"), ("2", "乙", "6")]
    with pytest.raises(InputError, match="没有基金的登记表"):
        preview_file(None, register(tmp_path, f"{name}.csv", "序号,姓名,金额", *rows))
