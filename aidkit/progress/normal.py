"""Positions among equals, and the normal scores that go with them."""

from collections.abc import Sequence

import polars as pl

_MIDDLE = (
    (
        2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
        4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
        1.3314166789178437745e2, 3.3871328727963666080e0,
    ),
    (
        5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4,
        2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2,
        4.2313330701600911252e1, 1.0,
    ),
)  # fmt: skip
_TAIL = (
    (
        7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
        1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0,
        4.63033784615654529590e0, 1.42343711074968357734e0,
    ),
    (
        1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2,
        1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0,
        2.05319162663775882187e0, 1.0,
    ),
)  # fmt: skip
"""Numerators and denominators of Wichura's AS 241 (1988), the highest power first."""


def mid_rank_share(value: pl.Expr) -> pl.Expr:
    """Position of each value among all that are known: (mid-rank − 0.5) ÷ n, 1 the highest.

    Equal values share one position; null stays null and counts for nobody. Use it with `over`
    the unit whose members are compared.
    """
    return (value.rank("average") - 0.5) / value.count()


def normal_score(position: pl.Expr) -> pl.Expr:
    """The point that this share of a standard normal distribution lies below.

    Wichura's algorithm AS 241 without its far tail, so for positions from 1e-10 to 1 − 1e-10:
    further out lies nobody of fewer than five thousand million.
    """
    away = position - 0.5
    near = 0.180625 - away * away
    far = pl.min_horizontal(position, 1 - position).log().neg().sqrt() - 1.6
    side = pl.when(away < 0).then(-1.0).otherwise(1.0)
    return (
        pl.when(away.abs() <= 0.425)
        .then(away * _ratio(near, *_MIDDLE))
        .otherwise(side * _ratio(far, *_TAIL))
    )


def _ratio(of: pl.Expr, above: Sequence[float], below: Sequence[float]) -> pl.Expr:
    return _polynomial(of, above) / _polynomial(of, below)


def _polynomial(of: pl.Expr, factors: Sequence[float]) -> pl.Expr:
    result = pl.lit(factors[0])
    for factor in factors[1:]:
        result = result * of + factor
    return result
