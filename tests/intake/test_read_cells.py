"""One cell at a time: what is accepted, what is refused, and that whole columns agree with it."""

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aidkit.identity import id_check_character, is_id_number, is_luhn
from aidkit.intake.cells import read_cell
from aidkit.intake.columns import judge, luhn_valid
from aidkit.intake.lexicon import Field, lexicon
from aidkit.intake.values import Broken, Value, column_letter, number_text, shown

FIELDS = [
    field
    for table in lexicon().tables.values()
    for field in table.fields.values()
    if field.kind != "score"
]
LATEST = dt.date(2027, 2, 28)
ID = "99010120150308123"
WHOLE = ID + id_check_character(ID)


def field(table: str, column: str) -> Field:
    return lexicon().tables[table].fields[column]


@pytest.mark.parametrize(
    ("table", "column", "cell", "value"),
    [
        ("students", "id_number", f" {WHOLE}\u200b", WHOLE),
        ("students", "id_number", f"'{WHOLE.lower()}\t", WHOLE),
        ("students", "student_no", "ｇ990101201503081236", "G990101201503081236"),
        ("students", "grade", "小学 一年级", "p1"),
        ("students", "boarder", "住校", True),
        ("students", "boarder", "否", False),
        ("students", "boarder", "", None),
        ("students", "boarder", "/", None),
        ("students", "class_name", 3.0, "3"),
        ("students", "name", "张 三", "张三"),
        ("students", "name", "阿依•买买提", "阿依·买买提"),
        ("students", "guardian_phone", 13900000000.0, "13900000000"),
        ("students", "birth_date", "2015年3月8日", dt.date(2015, 3, 8)),
        ("students", "birth_date", "2015．3．8", dt.date(2015, 3, 8)),
        ("students", "birth_date", 20150308.0, dt.date(2015, 3, 8)),
        ("students", "birth_date", "2015-03-08 00:00:00", dt.date(2015, 3, 8)),
        ("students", "birth_date", "2015-3-8 0:00:00", dt.date(2015, 3, 8)),
        ("students", "birth_date", "2015-03-1 8:30", dt.date(2015, 3, 1)),
        ("students", "birth_date", "2015年3月8号", dt.date(2015, 3, 8)),
        ("students", "birth_date", 42071.0, dt.date(2015, 3, 8)),
        ("students", "birth_date", dt.datetime(2015, 3, 8, 9, 30), dt.date(2015, 3, 8)),
        ("households", "annual_income_fen", 3482232.1100000003, 348_223_211),
        ("households", "annual_income_fen", "￥1，234.50元", 123_450),
        ("households", "household_size", "４", 4),
        ("households", "special_groups", "低保、残疾，孤儿", ["allowance", "disabled", "orphan"]),
        ("households", "special_groups", "低 保", ["allowance"]),
        ("households", "special_groups", "无", []),
        ("households", "special_groups", "", None),
    ],
)  # fmt: skip
def test_accepted(table: str, column: str, cell: Value, value: object) -> None:
    reading = read_cell(cell, field(table, column), LATEST)
    assert (reading.value, reading.code) == (value, "")


@pytest.mark.parametrize(
    ("table", "column", "cell", "code"),
    [
        ("students", "id_number", 9.90101201503081e17, "numeric_id"),
        ("students", "id_number", "9.90101E+17", "numeric_id"),
        ("students", "id_number", f"{ID}0", "bad_id_check"),
        ("students", "id_number", "99010120153308123X", "bad_id_check"),
        ("students", "id_number", ID, "bad_id_shape"),
        ("students", "card_no", 6.22202e18, "numeric_card"),
        ("students", "card_no", "无卡", "bad_card"),
        ("students", "school_code", 9901010001.0, "numeric_code"),
        ("students", "school_code", "990101", "bad_school_code"),
        ("students", "student_no", "X990101201503081236", "bad_student_no"),
        ("students", "name", " ", "missing_value"),
        ("students", "grade", "十年级", "unknown_word"),
        ("students", "boarder", "不知道", "unknown_word"),
        ("students", "birth_date", "2015年2月30日", "impossible_date"),
        ("students", "birth_date", "1915-02-03", "impossible_date"),
        ("students", "birth_date", "去年", "bad_date"),
        ("students", "birth_date", True, "bad_date"),
        ("students", "birth_date", dt.date(2027, 3, 1), "future_date"),
        ("teachers", "teacher_no", 1024.0, "numeric_code"),
        ("households", "annual_income_fen", 1.005, "too_many_decimals"),
        ("households", "annual_income_fen", "1.005", "too_many_decimals"),
        ("households", "annual_income_fen", -0.01, "negative_amount"),
        ("households", "annual_income_fen", "3千", "text_in_amount"),
        ("households", "annual_income_fen", float("inf"), "text_in_amount"),
        ("households", "annual_income_fen", Broken("error_cell", "#N/A"), "error_cell"),
        ("households", "household_size", 0.0, "household_size_implausible"),
        ("households", "household_size", 3.5, "household_size_implausible"),
        ("households", "household_size", "三", "not_a_number"),
        ("households", "special_groups", "低保、富裕", "unknown_word"),
        ("households", "special_groups", "低保（已取消）", "unknown_word"),
        ("panel_decisions", "tier", "二级（不通过）", "unknown_word"),
        ("students", "birth_date", "3/8/2015", "bad_date"),
        ("students", "birth_date", "2015年3月", "bad_date"),
    ],
)
def test_refused(table: str, column: str, cell: Value, code: str) -> None:
    reading = read_cell(cell, field(table, column), LATEST)
    assert (reading.value, reading.code) == (None, code)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [("card_no", "6222021234567890", "card_luhn"), ("guardian_phone", "12345", "bad_phone")],
)
def test_warned_but_kept(column: str, cell: str, code: str) -> None:
    assert read_cell(cell, field("students", column), None)[:2] == (cell, code)


CELLS: st.SearchStrategy[Any] = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.builds(Broken, st.just("error_cell"), st.just("#N/A")),
    st.integers(0, 90_000).map(float),
    st.floats(0, 1e9).map(lambda x: round(x, 2)),
    st.dates(dt.date(1940, 1, 1)).map(lambda d: f"{d.year}年{d.month}月{d.day}日"),
    st.from_regex(r"\A99\d{15}[\dX]\Z"),
    st.from_regex(r"\A[GJL]99\d{15}[\dX]\Z"),
    st.from_regex(r"\A(19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}\Z"),
    st.from_regex(r"\A-?\d{1,6}\.\d{0,4}元?\Z"),
    st.sampled_from(["", " ", "/", "是", "否", "男", "一年级", "低保、残疾", "无", "13900000000"]),
)  # fmt: skip


@given(st.sampled_from(FIELDS), st.lists(CELLS, max_size=6))
@example(field("households", "annual_income_fen"), [1.005, 0.29, 3482232.1100000003])
@example(field("students", "student_no"), ["G00000000000000000𝟎"])
@example(field("students", "card_no"), ["６２２２０２１２３４５６７８９０", "6222021234567890"])
@example(field("students", "student_no"), ["G٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠"])
def test_columns_judge_as_cells_do(column: Field, cells: list[Value]) -> None:
    """The proofs of `columns` never say anything else than the rule in `cells`."""
    judged = judge({column.name: cells}, {column.name: column}, LATEST)[column.name]
    alone = [read_cell(cell, column, LATEST) for cell in cells]
    assert judged.values.to_list() == [reading.value for reading in alone]
    assert [(i, r.code) for i, r in judged.faults] == [
        (i, r.code) for i, r in enumerate(alone) if r.code
    ]


@given(st.from_regex(r"\A\d{12,19}\Z"))
def test_luhn_expression_agrees_with_the_scalar(digits: str) -> None:
    digits = "".join(str(int(d)) for d in digits)
    column = pl.DataFrame({"card": [digits]}).select(luhn_valid(pl.col("card"))).item()
    assert column == is_luhn(digits)


@given(st.from_regex(r"\A99\d{16}\Z"))
def test_no_wrong_id_gets_through(text: str) -> None:
    reading = read_cell(text, field("students", "id_number"), None)
    assert (reading.value is not None) == is_id_number(str(reading.value or text))


@given(CELLS)
def test_any_cell_can_be_shown(cell: Value) -> None:
    text = shown(cell)
    assert len(text) <= 80
    assert not set(text) & set(map(chr, range(32)))


def test_numbers_and_letters_as_excel_shows_them() -> None:
    assert number_text(990101201503081216.0) == "990101201503081000"
    assert number_text(0.1 + 0.2) == "0.3"
    assert [column_letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
