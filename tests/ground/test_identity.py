"""ID numbers by scalar and by expression agree; digits lost or swapped are noticed."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.identity import id_check_character, id_number_valid, is_id_number, is_luhn

FIRST = "99010120150229001"


def test_check_character_and_birth_date() -> None:
    good = "99010120150228001"
    assert is_id_number(good + id_check_character(good))
    assert not is_id_number(FIRST + id_check_character(FIRST)), "29 February 2015"
    assert not is_id_number(good + "?")


@given(st.text("0123456789X", min_size=16, max_size=19))
def test_expression_agrees_with_scalar(text: str) -> None:
    frame = pl.DataFrame({"id": [text, None]}, schema={"id": pl.String})
    assert frame.select(id_number_valid(pl.col("id"))).to_series().to_list() == [
        is_id_number(text),
        None,
    ]


@given(st.dates(), st.integers(0, 999), st.integers(0, 16))
def test_one_wrong_digit_is_always_noticed(born: object, serial: int, place: int) -> None:
    first = f"990101{str(born).replace('-', '')}{serial:03d}"
    number = first + id_check_character(first)
    frame = pl.DataFrame({"id": [number]})
    assert is_id_number(number)
    assert frame.select(id_number_valid(pl.col("id"))).item()
    wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    assert not is_id_number(wrong)


@pytest.mark.parametrize(
    ("card", "good"), [("6222020000000000005", False), ("4111111111111111", True)]
)
def test_luhn(card: str, good: bool) -> None:
    assert is_luhn(card) is good
