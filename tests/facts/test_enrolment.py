"""How long a student was at schools of the county, from the changes that schools report."""

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.calendar import Term
from aidkit.facts.enrolment import counted_days, presence, school_days, time_at_schools
from aidkit.tables import INPUTS

AUTUMN, SPRING = Term.parse("2026-autumn"), Term.parse("2026-spring")
PUPIL = "G990000201501010001"
A, B = "9900000001", "9900000002"
ROLL = pl.DataFrame({"student_no": [PUPIL], "school_code": [A]})
SCHOOLS = pl.DataFrame(
    {"school_code": [A, B], "school_name": ["示例一小", "示例二小"]},
    schema_overrides=INPUTS["schools"].create_empty().schema,
)
TERM_DAYS = [AUTUMN.starts + dt.timedelta(n) for n in range(-3, school_days(AUTUMN) + 28)]


def change(
    kind: str, day: dt.date, school: str = A, term: str = "2026-autumn", other: str | None = None
) -> dict[str, Any]:
    return {
        "term": term,
        "student_no": PUPIL,
        "school_code": school,
        "change_kind": kind,
        "change_date": day,
        "other_school": other,
    }


def changed(*changes: dict[str, Any]) -> pl.DataFrame:
    schema = (
        INPUTS["enrolment_changes"]
        .create_empty()
        .select("term", "student_no", "school_code", "change_kind", "change_date", "other_school")
    )
    return pl.DataFrame(list(changes), schema=schema.schema)


def there(*changes: dict[str, Any], term: Term = AUTUMN) -> dict[str, Any]:
    (row,) = presence(ROLL, changed(*changes), SCHOOLS, term).to_dicts()
    return row


def on(month: int, day: int) -> dt.date:
    return dt.date(2026 if month > 2 else 2027, month, day)


def test_the_five_school_months() -> None:
    assert [day.isoformat() for day in counted_days(AUTUMN)] == [
        "2026-09-15",
        "2026-10-15",
        "2026-11-15",
        "2026-12-15",
        "2027-01-15",
    ]
    assert [day.month for day in counted_days(SPRING)] == [3, 4, 5, 6, 7]
    assert school_days(AUTUMN) == 30 + 31 + 30 + 31 + 31
    assert school_days(SPRING) == 31 + 30 + 31 + 30 + 31


@pytest.mark.parametrize(
    ("changes", "months", "days"),
    [
        ([], 5, 153),
        ([change("transfer_out", on(9, 15))], 0, 14),
        ([change("transfer_out", on(9, 16))], 1, 15),
        ([change("suspended", on(10, 15))], 1, 44),
        ([change("dropped_out", on(10, 20))], 2, 49),
        ([change("graduated", on(1, 31))], 5, 152),
        ([change("transfer_out", on(2, 1))], 5, 153),
        ([change("transfer_in", on(9, 1))], 5, 153),
        ([change("transfer_in", on(9, 15))], 5, 139),
        ([change("transfer_in", on(9, 16))], 4, 138),
        ([change("transfer_in", on(1, 16))], 0, 16),
        ([change("resumed", on(11, 1))], 3, 92),
        ([change("suspended", on(10, 15)), change("resumed", on(11, 15))], 4, 122),
        ([change("suspended", on(10, 16)), change("resumed", on(11, 15))], 5, 123),
        ([change("suspended", on(10, 16)), change("dropped_out", on(12, 1))], 2, 45),
        ([change("transfer_in", on(9, 8)), change("suspended", on(12, 16))], 4, 99),
        ([change("resumed", on(10, 20)), change("suspended", on(10, 20))], 0, 0),
    ],
)
def test_a_month_counts_for_who_is_there_on_its_15th(
    changes: list[dict[str, Any]], months: int, days: int
) -> None:
    for given_order in (changes, changes[::-1]):
        row = there(*given_order)
        assert (row["present_months"], row["present_days"]) == (months, days)


@pytest.mark.parametrize("kind", ["suspended", "dropped_out", "transfer_out"])
def test_who_left_in_an_earlier_term_stays_away(kind: str) -> None:
    left = change(kind, dt.date(2026, 5, 5), term="2026-spring")
    assert there(left)["present_months"] == 0
    assert there(left)["left_on"] == AUTUMN.starts
    assert there(left, change("resumed", on(9, 2)))["present_months"] == 5
    assert there(left, change("resumed", on(10, 16)))["present_months"] == 3
    back = change("resumed", dt.date(2026, 6, 1), term="2026-spring")
    assert there(left, back)["present_months"] == 5


def test_an_earlier_graduation_is_over_when_the_school_has_the_student_again() -> None:
    earlier = change("graduated", dt.date(2026, 7, 1), term="2026-spring")
    assert there(earlier)["present_months"] == 5
    assert there({**earlier, "term": "2026-autumn"})["present_months"] == 0


def test_what_later_terms_report_is_not_known_yet() -> None:
    late = change("suspended", on(10, 1), term="2027-spring")
    assert there(late)["present_months"] == 5
    after = change("suspended", AUTUMN.next().starts)
    assert there(after)["present_months"] == 5
    assert there(after)["left_by"] is None


def test_another_schools_departure_says_nothing_of_this_roll() -> None:
    assert there(change("transfer_out", on(9, 5), school=B))["present_months"] == 5


def test_a_move_inside_the_county_loses_nothing() -> None:
    moved = [
        change("transfer_out", on(10, 20), other="示例二小"),
        change("transfer_in", on(10, 20), school=B, other="示例一小"),
    ]
    row = there(*moved)
    assert (row["present_months"], row["present_days"]) == (5, 153)
    assert (row["left_on"], row["left_by"], row["left_county"]) == (None, None, False)
    at = time_at_schools(ROLL, changed(*moved), AUTUMN)
    assert at.select("school_code", "months").rows() == [(A, 2), (B, 3)]


@pytest.mark.parametrize(
    ("last", "gone"),
    [
        (change("transfer_out", on(10, 20), other="省城九小"), True),
        (change("transfer_out", on(10, 20)), True),
        (change("transfer_out", on(10, 20), other="示例 二小"), False),
        (change("suspended", on(10, 20)), False),
        (change("dropped_out", on(10, 20)), True),
        (change("graduated", on(10, 20)), True),
    ],
)
def test_who_is_gone_from_the_county(last: dict[str, Any], gone: bool) -> None:
    row = there(last)
    assert (row["left_on"], row["left_by"]) == (on(10, 20), last["change_kind"])
    assert row["left_county"] is gone


def test_absence_begins_with_the_first_of_several_departures() -> None:
    row = there(change("suspended", on(10, 16)), change("dropped_out", on(12, 1)))
    assert (row["left_on"], row["left_by"]) == (on(10, 16), "dropped_out")
    back = there(change("suspended", on(10, 16)), change("resumed", on(11, 1)))
    assert (back["left_on"], back["left_by"]) == (None, None)


@given(st.dictionaries(st.sampled_from(TERM_DAYS), st.booleans(), min_size=1, max_size=6))
def test_months_at_two_schools_sum_to_the_term(moves: dict[dt.date, bool]) -> None:
    """A pupil goes back and forth without a gap; now and then the old school forgets to say so."""
    schools, at = (A, B), 0
    changes: list[dict[str, Any]] = []
    for day, told in sorted(moves.items()):
        if told or not changes:
            changes.append(change("transfer_out", day, schools[at]))
        at = 1 - at
        changes.append(change("transfer_in", day, schools[at]))
    stays = time_at_schools(ROLL, changed(*changes), AUTUMN).filter("here")
    assert stays["months"].sum() == 5
    assert stays["days"].sum() == school_days(AUTUMN)


@given(st.dictionaries(st.sampled_from(TERM_DAYS), st.integers(0, 20), min_size=1, max_size=6))
def test_gaps_between_two_schools_count_nowhere(moves: dict[dt.date, int]) -> None:
    """The old school reports the day, the new one some days later."""
    schools, at = (A, B), 0
    changes: list[dict[str, Any]] = []
    for day, gap in sorted(moves.items()):
        changes.append(change("transfer_out", day, schools[at]))
        at = 1 - at
        changes.append(change("transfer_in", day + dt.timedelta(gap), schools[at]))
    stays = time_at_schools(ROLL, changed(*changes), AUTUMN).filter("here")
    assert stays["months"].sum() <= 5
    assert stays["days"].sum() <= school_days(AUTUMN)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(TERM_DAYS),
            st.sampled_from([A, B]),
            st.sampled_from(["transfer_in", "transfer_out", "suspended", "resumed"]),
        ),
        max_size=7,
    ),
    st.randoms(),
)
def test_whatever_schools_report(reports: list[tuple[dt.date, str, str]], random: Any) -> None:
    changes = [change(kind, day, school) for day, school, kind in reports]
    row = there(*changes)
    assert 0 <= row["present_months"] <= 5
    assert 0 <= row["present_days"] <= school_days(AUTUMN)
    assert (row["left_on"] is None) == (row["left_by"] is None)
    random.shuffle(changes)
    assert there(*changes) == row
