"""No withheld count can be worked out from what is published."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidkit.disclosure.ledger import Ledger
from tests.disclosure import worlds
from tests.disclosure.attacker import attack, law_of, withheld

THRESHOLD = 5
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

schools = st.tuples(
    st.sampled_from(["primary", "primary", "junior", "nine_year", "special"]),
    st.integers(1, 60),
    st.sampled_from([0.0, 0.03, 0.1, 0.3, 0.9]),
)


def recovered(world: worlds.World, threshold: int = THRESHOLD) -> list[tuple[str, ...]]:
    tables = worlds.disclosed(world, threshold=threshold)
    attacker = attack(tables, law_of(world, worlds.HEADS, worlds.EXCLUSIVE), threshold)
    return [name for name in withheld(tables) if attacker.low[name] == attacker.high[name]]


def test_nothing_is_recovered_in_a_county() -> None:
    for seed in range(3):
        world = worlds.world(COUNTY, seed)
        assert withheld(worlds.disclosed(world, threshold=THRESHOLD))
        assert recovered(world) == []


def test_without_secondary_suppression_cells_are_recovered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Ledger, "protect", lambda *_: True)

    assert recovered(worlds.world(COUNTY, 0))


@settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.lists(schools, min_size=1, max_size=6), st.integers(0, 10**6))
def test_nothing_is_recovered_in_any_county(plan: list[tuple[str, int, float]], seed: int) -> None:
    assert recovered(worlds.world(plan, seed)) == []
