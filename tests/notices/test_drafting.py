"""Lists out of decisions and payouts; titles that would tell why somebody is poor."""

import datetime as dt

import polars as pl
import pytest

from aidkit.errors import UsageError
from aidkit.fund.period import Period
from aidkit.labels import read_labels
from aidkit.notices.drafting import award_lines, payout_lines
from aidkit.notices.wording import (
    GENERAL,
    condition_lines,
    policy_lines,
    refuse_decided,
    refuse_reasons,
)
from aidkit.programs import Program, load_programs
from aidkit.tables import Decisions
from tests.fund.books import book_of
from tests.fund.vouchers import gift, payout
from tests.notices.sample_notices import PARAMS

LABELS = read_labels(PARAMS / "labels.toml")
VERSIONS = load_programs(PARAMS / "programs")
SCHOOLS = {"9999999901": "试验小学", "9999999902": "试验中学"}


def program(name: str) -> Program:
    return next(v.program for v in VERSIONS if v.program.id == name)


def decisions(*rows: dict[str, object]) -> pl.DataFrame:
    plain = {"program_id": "boarder_allowance", "awarded": True, "amount_fen": 62500}
    texts = ("person_no", "name", "school_code", "grade", "class_name", "program_id")
    schema = dict.fromkeys(texts, pl.String()) | {"awarded": pl.Boolean(), "amount_fen": pl.Int64()}
    assert set(schema) <= set(Decisions.column_names())
    return pl.DataFrame([plain | row for row in rows], schema=schema)


def pupil(number: str, name: str, school: str, grade: str, **more: object) -> dict[str, object]:
    said = {"person_no": number, "name": name, "school_code": school, "grade": grade}
    return said | {"class_name": "1班", **more}


def test_awarded_pupils_stand_by_school_grade_and_name_without_amounts() -> None:
    table = decisions(
        pupil("G4", "丁", "9999999902", "j1"),
        pupil("G3", "乙", "9999999901", "p6"),
        pupil("G2", "丙", "9999999901", "p6", awarded=False),
        pupil("G1", "甲", "9999999901", "p3"),
        pupil("G5", "戊", "9999999901", "p3", program_id="tiered_aid"),
    )
    lines = award_lines(table, SCHOOLS, program("boarder_allowance"), LABELS)
    assert [(line.number, line.name, line.school, line.grade) for line in lines] == [
        (1, "甲", "试验小学", "三年级"),
        (2, "乙", "试验小学", "六年级"),
        (3, "丁", "试验中学", "七年级"),
    ]
    assert {line.amount_fen for line in lines} == {None}
    only = award_lines(
        table, SCHOOLS, program("boarder_allowance"), LABELS, school_code="9999999902"
    )
    assert [line.name for line in only] == ["丁"]


def test_the_order_tells_nothing_of_the_amount() -> None:
    rows = [pupil(f"G{n}", name, "9999999901", "p3") for n, name in enumerate("丙甲乙")]
    one = award_lines(decisions(*rows), SCHOOLS, program("boarder_allowance"), LABELS)
    other = [row | {"amount_fen": 10**6 * n} for n, row in enumerate(reversed(rows))]
    again = award_lines(decisions(*other), SCHOOLS, program("boarder_allowance"), LABELS)
    assert [line.name for line in one] == [line.name for line in again]


def test_teachers_stand_with_their_amount() -> None:
    table = decisions(
        pupil("T1", "甲", "9999999901", "", program_id="candle_action", amount_fen=200000)
    )
    (line,) = award_lines(table, SCHOOLS, program("candle_action"), LABELS)
    assert (line.amount_fen, line.grade, line.class_name) == (200000, "", "")


def test_payouts_to_persons_are_summed_and_those_to_schools_left_out() -> None:
    day = dt.date(2026, 3, 2)
    book = book_of(
        [
            gift(day, 10**9),
            payout(day, 50000, party="试甲一", person_no="G1", school_code="9999999901"),
            payout(day, 30000, party="试甲一", person_no="G1", school_code="9999999901"),
            payout(day, 70000, party="试乙二", school_code="9999999901"),
            payout(day, 70000, party="试乙二", school_code="9999999901", kind="payout_returned"),
            payout(day, 900000, party="试验小学", persons=12),
            payout(dt.date(2026, 4, 1), 20000, party="试丙三"),
        ]
    )
    lines = payout_lines(book, "love", Period(day, day), SCHOOLS)
    assert [(line.name, line.school, line.program, line.amount_fen) for line in lines] == [
        ("试甲一", "试验小学", "临时困难补助", 80000)
    ]
    assert payout_lines(book, "love", Period(day, day), SCHOOLS, program="books") == ()


@pytest.mark.parametrize(
    "word",
    [
        "残疾学生补助",
        "孤儿助学",
        "低保家庭学生补助",
        "大病救助",
        "白血病儿童救助",
        "父母双亡学生",
        "监测对象子女",
        "脱贫人口",
        "因病致贫",
        "孤 儿",
    ],
)
def test_a_title_that_tells_why_is_refused(word: str) -> None:
    with pytest.raises(UsageError, match="困难原因"):
        refuse_reasons(f"2026 年{word}公示")


def test_a_program_may_stand_above_a_list_and_not_in_each_line() -> None:
    refuse_reasons("特困教师资助")
    with pytest.raises(UsageError, match="特困"):
        refuse_reasons("特困教师资助", in_lines=True)


def test_policy_and_conditions_are_those_of_the_versions() -> None:
    henan = [v for v in VERSIONS if v.id == "boarder_allowance@cn/henan@2020-03-01"]
    assert policy_lines(henan * 2) == policy_lines(henan) != ()
    lines = condition_lines(henan, LABELS, {})
    assert "条件：寄宿" in lines
    assert "发放：打入银行卡" in lines


def conditions(version: str) -> tuple[str, ...]:
    (one,) = (v for v in VERSIONS if v.id == version)
    return condition_lines([one], LABELS, {})


def test_a_condition_that_is_a_reason_is_not_told_of_everybody_on_the_list() -> None:
    for version in VERSIONS:
        own = [line for line in condition_lines([version], LABELS, {}) if line != GENERAL]
        told = [line for line in own if "属于" in line and "满足其一" not in line]
        assert not [line for line in told if "脱贫户" in line or "残疾" in line]
    (farm,) = {v.id for v in VERSIONS if v.program.id == "rain_dew"}
    assert GENERAL in conditions(farm)
    # Whoever has another way in is not told by the clause.
    boarders = conditions("boarder_allowance@cn/henan@2020-03-01")
    assert any("或经评审认定" in line for line in boarders)
    assert GENERAL not in boarders


def test_a_list_that_is_only_proposed_says_so() -> None:
    refuse_decided("寄宿生生活补助拟受助学生公示")
    with pytest.raises(UsageError, match="名单是拟定的"):
        refuse_decided("寄宿生名单")
