"""A condition made ready to be asked of every row of facts."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Check:
    """One condition with its argument, for one program.

    Attributes:
        name: Its name in the vocabulary, as `Decisions.missing` holds it.
        holds: Whether the row meets it; never null, unknown is false.
        known: Whether the fact behind it is known; never null.
        seen: The value seen, Chinese; never null.
        fact: The value seen as plain text for the determination id; null is unknown.
        gap: What is lacking to meet it, Chinese, e.g. `差 1,200.00 元` or `缺 户口簿复印件`; empty
            where it holds or cannot be said; None for a condition that has no measure.
    """

    name: str
    holds: pl.Expr
    known: pl.Expr
    seen: pl.Expr
    fact: pl.Expr
    gap: pl.Expr | None = None
