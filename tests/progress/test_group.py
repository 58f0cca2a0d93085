"""Who is looked after: named by a teacher, else the last of the choice exam; nobody else."""

import math
from collections.abc import Mapping

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from aidkit.calendar import Term
from aidkit.progress.exams import read_exams
from aidkit.progress.group import inside_entry, looked_after
from aidkit.progress.roles import exam_roles
from aidkit.progress.settings import ProgressSettings
from aidkit.progress.sittings import sittings
from tests.progress.exam_rows import BEFORE, OTHER, TERM, declared, number, roll, scores, shipped

CHOICE, NOW = (BEFORE, "期末"), (TERM, "期中")
NOBODY = pl.DataFrame(schema={"student_no": pl.String})


def sat(
    choice: Mapping[int, float | str],
    rules: ProgressSettings,
    now: pl.DataFrame,
    before: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Sittings of a choice exam and of an outcome at which the order is the other way round."""
    sheets = [
        scores({p: {"chinese": mark} for p, mark in choice.items()}, exam=CHOICE),
        scores({p: {"chinese": 100 - p} for p in choice}, exam=NOW),
    ]
    earlier = roll(list(choice), terms=(BEFORE,), grade="j1") if before is None else before
    results = read_exams(pl.concat(sheets), pl.concat([now, earlier]), rules).results
    return sittings(results, exam_roles(results, Term.parse(TERM), rules), rules)


def members(found: pl.DataFrame) -> set[tuple[int, str]]:
    return {(int(no[-3:]), by) for no, by in found.select("student_no", "chosen_by").iter_rows()}


def test_the_last_of_the_choice_exam_are_the_group() -> None:
    marks = {n: 50 + n for n in range(1, 11)}
    found = looked_after(
        roll(list(marks)), NOBODY, sat(marks, shipped(), roll(list(marks))), shipped()
    )
    assert members(found) == {(1, "choice"), (2, "choice")}
    assert found.select("term", "grade").unique().rows() == [(TERM, "j2")]


def test_who_is_as_good_as_the_last_one_in_is_in() -> None:
    marks = {1: 50.0, 2: 60.0, 3: 60.0, 4: 60.0, 5: 70.0, 6: 80.0}
    found = looked_after(
        roll(list(marks)), NOBODY, sat(marks, shipped(), roll(list(marks))), shipped()
    )
    # A fifth of six, rounded up, are two places.
    assert members(found) == {(n, "choice") for n in (1, 2, 3, 4)}


def test_where_teachers_named_learners_no_rule_adds_any() -> None:
    marks = {n: 50 + n for n in range(1, 11)}
    rolls = pl.concat([roll([1, 2, 3, 4, 5]), roll([6, 7, 8, 9, 10], school=OTHER)])
    before = rolls.with_columns(term=pl.lit(BEFORE), grade=pl.lit("j1"))
    pairs = pl.DataFrame({"student_no": [number(5), number(5), number(99)]})
    found = looked_after(rolls, pairs, sat(marks, shipped(), rolls, before), shipped())
    assert members(found) == {(5, "pairs"), (6, "choice")}


def test_an_exam_at_another_school_chooses_nobody() -> None:
    marks = {n: 50 + n for n in range(1, 11)}
    before = roll(list(marks), terms=(BEFORE,), school=OTHER, grade="p6")
    now = roll(list(marks), grade="j1")
    assert looked_after(now, NOBODY, sat(marks, shipped(), now, before), shipped()).is_empty()
    common = declared(county_wide=("期末",))
    found = looked_after(now, NOBODY, sat(marks, common, now, before), common)
    assert members(found) == {(1, "choice"), (2, "choice")}


def test_the_absent_are_neither_in_nor_counted() -> None:
    marks: dict[int, float | str] = {1: "sick", 2: 0.0, **{n: 50 + n for n in range(3, 8)}}
    found = looked_after(
        roll(list(marks)), NOBODY, sat(marks, shipped(), roll(list(marks))), shipped()
    )
    assert members(found) == {(3, "choice")}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.integers(1, 20).map(lambda n: n / 20)), min_size=1),
    st.sampled_from(["0.07", "0.2", "0.25", "0.3", "0.5"]),
    st.randoms(use_true_random=False),
)
def test_the_entry_criterion_is_that_of_plain_python(
    positions: list[float | None], share: str, rng: object
) -> None:
    rules = declared(entry_share=float(share))
    frame = pl.DataFrame(
        {"id": range(len(positions)), "unit": "a", "position": positions},
        schema_overrides={"position": pl.Float64},
    )
    found = inside_entry(frame, ("unit",), rules)
    known = sorted(p for p in positions if p is not None)
    places = math.ceil(round(len(known) * float(share), 9))
    for position, inside in found.select("position", "inside").iter_rows():
        if position is None:
            assert inside is None
        else:
            assert inside == (position <= known[places - 1])
    mixed = frame.sample(fraction=1, shuffle=True, seed=rng.getrandbits(30))  # type: ignore[attr-defined]
    assert_frame_equal(found, inside_entry(mixed, ("unit",), rules).sort("id"))


@pytest.mark.parametrize("size", [1, 4, 45])
def test_a_group_is_never_empty_and_never_all(size: int) -> None:
    frame = pl.DataFrame({"unit": "a", "position": [(n + 0.5) / size for n in range(size)]})
    inside = inside_entry(frame, ("unit",), shipped())["inside"].sum()
    assert inside == {1: 1, 4: 1, 45: 9}[size]
