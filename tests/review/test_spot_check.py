"""Drawing: equal chances, spread over programs and schools, and nothing else that decides."""

from collections import Counter
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.calendar import Term
from aidkit.errors import InvariantError, UsageError
from aidkit.review.spot_check import Award, Row, Sample, counts, drawn, places, rows_from

AWARDS = st.lists(
    st.builds(
        Award,
        st.sampled_from(["boarder_aid", "textbooks", "tiered_aid"]),
        st.sampled_from(["", "9901010001", "9901010002"]),
        st.integers(1, 60).map(lambda n: f"G99{n:04d}"),
    ),
    unique_by=lambda award: (award.program_id, award.person_no),
    min_size=1,
    max_size=60,
)
LINES = st.integers(1, 80).flatmap(lambda count: st.tuples(st.just(count), st.integers(1, count)))


@given(LINES)
def test_over_all_starts_every_award_has_the_same_chance(line: tuple[int, int]) -> None:
    count, n = line
    draws = [places(count, n, start) for start in range(count)]
    assert {len(draw) for draw in draws} == {n}
    assert Counter(place for draw in draws for place in draw) == dict.fromkeys(range(count), n)


@given(AWARDS, st.integers(1, 60), st.integers(1, 10**9))
def test_every_program_and_school_gets_its_share_rounded(
    awards: list[Award], n: int, seed: int
) -> None:
    n = min(n, len(awards))
    chosen = drawn(awards, n, seed)
    assert len({*chosen}) == n
    assert {*chosen} <= {*awards}
    for part in ((lambda award: award[:1]), (lambda award: award[:2])):
        taken = Counter(map(part, chosen))
        for key, size in Counter(map(part, awards)).items():
            assert floor(n * size / len(awards)) <= taken[key] <= ceil(n * size / len(awards))
    for program, count, taken_of in counts(awards, chosen):
        assert count == sum(award.program_id == program for award in awards)
        assert taken_of == sum(award.program_id == program for award in chosen)


@given(AWARDS, st.integers(1, 10**9), st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(
    awards: list[Award], seed: int, random: st.DataObject
) -> None:
    shuffled = sorted(awards, key=lambda _: random.random())  # type: ignore[attr-defined]
    n = (len(awards) + 1) // 2
    assert drawn(shuffled, n, seed) == drawn(awards, n, seed)


PINNED = ["G990008", "G990013", "G990019", "G990018"]


def test_the_draw_stays_what_it_was() -> None:
    """Somebody may draw again years later, on another machine."""
    awards = [Award("tiered_aid", "9901010001", f"G99{n:04d}") for n in range(20)]
    assert [award.person_no for award in drawn(awards, 4, 7)] == PINNED


def test_other_seeds_reach_every_award() -> None:
    awards = [Award(p, s, n) for p in "ab" for s in "xy" for n in ("1" + s, "2" + s)]
    reached = {award for seed in range(1, 60) for award in drawn(awards, 1, seed)}
    assert reached == {*awards}


def test_no_more_than_there_are() -> None:
    award = Award("tiered_aid", "", "G990001")
    assert drawn([award], 1, 7) == [award]
    with pytest.raises(UsageError, match="只有 1 人次"):
        drawn([award], 2, 7)
    with pytest.raises(UsageError, match="只有 0 人次"):
        drawn([], 1, 7)
    with pytest.raises(InvariantError):
        drawn([award, award], 1, 7)


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@given(st.lists(st.builds(Row, *[TEXTS] * 10), max_size=5))
def test_what_is_kept_reads_as_what_was_drawn(rows: list[Row]) -> None:
    sample = Sample(Term.parse("2026-autumn"), 7, 9, False, tuple(rows))
    assert rows_from(sample.text) == sample.rows


def test_another_draw_is_called_otherwise() -> None:
    row = Row(*"1234567890")
    term = Term.parse("2026-autumn")
    samples = [
        Sample(term, 7, 9, False, (row,)),
        Sample(term, 8, 9, False, (row,)),
        Sample(term, 7, 10, False, (row,)),
        Sample(term, 7, 9, True, (row,)),
        Sample(term, 7, 9, False, (row._replace(amount="5.00"),)),
    ]
    assert len({sample.number for sample in samples}) == len(samples)
