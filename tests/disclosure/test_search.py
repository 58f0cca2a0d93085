"""The search finds the very moves that trying all of them one by one would find."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidkit.disclosure.ledger import Ledger
from tests.disclosure import exhaustive, worlds

schools = st.tuples(
    st.sampled_from(["primary", "primary", "junior", "nine_year", "special"]),
    st.integers(1, 80),
    st.sampled_from([0.0, 0.03, 0.1, 0.3, 0.9]),
)


@pytest.mark.parametrize("threshold", [3, 5, 10])
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(plan=st.lists(schools, min_size=1, max_size=9), seed=st.integers(0, 10**6))
def test_the_same_is_withheld(plan: Any, seed: int, threshold: int) -> None:
    world = worlds.world(plan, seed)
    quick = worlds.disclosed(world, threshold=threshold)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ledger, "protect", exhaustive.protect)
        plain = worlds.disclosed(world, threshold=threshold)
    for name in ("aid", "roll"):
        assert quick[name].equals(plain[name])
