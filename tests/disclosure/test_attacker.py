"""No withheld count can be worked out, not even nearly, from what is published."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidkit.disclosure.ledger import Ledger
from tests.disclosure import worlds
from tests.disclosure.attacker import withheld
from tests.disclosure.promised import (
    THRESHOLD,
    WIDTH,
    all_of_aid,
    broken_in,
)

COUNTY = [
    ("primary", 300, 0.15),
    ("primary", 120, 0.1),
    ("primary", 60, 0.2),
    ("primary", 24, 0.3),
    ("junior", 200, 0.12),
    ("junior", 90, 0.06),
    ("nine_year", 150, 0.15),
    ("nine_year", 100, 0.08),
    ("special", 40, 0.9),
]

VILLAGES = [
    ("primary", 3, 0.9),
    ("primary", 1, 0.0),
    ("primary", 6, 0.9),
    ("special", 2, 0.9),
    ("special", 1, 0.0),
    ("junior", 1, 0.9),
]
"""Schools of a handful of pupils, where all have aid or nobody."""

schools = st.tuples(
    st.sampled_from(["primary", "primary", "junior", "nine_year", "special"]),
    st.one_of(st.integers(1, 8), st.integers(1, 60)),
    st.sampled_from([0.0, 0.03, 0.1, 0.3, 0.9]),
)


@pytest.mark.parametrize("width", [1, 2, 3])
def test_nothing_is_recovered_in_a_county(width: int) -> None:
    for seed in range(3):
        world = worlds.world(COUNTY, seed)
        assert withheld(worlds.disclosed(world, threshold=THRESHOLD, width=width))
        assert not broken_in(world, width)


def test_without_secondary_suppression_cells_are_recovered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Ledger, "protect", lambda *_: None)

    found = broken_in(worlds.world(COUNTY, 0))

    assert sum(not one.width for one in found.values()) >= 5


def test_a_smaller_width_does_not_keep_a_greater() -> None:
    plan = [("primary", 60, 0.1), ("primary", 50, 0.1), ("junior", 40, 0.1)]
    near = [
        one
        for seed in range(8, 12)
        for one in broken_in(worlds.world(plan, seed), kept=1, width=WIDTH).values()
    ]
    assert {one.width for one in near} == {WIDTH - 1}


@pytest.mark.parametrize("village", VILLAGES)
def test_a_tiny_school_hides_no_county(village: tuple[str, int, float]) -> None:
    for seed in range(2):
        world = worlds.world([*COUNTY, village], seed)
        cells = all_of_aid(worlds.disclosed(world, threshold=THRESHOLD, width=WIDTH))
        others = cells.filter(pl.col("school_code") < f"99{len(COUNTY):08d}")
        assert others["suppressed"].mean() < 0.75  # type: ignore[operator]
        assert not broken_in(world)


@settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.lists(schools, min_size=2, max_size=7), st.integers(0, 10**6))
def test_nothing_is_recovered_in_any_county(plan: list[tuple[str, int, float]], seed: int) -> None:
    assert not broken_in(worlds.world(plan, seed))
