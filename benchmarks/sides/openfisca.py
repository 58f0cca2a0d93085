"""The dated boarders' allowance of Henan in OpenFisca-core, for comparison only.

Runs in a virtual environment of its own, made by `benchmarks.programs`; aidkit never imports
OpenFisca (AGPL). Written as its documentation teaches: an enum where there are codes, a flag where
there is yes or no, dated parameters looked up by enum, vectorised formulas over numpy arrays.

Usage: python openfisca.py FACTS.parquet AMOUNTS.parquet
"""

import json
import sys
import time

import numpy as np
import polars as pl
from openfisca_core import periods
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from peak import peak_mib

MONTH = "2026-09"
FIGURES = {
    "2020-03-01": {"primary": 100_000, "junior": 125_000, "special": 125_000},
    "2024-03-01": {"primary": 125_000, "junior": 150_000, "special": 125_000},
}
"""Fen per year from a day on."""

NEEDY = (
    "registered_poor", "allowance", "destitute", "unattended", "orphan",
    "disabled", "disabled_parent", "martyr", "brave", "epidemic",
)  # fmt: skip
LISTED = ("registered_poor", "allowance", "destitute", "orphan", "unattended", "disabled")

Person = build_entity("person", "persons", "", is_person=True)
Stage = Enum("Stage", {name: name for name in ("other", "primary", "junior", "special")})
Tier = Enum("Tier", {name: name for name in ("none", "level_1", "level_2", "level_3")})


def _variable(name: str, kind: type, formula: object = None) -> type[Variable]:
    body = {
        "value_type": Enum if issubclass(kind, Enum) else kind,
        "entity": Person,
        "definition_period": periods.MONTH,
        "label": name,
    }
    if issubclass(kind, Enum):
        body |= {"possible_values": kind, "default_value": next(iter(kind))}
    if formula is not None:
        body["formula"] = formula
    return type(name, (Variable,), body)


def _in_need(person, period):  # type: ignore[no-untyped-def]
    found = person("panel_tier", period) != Tier.none
    for group in NEEDY:
        found = found + person(f"group_{group}", period)
    return found


def _applied_or_listed(person, period):  # type: ignore[no-untyped-def]
    found = person("applied", period)
    for group in LISTED:
        found = found + person(f"listed_{group}", period)
    return found


def _allowance(person, period, parameters):  # type: ignore[no-untyped-def]
    fen_per_year = parameters(period).boarder_allowance[person("stage", period)]
    due = fen_per_year / 2 * person("present_months", period) / 5
    eligible = (
        person("enrolled", period)
        * person("boarder", period)
        * person("applied_or_listed", period)
        * person("in_need", period)
    )
    return np.floor(due + 0.5) * eligible


COLUMNS = (
    "person_no", "enrolled", "boarder", "present_months", "stage", "applied_programs",
    "panel_tiers", "special_groups", "listed_groups",
)  # fmt: skip
"""Of the facts, what the rule asks for."""

INPUTS: dict[str, type] = {
    "enrolled": bool,
    "boarder": bool,
    "applied": bool,
    "present_months": int,
    "stage": Stage,
    "panel_tier": Tier,
    **{f"group_{group}": bool for group in NEEDY},
    **{f"listed_{group}": bool for group in LISTED},
}


def system() -> TaxBenefitSystem:
    """The rules: parameters and variables."""
    rules = TaxBenefitSystem([Person])
    figures = {
        stage: {"values": {day: {"value": row.get(stage, 0)} for day, row in FIGURES.items()}}
        for stage in Stage.__members__
    }
    rules.parameters = ParameterNode("", data={"boarder_allowance": figures})
    rules.add_variables(
        *(_variable(name, kind) for name, kind in INPUTS.items()),
        _variable("in_need", bool, _in_need),
        _variable("applied_or_listed", bool, _applied_or_listed),
        _variable("boarder_allowance", float, _allowance),
    )
    return rules


def columns_of(facts: pl.DataFrame) -> dict[str, np.ndarray]:
    """One array for each input: OpenFisca has no lists, so each code becomes a flag."""
    own = pl.element().struct
    tier = pl.col("panel_tiers").list.eval(
        pl.when(own.field("program_id") == "boarder_allowance").then(own.field("tier")).drop_nulls()
    )
    flat = facts.select(
        pl.col("enrolled", "boarder").fill_null(False),
        pl.col("present_months").fill_null(0),
        _numbered(pl.col("stage"), Stage).alias("stage"),
        _numbered(tier.list.first(), Tier).alias("panel_tier"),
        applied=pl.col("applied_programs").list.contains("boarder_allowance"),
        **{
            f"{name}_{group}": pl.col(column).list.contains(group).fill_null(False)
            for name, column, groups in (
                ("group", "special_groups", NEEDY),
                ("listed", "listed_groups", LISTED),
            )
            for group in groups
        },
    )
    return {name: flat[name].to_numpy() for name in INPUTS}


def _numbered(codes: pl.Expr, enum: type[Enum]) -> pl.Expr:
    """Positions in the enum, much faster for OpenFisca to take than names; 0 is anything else."""
    names = list(enum.__members__)
    return codes.replace_strict(names, range(len(names)), default=0, return_dtype=pl.Int16)


def main(source: str, target: str) -> None:
    """Time it all from the facts in memory; write the amounts, print the figures as JSON."""
    facts = pl.read_parquet(source, columns=list(COLUMNS))
    rules = system()
    started = time.perf_counter()
    columns = columns_of(facts)
    flat = time.perf_counter()
    simulation = SimulationBuilder().build_default_simulation(rules, count=facts.height)
    for name, column in columns.items():
        simulation.set_input(name, MONTH, column)
    due = simulation.calculate("boarder_allowance", MONTH)
    done = time.perf_counter()
    peak = peak_mib()
    fen = due.astype(np.int64)
    facts.select("person_no", due_fen=pl.Series(fen)).write_parquet(target)
    figures = {
        "seconds": done - started,
        "own": done - flat,
        "peak_mib": peak,
        "fen": int(fen.sum()),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
