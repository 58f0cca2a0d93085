"""What the issue asks of the fair measure, on simulated classes; the same figures are a page."""

import math

import pytest

from aidkit.progress.simulation import TERM, Conditions, exam_results, truth
from aidkit.progress.simulation_figures import Figures
from benchmarks.block import block_of
from benchmarks.fairness import ALONE, ASKED, BASELINES, BEGIN, END, PAGE, simulate, tables
from tests.progress.learners import SETTINGS

WIDE = 0.03
"""How far coverage may be from what is stated."""


UNBIASED = 0.03
"""How far the mean growth of a simulated group may be from the true one."""


@pytest.fixture(scope="module")
def found() -> dict[Conditions, Figures]:
    return dict(simulate(ASKED, SETTINGS))


@pytest.fixture(scope="module")
def baselines() -> dict[Conditions, Figures]:
    return dict(simulate(BASELINES, SETTINGS))


def test_the_measure_is_blind_to_the_observed_baseline(found: dict[Conditions, Figures]) -> None:
    for conditions, told in found.items():
        assert abs(told.with_baseline) <= 0.05, conditions


def test_it_sees_true_growth_at_least_as_well_as_ranks(found: dict[Conditions, Figures]) -> None:
    for conditions, told in found.items():
        if conditions.growth:
            assert told.with_growth >= told.rank_with_growth, conditions
        else:
            assert math.isnan(told.with_growth)


def test_its_interval_holds_the_true_residual_as_often_as_stated(
    found: dict[Conditions, Figures],
) -> None:
    for conditions, told in found.items():
        assert abs(told.coverage - SETTINGS.confidence) <= WIDE, conditions
        assert abs(told.group_coverage - SETTINGS.confidence) <= WIDE, conditions


def test_the_group_is_not_told_to_fall_behind_for_how_it_was_chosen(
    found: dict[Conditions, Figures],
) -> None:
    """By the baseline alone its mean would be 0.06 to 0.14 too low."""
    for conditions, told in found.items():
        assert abs(told.group_bias) <= UNBIASED, conditions


def test_luck_wins_prizes_by_ranks_and_hardly_any_by_the_measure(
    found: dict[Conditions, Figures],
) -> None:
    """Where nobody grows at all, every prize is one for luck."""
    for conditions, told in found.items():
        if not conditions.growth:
            assert told.rank_prizes > 0.35, conditions
            assert told.fair_prizes < 0.06, conditions


def test_more_baseline_exams_leave_less_of_the_start_in_it(
    baselines: dict[Conditions, Figures],
) -> None:
    left = list(baselines.values())
    starts = [told.with_start for told in left]
    assert starts == sorted(starts, reverse=True)
    assert starts[0] > 2 * starts[-1]
    assert [told.with_growth for told in left] == sorted(told.with_growth for told in left)


def test_the_page_shows_these_figures(
    found: dict[Conditions, Figures], baselines: dict[Conditions, Figures]
) -> None:
    """Whoever changes the measure, or the page by hand, is found out."""
    text = block_of(PAGE.read_text(encoding="utf-8"), BEGIN, END)
    assert text == tables(found, baselines, simulate(ALONE, SETTINGS))


def test_the_same_seed_gives_the_same_pupils_and_scores() -> None:
    conditions = Conditions(5, 0.8, 0.35, grades=2)
    pupils = truth(conditions, 7)
    assert pupils.equals(truth(conditions, 7))
    assert not pupils.equals(truth(conditions, 8))
    results = exam_results(pupils, conditions, 7)
    assert results.equals(exam_results(pupils, conditions, 7))
    assert results.filter(term=TERM)["student_no"].n_unique() == 5 * 4 * 2
