"""Two builds of a term, between which one pupil more has left, do not tell what this one lost."""

from hypothesis import given
from hypothesis import strategies as st

from aidkit.disclosure.actual import by_actual_time

THRESHOLD = 5
WHOLE = 10**9

cuts = st.integers(12_500, 150_000)


@given(st.lists(cuts, min_size=6, max_size=40), cuts)
def test_one_leaver_more_changes_nothing_or_a_whole_unit(lost: list[int], his: int) -> None:
    before = by_actual_time(WHOLE, lost, THRESHOLD)
    after = by_actual_time(WHOLE, [*lost, his], THRESHOLD)
    if before[2] or after[2]:
        return
    assert before[1] is not None
    assert after[1] is not None
    change = abs(before[1] - after[1])
    # What it could tell is no finer than what five together could have lost.
    assert change == 0 or change >= THRESHOLD * max(lost) or max(lost) < his
    assert change != his
    assert before[0] is not None
    assert before[0] % THRESHOLD == 0


@given(st.lists(cuts, min_size=6, max_size=40))
def test_the_sum_is_right_to_half_a_unit(lost: list[int]) -> None:
    persons, fen, withheld = by_actual_time(WHOLE, lost, THRESHOLD)
    if withheld:
        return
    assert persons is not None
    assert fen is not None
    assert 0 <= len(lost) - persons < THRESHOLD
    assert abs(WHOLE - sum(lost) - fen) <= THRESHOLD * max(lost) * 2.5 / 2


def test_inside_it_is_exact() -> None:
    assert by_actual_time(1_000_000, [300, 300, 100], 0) == (3, 999_300, False)


def test_few_or_one_who_makes_the_difference_are_withheld() -> None:
    assert by_actual_time(WHOLE, [10, 10, 10, 10], THRESHOLD) == (None, None, True)
    assert by_actual_time(WHOLE, [10_000, 10, 10, 10, 10, 10], THRESHOLD) == (None, None, True)
    assert by_actual_time(None, [10] * 9, THRESHOLD) == (None, None, True)
    assert by_actual_time(WHOLE, [], THRESHOLD) == (0, WHOLE, False)
