"""A number that a bank or a book of receipts gives once and that is met again is asked about."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidkit.fund.entry import Batch
from aidkit.fund.importing.importing import FileRefusedError, preview_file
from aidkit.fund.importing.preview import Preview
from aidkit.fund.ledger.journal import post, read_book
from aidkit.fund.making.money import income
from tests.fund.registers import ENTERED, FUND, GIFTS, UNION, Row, county, register, take_in

HEADER = GIFTS + ",票据号"
PAYOUTS = "发放日期,学籍号,受助人,资助项目,发放金额,发放方式,付款流水号,发放结果"


def gift(
    party: str, yuan: str, bank: str = "", receipt: str = "", *, purpose: str = "不限"
) -> tuple[str, ...]:
    return ("2026-09-01", party, yuan, "银行转账", purpose, "实名", bank, receipt)


def asked(shown: Preview) -> dict[int, str]:
    return dict(shown.asked.select("source_row", "why").rows())


def refused(place: Path, folder: Path, name: str, *rows: Row) -> dict[int, str]:
    """What is asked of a file that is refused for nothing else; `--distinct` posts it."""
    file = register(folder, name, HEADER, *rows)
    with pytest.raises(FileRefusedError, match="可能是") as told:
        take_in(place, file)
    shown = told.value.preview
    assert shown.errors.is_empty()
    assert shown.tallies["duplicate"].rows == len(asked(shown))
    assert take_in(place, file, distinct=["all"]).posted
    assert take_in(place, file).posted is None
    return asked(shown)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (gift("甲公司", "120", "T1"), "流水号 T1 已经用在 first.csv 的凭证 2026-000001"),
        (gift("乙", "100", "T1"), "流水号 T1 已经用在 first.csv 的凭证 2026-000001"),
        (gift("乙", "7", "T9", "P1"), "票据号 P1 已经用在 first.csv 的凭证 2026-000001"),
    ],
)
def test_a_number_of_another_document(tmp_path: Path, row: Row, why: str) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "first.csv", HEADER, gift("甲公司", "100", "T1", "P1")))
    told = refused(place, tmp_path, "second.csv", row, gift("丙", "5", "T2", "P2"))
    assert told == {2: f"{why}（甲公司，100.00 元）上。"}


def test_a_number_that_was_entered_by_hand(tmp_path: Path) -> None:
    place = county(tmp_path)
    fund = read_book(place).funds["love"]
    made = income("gift", fund, ENTERED, 500, channel="bank", party="甲", reference="T1")
    post(place, [made], Batch("post", ENTERED, "李会计"))
    told = refused(place, tmp_path, "gifts.csv", gift("乙", "6", "T1"))
    assert told == {2: "流水号 T1 已经用在手工登记的凭证 2026-000001（甲，5.00 元）上。"}


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ([gift("甲", "5", "T1"), gift("乙", "6", "T1")], "2、3"),
        ([gift("甲", "5", "T1"), gift("甲", "5", "T1")], "2、3"),
        ([gift("甲", "5", "T1"), gift("甲", "5", "T1", purpose="图书角")], "2、3"),
        (
            [gift("甲", "5", "", "P1"), gift("甲", "6", "", "P1"), gift("乙", "1", "", "P1")],
            "2、3、4",
        ),
    ],
)
def test_a_number_twice_in_one_file(tmp_path: Path, rows: list[Row], places: str) -> None:
    told = refused(county(tmp_path), tmp_path, "gifts.csv", gift("丁", "1", "T0", "P0"), *rows)
    rows_asked = {row + 1 for row in map(int, places.split("、"))}
    assert {*told} == rows_asked
    shifted = "、".join(str(row) for row in sorted(rows_asked))
    assert all(why.endswith(f"写在第 {shifted} 行。") for why in told.values())


def test_it_is_asked_where_there_is_no_county(tmp_path: Path) -> None:
    rows = [gift("甲", "5", "T1"), gift("乙", "6", "T1")]
    shown = preview_file(None, register(tmp_path, "gifts.csv", HEADER, *rows))
    assert {*asked(shown)} == {2, 3}


def test_a_row_that_is_added_under_a_number_of_its_own_file(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "gifts.csv", HEADER, gift("甲", "5", "T1")))
    rows = [gift("甲", "5", "T1"), gift("乙", "6", "T1")]
    assert {*refused(place, tmp_path, "gifts.csv", *rows)} == {3}


@pytest.mark.parametrize(
    "rows",
    [
        # One receipt, one transfer, of one party.
        [gift("甲", "5", "T1", "P1"), gift("甲", "6", "T1", "P1", purpose="图书角")],
        # Two funds, two accounts with the bank.
        [(*gift("甲", "5", "T1"), "爱心基金"), (*gift("乙", "6", "T1"), "工会互助金")],
        # Numbers of two kinds.
        [gift("甲", "5", "7"), gift("乙", "6", "", "7")],
    ],
)
def test_what_may_share_a_number(tmp_path: Path, rows: list[Row]) -> None:
    place = county(tmp_path, love=FUND, union=UNION)
    told = [(*row, *["爱心基金"] * (9 - len(row))) for row in rows]
    assert take_in(place, register(tmp_path, "g.csv", HEADER + ",所属基金", *told)).posted


def paid(number: str, yuan: str, result: str = "") -> tuple[str, ...]:
    student = f"G4107242015010112{number}X"
    return ("2026-09-03", student, "学生", "困难补助", yuan, "银行代发", "D1", result)


def test_a_batch_of_the_bank_has_one_number_for_many_people(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "gifts.csv", HEADER, gift("甲", "500")))
    rows = [paid("1", "5"), paid("2", "5"), paid("2", "6"), paid("3", "7", "退票")]
    assert take_in(place, register(tmp_path, "paid.csv", PAYOUTS, *rows)).posted
    with pytest.raises(FileRefusedError) as told:
        take_in(place, register(tmp_path, "more.csv", PAYOUTS, paid("1", "9"), paid("4", "9")))
    assert {*asked(told.value.preview)} == {2}


NUMBERED = st.tuples(
    st.sampled_from(["甲", "乙"]), st.integers(1, 3), st.sampled_from(["", "T1", "T2", "T3"])
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.lists(NUMBERED, max_size=4), second=st.lists(NUMBERED, min_size=1, max_size=4))
def test_no_number_comes_in_twice_unasked(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[tuple[str, int, str]],
    second: list[tuple[str, int, str]],
) -> None:
    folder = tmp_path_factory.mktemp("numbers")
    place = county(folder)
    for name, rows in (("a.csv", first), ("b.csv", second)):
        lines = [gift(party, str(yuan), bank) for party, yuan, bank in rows]
        file = register(folder, name, HEADER, *lines)
        try:
            take_in(place, file)
        except FileRefusedError as told:
            if left := [str(row) for row in asked(told.preview)]:
                take_in(place, file, accept=left)
    gifts = read_book(place).entries.filter(kind="gift").rows(named=True)
    for number in ("T1", "T2", "T3"):
        bearers = [entry for entry in gifts if entry["reference"] == number]
        assert len({(entry["party"], entry["source_file"]) for entry in bearers}) <= 1
