"""One bad row stops a file and is named; what cannot be mended may be left out, and is told."""

from pathlib import Path

import pytest

from aidkit.cli.fund_lines import preview_lines
from aidkit.errors import UsageError
from aidkit.fund.importing.importing import FileRefusedError, preview_file
from aidkit.fund.ledger.journal import journal_of, read_book
from tests.fund.registers import ENTERED, GIFTS, A, B, county, register, take_in, tallies

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


def test_every_fault_is_told_at_once_and_held_rows_are_not_new(tmp_path: Path) -> None:
    place = county(tmp_path)
    typed = ("2026-09-01", "周某 13812345678", "50", "现金")
    file = register(tmp_path, "gifts.csv", GIFTS, A, BAD[0][0], typed)
    shown = preview_file(read_book(place), file, entered_on=ENTERED)
    assert shown.errors["row"].to_list() == [3, 4]
    with pytest.raises(FileRefusedError) as refused:
        take_in(place, file)
    assert refused.value.preview.errors.equals(shown.errors)
    assert "第 3 行" in str(refused.value)
    assert "第 4 行" in str(refused.value)
    for told in (shown, refused.value.preview):
        assert tallies(told)["new"] == 1
        lines = [*preview_lines(told)]
        assert "  搁置的 2 行（有错，不算在上面）" in lines
