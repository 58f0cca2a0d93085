"""A large CSV read part by part holds exactly what intake finds in it as a whole."""

import datetime as dt
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from aidkit.digests import file_digest
from aidkit.fund.importing import plain_csv
from aidkit.fund.importing.plain_csv import read_plain_csv
from aidkit.intake import Intake, read_workbook
from tests.fund.registers import GIFTS, register

LATEST = dt.date(2026, 12, 31)

DATES = ["2026-09-01", "2026-9-1", "2026年9月1日", "2026-02-30", "2027-01-01", "", "20260901", "x"]
NAMES = [
    "甲公司",
    " 乙 ",
    "合计咨询公司",
    "设计院",
    "捐赠人",
    "合计",
    "",
    "A-1",
    "\u200b丙",
    "备注：",
]
YUAN = ["100", "0.07", "1,000.00", "1e3", "-5", "5.005", "￥5", "五元", "", "99999999999.99"]
CHANNELS = ["现金", "银行转账", "支票", "", "微信"]
CELLS = st.tuples(
    st.sampled_from(DATES),
    st.sampled_from(NAMES),
    st.sampled_from(YUAN),
    st.sampled_from(CHANNELS),
    st.sampled_from(["", "图书角", "注：无"]),
    st.sampled_from(["", "实名", "公开吧"]),
    st.sampled_from(["", "T1", "1.2E+17", '="007"']),
)


@settings(max_examples=150)
@given(rows=st.lists(CELLS, min_size=1, max_size=6), part=st.integers(1, 6))
def test_it_finds_what_intake_finds(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], part: int
) -> None:
    path = register(tmp_path_factory.mktemp("plain"), "gifts.csv", GIFTS, *rows)
    with patch.object(plain_csv, "PART", part):
        short = read_plain_csv(path, LATEST)
    if short is not None:
        _assert_as_intake(path, short)


@pytest.mark.parametrize(
    "content",
    [
        "捐赠人,捐赠金额,天气\n甲,5,晴\n乙,-5,雨\n",
        '捐赠人,捐赠金额\n"甲\n乙",5\n丙,x\n',
        "\ufeff捐赠人;捐赠金额;捐赠日期\n甲;5\n丙;0;2026-09-01\n",
    ],
)
def test_oddities_of_lines_and_headers_are_told_alike(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gifts.csv"
    path.write_text(content, encoding="utf-8")
    with patch.object(plain_csv, "PART", 1):
        short = read_plain_csv(path, LATEST)
    assert short
    _assert_as_intake(path, short)


def _assert_as_intake(path: Path, short: tuple[str, Intake]) -> None:
    digest, found = short
    assert digest == file_digest(path)
    intake = read_workbook(path, latest=LATEST)
    assert_frame_equal(found.problems, intake.problems)
    assert_frame_equal(found.counts, intake.counts)
    assert_frame_equal(found.tables["donations"], intake.tables["donations"])
    assert found.headers == intake.headers


def test_parts_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("2026-09-01", f"甲{n}", "5" if n % 7 else "-5", "现金") for n in range(50)]
    path = register(tmp_path, "gifts.csv", GIFTS, *rows)
    whole = read_plain_csv(path, LATEST)
    monkeypatch.setattr(plain_csv, "PART", 7)
    parts = read_plain_csv(path, LATEST)
    assert whole and parts
    assert_frame_equal(whole[1].tables["donations"], parts[1].tables["donations"])
    assert_frame_equal(whole[1].problems, parts[1].problems)
    assert parts[1].problems["row"].to_list() == [2 + n for n in range(0, 50, 7)]


@pytest.mark.parametrize(
    "content",
    [
        "捐赠人,捐赠金额\n甲,5\n合计,5\n",
        "捐赠人,捐赠金额\n甲,5\n\n乙,6\n",
        "捐赠人,捐赠金额\n甲,5\n捐赠人,捐赠金额\n乙,6\n",
        "登记表,\n捐赠人,捐赠金额\n甲,5\n",
        "捐赠人,捐赠金额（万元）\n甲,5\n",
        "捐赠人,捐赠金额\n甲,5,6\n",
        '捐赠人,捐赠金额\n"=""甲""",5\n',
        "学号,分数\n1,5\n",
        "",
    ],
)
def test_what_is_not_plain_is_left_to_intake(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gifts.csv"
    path.write_text(content, encoding="utf-8")
    assert read_plain_csv(path, LATEST) is None


def test_other_encodings_are_left_to_intake(tmp_path: Path) -> None:
    path = tmp_path / "gifts.csv"
    path.write_text("捐赠人,捐赠金额\n甲,5\n", encoding="gb18030")
    assert read_plain_csv(path, LATEST) is None


def test_a_plain_file_is_read(tmp_path: Path) -> None:
    path = register(tmp_path, "gifts.csv", GIFTS, ("2026-09-01", "甲", "5", "现金"))
    short = read_plain_csv(path, LATEST)
    assert short
    assert short[1].tables["donations"].select(pl.col("amount_fen")).row(0) == (500,)
