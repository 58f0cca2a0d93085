"""Files into the journal: all or nothing, once, and what changed is told before it is touched."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidkit.errors import InputError, UsageError
from aidkit.fund.importing.importing import FileRefusedError, import_file, preview_file
from aidkit.fund.importing.preview import Preview, Tally
from aidkit.fund.importing.rows import Whole
from aidkit.fund.importing.standing import standing
from aidkit.fund.ledger.journal import journal_of, read_book
from aidkit.fund.period import Period
from aidkit.fund.statements.receipts import receipts
from tests.fund.registers import ENTERED, FUND, GIFTS, UNION, county, register, take_in

A = ("2026-09-01", "甲公司", "100.00", "银行转账", "图书角", "实名", "T1")
B = ("2026-09-02", "乙", "50.5", "现金", "不限", "匿名")
C = ("2026-09-03", "丙", "7", "银行转账", "", "")


def balances(place: Path) -> dict[str, int]:
    book = read_book(place)
    sums = book.postings.group_by("account", "purpose").agg(pl.col("fen").sum())
    return {f"{account}/{purpose}": fen for account, purpose, fen in sums.rows() if fen}


def tallies(preview: Preview) -> dict[str, int]:
    return {status: tally.rows for status, tally in preview.tallies.items() if tally.rows}


def test_gifts_are_posted_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    place = county(tmp_path)
    file = register(tmp_path, "gifts.csv", GIFTS, A, B, C)
    done = take_in(place, file)
    assert done.posted and len(done.posted.voucher_nos) == 3
    assert balances(place) == {
        "bank/": 10_700,
        "cash/": 5_050,
        "gift_income/reading": -10_000,
        "gift_income/": -5_750,
    }
    before = journal_of(place).read_bytes()
    again = take_in(place, file)
    assert again.posted is None
    assert tallies(again.preview) == {"same": 3}
    assert journal_of(place).read_bytes() == before
    entry = read_book(place).entries.row(0, named=True)
    assert (entry["source_file"], entry["source_row"]) == ("gifts.csv", 2)
    assert (entry["entered_by"], entry["consent"]) == ("登记员", "named")


def test_a_copy_under_another_name_is_the_same_document(tmp_path: Path) -> None:
    place = county(tmp_path)
    file = register(tmp_path, "gifts.csv", GIFTS, A, B)
    take_in(place, file)
    copy = tmp_path / "copy.csv"
    copy.write_bytes(file.read_bytes())
    again = take_in(place, copy)
    assert again.posted is None
    assert tallies(again.preview) == {"same": 2}


def test_rows_that_are_added_are_posted_alone_wherever_they_stand(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "gifts.csv", GIFTS, A, B))
    grown = take_in(place, register(tmp_path, "gifts.csv", GIFTS, C, A, B))
    assert tallies(grown.preview) == {"new": 1, "same": 2}
    assert balances(place)["bank/"] == 10_700


def test_two_equal_gifts_are_two_and_a_third_is_new(tmp_path: Path) -> None:
    place = county(tmp_path)
    assert tallies(take_in(place, register(tmp_path, "g.csv", GIFTS, C, C)).preview) == {"new": 2}
    third = take_in(place, register(tmp_path, "g.csv", GIFTS, C, C, C)).preview
    assert tallies(third) == {"new": 1, "same": 2}


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ((*A[:2], "120.00", *A[3:]), "changed"),
        ((*A[:4], "寄宿生", *A[5:]), "changed"),
        ((*A[:5], "匿名", *A[6:]), "changed"),
        (None, "gone"),
    ],
)
def test_what_was_posted_is_not_touched_without_a_reason(
    tmp_path: Path, changed: tuple[str, ...] | None, status: str
) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "gifts.csv", GIFTS, A, B))
    file = register(tmp_path, "gifts.csv", GIFTS, *([changed] if changed else []), B)
    with pytest.raises(FileRefusedError, match="1 行") as refused:
        take_in(place, file)
    assert tallies(refused.value.preview) == {status: 1, "same": 1}
    assert "--correct" in str(refused.value)
    done = take_in(place, file, correct="抄错了")
    assert done.posted and len(done.posted.voucher_nos) == 1 + (changed is not None)
    book = read_book(place)
    back = book.entries.filter(kind="correction").row(0, named=True)
    assert (back["corrects"], back["reason"]) == ("2026-000001", "抄错了")
    rest = standing(book).filter(party="甲公司")
    assert rest["fen"].to_list() == ([] if changed is None else [round(float(changed[2]) * 100)])
    assert take_in(place, file).posted is None


def test_a_correction_is_told_of_who_corrects(tmp_path: Path) -> None:
    place = county(tmp_path)
    for name, amount, correct in (("甲", "100", ""), ("乙", "120", "抄错了")):
        file = register(tmp_path, "gifts.csv", GIFTS, (*A[:2], amount, *A[3:]))
        import_file(place, file, entered_by=name, entered_on=ENTERED, correct=correct)
    told = read_book(place).entries.select("kind", "entered_by").rows()
    assert told == [("gift", "甲"), ("correction", "乙"), ("gift", "乙")]


def test_a_row_of_another_document_must_be_decided(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "september.csv", GIFTS, A, B))
    file = register(tmp_path, "year.csv", GIFTS, C, A)
    with pytest.raises(FileRefusedError, match="别的文件") as refused:
        take_in(place, file)
    rows = refused.value.preview.rows.filter(status="duplicate")
    assert rows.select("source_row", "elsewhere", "voucher_no").row(0) == (
        3,
        "september.csv",
        "2026-000001",
    )
    done = take_in(place, file, accept=["3"])
    assert done.preview.left_out == {"3": "与 september.csv 已入账的 2026-000001 相同。"}
    assert read_book(place).batches["left_out"].to_list() == [0, 1]
    assert balances(place)["bank/"] == 10_700
    assert take_in(place, file).posted is None


def test_a_gift_of_its_own_is_posted_beside_its_like(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "september.csv", GIFTS, A))
    file = register(tmp_path, "year.csv", GIFTS, A, C)
    done = take_in(place, file, distinct=["2"])
    assert done.posted
    assert balances(place)["bank/"] == 20_700
    assert done.preview.distinct == {"2": "与 september.csv 已入账的 2026-000001 相同。"}
    assert read_book(place).batches["distinct"].to_list() == [0, 1]
    assert '"distinct":{"2":"与 september.csv' in journal_of(place).read_text(encoding="utf-8")
    assert take_in(place, file).posted is None


def test_a_row_that_is_left_out_is_not_said_to_be_distinct(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "september.csv", GIFTS, A))
    done = take_in(place, register(tmp_path, "year.csv", GIFTS, A, C), accept=["2"], distinct=["2"])
    assert [*done.preview.left_out] == ["2"]
    assert done.preview.distinct == {}


RECEIPTS = GIFTS + ",票据号"
NUMBERED = (*A, *[""] * (7 - len(A)))


def test_the_receipt_stands_beside_the_banks_number(tmp_path: Path) -> None:
    place = county(tmp_path)
    rows = [(*NUMBERED[:6], "T7", "P1"), (*NUMBERED[:6], "", "P2")]
    take_in(place, register(tmp_path, "gifts.csv", RECEIPTS, *rows))
    book = read_book(place)
    told = book.entries.select("reference", "receipt_no", "note").rows()
    assert told == [("T7", "P1", ""), ("", "P2", "")]
    year = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert receipts(book, "love", year)["reference"].to_list() == ["P1", "P2"]


def test_a_receipt_is_part_of_the_row_but_the_banks_number_tells_documents_apart(
    tmp_path: Path,
) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "gifts.csv", RECEIPTS, (*NUMBERED[:6], "T7", "P1")))
    corrected = register(tmp_path, "gifts.csv", RECEIPTS, (*NUMBERED[:6], "T7", "P2"))
    with pytest.raises(FileRefusedError, match="--correct"):
        take_in(place, corrected)
    without = register(tmp_path, "bank.csv", GIFTS, (*NUMBERED[:6], "T7"))
    with pytest.raises(FileRefusedError, match="别的文件"):
        take_in(place, without)
    another = register(tmp_path, "more.csv", RECEIPTS, (*NUMBERED[:7], "P9"))
    assert take_in(place, another).posted


BAD = [
    (("2026-09-01", "甲", "-5", "现金"), "negative_amount"),
    (("2026-02-30", "甲", "5", "现金"), "impossible_date"),
    (("2027-01-01", "甲", "5", "现金"), "future_date"),
    (("2025-12-31", "甲", "5", "现金"), "before_opening"),
    (("2026-09-01", "甲", "5.005", "现金"), "too_many_decimals"),
    (("2026-09-01", "甲", "0", "现金"), "zero_amount"),
    (("2026-09-01", "", "5", "现金"), "missing_value"),
    (("2026-09-01", "甲", "5", "支票"), "unknown_word"),
    (("2026-09-01", "甲", "5", "手机支付"), "unknown_channel"),
    (("2026-09-01", "甲", "5", "现金", "修操场"), "unknown_purpose"),
]


@pytest.mark.parametrize(("row", "code"), BAD)
def test_one_bad_row_stops_the_file_and_is_named(
    tmp_path: Path, row: tuple[str, ...], code: str
) -> None:
    place = county(tmp_path)
    file = register(tmp_path, "gifts.csv", GIFTS, A, row)
    with pytest.raises(FileRefusedError) as refused:
        take_in(place, file)
    problem = refused.value.preview.errors.row(0, named=True)
    assert (problem["row"], problem["code"]) == (3, code)
    assert problem["message"] and problem["remedy"]
    assert "第 3 行" in str(refused.value)
    assert not journal_of(place).exists() or journal_of(place).read_bytes() == b""
    done = take_in(place, file, accept=["3"])
    assert done.posted and len(done.posted.voucher_nos) == 1
    assert done.preview.left_out == {"3": problem["message"]}
    assert '"left_out":{"3":' in journal_of(place).read_text(encoding="utf-8")


def test_a_total_that_does_not_fit_is_named_and_may_be_left(tmp_path: Path) -> None:
    place = county(tmp_path)
    file = register(tmp_path, "gifts.csv", GIFTS, A, B, ("合计", "", "150.51"))
    with pytest.raises(FileRefusedError, match="第 4 行"):
        take_in(place, file)
    done = take_in(place, file, accept=["4"])
    assert done.preview.register.stated == {"fen": 15_051}
    assert done.preview.register.controls.select("claimed", "actual", "agrees").row(0) == (
        15_051,
        15_050,
        False,
    )


@pytest.mark.parametrize(
    ("accept", "told"),
    [(["2"], "没有要留下的问题"), (["x"], "看不懂"), (["9"], "没有要留下的问题")],
)
def test_only_what_is_wrong_can_be_left_out(tmp_path: Path, accept: list[str], told: str) -> None:
    place = county(tmp_path)
    file = register(tmp_path, "gifts.csv", GIFTS, A, B)
    with pytest.raises(UsageError, match=told):
        take_in(place, file, accept=accept)
    assert not journal_of(place).exists()


def test_a_changed_file_with_a_bad_row_is_never_nothing_to_do(tmp_path: Path) -> None:
    place = county(tmp_path)
    take_in(place, register(tmp_path, "gifts.csv", GIFTS, A))
    with pytest.raises(FileRefusedError, match="负数"):
        take_in(place, register(tmp_path, "gifts.csv", GIFTS, A, BAD[0][0]))


def test_the_day_and_the_channel_may_be_said_of_the_whole_file(tmp_path: Path) -> None:
    place = county(tmp_path)
    file = register(tmp_path, "list.csv", "捐赠人,捐赠金额", ("甲", "5"), ("乙", "6"))
    with pytest.raises(FileRefusedError, match=re.escape("2 行（11.00 元）没有日期")):
        take_in(place, file)
    whole = Whole(date=dt.date(2026, 5, 1), channel="bank")
    assert take_in(place, file, whole=whole).posted
    # Another day said, or none: the file is the same.
    assert (
        take_in(place, file, whole=Whole(date=dt.date(2026, 6, 1), channel="cash")).posted is None
    )
    assert take_in(place, file).posted is None


def test_without_a_county_everything_is_new_and_words_stay_words(tmp_path: Path) -> None:
    file = register(tmp_path, "gifts.csv", GIFTS, A, B, ("2026-09-01", "甲", "-5"))
    shown = preview_file(None, file)
    assert shown.tallies["new"] == Tally(2, 15_050)
    assert shown.errors["row"].to_list() == [4]
    assert shown.drafts["purpose"].to_list() == ["图书角", "不限"]


def test_which_fund_must_be_clear(tmp_path: Path) -> None:
    place = county(tmp_path, love=FUND, union=UNION)
    with pytest.raises(UsageError, match="几个基金"):
        take_in(place, register(tmp_path, "gifts.csv", GIFTS, A))
    with pytest.raises(UsageError, match="没有代号"):
        take_in(place, register(tmp_path, "gifts.csv", GIFTS, A), whole=Whole(fund="x"))
    header = GIFTS + ",所属基金"
    file = register(tmp_path, "g.csv", header, (*A, "爱心基金"), (*B, "", "工会互助金"))
    assert take_in(place, file).posted
    assert read_book(place).entries["fund"].to_list() == ["love", "union"]
    wrong = register(tmp_path, "w.csv", header, (*C, "", "别的基金"))
    with pytest.raises(FileRefusedError, match="没有叫“别的基金”的基金"):
        take_in(place, wrong)


def test_a_file_without_a_register_is_refused(tmp_path: Path) -> None:
    other = register(tmp_path, "x.csv", "学号,天气", ("1", "晴"))
    with pytest.raises(InputError, match="没有基金的登记表"):
        preview_file(None, other)
    with pytest.raises(InputError, match="没有这个文件"):
        preview_file(None, tmp_path / "none.csv")


def test_a_file_within_the_county_is_known_by_its_path(tmp_path: Path) -> None:
    place = county(tmp_path)
    for year in ("2026", "2027"):
        (place / year).mkdir()
    take_in(place, register(place / "2026", "gifts.csv", GIFTS, A))
    done = take_in(place, register(place / "2027", "gifts.csv", GIFTS, B))
    assert tallies(done.preview) == {"new": 1}
    assert read_book(place).entries["source_file"].to_list() == ["2026/gifts.csv", "2027/gifts.csv"]


GIFT = st.tuples(
    st.integers(1, 28).map(lambda day: f"2026-03-{day:02d}"),
    st.sampled_from(["甲", "乙", "丙"]),
    st.integers(1, 10**9).map(lambda fen: f"{fen // 100}.{fen % 100:02d}"),
    st.sampled_from(["现金", "银行转账"]),
    st.sampled_from(["", "图书角", "购书", "寄宿生"]),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(GIFT, min_size=1, max_size=8), cut=st.integers(0, 8), data=st.data())
def test_balances_do_not_depend_on_the_order_or_the_portions(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, ...]],
    cut: int,
    data: st.DataObject,
) -> None:
    shuffled = data.draw(st.permutations(rows))
    whole, parts = (tmp_path_factory.mktemp(name) for name in ("whole", "parts"))
    one, two = county(whole), county(parts)
    take_in(one, register(whole, "gifts.csv", GIFTS, *rows))
    take_in(two, register(parts, "gifts.csv", GIFTS, *shuffled[:cut], *shuffled[cut:][:1]))
    take_in(two, register(parts, "gifts.csv", GIFTS, *shuffled))
    assert balances(one) == balances(two)
    assert sum(balances(one).values()) == 0
    given_fen = Counter(row[1] for row in rows)
    assert Counter(read_book(two).entries["party"]) == given_fen


def test_a_date_after_the_day_of_entering_is_refused(tmp_path: Path) -> None:
    place = county(tmp_path)
    file = register(tmp_path, "gifts.csv", GIFTS, A)
    with pytest.raises(FileRefusedError, match="还没有到"):
        take_in(place, file, entered_on=dt.date(2026, 8, 31))
    assert take_in(place, file, entered_on=ENTERED).posted


def test_a_county_without_a_fund_is_told_how_to_begin(tmp_path: Path) -> None:
    (tmp_path / "county").mkdir()
    file = register(tmp_path, "gifts.csv", GIFTS, A)
    with pytest.raises(UsageError, match="还没有基金") as refused:
        take_in(tmp_path / "county", file)
    assert "params/funds" in refused.value.remedy
    assert not journal_of(tmp_path / "county").exists()
