"""Bank against book: what is matched by which rule."""

import datetime as dt

import polars as pl
import pytest

from aidkit.fund.reconciling.matching import DOUBTFUL
from tests.fund.bank_and_book import day, held, rules
from tests.fund.moves import move
from tests.fund.statements_of_banks import line
from tests.fund.vouchers import cost, gift, payout


def test_one_line_is_one_voucher() -> None:
    found = held(
        [
            gift(day(0), 500, party="甲公司", reference="B-1"),
            gift(day(0), 700, party="乙先生"),
            gift(day(1), 900, party="丙女士"),
            gift(day(2), 1_100, party=""),
            gift(day(3), 1_300, party="丁"),
        ],
        [
            line(day(0), 500, "财付通", number="B-1"),
            line(day(0), 700, "乙 先生"),
            line(day(3), 900, "丙女士"),
            line(day(3), 1_100, "戊"),
            line(day(4), 1_300, "不是丁"),
        ],
    )
    assert found.agrees
    assert rules(found) == [
        "reference",
        "name_same_day",
        "name_near_day",
        "amount_near_day",
        "other_name",
    ]
    assert found.bank == found.book
    assert found.bank.closing_fen == 1_004_500


@pytest.mark.parametrize(("apart", "found"), [(-3, True), (3, True), (-4, False), (4, False)])
def test_dates_may_lie_so_many_days_apart_either_way(apart: int, found: bool) -> None:
    for party in ("甲", ""):
        entries, lines = [gift(day(9), 500, party=party)], [line(day(9 + apart), 500, party)]
        assert held(entries, lines, end=day(20)).agrees == found
        assert held(entries, lines, end=day(20), days=4).agrees


def test_a_payroll_line_is_many_payouts_and_what_came_back() -> None:
    paid = [payout(day(0), 500, party=f"学生{n}") for n in range(10)]
    back = [payout(day(2), 500, party=f"学生{n}", kind="payout_returned") for n in (3, 4)]
    found = held(
        [*paid, *back], [line(day(1), -5_000, text="代发"), line(day(2), 1_000, text="退汇")]
    )
    assert found.agrees
    assert rules(found) == ["batch", "batch"]
    assert found.links.filter(pl.col("side") == "book").height == 12


def test_batches_of_one_day_are_told_apart_by_their_file() -> None:
    first = [payout(day(0), 300, source_file="甲.xlsx") for _ in range(3)]
    second = [payout(day(0), 400, source_file="乙.xlsx") for _ in range(2)]
    found = held(first + second, [line(day(0), -800), line(day(0), -900)])
    assert found.agrees
    assert rules(found) == ["batch", "batch"]


def test_a_line_of_a_stranger_is_no_sure_batch() -> None:
    paid = [payout(day(0), 500, party=f"学生{n}") for n in range(3)]
    for party, sure in (("", True), ("学生1", True), ("某某商贸公司", False)):
        found = held(paid, [line(day(0), -1_500, party)])
        assert found.agrees
        assert [rule in DOUBTFUL for rule in rules(found)] == [not sure], party
    nameless = [payout(day(0), 500, party="") for _ in range(3)]
    assert rules(held(nameless, [line(day(0), -1_500, "某校")])) == ["batch"]
    slips = [line(day(0), -700, "某某商贸公司"), line(day(0), -800, "某某商贸公司")]
    assert rules(held([payout(day(0), 1_500, party="学生1")], slips)) == ["sum_other_name"]


def test_one_voucher_is_many_lines() -> None:
    found = held(
        [gift(day(0), 2_000, channel="cash", party="义卖"), move(day(1), 2_000, "cash", "bank")],
        [line(day(1), 1_500, text="现金缴存"), line(day(1), 500, text="现金缴存")],
    )
    assert found.agrees
    assert rules(found) == ["slips"]


def test_the_number_of_a_batch_gathers_what_lies_apart() -> None:
    found = held(
        [
            gift(day(-20), 600, reference="P7"),
            cost("bank_fee", day(9), 4, reference="P7"),
        ],
        [line(day(0), 596, number="P7")],
        start=dt.date(2026, 1, 1),
        end=day(9),
    )
    assert found.agrees
    assert rules(found) == ["references"]
    assert (found.book.in_fen, found.bank.in_fen) == (600, 596)


def test_a_sum_is_taken_only_where_no_other_fits() -> None:
    entries = [gift(day(n % 2), fen, party=f"人{n}") for n, fen in enumerate((101, 205, 407, 811))]
    lines = [line(day(0), 101 + 407, "支付平台"), line(day(1), 205 + 811, "支付平台")]
    found = held(entries, lines)
    assert found.agrees
    assert set(rules(found)) <= {"only_sum", "sum_other_name"}
    several = [gift(day(n), 100, party=f"人{n}") for n in range(3)]
    found = held(several, [line(day(1), 200, "支付平台")], start=day(0), end=day(2))
    assert not found.agrees
    assert found.lines.height == 1
    assert found.vouchers.height == 3
