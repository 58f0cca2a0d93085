"""What a version tests of each row of facts: its conditions, its tier, what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from aidkit.conditions import Check, check, panel_tier
from aidkit.programs import Amount, AnyOf, Condition, Version


@dataclass(frozen=True)
class Clause:
    """One clause of a version: the ways in which it can be met, each a list of checks.

    Attributes:
        source: As the program file has it.
        ways: One way for a plain condition, several for `any_of`.
    """

    source: Condition | AnyOf
    ways: tuple[tuple[Check, ...], ...]

    @property
    def holds(self) -> pl.Expr:
        """Whether one way is met in full."""
        return pl.any_horizontal(
            pl.all_horizontal(check.holds for check in way) for way in self.ways
        )


@dataclass(frozen=True)
class Scrutiny:
    """A version made ready to be asked of rows; expressions are never null except `tier`.

    Attributes:
        clauses: All must hold.
        tier: Tier code by the panel or by rule; null where there is none or the version has none.
        has_tier: Whether the version needs no tier, or one with a figure is there.
        eligible: All clauses hold and the tier is there.
        missing: Names of what failed or is unknown; empty when eligible.
        names: Every name that `missing` can hold.
        facts: Values seen, as text, for the determination id.
    """

    clauses: tuple[Clause, ...]
    tier: pl.Expr
    has_tier: pl.Expr
    eligible: pl.Expr
    missing: pl.Expr
    names: tuple[str, ...]
    facts: tuple[pl.Expr, ...]

    def entitled_to(self, amount: Amount) -> pl.Expr:
        """Whether a figure is that of the row's stage and tier."""
        stage = pl.col("stage") == amount.stage
        return stage if amount.tier is None else stage & (self.tier == amount.tier)


def scrutinise(version: Version) -> Scrutiny:
    """The scrutiny that a version stands for."""
    clauses = tuple(_clause(source, version.program.id) for source in version.conditions)
    rules = [
        (rule.tier, [check(c, version.program.id) for c in rule.conditions])
        for rule in version.tier_rules
    ]
    if version.tier_from == "panel":
        tier, name = panel_tier(version.program.id), "panel_tier"
    else:
        tier, name = _by_rule(rules), "tier_rule"
    tiers = sorted({amount.tier for amount in version.amounts if amount.tier is not None})
    has_tier = tier.is_in(tiers).fill_null(False) if tiers else pl.lit(True)
    checks = [c for clause in clauses for way in clause.ways for c in way]
    return Scrutiny(
        clauses=clauses,
        tier=tier,
        has_tier=has_tier,
        eligible=pl.all_horizontal(*(clause.holds for clause in clauses), has_tier),
        missing=_missing(clauses, has_tier, name),
        names=(*dict.fromkeys(c.name for c in checks), name),
        facts=(*(c.fact for c in (*checks, *(c for _, way in rules for c in way))), tier),
    )


def _clause(source: Condition | AnyOf, program_id: str) -> Clause:
    ways = source.alternatives if isinstance(source, AnyOf) else ((source,),)
    return Clause(source, tuple(tuple(check(c, program_id) for c in way) for way in ways))


def _by_rule(rules: Iterable[tuple[str, list[Check]]]) -> pl.Expr:
    tier = pl.lit(None, pl.String)
    for code, checks in reversed(list(rules)):
        tier = (
            pl.when(pl.all_horizontal(c.holds for c in checks)).then(pl.lit(code)).otherwise(tier)
        )
    return tier


def _missing(clauses: Iterable[Clause], has_tier: pl.Expr, tier_name: str) -> pl.Expr:
    names = [
        pl.when(~clause.holds & ~c.holds).then(pl.lit(c.name))
        for clause in clauses
        for way in clause.ways
        for c in way
    ]
    names.append(pl.when(~has_tier).then(pl.lit(tier_name)))
    return pl.concat_list(names).list.drop_nulls().list.unique(maintain_order=True)
