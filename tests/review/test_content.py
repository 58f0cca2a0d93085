"""What is signed, and what a signature no longer covers, against a plain count."""

from collections import defaultdict

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.review.content import Content, content_from, content_of
from aidkit.review.differences import differences
from tests.review.decisions import Row, decisions_of

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["1000000001", "1000000002", ""]),
        st.sampled_from(["boarder_aid", "tiered_aid"]),
        st.sampled_from("甲乙丙丁"),
        st.sampled_from(["awarded", "not_eligible", "reserve"]),
        st.integers(1, 3),
    ),
    unique_by=lambda row: (row[1], row[2]),
    max_size=8,
)


def plain(rows: list[Row]) -> dict[tuple[str, str], set[Row]]:
    parts: dict[tuple[str, str], set[Row]] = defaultdict(set)
    for school, program, person, outcome, fen in rows:
        due = fen if outcome == "awarded" else 0
        parts[school, program].add((school, program, person, outcome, due))
    return dict(parts)


@given(ROWS, ROWS)
def test_differences_are_those_of_a_plain_comparison(then: list[Row], now: list[Row]) -> None:
    signed, found = plain(then), plain(now)
    told = differences(content_of(decisions_of(then)), content_of(decisions_of(now)))
    expected = []
    for key in sorted({*signed, *found}):
        if signed.get(key) == found.get(key):
            continue
        kind = "new" if key not in signed else "gone" if key not in found else "changed"
        sides = [signed.get(key, set()), found.get(key, set())]
        persons = [sum(row[3] == "awarded" for row in side) for side in sides]
        expected.append((*key, kind, *persons, *(sum(row[4] for row in side) for side in sides)))
    assert told.rows() == expected


@given(ROWS, st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(rows: list[Row], random: st.DataObject) -> None:
    shuffled = sorted(rows, key=lambda _: random.random())  # type: ignore[attr-defined]
    content = content_of(decisions_of(rows))
    assert content_of(decisions_of(shuffled)).digest == content.digest
    assert content.persons == sum(row[3] == "awarded" for row in rows)


@given(ROWS)
def test_what_is_kept_reads_as_what_was_signed(rows: list[Row]) -> None:
    content = content_of(decisions_of(rows))
    kept = content_from(content.text)
    assert kept.parts.equals(content.parts)
    assert kept.digest == content.digest


SIGNED = decisions_of([("1000000001", "tiered_aid", "甲", "awarded", 5)])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", "某人"),
        ("version_id", "tiered_aid@cn@2026-09-01"),
        ("tier", "level_1"),
        ("amount_fen", 6),
        ("outcome", "reserve"),
        ("reserve_no", 1),
        ("yielded_to", "boarder_aid"),
        ("person_no", "乙"),
    ],
)
def test_whatever_of_a_decision_changes_is_not_covered(column: str, value: object) -> None:
    dtype = SIGNED.schema[column]
    changed = SIGNED.with_columns(pl.lit(value, dtype=dtype).alias(column))
    assert differences(content_of(SIGNED), content_of(changed)).height == 1


def test_a_better_sentence_voids_no_signature() -> None:
    changed = SIGNED.with_columns(explanation=pl.lit("换一种说法"))
    assert differences(content_of(SIGNED), content_of(changed)).is_empty()


def test_nothing_to_sign() -> None:
    content: Content = content_of(decisions_of([]))
    assert (content.persons, content.fen, content.parts.height) == (0, 0, 0)
