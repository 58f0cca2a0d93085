"""What a version tests of each row of facts: conditions, tier, amount, what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from aidkit.awards.presence import Span, part_of, span
from aidkit.calendar import Term
from aidkit.conditions import Check, check, panel_amount, panel_tier
from aidkit.conditions.forms import own
from aidkit.programs import Amount, AnyOf, Condition, Version
from aidkit.programs.version import ways


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
    """A version made ready to be asked of rows; expressions are never null except where said.

    Attributes:
        clauses: All must hold.
        tier: Tier code by the panel or by rule; null where there is none or the version has none.
        has_tier: Whether the version needs no tier, or one with a figure is there.
        has_amount: Whether the figures decide, or the panel decided an amount.
        decided_fen: The amount that the panel decided; null where there is none.
        names: Every name that `missing` can hold.
        eligible: All clauses hold, tier, amount and presence are there.
        full_fen: For the whole term; 0 where no figure fits.
        time: What the amount goes by; None where the whole term is always paid.
        held: Months or days that count, up to the day on which the award is given up or taken; 1
            or 0 where the whole term is always paid.
        due_fen: The part of `full_fen` for the time held.
        change: Code of vocabulary `award_change`, null where the award stands.
        changed_on: Day of it; null where the award stands.
        missing: Names of what failed or is unknown; empty when eligible.
        facts: Values seen, as text, for the determination id; null is unknown.
    """

    clauses: tuple[Clause, ...]
    tier: pl.Expr
    has_tier: pl.Expr
    has_amount: pl.Expr
    decided_fen: pl.Expr
    names: tuple[str, ...]
    eligible: pl.Expr
    full_fen: pl.Expr
    time: Span | None
    held: pl.Expr
    due_fen: pl.Expr
    change: pl.Expr
    changed_on: pl.Expr
    missing: pl.Expr
    facts: tuple[pl.Expr, ...]

    def entitled_to(self, amount: Amount) -> pl.Expr:
        """Whether a figure is that of the row's stage and tier."""
        return _fits(amount, self.tier)


@lru_cache(maxsize=256)
def scrutinise(version: Version, term: Term) -> Scrutiny:
    """The scrutiny that a version stands for in a term."""
    program_id = version.program.id
    clauses = tuple(_clause(source, program_id) for source in version.conditions)
    checks = [c for clause in clauses for way in clause.ways for c in way]
    rules = [
        (rule.tier, [check(c, program_id) for c in rule.conditions]) for rule in version.tier_rules
    ]
    tier = panel_tier(program_id) if version.tier_from == "panel" else _by_rule(rules)
    tiers = sorted({amount.tier for amount in version.amounts if amount.tier is not None})
    decided = panel_amount(program_id)
    time = span(version.leavers, term)
    changed_on = own("award_changes", "changed_on", program_id)
    changed_on = pl.when(changed_on <= term.ends).then(changed_on)
    change = own("award_changes", "award_change", program_id)
    is_present = pl.lit(True) if time is None else (pl.col(time.column) > 0).fill_null(False)
    has_tier = tier.is_in(tiers).fill_null(False) if tiers else pl.lit(True)
    by_panel = version.amount_from == "panel"
    has_amount = decided.is_not_null() if by_panel else pl.lit(True)
    needs = {
        "panel_tier" if version.tier_from == "panel" else "tier_rule": has_tier,
        "panel_amount": has_amount,
        "enrolled": is_present,
    }
    full = decided.fill_null(0) if by_panel else pl.lit(0, pl.Int64)
    for amount in version.amounts:
        full = pl.when(_fits(amount, tier)).then(version.term_fen(amount)).otherwise(full)
    if time is None:
        held = changed_on.is_null().cast(pl.Int64)
        due = full * held
    else:
        held = time.between(pl.lit(0), time.before(changed_on))
        due = part_of(full, held, time.whole, version.rounding)
    return Scrutiny(
        clauses=clauses,
        tier=tier,
        has_tier=has_tier,
        has_amount=has_amount,
        decided_fen=decided,
        names=tuple(dict.fromkeys([*(c.name for c in checks), *needs])),
        eligible=pl.all_horizontal(*(clause.holds for clause in clauses), *needs.values()),
        full_fen=full,
        time=time,
        held=held,
        due_fen=due,
        change=pl.when(changed_on.is_not_null()).then(change),
        changed_on=changed_on,
        missing=_missing(clauses, needs),
        facts=(
            *(c.fact for c in (*checks, *(c for _, way in rules for c in way))),
            tier,
            pl.col("stage"),
            decided.cast(pl.String),
            change,
            *(e.cast(pl.String) for e in (changed_on, *_time_facts(time))),
        ),
    )


def _clause(source: Condition | AnyOf, program_id: str) -> Clause:
    return Clause(source, tuple(tuple(check(c, program_id) for c in way) for way in ways(source)))


def _by_rule(rules: Iterable[tuple[str, list[Check]]]) -> pl.Expr:
    tier = pl.lit(None, pl.String)
    for code, checks in reversed(list(rules)):
        tier = (
            pl.when(pl.all_horizontal(c.holds for c in checks)).then(pl.lit(code)).otherwise(tier)
        )
    return tier


def _fits(amount: Amount, tier: pl.Expr) -> pl.Expr:
    stage = pl.lit(True) if amount.stage is None else pl.col("stage") == amount.stage
    return stage if amount.tier is None else stage & (tier == amount.tier).fill_null(False)


def _time_facts(time: Span | None) -> tuple[pl.Expr, ...]:
    if time is None:
        return ()
    return tuple(pl.col(name) for name in (time.column, "left_on", "left_county"))


def _missing(clauses: Iterable[Clause], needs: Mapping[str, pl.Expr]) -> pl.Expr:
    names = [
        pl.when(~clause.holds & ~c.holds).then(pl.lit(c.name))
        for clause in clauses
        for way in clause.ways
        for c in way
    ]
    names += [pl.when(~met).then(pl.lit(name)) for name, met in needs.items()]
    return pl.concat_list(names).list.drop_nulls().list.unique(maintain_order=True)
