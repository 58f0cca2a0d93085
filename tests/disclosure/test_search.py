"""The search finds the very moves that trying all of them one by one would find."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidkit.disclosure import ledger
from aidkit.disclosure.ledger import Ledger
from aidkit.disclosure.search import Moves
from tests.disclosure import exhaustive, worlds

schools = st.tuples(
    st.sampled_from(["primary", "primary", "junior", "nine_year", "special"]),
    st.integers(1, 60),
    st.sampled_from([0.0, 0.03, 0.1, 0.3, 0.9]),
)

protect = Ledger.protect


def of_one_kind(one: Ledger, moves: Moves[Any], *_: Moves[Any]) -> None:
    protect(one, moves)


@pytest.mark.parametrize(("threshold", "width"), [(3, 1), (5, 2), (10, 3)])
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(plan=st.lists(schools, min_size=1, max_size=6), seed=st.integers(0, 10**6))
def test_the_same_is_withheld(plan: Any, seed: int, threshold: int, width: int) -> None:
    world = worlds.world(plan, seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "several", lambda *_: None)
        patch.setattr(Ledger, "protect", of_one_kind)
        quick = worlds.disclosed(world, threshold=threshold, width=width)
        patch.setattr(Ledger, "protect", exhaustive.protect)
        plain = worlds.disclosed(world, threshold=threshold, width=width)
    for name in ("aid", "roll"):
        assert quick[name].equals(plain[name])
