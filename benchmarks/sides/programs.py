"""One task of the benchmark in a process of its own, so that its memory is its own.

Usage: python -m benchmarks.sides.programs TASK …; prints what it found as JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import polars as pl

from aidkit.awards import award
from aidkit.awards.judge import entitled
from aidkit.awards.tally import tally
from aidkit.calendar import Term
from aidkit.county import County
from aidkit.programs import Version, choose, load_programs
from aidkit.project import find_project
from benchmarks.sides.peak import peak_mib
from benchmarks.sides.population import population

REGION = "cn/henan"
TERM = Term.parse("2026-autumn")
PROGRAM = "boarder_allowance"
COLUMNS = (
    "subject", "person_no", "school_code", "stage", "boarder", "enrolled", "present_months",
    "left_on", "left_by", "left_county", "special_groups", "listed_groups", "applied_programs",
    "panel_tiers", "panel_amounts", "award_changes",
)  # fmt: skip
"""Of the facts, what that program asks for."""

Result = TypeVar("Result")


def in_force() -> tuple[Version, ...]:
    """Every program in force in the region, all adopted."""
    versions = load_programs(find_project().params / "programs")
    adopts = {version.program.id for version in versions}
    return choose(versions, region=REGION, adopts=adopts, on=TERM.starts, season=TERM.season)


def make(target: str, students: str, seed: str) -> dict[str, int]:
    """Write invented people; not timed."""
    facts = population(int(students), in_force(), TERM, int(seed))
    facts.write_parquet(target, row_group_size=50_000)
    return {"persons": facts.height}


def count(folder: str) -> dict[str, object]:
    """All programs into school aggregates, from files, by slices."""
    source = pl.scan_parquet(sorted(Path(folder).glob("*.parquet")))
    versions = in_force()
    ran, sums = _timed(lambda: tally(source, versions, TERM, _county(versions)))
    persons = source.select(pl.len()).collect().item()
    return ran | {"persons": persons, "programs": len(versions), "fen": sums["amount_fen"].sum()}


def decide(folder: str, persons: str) -> dict[str, object]:
    """All programs in full, with explanations and ids."""
    first = sorted(Path(folder).glob("*.parquet"))[0]
    facts = pl.scan_parquet(first).head(int(persons)).collect()
    versions = in_force()
    ran, made = _timed(lambda: award(facts, versions, TERM, _county(versions)))
    return ran | {"persons": facts.height, "decisions": made.decisions.height}


def pupils(folder: str, target: str) -> dict[str, object]:
    """The students alone, without awards given up: OpenFisca's formula knows none."""
    changes = pl.lit(
        [],
        pl.List(
            pl.Struct({"program_id": pl.String, "award_change": pl.String, "changed_on": pl.Date})
        ),
    )
    source = pl.scan_parquet(sorted(Path(folder).glob("*.parquet")))
    source.filter(subject="student").with_columns(award_changes=changes).sink_parquet(target)
    return {}


def same(ours: str, theirs: str) -> dict[str, object]:
    """Whether two files give everybody the same amounts."""
    return {"same": pl.read_parquet(ours).equals(pl.read_parquet(theirs))}


def one(source: str, target: str) -> dict[str, object]:
    """One dated program: to whom how much is due."""
    facts = pl.read_parquet(source, columns=list(COLUMNS))
    version = next(v for v in in_force() if v.program.id == PROGRAM)
    ran, due = _timed(lambda: entitled(facts.lazy(), version, TERM).collect())
    amounts = facts.select("person_no").join(
        due.select("person_no", "due_fen"), on="person_no", how="left", maintain_order="left"
    )
    amounts.with_columns(pl.col("due_fen").fill_null(0)).write_parquet(target)
    return ran


def _timed(work: Callable[[], Result]) -> tuple[dict[str, object], Result]:
    started = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "peak_mib": peak_mib()}, result


def _county(versions: tuple[Version, ...]) -> County:
    adopts = tuple(sorted({version.program.id for version in versions}))
    return County("示例", REGION, "", "", adopts)


TASKS: dict[str, Callable[..., object]] = {
    "make": make,
    "tally": count,
    "award": decide,
    "one": one,
    "pupils": pupils,
    "same": same,
}

if __name__ == "__main__":
    task, *words = sys.argv[1:]
    print(json.dumps(TASKS[task](*words)))
