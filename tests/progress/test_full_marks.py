"""Marks out of different totals are never added: the grade's most common paper counts."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from aidkit.progress.exams import exam_problems, read_exams
from tests.progress.exam_rows import OTHER, TERM, declared, number, roll, scores

HALF = st.sampled_from([None, 100.0, 120.0, 150.0])


def sheets(stated: dict[int, float | None]) -> pl.DataFrame:
    """One sheet for each pupil, with the full marks that it states."""
    return pl.concat(
        scores({p: {"chinese": 60, "english": 50}}, full={"chinese": full} if full else None)
        for p, full in stated.items()
    )


def test_rows_with_other_full_marks_than_most_are_left_out() -> None:
    found = read_exams(sheets({1: None, 2: 120, 3: 150, 4: 120}), roll(range(1, 5)), declared())
    assert found.problems.select("code", "severity", "row", "column", "value").rows() == [
        ("full_score_differs", "error", 13, "语文", "150")
    ]
    assert "满分是 150 分" in found.problems["message"][0]
    assert {*found.results["student_no"]} == {number(1), number(2), number(4)}


def test_of_as_many_nobody_knows_which_is_right() -> None:
    stated = {1: None, 2: 120.0, 3: 150.0, 4: 150.0}
    found = read_exams(sheets(stated), roll(range(1, 5)), declared())
    assert found.results.is_empty()
    assert found.problems["row"].to_list() == [11, 12, 13, 14]


def test_schools_have_papers_of_their_own_unless_the_county_sits_one() -> None:
    rolls = pl.concat([roll([1, 2]), roll([3], school=OTHER), roll([4], grade="j3")])
    sat = sheets({1: None, 2: None, 3: 150, 4: 140})
    assert read_exams(sat, rolls, declared()).problems.is_empty()
    common = read_exams(sat, rolls, declared(county_wide=("期中",)))
    assert common.problems["row"].to_list() == [13]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(1, 8), HALF, min_size=1), st.randoms(use_true_random=False))
def test_one_paper_has_one_full_mark(stated: dict[int, float | None], rng: object) -> None:
    """Against plain Python, in any order of rows; what is left has one, and is told if not used."""
    frame = sheets(stated).sample(fraction=1, shuffle=True, seed=rng.getrandbits(30))  # type: ignore[attr-defined]
    found = read_exams(frame, roll(range(1, 9)), declared())
    full = {p: 120.0 if mark is None else mark for p, mark in stated.items()}
    counts = {mark: list(full.values()).count(mark) for mark in full.values()}
    most = [mark for mark, n in counts.items() if n == max(counts.values())]
    used = {number(p) for p, mark in full.items() if most == [mark]}
    assert {*found.results["student_no"]} == used
    assert {*found.problems["row"]} == {10 + p for p in stated if number(p) not in used}
    told = exam_problems(frame, roll(range(1, 9)), declared())
    assert told.filter(severity="error").equals(found.problems)
    assert found.results.filter(subject="chinese", term=TERM)["full_score"].n_unique() <= 1
