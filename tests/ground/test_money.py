"""Fen from what people type and what Excel keeps, and back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.money import fen_of_number, fen_of_text, yuan


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
