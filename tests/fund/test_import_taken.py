"""The register of goods that went back to their donor, or were spoilt or lost."""

from pathlib import Path

import pytest

from aidkit.fund.importing.importing import FileRefusedError
from aidkit.fund.ledger.journal import read_book
from tests.fund.registers import county, register, take_in

GOODS = "接收日期,品名,规格型号,计量单位,数量,折价金额,捐赠单位或个人,捐赠用途"
TAKEN = (
    "退还报损日期,业务类别,品名,计量单位,退还报损数量,折价金额,捐赠单位或个人,物资来源,"
    "事由,证明人,审批人,经手人"
)
WHO = ("审批员", "登记员")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A county whose fund was given books for reading, and bags that nobody valued."""
    made = county(tmp_path)
    rows = [
        ("2026-02-01", "课外读物", "", "册", "100", "1850", "甲公司", "图书角"),
        ("2026-02-01", "书包", "", "个", "20", "", "乙公司", ""),
    ]
    take_in(made, register(tmp_path, "came.csv", GOODS, *rows))
    return made


def test_what_went_back_and_what_was_lost_leave_the_store(place: Path, tmp_path: Path) -> None:
    rows = [
        (
            "2026-03-01",
            "退还实物",
            "课外读物",
            "册",
            "10",
            "185",
            "甲公司",
            "图书角",
            "缺页",
            "",
            *WHO,
        ),
        ("2026-03-02", "报损", "课外读物", "册", "2", "37", "", "图书角", "霉变", "保管员", *WHO),
        ("2026-03-02", "实物报损", "书包", "个", "1", "", "", "", "丢失", "保管员", *WHO),
    ]
    file = register(tmp_path, "taken.csv", TAKEN, *rows)
    assert take_in(place, file).posted
    book = read_book(place)
    made = book.entries.filter(source_file="taken.csv").select("kind", "party", "consent_of")
    assert made.rows() == [
        ("goods_returned", "甲公司", ""),
        ("goods_written_off", "", "保管员"),
        ("goods_written_off", "", "保管员"),
    ]
    lost = book.postings.filter(account="goods_loss")
    assert lost.select("fen", "purpose").rows() == [(37_00, "")]
    assert book.postings.filter(account="goods_income")["fen"].sum() == -1665_00
    assert take_in(place, file).posted is None


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("退还实物", "课外读物", "册", "1", "18.5", "", "图书角", "缺页", "", *WHO), "捐赠人"),
        (("实物报损", "课外读物", "册", "1", "18.5", "", "图书角", "霉变", "", *WHO), "证明人"),
        (
            ("发放实物", "课外读物", "册", "1", "18.5", "", "图书角", "发", "", *WHO),
            "退还实物、实物报损",
        ),
        (("实物报损", "课外读物", "册", "1", "9", "", "图书角", "霉", "保管员", *WHO), "18.50 元"),
        (("实物报损", "书包", "个", "1", "", "", "", "丢", "登 记员", *WHO), "三个人"),
        (("退还实物", "书包", "个", "1", "", "甲公司", "", "坏", "", *WHO), "会少|多 1 个"),
        (("实物报损", "书包", "个", "-1", "", "", "", "丢", "保管员", *WHO), "数量"),
    ],
)
def test_a_row_that_cannot_be_is_refused_in_words(
    place: Path, tmp_path: Path, row: tuple[str, ...], told: str
) -> None:
    file = register(tmp_path, "taken.csv", TAKEN, ("2026-03-01", *row))
    with pytest.raises(FileRefusedError, match=told):
        take_in(place, file)
