"""Fen from what people type and what Excel keeps, and back."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aidkit.money import MOST_IN_WORDS, fen_of_number, fen_of_text, in_words, yuan


@pytest.mark.parametrize(
    ("text", "fen"),
    [("312.5", 31250), ("1,234.50", 123450), ("￥300元", 30000), ("-5", -500), (" 0.01 ", 1)],
)
def test_text(text: str, fen: int) -> None:
    assert fen_of_text(text) == fen


@pytest.mark.parametrize("text", ["", "约500", "1.234", "1,23", "1 000", "1e3", "五百", "--1"])
def test_text_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        fen_of_text(text)


def test_float_noise_vanishes_and_real_decimals_do_not() -> None:
    assert fen_of_number(0.1 + 0.2) == 30
    assert fen_of_number(314540755.69) == 31454075569
    with pytest.raises(ValueError, match=r"1\.234"):
        fen_of_number(1.234)
    with pytest.raises(ValueError, match="nan"):
        fen_of_number(float("nan"))


@given(st.integers(-(10**12), 10**12))
def test_every_amount_survives_printing_and_excel(fen: int) -> None:
    assert fen_of_text(yuan(fen)) == fen
    assert fen_of_number(float(Decimal(fen) / 100)) == fen


MOST_OF_A_RECEIPT = 999_999_999_999
"""9,999,999,999.99 yuan."""

amounts = st.one_of(
    st.integers(1, MOST_OF_A_RECEIPT),
    # Amounts full of zeros, where a 零 is forgotten or written twice.
    st.text("0001", min_size=1, max_size=12).map(int).filter(bool),
    st.builds(lambda digit, power: digit * 10**power, st.integers(1, 9), st.integers(0, 11)),
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0", "零元整"),
        ("0.01", "壹分"),
        ("0.10", "壹角"),
        ("10.05", "壹拾元零伍分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("100000001", "壹亿零壹元整"),
        ("-12.3", "负壹拾贰元叁角"),
        ("-0.01", "负壹分"),
        ("9999999999.99", "玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_in_words(text: str, words: str) -> None:
    assert in_words(fen_of_text(text)) == words


@given(amounts)
@example(1)
@example(MOST_OF_A_RECEIPT)
def test_words_are_those_of_an_independent_library(fen: int) -> None:
    assert in_words(fen) == cn2an.an2cn(str(Decimal(fen) / 100), "rmb")
    assert in_words(-fen) == "负" + in_words(fen)


@given(amounts)
def test_words_say_the_amount_and_nothing_else(fen: int) -> None:
    assert read_back(in_words(fen)) == fen


def read_back(words: str) -> int:
    """Fen that words say, by places alone: zeros carry nothing."""
    total = group = digit = 0
    for sign in words.removesuffix("整"):
        if sign in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(sign)
        elif sign in "仟佰拾":
            group += digit * {"仟": 1000, "佰": 100, "拾": 10}[sign]
            digit = 0
        elif sign in "亿万元":
            total += (group + digit) * {"亿": 10**10, "万": 10**6, "元": 100}[sign]
            group = digit = 0
        else:
            total += digit * {"角": 10, "分": 1}[sign]
            digit = 0
    return total


def test_too_much_for_words_is_refused() -> None:
    assert in_words(MOST_IN_WORDS).startswith("玖仟玖佰玖拾玖亿")
    with pytest.raises(ValueError, match=str(MOST_IN_WORDS + 1)):
        in_words(MOST_IN_WORDS + 1)
