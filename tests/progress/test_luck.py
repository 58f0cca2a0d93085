"""What luck alone gives: the known figures, the limits, and the table beside a ranking."""

import polars as pl
import pytest

from aidkit.progress.luck import by_luck, risen_places
from aidkit.progress.luck_table import luck
from aidkit.progress.progress import progress
from aidkit.progress.reliability import reliability
from aidkit.tables.progress import Results
from tests.progress.learners import LOOSE, TERM, group, sat

NO_RESULTS = Results.create_empty()


def test_a_class_of_45_at_reliability_four_fifths() -> None:
    """The figures of the domain notes, §4: nobody grows, and 62 % of the group rise."""
    found = by_luck(45, 9, 0.8, "all")
    assert found.share_rise == pytest.approx(0.62, abs=0.02)
    assert found.mean_places == pytest.approx(3.9, abs=0.15)
    assert found.share_three == pytest.approx(0.47, abs=0.02)
    assert found.best_places > 10


def test_among_themselves_all_rises_are_others_falls() -> None:
    found = by_luck(45, 9, 0.8, "group")
    assert found.mean_places == pytest.approx(0, abs=1e-3)
    assert 0.35 < found.share_rise < 0.5


def test_without_error_nobody_moves() -> None:
    found = by_luck(30, 6, 1.0, "all")
    assert (found.share_rise, found.mean_places, found.best_places) == (0, 0, 0)


def test_the_less_an_exam_says_the_further_luck_carries() -> None:
    places = [by_luck(40, 8, share, "all").mean_places for share in (0.95, 0.8, 0.6, 0.3)]
    assert places == sorted(places)


def test_who_is_chosen_by_nothing_wins_nothing() -> None:
    """The whole class as its own group: rises and falls are equal."""
    assert by_luck(30, 30, 0.8, "all").mean_places == pytest.approx(0, abs=1e-3)


def test_the_same_again_and_again() -> None:
    first = by_luck(33, 7, 0.81, "all")
    by_luck.cache_clear()
    assert by_luck(33, 7, 0.81, "all") == first


def test_a_grade_larger_than_the_pool_is_drawn_whole() -> None:
    found = by_luck(70_000, 14_000, 0.8, "all")
    assert 0.5 < found.share_rise < 0.8


def test_risen_places_count_the_group_only() -> None:
    frame = pl.DataFrame(
        {
            "class": ["a"] * 4,
            "in_group": [False, True, True, True],
            "before": [9.0, 3.0, 2.0, 1.0],
            "now": [1.0, 4.0, 2.0, None],
        }
    )
    [told] = risen_places(frame, ["class"], "all").rows(named=True)
    assert told == {
        "class": "a", "group": 2, "share_rise": 1.0, "mean_places": 1.0, "share_three": 0.0,
        "best_places": 1.0,
    }  # fmt: skip
    [alone] = risen_places(frame, ["class"], "group").rows(named=True)
    assert (alone["share_rise"], alone["mean_places"]) == (0.0, 0.0)


def test_the_table_shows_what_was_seen_beside_luck() -> None:
    totals = {
        f"{n:02}": [100 + n, 100 + n, 100 + n, 200 - n if n < 4 else 100 + n] for n in range(20)
    }
    sittings = sat(totals)
    settings = LOOSE
    shares = reliability(sittings, NO_RESULTS, settings)
    told = progress(sittings, shares, group("00", "01", "02", "03"), settings, TERM)
    found = luck(told, sittings, shares, settings)
    assert found.select("class_name", "among").rows() == [
        ("", "all"), ("", "group"), ("1班", "all"), ("1班", "group"),
    ]  # fmt: skip
    everybody, themselves = found.head(2).rows(named=True)
    assert (everybody["n_grade"], everybody["n_group"]) == (20, 4)
    assert (everybody["observed_share_rise"], everybody["observed_mean_places"]) == (1.0, 16.0)
    # Among themselves they turned round: 3, 1, −1, −3 places.
    assert (themselves["observed_share_rise"], themselves["observed_mean_places"]) == (0.5, 0.0)
    assert themselves["observed_best_places"] == 3
    assert told.filter("in_group")["rank_change"].max() == 3
    expected = by_luck(20, 4, everybody["reliability"], "all")
    assert everybody["luck_share_rise"] == expected.share_rise
    assert everybody["luck_best_places"] == expected.best_places


def test_no_group_no_luck() -> None:
    sittings = sat({"00": [1, 2, 3, 4], "01": [1, 2, 3, 4]})
    shares = reliability(sittings, NO_RESULTS, LOOSE)
    assert luck(
        progress(sittings, shares, group(), LOOSE, TERM), sittings, shares, LOOSE
    ).is_empty()
