"""Files into the journal: all or nothing, once, and what changed is told before it is touched."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidkit.errors import InputError, UsageError
from aidkit.fund.importing.importing import FileRefusedError, import_file, preview_file
from aidkit.fund.importing.preview import Tally
from aidkit.fund.importing.rows import Whole
from aidkit.fund.ledger.journal import journal_of, read_book
from aidkit.fund.ledger.standing import standing
from tests.fund.registers import (
    ENTERED,
    FUND,
    GIFTS,
    UNION,
    A,
    B,
    C,
    balances,
    county,
    register,
    take_in,
    tallies,
)


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
        whole = Whole(approved_by="审批员")
        import_file(place, file, entered_by=name, entered_on=ENTERED, whole=whole, correct=correct)
    told = read_book(place).entries.select("kind", "entered_by").rows()
    assert told == [("gift", "甲"), ("correction", "乙"), ("gift", "乙")]


def test_what_is_taken_back_is_approved_by_another(tmp_path: Path) -> None:
    """Also a gift, which needs nobody's approval when it comes."""
    place = county(tmp_path)
    take_in(place, register(tmp_path, "gifts.csv", GIFTS, A, B))
    other = register(tmp_path, "gifts.csv", GIFTS, (*A[:2], "120", *A[3:]))
    for approver, why in (("", "更正：没有写批准人"), ("登记 员", "更正：批准人和登记的人都是")):
        with pytest.raises(FileRefusedError, match=why):
            take_in(place, other, correct="抄错了", whole=Whole(approved_by=approver))
    done = take_in(place, other, correct="抄错了", whole=Whole(approved_by="王主任"))
    assert done.posted and len(done.posted.voucher_nos) == 3
    told = read_book(place).entries.filter(kind="correction")["approved_by"].to_list()
    assert told == ["王主任", "王主任"]


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
