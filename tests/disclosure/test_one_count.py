"""One count gives the public tables and the internal ones: each what a count of its own gives."""

import random
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.disclosure import worlds
from tests.disclosure.plain_count import Figures, plain_count

NOTHING_WITHHELD = 0

schools = st.tuples(
    st.sampled_from(["primary", "junior", "nine_year", "special"]),
    st.integers(1, 60),
    st.sampled_from([0.0, 0.05, 0.3, 0.9]),
)


def with_leavers(world: worlds.World, seed: int) -> worlds.World:
    """Some pupils left, so that by actual time less is due to them."""
    draw = random.Random(seed)
    left = [p for p in world["facts"]["person_no"] if draw.random() < 0.2]
    part = pl.when(pl.col("person_no").is_in(left)).then(pl.col("full_fen") * 2 // 5)
    return {
        **world,
        "decisions": world["decisions"].with_columns(amount_fen=part.otherwise("full_fen")),
    }


def figures(aid: pl.DataFrame) -> Figures:
    cells = aid.filter(pl.col("breakdown") != "actual").drop("suppressed")
    return {(*cell,): (persons, fen) for *cell, persons, fen in cells.iter_rows()}


@settings(max_examples=30, deadline=None, derandomize=True)
@given(plan=st.lists(schools, min_size=1, max_size=6), seed=st.integers(0, 10**6))
def test_both_are_what_a_plain_count_gives(plan: Any, seed: int) -> None:
    world = with_leavers(worlds.world(plan, seed), seed)
    public = worlds.disclosed(world, threshold=NOTHING_WITHHELD)
    full = worlds.in_full(world)
    assert figures(public["aid"]) == plain_count(world, "full_fen")
    assert figures(full["aid"]) == plain_count(world, "amount_fen")
    assert full["roll"].equals(public["roll"])


@pytest.mark.parametrize("threshold", [3, 5])
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(plan=st.lists(schools, min_size=1, max_size=6), seed=st.integers(0, 10**6))
def test_whatever_is_shown_is_what_a_plain_count_gives(
    plan: Any, seed: int, threshold: int
) -> None:
    world = with_leavers(worlds.world(plan, seed), seed)
    plain = plain_count(world, "full_fen")
    for cell, (persons, fen) in figures(
        worlds.disclosed(world, threshold=threshold)["aid"]
    ).items():
        assert persons in (None, plain.get(cell, (0, None))[0])
        assert fen in (None, plain.get(cell, (0, None))[1])
