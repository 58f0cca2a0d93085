"""Scores become results: full marks, absences, zeros that are none, rows that cannot be used."""

import datetime as dt
from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from aidkit.calendar import Term
from aidkit.progress.exams import read_exams
from aidkit.progress.roles import exam_roles
from aidkit.progress.sittings import sittings, subject_sittings
from aidkit.tables.progress import Results
from tests.progress.exam_rows import BEFORE, DAYS, OTHER, TERM, declared, number, roll, scores

WITH_ZEROS = declared(zero_all_subjects=False, zero_nothing_later=False)


def states(results: pl.DataFrame) -> dict[tuple[str, str, str], str]:
    rows = results.select("exam", "student_no", "subject", "state").iter_rows()
    return {(exam, no[-2:], subject): state for exam, no, subject, state in rows}


def test_a_result_has_place_full_marks_and_state() -> None:
    sheet = scores({1: {"chinese": 80.5, "physics": "sick"}, 2: {"chinese": 0, "physics": 70}})
    found = read_exams(sheet, roll([1, 2]), declared())
    assert found.problems.is_empty()
    Results.validate(found.results)
    told = found.results.select("student_no", "subject", "score", "full_score", "state")
    assert told.rows() == [
        (number(1), "chinese", 80.5, 120.0, "scored"),
        (number(1), "physics", None, 70.0, "sick"),
        (number(2), "chinese", 0.0, 120.0, "scored"),
        (number(2), "physics", 70.0, 70.0, "scored"),
    ]
    place = found.results.select("term", "exam", "exam_date", "grade", "class_name").unique()
    assert place.rows() == [(TERM, "期中", DAYS[TERM, "期中"], "j2", "1班")]


def test_the_sheet_says_better_than_the_settings() -> None:
    sheet = scores({1: {"chinese": 130, "mathematics": 130}}, full={"chinese": 150})
    found = read_exams(sheet, roll([1]), declared())
    assert found.results.is_empty()
    assert found.problems.select("code", "row", "column", "value").rows() == [
        ("score_above_full", 11, "数学", "130")
    ]
    stated = scores({1: {"chinese": 130}}, full={"chinese": 150})
    assert read_exams(stated, roll([1]), declared()).results["full_score"].to_list() == [150.0]


def test_a_row_that_cannot_be_used_is_told_and_the_rest_computed() -> None:
    sheet = scores(
        {
            1: {"chinese": 121, "mathematics": 50},
            2: {"chinese": 120, "mathematics": 50},
            3: {"chinese": 99},
        }
    )
    found = read_exams(sheet, roll([1, 2]), declared())
    assert found.problems.select("code", "row", "value").sort("row").rows() == [
        ("score_above_full", 11, "121"),
        ("score_without_grade", 13, number(3)),
    ]
    assert found.results["student_no"].unique().to_list() == [number(2)]
    assert found.results.height == 2


def test_without_full_marks_nothing_is_guessed() -> None:
    sheet = scores({1: {"chinese": 60}})
    found = read_exams(sheet, roll([1], grade="k3"), declared())
    assert found.problems["code"].to_list() == ["full_score_unknown"]
    assert found.results.is_empty()


def test_the_class_is_that_of_the_exam_if_there_is_one() -> None:
    rolls = roll([1, 2, 3], classes={1: "1班", 2: "2班", 3: "2班"})
    marks = {"chinese": 60.0}
    sheets = [
        scores({1: marks}, class_name="2班"),
        scores({2: marks}, class_name="（2）班"),
        scores({3: marks}, class_name=None),
    ]
    found = read_exams(pl.concat(sheets), rolls, declared())
    assert found.results["class_name"].to_list() == ["2班"] * 3


def test_an_exam_is_on_one_day_in_a_grade() -> None:
    """Who sits it later, or whose date is a slip of the pen, does not make it another exam."""
    late = scores({4: {"chinese": 60}}, day=dt.date(2026, 1, 10), class_name="2班")
    other = scores({5: {"chinese": 60}, 6: {"chinese": 60}}, day=dt.date(2026, 11, 12))
    here = scores({n: {"chinese": 60} for n in (1, 2, 3)})
    rolls = pl.concat([roll([1, 2, 3, 4], classes={4: "2班"}), roll([5, 6], school=OTHER)])
    found = read_exams(pl.concat([late, other, here]), rolls, declared()).results
    days = dict(found.select("student_no", "exam_date").iter_rows())
    assert {days[number(n)] for n in (1, 2, 3, 4)} == {DAYS[TERM, "期中"]}
    assert {days[number(n)] for n in (5, 6)} == {dt.date(2026, 11, 12)}
    common = declared(county_wide=("期中",))
    assert read_exams(pl.concat([late, other, here]), rolls, common).results[
        "exam_date"
    ].unique().to_list() == [DAYS[TERM, "期中"]]


def test_one_exam_name_and_day_may_stand_in_two_terms() -> None:
    """Whoever put a sheet into the wrong folder stops no run."""
    sheets = [scores({1: {"chinese": 60}}, exam=(term, "期中")) for term in (BEFORE, TERM)]
    same = [sheet.with_columns(exam_date=pl.lit(dt.date(2026, 8, 31))) for sheet in sheets]
    found = read_exams(pl.concat(same), roll([1], terms=(BEFORE, TERM)), declared()).results
    assert sorted(found["term"]) == [TERM, BEFORE]
    roles = exam_roles(found, Term.parse(TERM), declared())
    assert sittings(found, roles, declared()).height == 2
    assert subject_sittings(found, roles, declared()).height == 2


def test_zeros_in_all_subjects_are_a_withdrawal() -> None:
    sheet = scores(
        {
            1: {"chinese": 0, "mathematics": 0, "english": "leave"},
            2: {"chinese": 0, "mathematics": 1, "english": 50},
        }
    )
    found = states(read_exams(sheet, roll([1, 2]), declared()).results)
    assert [found["期中", "01", s] for s in ("chinese", "mathematics")] == ["withdrawn"] * 2
    assert found["期中", "01", "english"] == "leave"
    assert found["期中", "02", "chinese"] == "scored"
    kept = states(read_exams(sheet, roll([1, 2]), WITH_ZEROS).results)
    assert set(kept.values()) == {"scored", "leave"}


@pytest.mark.parametrize(
    ("later", "state"),
    [
        ({"chinese": 40, "english": 50}, "scored"),
        ({"chinese": 0, "english": 50}, "withdrawn"),
        ({"chinese": "sick", "english": 50}, "withdrawn"),
        ({"english": 50}, "withdrawn"),
    ],
)
def test_a_zero_that_nothing_follows_is_a_withdrawal(
    later: dict[str, float | str | None], state: str
) -> None:
    first = scores(
        {1: {"chinese": 0, "english": 60}, 2: {"chinese": 70, "english": 60}}, exam=(BEFORE, "期末")
    )
    then = scores({1: later, 2: {"chinese": 70, "english": 60}})
    rolls = roll([1, 2], terms=(BEFORE, TERM))
    both = pl.concat([first, then])
    assert states(read_exams(both, rolls, declared()).results)["期末", "01", "chinese"] == state
    # What was got before the zero does not make it a score.
    before = scores({1: {"chinese": 70}}, exam=(BEFORE, "期中"))
    earlier = read_exams(pl.concat([before, both]), rolls, declared()).results
    assert states(earlier)["期末", "01", "chinese"] == state
    # The last exam has nothing after it: a zero in one subject stands.
    alone = states(read_exams(first, rolls, declared()).results)
    assert alone["期末", "01", "chinese"] == "scored"


marks = st.one_of(
    st.sampled_from(["sick", "leave", "truant", "deferred", "joined_later", "unstated"]),
    st.integers(0, 130),
    st.sampled_from([0, 0.5, 119.5, 120, 120.5]),
)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.integers(1, 9),
        st.dictionaries(st.sampled_from(["chinese", "mathematics"]), marks, min_size=1),
        min_size=1,
    ),
    st.randoms(use_true_random=False),
)
def test_every_score_is_a_result_or_a_problem(
    sheet: dict[int, dict[str, float | str | None]], rng: object
) -> None:
    """Against plain Python; in any order of rows."""
    frame = scores(sheet)
    rolls = roll(range(1, 8))
    found = read_exams(frame, rolls, declared())
    expected = {}
    problems: Counter[str] = Counter()
    for pupil, subjects in sheet.items():
        points = [m for m in subjects.values() if not isinstance(m, str) and m is not None]
        if pupil >= 8:
            problems["score_without_grade"] += 1
        elif above := sum(p > 120 for p in points):
            problems["score_above_full"] += above
        else:
            for subject, mark in subjects.items():
                state = mark if isinstance(mark, str) else "scored"
                if state == "scored" and max(points) == 0:
                    state = "withdrawn"
                expected["期中", f"{pupil:02d}", subject] = state
    assert states(found.results) == expected
    assert Counter(found.problems["code"].to_list()) == problems
    assert found.results.filter(
        (pl.col("state") == "scored") != pl.col("score").is_not_null()
    ).is_empty()
    mixed = frame.sample(fraction=1, shuffle=True, seed=rng.getrandbits(30))  # type: ignore[attr-defined]
    again = read_exams(mixed, rolls.reverse(), declared())
    assert_frame_equal(found.results, again.results)
    assert_frame_equal(found.problems, again.problems)
