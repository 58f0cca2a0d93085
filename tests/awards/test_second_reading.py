"""The reasons alone give back the amount: of the sample county's students and of invented ones."""

from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings

from aidkit.awards import award
from aidkit.awards.cases import case_outcomes
from aidkit.calendar import Term
from aidkit.facts import assemble_facts
from aidkit.intake import read_county
from aidkit.programs import Version, load_cases
from aidkit.project import find_project
from aidkit.runs import open_run
from aidkit.sample import make_county
from tests.awards.deciding import county
from tests.awards.second_reading import amount_fen, stated_fen
from tests.awards.test_settling import persons, programs

SAMPLED = 500
TERM = Term.parse("2026-autumn")


def reread(decisions: pl.DataFrame) -> None:
    """Compare every decision with what its words say."""
    for row in decisions.iter_rows(named=True):
        told = row["explanation"]
        assert amount_fen(told) == row["amount_fen"] == stated_fen(told), told


def decided(folder: Path, seed: int) -> pl.DataFrame:
    """Decisions on the students of a small sample county."""
    make_county(folder, size="small", seed=seed)
    run = open_run(find_project(), folder, TERM, read_county(folder, TERM.code).tables)
    rows = award(assemble_facts(run), run.versions, TERM, run.county).decisions
    return rows.filter(subject="student").with_columns(seed=pl.lit(seed))


def test_five_hundred_sampled_students(tmp_path: Path) -> None:
    """A small county has half as many, so three of them."""
    rows = pl.concat(decided(tmp_path / str(seed), seed) for seed in (1, 2, 3))
    students = rows.select("seed", "person_no").unique().sort("seed", "person_no")
    chosen = rows.join(students.sample(SAMPLED, seed=1), on=["seed", "person_no"], how="semi")
    assert chosen.select("seed", "person_no").n_unique() == SAMPLED
    assert chosen["awarded"].sum() > SAMPLED
    reread(chosen)


def test_every_case_beside_the_programs(shipped: tuple[Version, ...]) -> None:
    cases = load_cases(find_project().params / "programs")
    rows = [row for _, row in case_outcomes(cases, shipped) if row is not None]
    assert len(rows) > 500
    reread(pl.DataFrame(rows, infer_schema_length=None))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(own=programs(), people=persons())
def test_places_relations_and_time(
    own: tuple[Version, ...], people: list[dict[str, Any]], make_facts: Any
) -> None:
    reread(award(make_facts(*people), own, TERM, county()).decisions)
