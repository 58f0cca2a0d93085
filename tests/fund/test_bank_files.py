"""Statements as banks export them: two columns of money, one signed, one with its direction."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.errors import InputError
from aidkit.fund.reconciling.sides import bank_side, read_statement

Moves = list[int]
"""Fen, one a day; what comes in is positive."""

OPENING = 1_000_000
HEADER = "交易日期,对方户名,"
WAYS = ("two", "signed", "plus", "letter", "word", "both")
"""How a bank writes what came in and went out."""


def amounts(fen: int, way: str) -> str:
    """What a bank writes of a movement between the party and the balance."""
    size, came = f"{abs(fen) / 100:.2f}", fen >= 0
    if way == "two":
        return f"{size}," if came else f",{size}"
    if way in {"signed", "plus"}:
        return f"{'' if not came else '+' if way == 'plus' else ''}{'' if came else '-'}{size}"
    if way == "letter":
        return f"{'贷' if came else '借'},{size}"
    return f"{'收入' if came else '支出'},{'-' if way == 'both' and not came else ''}{size}"


def export(folder: Path, moves: Moves, way: str) -> Path:
    heads = {"two": "收入金额,支出金额", "signed": "交易金额", "plus": "发生额"}
    lines = [f"{HEADER}{heads.get(way, '借贷标志,交易金额')},余额"]
    balance = OPENING
    for at, fen in enumerate(moves):
        balance += fen
        day = f"2025-{at // 28 + 1:02}-{at % 28 + 1:02}"
        lines.append(f"{day},甲公司,{amounts(fen, way)},{balance / 100:.2f}")
    return written(folder, lines)


def written(folder: Path, lines: list[str]) -> Path:
    path = folder / "流水.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read(path: Path) -> Moves:
    return bank_side(read_statement(path))["fen"].to_list()


@pytest.mark.parametrize("way", WAYS)
def test_however_a_bank_writes_it(way: str, tmp_path: Path) -> None:
    moves = [10_000_000, -2_400, -150_075, 6_000_000]
    assert read(export(tmp_path, moves, way)) == moves


@given(
    moves=st.lists(st.integers(-10_000, 10_000_000).filter(bool), min_size=1, max_size=60),
    way=st.sampled_from(WAYS),
)
def test_every_form_says_the_same(
    tmp_path_factory: pytest.TempPathFactory, moves: Moves, way: str
) -> None:
    assert read(export(tmp_path_factory.getbasetemp(), moves, way)) == moves


@pytest.mark.parametrize(
    "lines",
    [
        # What was paid by mistake is taken back: in red, as banks say.
        ["借贷标志,交易金额,余额", "借,60,940", "借,-60,1000"],
        ["收入金额,支出金额,余额", ",60,940", ",-60,1000"],
    ],
)
def test_what_a_bank_takes_back_is_negative(lines: list[str], tmp_path: Path) -> None:
    days = ["交易日期", "2025-10-18", "2025-10-19"]
    path = written(tmp_path, [f"{day},{line}" for day, line in zip(days, lines, strict=True)])
    assert read(path) == [-6_000, 6_000]


def refused(path: Path) -> str:
    with pytest.raises(InputError) as told:
        read(path)
    text = f"{told.value.message}{told.value.remedy}"
    assert "标红" not in text
    return text


def test_a_statement_without_amounts_says_what_it_needs(tmp_path: Path) -> None:
    text = refused(written(tmp_path, [f"{HEADER}变动数,余额", "2025-10-18,甲公司,-5,10"]))
    assert "流水没有收入金额、支出金额两列；没有读入的列：变动数。" in text
    assert "借贷标志" in text
    half = written(tmp_path, [f"{HEADER}收入金额,余额", "2025-10-18,甲公司,5,10"])
    assert "流水没有支出金额一列。" in refused(half)


def test_amounts_of_which_nobody_says_the_direction(tmp_path: Path) -> None:
    lines = [f"{HEADER}交易金额,余额", "2025-10-18,甲公司,5,10", "2025-10-19,乙公司,4,6"]
    assert "支出要是负数，或者另有借贷标志一列" in refused(written(tmp_path, lines))
    some = [f"{HEADER}借贷标志,交易金额,余额", "2025-10-18,甲,贷,5,10", "2025-10-19,乙,,4,6"]
    assert "没有写借贷标志" in refused(written(tmp_path, some))


def test_a_line_with_two_amounts_is_refused(tmp_path: Path) -> None:
    header = f"{HEADER}收入金额,支出金额,交易金额,余额"
    text = refused(written(tmp_path, [header, "2025-10-18,甲,5,,5,10"]))
    assert "同一行写了两个金额" in text


def test_what_cannot_be_read_is_not_to_be_mended(tmp_path: Path) -> None:
    text = refused(written(tmp_path, [f"{HEADER}交易金额,余额", "2025-10-18,甲,五元,10"]))
    assert "重新导出" in text
