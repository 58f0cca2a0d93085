"""Money that has to move: clawback, shortfall, refund; nothing where the sums agree."""

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.awards.corrections import corrections
from aidkit.calendar import Term
from tests.awards.followers import decision, decisions, student_no, tables, version

AUTUMN = Term.parse("2026-autumn")
ONE = student_no(1)
BUS = version(title="校车补助")


def payout(fen: int, **more: Any) -> dict[str, Any]:
    return {
        "student_no": ONE,
        "program_title": "校车补助",
        "amount_fen": fen,
        "paid_on": dt.date(2026, 11, 5),
        "result": "paid",
    } | more


def moves(
    *payouts: dict[str, Any], due: int = 100, term: str | None = None, **more: Any
) -> list[tuple[Any, ...]]:
    found = corrections(
        tables(term=term, payouts=list(payouts)),
        decisions(decision(ONE, BUS, due, **more)),
        [BUS],
        AUTUMN,
    )
    return found.select("kind", "paid_fen", "due_fen", "difference_fen").rows()


def test_paid_too_much_too_little_and_right() -> None:
    assert moves(payout(60), payout(40)) == []
    assert moves(payout(60), payout(41)) == [("clawback", 101, 100, 1)]
    assert moves(payout(60), payout(39)) == [("shortfall", 99, 100, 1)]
    assert moves() == []
    assert moves(payout(100), outcome="revoked") == [("clawback", 100, 0, 100)]


@pytest.mark.parametrize("result", ["paid", None])
def test_only_what_the_bank_returned_was_not_paid(result: str | None) -> None:
    assert moves(payout(100, result="returned"), payout(100, result=result)) == []
    assert moves(payout(100, result="returned")) == []


def test_a_county_wide_file_is_read_by_day() -> None:
    days = [AUTUMN.starts, AUTUMN.ends]
    outside = [AUTUMN.starts - dt.timedelta(1), AUTUMN.ends + dt.timedelta(1)]
    assert moves(*(payout(100, paid_on=day) for day in days)) == [("clawback", 200, 100, 100)]
    assert moves(*(payout(100, paid_on=day) for day in outside)) == []
    assert moves(payout(150, paid_on=outside[0]), term=AUTUMN.code) == [("clawback", 150, 100, 50)]
    assert moves(payout(150), term="2026-spring") == []


def test_titles_are_matched_as_on_forms() -> None:
    assert moves(payout(150, program_title=" 校车补助 费"))[0][:2] == ("clawback", 150)
    assert moves(payout(150, program_title="别的补助")) == []


def test_messages_say_the_sums_and_the_reason() -> None:
    found = corrections(
        tables(
            term=None,
            payouts=[payout(123456), payout(7, student_no=student_no(2), name="乙")],
        ),
        decisions(decision(ONE, BUS, outcome="yielded")),
        [BUS],
        AUTUMN,
    )
    assert found["message"].to_list() == [
        "校车补助：已发 1,234.56 元，本学期应享 0.00 元（已享受另一项资助），"
        "多发 1,234.56 元，请追回。",
        "校车补助：已发 0.07 元，本学期应享 0.00 元（不在本学期的认定结果里），"
        "多发 0.07 元，请追回。",
    ]
    assert found.select("name", "school_code").rows() == [("甲1", "9900000001"), ("乙", "")]


def test_fees_taken_from_the_exempt_go_back_in_full() -> None:
    free = version("free", title="免学费", waives=("tuition", "textbooks"))
    also = version("also", title="全免", waives=("tuition",))
    taken = [
        {"student_no": ONE, "fee_kind": "tuition", "amount_fen": 30000},
        {"student_no": ONE, "fee_kind": "tuition", "amount_fen": 1},
        {"student_no": ONE, "fee_kind": "lodging", "amount_fen": 500},
        {"student_no": student_no(2), "fee_kind": "tuition", "amount_fen": 30000},
    ]
    found = corrections(
        tables(fees_taken=taken),
        decisions(
            decision(ONE, free),
            decision(ONE, also),
            decision(student_no(2), free, outcome="not_eligible"),
        ),
        [free, also],
        AUTUMN,
    )
    assert found.drop("name", "school_code").rows() == [
        (
            "refund",
            ONE,
            "also",
            30001,
            0,
            30001,
            "全免：本学期免收学杂费，学校已收 300.01 元，请全额退还。",
        )
    ]


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 10**6)), max_size=8),
    st.dictionaries(st.integers(1, 4), st.integers(0, 10**6)),
)
def test_what_moves_makes_the_sums_right(paid: list[tuple[int, int]], due: dict[int, int]) -> None:
    payouts = [payout(fen, student_no=student_no(n)) for n, fen in paid]
    rows = decisions(*(decision(student_no(n), BUS, fen) for n, fen in due.items()))
    found = corrections(tables(term=None, payouts=payouts), rows, [BUS], AUTUMN)
    sign = pl.when(pl.col("kind") == "clawback").then(-1).otherwise(1)
    after = dict(found.select("person_no", pl.col("difference_fen") * sign).iter_rows())
    for n in {n for n, _ in paid}:
        got = sum(fen for m, fen in paid if m == n)
        assert got + after.get(student_no(n), 0) == due.get(n, 0)
    assert set(after) <= {student_no(n) for n, _ in paid}
    again = tables(term=None, payouts=payouts[::-1])
    assert found.equals(corrections(again, rows, [BUS], AUTUMN))
