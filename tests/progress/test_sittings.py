"""Totals, positions and normal scores against plain Python; absences push nobody up."""

from collections.abc import Mapping
from statistics import NormalDist

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from aidkit.calendar import Term
from aidkit.progress.exams import read_exams
from aidkit.progress.roles import exam_roles
from aidkit.progress.settings import ProgressSettings
from aidkit.progress.sittings import sittings, subject_sittings
from tests.progress.exam_rows import OTHER, TERM, declared, number, roll, scores, shipped

Marks = Mapping[int, Mapping[str, float | str | None]]
PLAIN = declared(zero_all_subjects=False, zero_nothing_later=False)


def sat(
    marks: Marks, rules: ProgressSettings | None = None, rolls: pl.DataFrame | None = None
) -> pl.DataFrame:
    used = rules or shipped()
    results = read_exams(scores(marks), roll(list(marks)) if rolls is None else rolls, used).results
    return sittings(results, exam_roles(results, Term.parse(TERM), used), used)


def told(found: pl.DataFrame, *columns: str) -> dict[int, tuple[object, ...]]:
    return {int(row[0][-3:]): row[1:] for row in found.select("student_no", *columns).iter_rows()}


def test_a_total_needs_every_subject_that_the_grade_sat() -> None:
    found = sat(
        {
            1: {"chinese": 80, "mathematics": 70.5},
            2: {"chinese": 80, "mathematics": "sick"},
            3: {"chinese": 90},
            4: {"chinese": "leave", "mathematics": "truant"},
        }
    )
    assert told(found, "total", "full_total", "state", "pupils", "position", "role") == {
        1: (150.5, 240.0, "scored", 1, 0.5, "outcome"),
        2: (None, 240.0, "sick", 1, None, "outcome"),
        3: (None, 240.0, "unstated", 1, None, "outcome"),
        4: (None, 240.0, "leave", 1, None, "outcome"),
    }


def test_a_subject_that_few_chose_is_not_part_of_the_total() -> None:
    marks: Marks = {n: {"chinese": 60 + n} | ({"arts": 90} if n == 1 else {}) for n in range(1, 4)}
    assert told(sat(marks), "total")[1] == (61.0,)
    # Half as many as in the subject that most have, absent ones too, make it one of the grade.
    both: Marks = {
        **{n: {"chinese": 60 + n} for n in (1, 2, 3)},
        4: {"chinese": 70, "arts": 80},
        5: {"arts": "sick"},
    }
    assert told(sat(both), "total", "state") == {
        **dict.fromkeys((1, 2, 3), (None, "unstated")),
        4: (150.0, "scored"),
        5: (None, "sick"),
    }


def test_of_two_classes_named_for_one_student_the_order_of_rows_does_not_decide() -> None:
    sheets = [
        scores({1: {"chinese": 60}}, class_name="2班"),
        scores({1: {"english": 60}}, class_name="1班"),
    ]
    rolls = roll([1, 2], classes={2: "2班"})
    for order in (sheets, sheets[::-1]):
        results = read_exams(pl.concat(order), rolls, shipped()).results.reverse()
        roles = exam_roles(results, Term.parse(TERM), shipped())
        for rows in (results, results.reverse()):
            assert told(sittings(rows, roles, shipped()), "class_name") == {1: ("1班",)}


def test_a_withdrawal_has_no_position() -> None:
    marks: Marks = {n: {"chinese": mark} for n, mark in ((1, 0), (2, 50), (3, 60))}
    assert told(sat(marks), "state", "position") == {
        1: ("withdrawn", None),
        2: ("scored", 0.25),
        3: ("scored", 0.75),
    }
    assert told(sat(marks, PLAIN), "position")[1] == (0.5 / 3,)


@pytest.mark.parametrize(("common", "position"), [((), 0.5), (("期中",), 0.25)])
def test_a_unit_is_the_grade_of_the_school_or_of_the_county(
    common: tuple[str, ...], position: float
) -> None:
    rolls = pl.concat([roll([1, 3]), roll([2], school=OTHER, grade="j2")])
    rolls = rolls.with_columns(
        grade=pl.when(pl.col("student_no") == number(3)).then(pl.lit("j3")).otherwise("grade")
    )
    marks: Marks = {1: {"chinese": 50}, 2: {"chinese": 60}, 3: {"chinese": 1}}
    found = sat(marks, declared(county_wide=common), rolls)
    assert told(found, "position")[1] == (position,)
    assert told(found, "position")[3] == (0.5,)


points = st.one_of(st.integers(0, 12).map(lambda n: n / 2), st.sampled_from(["sick", "unstated"]))


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.integers(1, 30),
        st.fixed_dictionaries({"chinese": points, "english": points}),
        min_size=1,
    ),
    st.randoms(use_true_random=False),
)
def test_positions_are_those_of_plain_python(marks: Marks, rng: object) -> None:
    results = read_exams(scores(marks), roll(list(marks)), PLAIN).results
    roles = exam_roles(results, Term.parse(TERM), PLAIN)
    found = sittings(results, roles, PLAIN)
    totals = {
        pupil: sum(subjects.values())  # type: ignore[arg-type]
        for pupil, subjects in marks.items()
        if not any(isinstance(mark, str) for mark in subjects.values())
    }
    _check(told(found, "total", "position", "z", "pupils"), totals, len(marks))
    chinese = {
        pupil: subjects["chinese"]
        for pupil, subjects in marks.items()
        if not isinstance(subjects["chinese"], str)
    }
    by_subject = subject_sittings(results, roles, PLAIN).filter(subject="chinese")
    _check(told(by_subject, "score", "position", "z", "pupils"), chinese, len(marks))
    mixed = results.sample(fraction=1, shuffle=True, seed=rng.getrandbits(30))  # type: ignore[attr-defined]
    assert_frame_equal(found, sittings(mixed, roles.reverse(), PLAIN))


def _check(found: dict[int, tuple[object, ...]], totals: Mapping[int, object], pupils: int) -> None:
    known = [float(total) for total in totals.values()]  # type: ignore[arg-type]
    assert len(found) == pupils
    for pupil, (total, position, z, n) in found.items():
        assert n == len(known)
        assert total == totals.get(pupil)
        if pupil not in totals:
            assert (position, z) == (None, None)
            continue
        below = sum(other < total for other in known)  # type: ignore[operator]
        equal = sum(other == total for other in known)
        share = (below + equal / 2) / len(known)
        assert position == pytest.approx(share)
        assert z == pytest.approx(NormalDist().inv_cdf(share), abs=1e-9)
