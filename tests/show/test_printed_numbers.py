from decimal import Decimal

from aidkit.show.numbers import (
    change_words,
    money_change_words,
    money_words,
    percent,
    signed,
    signed_yuan,
)


def test_large_sums_are_told_in_wan_and_small_ones_to_the_fen() -> None:
    assert money_words(9_999_999) == "99,999.99 元"
    assert money_words(10_000_000) == "10.00 万元"
    assert money_words(110_420_500) == "110.42 万元"
    assert money_words(-165_175_000) == "-165.18 万元"


def test_shares_round_half_up_and_have_no_value_without_a_whole() -> None:
    assert percent(1, 2000) == Decimal("0.1")
    assert percent(1, 3) == Decimal("33.3")
    assert percent(0, 0) is None


def test_changes_carry_sign_and_words() -> None:
    assert (signed(12), signed(-3), signed(0)) == ("+12", "−3", "0")
    assert (signed_yuan(120_00), signed_yuan(-31_250), signed_yuan(0)) == (
        "+120.00",
        "−312.50",
        "0.00",
    )
    assert change_words(5, 8) == "减少 3 人"
    assert change_words(5, 5) == "没有变化"
    assert money_change_words(200_000_00, 50_000_00) == "增加 15.00 万元"
