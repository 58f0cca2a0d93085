"""The exact interval of a share, against its closed forms and against its own promise."""

from math import comb, fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.review.interval import clopper_pearson


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [
        # binom.test(x, n)$conf.int of R; 0 and n also follow from (alpha / 2) ** (1 / n).
        (0, 30, 0.0, 0.1157033),
        (30, 30, 0.8842967, 1.0),
        (1, 10, 0.002528579, 0.445016117),
        (5, 10, 0.1870860, 0.8129140),
        (0, 1, 0.0, 0.975),
    ],
)
def test_known_limits(found: int, of: int, low: float, high: float) -> None:
    assert clopper_pearson(found, of) == pytest.approx((low, high), abs=1e-6)


@given(st.integers(1, 40), st.floats(0.01, 0.99))
def test_it_holds_the_true_share_at_least_so_often(of: int, share: float) -> None:
    limits = {found: clopper_pearson(found, of) for found in range(of + 1)}
    holds = fsum(
        comb(of, found) * share**found * (1 - share) ** (of - found)
        for found, (low, high) in limits.items()
        if low - 1e-12 <= share <= high + 1e-12
    )
    assert holds >= 0.95 - 1e-9


@given(st.integers(1, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_it_holds_what_was_found_and_mirrors(of_these: tuple[int, int]) -> None:
    found, of = of_these
    low, high = clopper_pearson(found, of)
    assert 0 <= low <= found / of <= high <= 1
    assert clopper_pearson(of - found, of) == pytest.approx((1 - high, 1 - low), abs=1e-9)
